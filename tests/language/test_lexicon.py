"""The word lists of the language stage."""

from __future__ import annotations

import pytest

from kg.errors import ResourceError
from kg.language.lexicon import table, words
from kg.model import Kind
from kg.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("path", "word"),
    [
        (("titles", "state", "words"), "president"),
        (("titles", "minister", "words"), "foreign minister"),
        (("institutions", "bodies", "words"), "parliament"),
        (("places", "motion", "words"), "arrive"),
        (("agreements", "heads"), "treaty"),
    ],
)
def test_a_list_is_found_by_its_place(path: tuple[str, ...], word: str) -> None:
    assert word in words(*path)


def test_a_list_that_is_not_there_is_named_with_its_file() -> None:
    with pytest.raises(ResourceError, match=r"titles\.toml.*lacks state\.songs"):
        words("titles", "state", "songs")
    with pytest.raises(ResourceError, match=r"songs\.toml: cannot be read"):
        words("songs", "words")


@pytest.mark.parametrize("group", ["state", "minister", "voice", "body"])
def test_titles_are_written_in_lower_case(group: str) -> None:
    assert all(word == word.lower() for word in words("titles", group, "words"))


def test_every_class_of_agreement_is_one_of_the_ontology() -> None:
    named = {own for own in table("agreements", "heads").values() if own} | set(table("agreements", "classes"))
    assert all(vocabulary().classes[name] is Kind.AGREEMENT for name in named)


def test_the_weak_heads_are_heads() -> None:
    assert words("agreements", "weak", "heads") <= set(table("agreements", "heads"))
