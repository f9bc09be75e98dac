"""Counts and ratios."""

from __future__ import annotations

from kg.evaluation.measures import Share, Tally


def test_a_tally_gives_precision_recall_and_their_harmonic_mean() -> None:
    tally = Tally(3, 4, 6)
    assert (tally.precision, tally.recall, tally.f1) == (0.75, 0.5, 0.6)
    assert tally + Tally(1, 1, 1) == Tally(4, 5, 7)


def test_nothing_gives_zero() -> None:
    assert (Tally().precision, Tally().recall, Tally().f1, Share(0, 0).value) == (0, 0, 0, 0)


def test_a_share_counts_outcomes() -> None:
    assert Share.of([True, False, True, True]) == Share(3, 4)
    assert Share(3, 4).value == 0.75
