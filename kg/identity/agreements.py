"""Which agreements of different documents are one.

Two profiles are compared only where they share a key (parties, name, signatories, or what replaces them). Pairs are
merged from the surest down, and never against a contradiction: two agreements of one document stay two, and so do
agreements of different days, parties, hands or number. What fits two that contradict each other stays by itself, as a
candidate of both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise

from kg.identity.blocks import pairs
from kg.identity.likeness import Facets, contradict, facets, likeness
from kg.identity.profiles import AgreementProfile
from kg.identity.sightings import LocalId
from kg.identity.tiers import AGREEMENT, Judgement, Verdict

_SURE = 0.5
_POSSIBLE = 0.4
#: How much surer one of two contradicting homes must be than the other.
_MARGIN = 0.08
#: Possible homes of one agreement that are weighed against each other, the surest ones.
_WEIGHED = 12

Pair = tuple[Judgement, AgreementProfile, AgreementProfile]


@dataclass(slots=True)
class Clusters:
    """Profiles by agreement, by what each came to its group, and pairs that may be one agreement."""

    groups: list[list[AgreementProfile]] = field(default_factory=list)
    why: dict[LocalId, Judgement] = field(default_factory=dict)
    candidates: list[tuple[LocalId, LocalId, Judgement]] = field(default_factory=list)


def cluster(profiles: Iterable[AgreementProfile]) -> Clusters:
    """Return the profiles grouped by agreement, each group in order of issue, groups in order of their first."""
    ordered = sorted(profiles, key=_order)
    found = Clusters()
    groups = _Groups(ordered, found)
    judged = [(j, a, b) for a, b in pairs(ordered, _keys, _months, _days) if (j := _judged(a, b))]
    judged.sort(key=lambda pair: (-pair[0].confidence, _order(pair[1]), _order(pair[2])))
    torn = _torn(judged)
    for judgement, one, other in judged:
        if judgement.verdict is Verdict.SAME and torn.isdisjoint((one.id, other.id)):
            groups.merge(one, other, judgement)
        else:
            found.candidates.append((one.id, other.id, judgement))
    for one, other in _predecessors(ordered, groups):
        groups.merge(one, other, Judgement(Verdict.SAME, 0.9, AGREEMENT, "of the same year, and replaced by the same agreement"))
    found.groups = groups.ordered()
    found.candidates = [(a, b, j) for a, b, j in found.candidates if groups.may_be_one(a, b)]
    return found


def _order(profile: AgreementProfile) -> tuple[str, str, str]:
    return (profile.issued.isoformat() if profile.issued else "9999", *profile.id)


def _judged(one: AgreementProfile, other: AgreementProfile) -> Judgement | None:
    if one.id[0] == other.id[0] or contradict(facets(one), facets(other)):
        return None
    score, reason = likeness(one, other)
    verdict = Verdict.SAME if score >= _SURE else Verdict.CANDIDATE
    return Judgement(verdict, score, AGREEMENT, reason) if score >= _POSSIBLE else None


def _torn(judged: Sequence[Pair]) -> set[LocalId]:
    """Return what fits two agreements that contradict each other about as well, and so says too little to be either."""
    homes: dict[LocalId, list[tuple[float, AgreementProfile]]] = defaultdict(list)
    for judgement, one, other in judged:
        if judgement.verdict is Verdict.SAME:
            homes[one.id].append((judgement.confidence, other))
            homes[other.id].append((judgement.confidence, one))
    torn = set()
    for local, found in homes.items():
        best = [home for score, home in found[:_WEIGHED] if score > found[0][0] - _MARGIN]
        if any(contradict(facets(a), facets(b)) for a, b in combinations(best, 2)):
            torn.add(local)
    return torn


class _Groups:
    """Profiles that become one agreement, step by step."""

    def __init__(self, ordered: Sequence[AgreementProfile], found: Clusters) -> None:
        self._found = found
        self._home: dict[LocalId, int] = {p.id: i for i, p in enumerate(ordered)}
        self._members: dict[int, list[AgreementProfile]] = {i: [p] for i, p in enumerate(ordered)}
        self._documents: dict[int, set[str]] = {i: {p.id[0]} for i, p in enumerate(ordered)}
        self._facets: dict[int, set[Facets]] = {i: {facets(p)} for i, p in enumerate(ordered)}

    def home(self, local: LocalId) -> int | None:
        """Return the group that a profile is in."""
        return self._home.get(local)

    def merge(self, one: AgreementProfile, other: AgreementProfile, judgement: Judgement) -> None:
        """Make the groups of two profiles one, unless they contradict each other."""
        a, b = self._home[one.id], self._home[other.id]
        if a == b or self._contradict(a, b):
            return
        into, gone = (a, b) if len(self._members[a]) >= len(self._members[b]) else (b, a)
        for profile in self._members[gone]:
            self._home[profile.id] = into
        for newcomer in (one, other):
            self._found.why.setdefault(newcomer.id, judgement)
        self._members[into] += self._members.pop(gone)
        self._documents[into] |= self._documents.pop(gone)
        self._facets[into] |= self._facets.pop(gone)

    def _contradict(self, a: int, b: int) -> bool:
        if not self._documents[a].isdisjoint(self._documents[b]):
            return True
        return any(contradict(x, y) for x in self._facets[a] for y in self._facets[b])

    def may_be_one(self, one: LocalId, other: LocalId) -> bool:
        """Are two profiles in different groups that do not contradict each other?"""
        a, b = self._home[one], self._home[other]
        return a != b and not self._contradict(a, b)

    def ordered(self) -> list[list[AgreementProfile]]:
        groups = [sorted(group, key=_order) for group in self._members.values()]
        return sorted(groups, key=lambda group: _order(group[0]))


def _keys(profile: AgreementProfile) -> Iterator[Hashable]:
    """Yield what profiles of one agreement share."""
    if profile.reference:
        yield profile.reference
    if len(profile.parties) > 1:
        yield profile.parties
    yield from combinations(sorted(profile.signatories), 2)
    for party in sorted(profile.parties):
        yield from ((party, year) for year in sorted(_years(profile)))
    for place in sorted(profile.places):
        yield from ((place, signed.value) for signed in sorted(profile.dates))
    if profile.name:
        yield profile.name.casefold()


def _months(profile: AgreementProfile) -> Iterator[Hashable]:
    """Yield the same keys with each month in which it was signed or, without a day, is told of."""
    months = {d.value[:7] for d in profile.dates if len(d.value) > 4} or _told_in(profile)
    yield from ((key, month) for key in _keys(profile) for month in sorted(months))


def _days(profile: AgreementProfile) -> Iterator[Hashable]:
    """Yield parties, or hands, or name, with the day and with the month."""
    who: Hashable = profile.reference or profile.parties or profile.signatories or (profile.name or "").casefold()
    days = {d.value for d in profile.dates if len(d.value) == 10} or _told_in(profile)
    yield from ((who, day) for day in sorted(days | {day[:7] for day in days}))


def _told_in(profile: AgreementProfile) -> set[str]:
    return {profile.issued.isoformat()[:7]} if profile.issued else set()


def _years(profile: AgreementProfile) -> set[int]:
    """Return the years in which an agreement was signed, else that in which it was written about."""
    return {d.year for d in profile.dates} or ({profile.issued.year} if profile.issued else set())


def _predecessors(profiles: Sequence[AgreementProfile], groups: _Groups) -> Iterator[tuple[AgreementProfile, AgreementProfile]]:
    """Yield pairs known by the same year that one and the same agreement replaces."""
    blocks: dict[tuple[int, int], list[AgreementProfile]] = defaultdict(list)
    for profile in profiles:
        for later in profile.replaced_by:
            for signed in profile.dates:
                if (home := groups.home(later)) is not None:
                    blocks[home, signed.year].append(profile)
    for block in blocks.values():
        yield from pairwise(block)
