"""The page of promises names every shape, and whatever it names is there."""

import re
from pathlib import Path

import pytest

from kg.resources import folder
from kg.vocabulary import SHAPES

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
NAMED_TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py(?:::\w+)+)`", PAGE)))


def test_the_page_names_every_shape_and_no_other() -> None:
    shapes = set(re.findall(r"^tgs:(\w+) a sh:", (folder("ontology") / SHAPES).read_text(encoding="utf-8"), re.MULTILINE))
    assert shapes
    assert set(re.findall(r"`tgs:(\w+)`", PAGE)) == shapes


@pytest.mark.parametrize("name", NAMED_TESTS)
def test_a_test_that_the_page_names_exists(name: str) -> None:
    file, *path = name.split("::")
    text = (ROOT / file).read_text(encoding="utf-8")
    *classes, function = path
    assert re.search(rf"^ *def {function}\(", text, re.MULTILINE)
    for owner in classes:
        assert re.search(rf"^class {owner}\b", text, re.MULTILINE)


def test_every_promise_is_held_by_something() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| promise", "|---"))]
    assert len(rows) > 30
    assert [row for row in rows if not re.search(r"\| `(tgs:|tests/)", row)] == []
