"""What a client accepts, and what it gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.service.negotiation import choose

OFFERS = ["application/json", "text/csv", "text/turtle"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/*", "text/csv"),
        ("text/turtle", "text/turtle"),
        ("TEXT/Turtle; charset=utf-8", "text/turtle"),
        ("text/csv;q=0.5, text/turtle;q=0.6", "text/turtle"),
        ("text/csv, application/json", "application/json"),
        ("*/*;q=0.1, text/csv;q=0.2", "text/csv"),
        ("application/json;q=0, */*", "text/csv"),
        ("text/*;q=0.9, text/csv;q=0.1", "text/turtle"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("text/csv;q=x, text/turtle", "text/turtle"),
        ("nonsense, text/csv", "text/csv"),
    ],
)
def test_the_best_liked_offer_is_chosen(accept: str | None, chosen: str | None) -> None:
    assert choose(accept, OFFERS) == chosen


@given(st.text(max_size=60))
def test_any_header_is_read(accept: str) -> None:
    assert choose(accept, OFFERS) in {*OFFERS, None}


@given(st.permutations(OFFERS))
def test_the_order_of_a_client_that_likes_all_the_same_does_not_matter(ranges: list[str]) -> None:
    assert choose(", ".join(ranges), OFFERS) == OFFERS[0]
