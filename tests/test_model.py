"""The values that cross the borders between stages refuse what cannot be."""

from __future__ import annotations

import hashlib
from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Document, Evidence, Kind, Modality, PartialDate, Polarity, Span, Statement

offsets = st.integers(0, 50)
spans = st.tuples(offsets, offsets).map(sorted).map(lambda ends: Span(*ends))


def test_a_span_gives_back_its_words() -> None:
    assert Span(4, 9).of("The 😀 signed") == "😀 sig"


@pytest.mark.parametrize(("start", "end"), [(3, 2), (-1, 2), (-2, -1)])
def test_a_span_cannot_run_backwards_or_begin_before_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no span"):
        Span(start, end)


@given(spans, spans)
def test_spans_overlap_where_they_share_a_character(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    if one.start < one.end and other.start < other.end:
        assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@given(spans, spans)
def test_a_span_covers_all_that_lies_within_it(one: Span, other: Span) -> None:
    if one.covers(other):
        assert set(range(other.start, other.end)) <= set(range(one.start, one.end))
    assert one.covers(one)


def test_values_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Span(0, 1).end = 2  # type: ignore[misc]  # what the test is about


def test_a_documents_digest_is_over_its_text_alone() -> None:
    text = "Le traité\r\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert Document("a", text).sha256 == Document("b", text, title="T", issued=date(2024, 5, 8)).sha256 == digest


@pytest.mark.parametrize("value", ["2024", "2024-02", "2024-02-29", "1648-10-24"])
def test_a_day_a_month_and_a_year_are_dates(value: str) -> None:
    assert PartialDate(value).value == value
    assert PartialDate(value).year == int(value[:4])


@pytest.mark.parametrize(
    "value", ["", "24", "2024-13", "2024-00", "2023-02-29", "2024-06-31", "2024-6-1", "19 June 2024", "2024-06-19T10:00"]
)
def test_what_no_calendar_has_is_no_date(value: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 (the standard library words some of them)
        PartialDate(value)


@given(st.dates())
def test_a_year_covers_its_months_and_a_month_its_days(day: date) -> None:
    year, month, exact = (PartialDate(day.isoformat()[:length]) for length in (4, 7, 10))
    assert year.covers(month)
    assert month.covers(exact)
    assert year.covers(exact)
    assert exact.covers(exact)
    assert not exact.covers(month)


def test_the_words_of_the_contract_are_the_values() -> None:
    assert {kind.value for kind in Kind} == {"Person", "State", "Organization", "Place", "Agreement"}
    assert {polarity.value for polarity in Polarity} == {"Affirmed", "Denied"}
    assert {modality.value for modality in Modality} == {"Actual", "Alleged", "Planned", "Hypothetical"}


def test_evidence_is_a_plain_fact_of_the_article_unless_it_says_otherwise() -> None:
    found = Evidence(Statement("state/a", "metWith", "state/b"), Span(0, 3), "kg.metWith.v1")
    assert (found.polarity, found.modality, found.speaker) == (Polarity.AFFIRMED, Modality.ACTUAL, None)
