"""Which agreements of different documents are one agreement.

Two profiles are compared only where they share a key (parties, name, signatories, or what replaces them). Pairs are
merged from the surest down, and never against a contradiction: two agreements of one document stay two, and so do
agreements of different days, parties, hands or number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import combinations

from kg.identity.profiles import AgreementProfile, LocalId
from kg.model import PartialDate

_NEAR = 45  # days between the issue of a document that expects a signing and the signing
_SPECIFIC = frozenset({"Memorandum", "PeaceAgreement", "ArmsControlAgreement", "AccessAgreement", "TradeAgreement", "Convention"})
_SURE = 0.5


def cluster(profiles: Iterable[AgreementProfile]) -> list[list[AgreementProfile]]:
    """Return the profiles grouped by agreement, each group in order of issue, groups in order of their first."""
    ordered = sorted(profiles, key=_order)
    home: dict[LocalId, int] = {p.id: i for i, p in enumerate(ordered)}
    groups: dict[int, list[AgreementProfile]] = {i: [p] for i, p in enumerate(ordered)}

    def merge(pairs: Iterable[tuple[float, AgreementProfile, AgreementProfile]]) -> None:
        for _, one, other in sorted(pairs, key=lambda pair: (-pair[0], _order(pair[1]), _order(pair[2]))):
            a, b = sorted((home[one.id], home[other.id]))
            if a != b and not any(_contradict(x, y) for x in groups[a] for y in groups[b]):
                groups[a] += groups.pop(b)
                home.update({p.id: a for p in groups[a]})

    merge((score, a, b) for a, b in _candidates(ordered) if (score := similarity(a, b)) >= _SURE)
    merge((1.0, a, b) for a, b in _predecessors(ordered, home))
    return [sorted(group, key=_order) for _, group in sorted(groups.items())]


def _order(profile: AgreementProfile) -> tuple[str, str, str]:
    return (profile.issued.isoformat() if profile.issued else "9999", *profile.id)


def _candidates(profiles: Sequence[AgreementProfile]) -> Iterable[tuple[AgreementProfile, AgreementProfile]]:
    blocks: dict[object, list[AgreementProfile]] = defaultdict(list)
    for profile in profiles:
        if profile.reference:
            blocks[profile.reference].append(profile)
        if len(profile.parties) > 1:
            blocks[profile.parties].append(profile)
        for pair in combinations(sorted(profile.signatories), 2):
            blocks[pair].append(profile)
        for party in sorted(profile.parties):
            for year in _years(profile):
                blocks[party, year].append(profile)
        for place in sorted(profile.places):
            for signed in profile.dates:
                blocks[place, signed.value].append(profile)
        if profile.name:
            blocks[profile.name.casefold()].append(profile)
    seen = set()
    for block in blocks.values():
        for one, other in combinations(block, 2):
            if one.id[0] != other.id[0] and (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                yield one, other


def _years(profile: AgreementProfile) -> set[int]:
    """Return the years in which an agreement was signed, else that in which it was written about."""
    return {d.year for d in profile.dates} or ({profile.issued.year} if profile.issued else set())


def similarity(one: AgreementProfile, other: AgreementProfile) -> float:
    """Return how surely two profiles are one agreement, 0 to 1."""
    if one.reference and one.reference == other.reference and one.id[0] != other.id[0]:
        return 1.0
    if _contradict(one, other):
        return 0.0
    dated = bool(one.dates and other.dates)
    if one.name and other.name and one.name.casefold() == other.name.casefold():
        return 1.0 if dated else 0.9
    same_parties = len(one.parties) > 1 and one.parties == other.parties
    same_hands = len(one.signatories & other.signatories) > 1
    shared_words = len(one.words & other.words)
    if dated and (same_parties or same_hands):
        return 0.95 if shared_words else 0.85
    if dated and one.parties & other.parties:
        return 0.7 if min(len(one.parties), len(other.parties)) == 1 or shared_words else 0.4
    if one.places & other.places and any(len(d.value) == 10 for d in one.dates & other.dates):
        return 0.7
    if (same_parties or same_hands) and _expected(one, other):
        return 0.75 if shared_words else 0.6
    if same_parties and shared_words > 1:
        return 0.6
    if one.parties & other.parties and shared_words > 1 and _expected(one, other):
        return 0.6
    return 0.0


def _contradict(one: AgreementProfile, other: AgreementProfile) -> bool:
    if one.id[0] == other.id[0] or (one.reference and other.reference and one.reference != other.reference):
        return True
    if one.reference and one.reference == other.reference:
        return False
    if one.plural != other.plural:
        return True
    if one.dates and other.dates and not any(_compatible(a, b) for a in one.dates for b in other.dates):
        return True
    if len(one.parties) > 1 and len(other.parties) > 1 and (one.parties - other.parties) and (other.parties - one.parties):
        return True
    if len(one.signatories) > 1 and len(other.signatories) > 1 and not one.signatories & other.signatories:
        return True
    kinds = {one.subtype, other.subtype}
    return len(kinds) == 2 and kinds <= _SPECIFIC


def _compatible(one: PartialDate, other: PartialDate) -> bool:
    return one.covers(other) or other.covers(one)


def _expected(one: AgreementProfile, other: AgreementProfile) -> bool:
    """Do both documents tell of a signing of the same weeks, where one gives no date?"""
    if one.dates and other.dates:
        return False
    days = [
        d
        for p in (one, other)
        for d in ([d.value for d in p.dates if len(d.value) == 10] or ([p.issued.isoformat()] if p.issued else []))
    ]
    if len(days) < 2:
        return False
    ordinals = [_ordinal(day) for day in days]
    return max(ordinals) - min(ordinals) <= _NEAR


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _predecessors(
    profiles: Sequence[AgreementProfile], home: dict[LocalId, int]
) -> Iterable[tuple[AgreementProfile, AgreementProfile]]:
    """Yield pairs known by the same year that one and the same agreement replaces."""
    blocks: dict[tuple[int, int], list[AgreementProfile]] = defaultdict(list)
    for profile in profiles:
        for later in profile.replaced_by:
            for signed in profile.dates:
                if later in home:
                    blocks[home[later], signed.year].append(profile)
    for block in blocks.values():
        yield from combinations(block, 2)
