"""Files of knowledge are found, and read with errors that name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.resources import folder, line_of, read_toml


@pytest.fixture
def toml(tmp_path: Path) -> Path:
    file = tmp_path / "words.toml"
    file.write_text('# Words.\n[sign]\nverbs = ["sign", "ink"]\nnouns = ["signing"]\n', encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["ontology", "queries", "seeds"])
def test_the_folders_of_an_installation_are_there(name: str) -> None:
    assert any(folder(name).iterdir())


def test_a_missing_folder_is_named() -> None:
    with pytest.raises(ResourceError, match=r"no-such-folder.*lacks the folder"):
        folder("no-such-folder")


def test_a_file_is_read_whole_or_from_a_place_in_it(toml: Path) -> None:
    assert read_toml(toml) == {"sign": {"verbs": ["sign", "ink"], "nouns": ["signing"]}}
    assert read_toml(toml, "sign", "verbs") == ["sign", "ink"]


@pytest.mark.parametrize("path", [("meet",), ("sign", "adverbs"), ("sign", "verbs", "more")])
def test_a_place_that_a_file_lacks_is_named(toml: Path, path: tuple[str, ...]) -> None:
    with pytest.raises(ResourceError) as caught:
        read_toml(toml, *path)
    assert str(toml) in str(caught.value)
    assert ".".join(path) in str(caught.value)


def test_malformed_toml_is_named_with_its_line(toml: Path) -> None:
    toml.write_text('good = 1\nbad = "no end\nmore = 2\n', encoding="utf-8")
    with pytest.raises(ResourceError) as caught:
        read_toml(toml)
    assert (caught.value.file, caught.value.line) == (str(toml), 2)


def test_a_file_that_is_missing_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"absent\.toml: cannot be read"):
        read_toml(tmp_path / "absent.toml")
    (tmp_path / "latin.toml").write_bytes(b'word = "trait\xe9"\n')
    with pytest.raises(ResourceError, match=r"latin\.toml: cannot be read"):
        read_toml(tmp_path / "latin.toml")


def test_a_line_is_found_by_what_stands_in_it(toml: Path) -> None:
    assert line_of(toml, "verbs") == 3
    assert line_of(toml, "adverbs") is None
