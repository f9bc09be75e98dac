"""The file of cues: what is in it works, and mistakes in it are named with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.documents.cues import bundled, load
from kg.documents.lines import lines
from kg.errors import ResourceError

GOOD = """
# buttons
[[group]]
name = "buttons"
zone = "boilerplate"
where = "whole"
patterns = ['share(?: this)?', 'print']
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "cues.toml"
    path.write_text(text)
    return path


def test_a_line_of_several_buttons_is_a_line_of_buttons(tmp_path: Path) -> None:
    cues = load(write(tmp_path, GOOD))
    [row, sentence] = lines("Share | Print | Share this\nShare this with the ministers.")
    group = cues.whole(row)
    assert group is not None
    assert group.name == "buttons"
    assert cues.whole(sentence) is None


def test_the_bundled_groups_have_names_of_their_own() -> None:
    names = [group.name for group in bundled().groups]
    assert len(names) == len(set(names)) > 10


def test_the_pronoun_is_not_the_state() -> None:
    [pronoun, state, capitals] = lines("follow us on these pages\nallies follow US on sanctions\nFOLLOW US ON THESE PAGES")
    assert "follow us on" in pronoun.folded
    assert "follow us on" not in state.folded
    assert "follow us on" in capitals.folded


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("[[group]]", "[[group"), 3, "not TOML"),
        (("[[group]]", "[[groups]]"), 1, "expected [[group]] tables"),
        (("[[group]]", "[group]"), 1, "expected [[group]] tables"),
        (('name = "buttons"', 'title = "buttons"'), 3, "unknown key 'title'"),
        (('name = "buttons"', ""), 3, "needs a name"),
        (('"boilerplate"', '"body"'), 3, "zone must be one of"),
        (('"whole"', '"somewhere"'), 3, "where must be one of"),
        (("['share(?: this)?', 'print']", "[]"), 3, "needs patterns"),
        (("'print'", "7"), 3, "needs patterns"),
        (("'print'", "'print('"), 7, "does not compile"),
        (("'print'", "'(?:print)?'"), 7, "matches nothing at all"),
        (("'print'", "'Print'"), 7, "has a capital"),
        (("patterns", 'sure = "yes"\npatterns'), 3, "true or false"),
        (("patterns", "longest = 0\npatterns"), 3, "number of words"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, change: tuple[str, str], line: int, reason: str) -> None:
    path = write(tmp_path, GOOD.replace(*change))
    with pytest.raises(ResourceError) as caught:
        load(path)
    assert caught.value.line == line
    assert reason in caught.value.message
    assert str(path) in caught.value.message


def test_groups_written_inline_are_refused_because_their_lines_would_be_unknown(tmp_path: Path) -> None:
    path = write(tmp_path, "group = [{name = 'a', zone = 'front', where = 'whole', patterns = ['xyz']}]")
    with pytest.raises(ResourceError, match=r"own \[\[group\]\] line"):
        load(path)


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="expected"):
        load(write(tmp_path, ""))
