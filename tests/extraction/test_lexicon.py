"""The word lists of the extraction stage."""

from __future__ import annotations

import re

import pytest

from kg.errors import ResourceError
from kg.extraction.lexicon import table, words
from kg.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("path", "word"),
    [
        (("stance", "say", "verbs"), "say"),
        (("stance", "deny", "verbs"), "deny"),
        (("stance", "plan", "auxiliaries"), "will"),
        (("stance", "suppose", "marks"), "if"),
        (("syntax", "light_verbs"), "pay"),
        (("triggers", "sign", "verbs"), "sign"),
        (("triggers", "weapons", "words"), "missile"),
    ],
)
def test_a_list_is_found_by_its_place(path: tuple[str, ...], word: str) -> None:
    assert word in words(*path)


def test_a_list_that_is_not_there_is_named_with_its_file() -> None:
    with pytest.raises(ResourceError, match=r"stance\.toml.*lacks say\.songs"):
        words("stance", "say", "songs")
    with pytest.raises(ResourceError, match=r"songs\.toml: cannot be read"):
        table("songs", "words")


def test_the_firm_ways_to_sign_are_ways_to_sign() -> None:
    assert words("triggers", "sign", "firm") <= words("triggers", "sign", "verbs")


@pytest.mark.parametrize("sort", ["patterns", "names"])
def test_every_field_with_patterns_is_one_of_the_ontology(sort: str) -> None:
    assert set(table("fields", sort)) <= set(vocabulary().fields)


def test_every_field_of_the_ontology_can_be_found() -> None:
    assert set(table("fields", "patterns")) == set(vocabulary().fields)


@pytest.mark.parametrize("sort", ["patterns", "names"])
def test_patterns_of_fields_are_base_forms_in_lower_case(sort: str) -> None:
    listed = [pattern for group in table("fields", sort).values() for pattern in group]
    assert all(pattern == pattern.lower() and pattern == re.sub(r"\s+", " ", pattern).strip() for pattern in listed)
