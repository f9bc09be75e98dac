"""What was decided: which bearer each sighting belongs to and why, and which bearers may be one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.identity.bearers import Bearer
from kg.identity.sightings import LocalId
from kg.identity.tiers import Judgement


@dataclass(slots=True)
class Decisions:
    """Bearers with the judgement by which each sighting came to its own, and pairs that stay candidates."""

    bearers: list[Bearer] = field(default_factory=list)
    why: dict[LocalId, Judgement] = field(default_factory=dict)
    candidates: list[tuple[Bearer, Bearer, Judgement]] = field(default_factory=list)


class Groups:
    """Bearers that become one, step by step; what was one stays one."""

    def __init__(self, bearers: Sequence[Bearer], decisions: Decisions) -> None:
        self._parent: dict[int, Bearer] = {id(b): b for b in bearers}
        self._decisions = decisions

    def root(self, bearer: Bearer) -> Bearer:
        """Return what a bearer has become part of."""
        while (above := self._parent[id(bearer)]) is not bearer:
            self._parent[id(bearer)] = self._parent[id(above)]
            bearer = above
        return bearer

    def unite(self, one: Bearer, other: Bearer, judgement: Judgement, settled: Iterable[str]) -> None:
        """Make two bearers one; the sightings of the lesser have the judgement as reason if theirs is one of `settled`."""
        a, b = self.root(one), self.root(other)
        weight = (b.reference is None, -len(b.sightings), b.order) < (a.reference is None, -len(a.sightings), a.order)
        into, gone = (b, a) if weight else (a, b)
        for sighting in gone.sightings:
            if self._decisions.why[sighting.id].tier in settled:
                self._decisions.why[sighting.id] = judgement
        into.absorb(gone)
        self._parent[id(gone)] = into

    def roots(self, bearers: Iterable[Bearer]) -> list[Bearer]:
        """Return what bearers have become, each once, in order."""
        return list({id(r): r for b in bearers if (r := self.root(b)).sightings}.values())
