"""Which pairs are worth a comparison: things that share a key, and of crowded keys only those that share a finer one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import TypeVar

T = TypeVar("T")
Keys = Callable[[T], Iterable[Hashable]]

#: Things with one key of which all pairs are compared; more are divided by the next kind of key.
CROWD = 60
#: Of a crowd that no key divides further, each is compared with so many that follow it.
_WINDOW = 10


def pairs(things: Sequence[T], *levels: Keys[T]) -> Iterator[tuple[T, T]]:
    """Yield each pair of things that share a key once, in order; `levels` give keys from the coarsest to the finest.

    The number of pairs grows with the number of things: a key that a crowd shares is no reason to compare them all.
    """
    seen: set[tuple[int, int]] = set()
    for one, other in _pairs(things, range(len(things)), levels):
        if (one, other) not in seen:
            seen.add((one, other))
            yield things[one], things[other]


def _pairs(things: Sequence[T], places: Iterable[int], levels: Sequence[Keys[T]]) -> Iterator[tuple[int, int]]:
    if not levels:
        ordered = sorted(places)
        for start, one in enumerate(ordered):
            yield from ((one, other) for other in ordered[start + 1 : start + 1 + _WINDOW])
        return
    blocks: dict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        for key in dict.fromkeys(levels[0](things[place])):
            blocks[key].append(place)
    for block in blocks.values():
        if len(block) <= CROWD:
            yield from combinations(sorted(block), 2)
        else:
            yield from _pairs(things, block, levels[1:])
