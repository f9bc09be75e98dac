"""The arithmetic of combined confidence keeps the properties that `docs/provenance.md` promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.belief import belief, disagreement, pooled

weights = st.floats(0, 1)
TOLERANCE = 1e-9


@given(weights)
def test_one_weight_alone_is_the_belief(weight: float) -> None:
    assert belief(pooled([weight]), pooled([])) == pytest.approx(weight, abs=TOLERANCE)


@given(st.lists(weights), st.lists(weights))
def test_belief_and_disagreement_lie_between_nothing_and_all(support: list[float], denial: list[float]) -> None:
    assert 0 <= belief(pooled(support), pooled(denial)) <= 1
    assert 0 <= disagreement(pooled(support), pooled(denial)) <= 1


@given(st.lists(weights), st.lists(weights), weights)
def test_more_support_never_lowers_it(support: list[float], denial: list[float], more: float) -> None:
    against = pooled(denial)
    assert belief(pooled([*support, more]), against) >= belief(pooled(support), against) - TOLERANCE


@given(st.lists(weights), st.lists(weights), weights)
def test_more_denial_never_raises_it(support: list[float], denial: list[float], more: float) -> None:
    backing = pooled(support)
    assert belief(backing, pooled([*denial, more])) <= belief(backing, pooled(denial)) + TOLERANCE


@given(weights, weights)
def test_belief_in_the_assertion_and_in_its_contrary_leave_room_for_ignorance(support: float, denial: float) -> None:
    assert belief(support, denial) + belief(denial, support) <= 1 + TOLERANCE


@given(st.floats(0, 0.999), st.floats(0, 0.999))
def test_the_stronger_side_is_believed_more(support: float, denial: float) -> None:
    if support >= denial:
        assert belief(support, denial) >= belief(denial, support) - TOLERANCE


def test_what_nobody_contradicts_is_no_disagreement() -> None:
    assert disagreement(1.0, pooled([])) == 0
    assert disagreement(pooled([0.9]), pooled([0.9])) == pytest.approx(0.81)
