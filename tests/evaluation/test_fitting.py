"""Fitting weights of confidence."""

from __future__ import annotations

from itertools import product

import pytest

from kg.evaluation.examples import Example
from kg.evaluation.fitting import cross_validated, fit
from kg.evaluation.reliability import of_pairs
from kg.extraction.confidence import Calibration, Trait

ARTICLES = [f"a-{number}" for number in range(10)]


def some(right: int, wrong: int, own: float = 0.8, frame: str = "kg.party.v1", *traits: Trait) -> list[Example]:
    """So many examples in each article."""
    return [
        Example(article, own, frame, frozenset(traits), verdict)
        for article, (verdict, count) in product(ARTICLES, ((True, right), (False, wrong)))
        for _ in range(count)
    ]


def test_nothing_to_learn_from_changes_nothing() -> None:
    assert fit([]).confidence(0.8, "kg.party.v1", [Trait.LONG]) == Calibration().confidence(0.8, "kg.party.v1", []) == 0.8


def test_confidence_comes_near_the_share_right() -> None:
    assert fit(some(6, 4)).confidence(0.8, "kg.party.v1", []) == pytest.approx(0.6, abs=0.02)


def test_traits_and_frames_make_a_difference() -> None:
    weights = fit([*some(9, 1), *some(5, 5, 0.8, "kg.party.v1", Trait.UNNAMED), *some(4, 6, 0.8, "kg.covers.v1")])
    assert weights.trait[Trait.UNNAMED] < -0.5
    assert weights.frame["kg.covers.v1"] < weights.frame["kg.party.v1"]
    assert weights.trait[Trait.LONG] == 0
    between = weights.confidence(0.8, "my.v1", [])
    assert weights.confidence(0.8, "kg.covers.v1", []) < between < weights.confidence(0.8, "kg.party.v1", [])


def test_one_bad_example_of_a_rare_frame_hardly_counts() -> None:
    weights = fit([*some(9, 1), Example("a-0", 0.8, "kg.rare.v1", frozenset(), False)])
    assert -0.2 < weights.frame["kg.rare.v1"] < 0


def test_the_slope_is_never_negative() -> None:
    weights = fit([*some(2, 8, 0.95), *some(9, 1, 0.6)])
    assert weights.slope == 0
    assert weights.confidence(0.95, "kg.party.v1", []) == weights.confidence(0.6, "kg.party.v1", [])


def test_the_same_examples_give_the_same_weights() -> None:
    found = [*some(6, 4), *some(3, 1, 0.9, "kg.covers.v1", Trait.MAIN)]
    assert fit(found) == fit(found)


def test_articles_are_tried_with_weights_that_have_not_seen_them() -> None:
    usual = [one for one in some(9, 1) if one.document != "a-0"]
    odd = [Example("a-0", 0.8, "kg.party.v1", frozenset(), False)] * 10
    pairs = list(cross_validated([*usual, *odd]))
    assert len(pairs) == len(usual) + 10
    assert {confidence for confidence, _ in pairs[:10]} == {fit(usual).confidence(0.8, "kg.party.v1", [])}
    assert of_pairs(cross_validated(some(9, 1))).calibration_error < 0.05
