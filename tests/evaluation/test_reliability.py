"""Reliability of confidences."""

from __future__ import annotations

import pytest

from kg.evaluation.reliability import Bin, Reliability, of_pairs


def test_bins_hold_count_mean_and_share_right() -> None:
    found = of_pairs([(0.82, True), (0.88, True), (0.5, False), (1.0, True)])
    low, middle, high = found.bins
    assert low == Bin(0.5, 0.6, 1, 0.5, 0.0)
    assert (middle.count, middle.confidence, middle.right) == (2, pytest.approx(0.85), 1)
    assert (high.low, high.high, high.count) == (0.9, 1.0, 1)


def test_the_calibration_error_is_weighed_by_count() -> None:
    found = of_pairs([(0.9, True)] * 3 + [(0.3, False)])
    assert found.calibration_error == pytest.approx((3 * 0.1 + 1 * 0.3) / 4)
    assert found.squared_error == pytest.approx((3 * 0.01 + 0.09) / 4)


def test_nothing_has_no_error() -> None:
    assert of_pairs([]) == Reliability()
    assert (Reliability().count, Reliability().calibration_error) == (0, 0)
