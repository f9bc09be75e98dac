"""Base forms of words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.lemmas import lemma


@pytest.mark.parametrize(
    ("word", "pos", "base"),
    [
        ("treaties", "NOUN", "treaty"),
        ("parties", "NOUN", "party"),
        ("forces", "NOUN", "force"),
        ("allies", "NOUN", "ally"),
        ("signed", "VERB", "sign"),
        ("Signed", "VERB", "sign"),
        ("met", "VERB", "meet"),
        ("withdrew", "VERB", "withdraw"),
        ("broke", "VERB", "break"),
        ("was", "AUX", "be"),
        ("closer", "ADJ", "close"),
        ("Kyiv", "PROPN", "Kyiv"),
        ("The", "DET", "the"),
    ],
)
def test_a_word_has_a_base_form_by_its_part_of_speech(word: str, pos: str, base: str) -> None:
    assert lemma(word, pos) == base


@settings(max_examples=80, deadline=None)
@given(st.from_regex(r"[A-Za-z]{1,20}", fullmatch=True), st.sampled_from(["NOUN", "VERB", "ADJ", "PROPN", "X"]))
def test_every_word_of_letters_has_a_base_form(word: str, pos: str) -> None:
    assert lemma(word, pos)
