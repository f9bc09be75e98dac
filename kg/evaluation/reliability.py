"""Can confidences be trusted? Of all evidence that is said to be 0.8 sure, about 0.8 should be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.evaluation.claims import Claim
from kg.evaluation.measures import ratio

#: Bins of equal width between 0 and 1.
BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Evidence of about the same confidence: how much, how sure on average, and what share is right."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """Bins that hold evidence, lowest first.

    `calibration_error` is the expected calibration error: the mean distance of confidence from share right over bins,
    by count. `squared_error` is Brier's score: the mean squared distance of each confidence from 1 if right, 0 if wrong.
    """

    bins: tuple[Bin, ...] = ()
    squared_error: float = 0.0

    @property
    def count(self) -> int:
        return sum(one.count for one in self.bins)

    @property
    def calibration_error(self) -> float:
        return ratio(sum(one.count * abs(one.confidence - one.right) for one in self.bins), self.count)


def reliability(verdicts: Iterable[tuple[Claim, bool]]) -> Reliability:
    """Return the reliability of all evidence that carries a confidence."""
    return of_pairs((claim.confidence, right) for claim, right in verdicts if claim.confidence is not None)


def of_pairs(pairs: Iterable[tuple[float, bool]]) -> Reliability:
    """Return the reliability of confidences with whether each was right.

    >>> of_pairs([(0.75, True), (0.75, True), (0.75, True), (0.75, False)]).calibration_error
    0.0
    """
    binned: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    squared = 0.0
    for confidence, right in pairs:
        binned[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
        squared += (confidence - right) ** 2
    bins = tuple(
        Bin(
            number / BINS,
            (number + 1) / BINS,
            len(inside),
            ratio(sum(confidence for confidence, _ in inside), len(inside)),
            ratio(sum(right for _, right in inside), len(inside)),
        )
        for number, inside in sorted(binned.items())
    )
    return Reliability(bins, ratio(squared, sum(one.count for one in bins)))
