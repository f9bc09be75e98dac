"""Names are found as they are written, folded, by the words they share, and misspelt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.service.reconciliation.names import Name, NameIndex, fold

NAMES = [
    Name("Inês Valadão", "person/ines"),
    Name("Valadão", "person/ines", 0.85),
    Name("Rui Valadão", "person/rui"),
    Name("Tromsø Agreement on Maritime Safety", "agreement/tromso"),
    Name("Lisbon Agreement", "agreement/lisbon"),
]
INDEX = NameIndex(NAMES)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Kim Jong-Un", "kim jong un"),
        ("  THE  Élysée Treaty. ", "the elysee treaty"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Đà Nẵng", "da nang"),
        ("Москва", "москва"),
        ("…", ""),
    ],
)
def test_case_accents_and_punctuation_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_any_text_may_be_looked_for(text: str) -> None:
    assert all(0 < found.value <= 1 for found in INDEX.find(text, 10).values())
    assert set(INDEX.complete(text)) <= {name.entity for name in NAMES}


def test_the_name_as_it_is_written_is_likest() -> None:
    exact, folded = INDEX.find("Inês Valadão", 5)["person/ines"], INDEX.find("INES VALADAO", 5)["person/ines"]
    assert (exact.value, exact.same) == (1.0, True)
    assert (folded.value < 1, folded.same) == (True, True)


def test_a_name_that_others_may_have_is_worth_less() -> None:
    found = INDEX.find("Valadão", 5)
    assert found["person/ines"].value == 0.85
    assert found["person/rui"].value < 0.85


def test_rare_words_count_more_than_common_ones() -> None:
    found = INDEX.find("the Tromsø agreement", 5)
    assert list(found) == ["agreement/tromso", "agreement/lisbon"]
    assert not found["agreement/tromso"].same


def test_a_word_may_be_misspelt() -> None:
    assert INDEX.find("Valadao Inez", 1).keys() == INDEX.find("Valadan Ines", 1).keys() == {"person/ines"}


def test_only_so_many_are_found_the_likest_first() -> None:
    assert list(INDEX.find("Rui Valadão", 1)) == ["person/rui"]


def test_a_name_is_completed_from_the_start_of_any_of_its_words() -> None:
    assert set(INDEX.complete("vala")) == {"person/ines", "person/rui"}
    assert set(INDEX.complete("maritime saf")) == {"agreement/tromso"}
    assert set(INDEX.complete("aritime")) == set()
