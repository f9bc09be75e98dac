"""Counts and the ratios that are read off them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


def ratio(part: float, whole: float) -> float:
    """Return a part of a whole, 0 of nothing."""
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, how many the graph said, how many the gold has.

    >>> Tally(right=3, said=4, gold=6).f1
    0.6
    """

    right: int = 0
    said: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        return ratio(self.right, self.said)

    @property
    def recall(self) -> float:
        return ratio(self.right, self.gold)

    @property
    def f1(self) -> float:
        return ratio(2 * self.precision * self.recall, self.precision + self.recall)

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.said + other.said, self.gold + other.gold)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of all."""

    hits: int
    all: int

    @classmethod
    def of(cls, outcomes: Collection[bool]) -> Share:
        return cls(sum(outcomes), len(outcomes))

    @property
    def value(self) -> float:
        return ratio(self.hits, self.all)
