"""Resolving many readings together: who is who, under which id, and why.

Persons, then bodies and places, then agreements are compared, the latter by what their parties and signatories became.
What earlier builds named keeps its id. Every decision keeps the tier that made it, and its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.identity.agreements import cluster
from kg.identity.bodies import bodies
from kg.identity.decisions import Decisions
from kg.identity.memory import Claim, Memory, settle
from kg.identity.naming import agreement_ids, agreement_label, bearer_ids, bearer_label
from kg.identity.people import people
from kg.identity.profiles import KNOWLEDGE_BASE, AgreementProfile, globalised, known, profiles
from kg.identity.resolution import Resolution
from kg.identity.sightings import LocalId, Sighting, sightings
from kg.identity.tiers import LOCAL, MEMORY, NAME, Judgement, Verdict
from kg.model import EntityId, Identification, Kind, Link, Reading
from kg.reference import Reference

_WIKIDATA = "http://www.wikidata.org/entity/"
#: Tiers that say the same of a name wherever it stands, so that the documents need no mention.
_EVERYWHERE = frozenset({NAME})


def resolve(readings: Iterable[Reading], reference: Reference, memory: Memory | None = None) -> Resolution:
    """Return the resolution of all readings together, taking each up once. Their order does not matter.

    `memory` is what an earlier resolution remembered, so that nothing is renamed.
    """
    successors = {state.id: state.successors[0] for state in reference.states if state.ended and state.successors}
    persons: list[Sighting] = []
    others: list[Sighting] = []
    told: list[AgreementProfile] = []
    for reading in readings:
        for sighting in sightings(reading, successors):
            (persons if sighting.kind is Kind.PERSON else others).append(sighting)
        told.extend(profiles(reading))
    resolver = _Resolver(reference, memory or Memory())
    resolver.settle_bearers(people(persons, reference, successors), bodies(others, reference))
    resolver.settle_agreements(told, successors)
    return resolver.resolution()


class _Resolver:
    """One resolution in the making: first who and what, then the agreements."""

    def __init__(self, reference: Reference, memory: Memory) -> None:
        self._reference, self._before = reference, memory
        self._memory = Memory({}, memory.ages, memory.heirs)
        self._ids: dict[LocalId, EntityId] = {}
        self._vague: set[EntityId] = set()  # persons of whom only one word of the name is known
        self._labels: dict[EntityId, str] = {}
        self._candidates: dict[tuple[EntityId, EntityId], Link] = {}
        self._identifications: list[Identification] = []

    def settle_bearers(self, *decided: Decisions) -> None:
        bearers = [bearer for decisions in decided for bearer in decisions.bearers]
        claims = [
            Claim(
                tuple((s.id[0], s.label, s.id[1]) for s in bearer.sightings),
                bearer_ids(bearer, self._reference),
                bearer.reference is not None,
            )
            for bearer in bearers
        ]
        settled = {id(b): identifier for b, identifier in zip(bearers, self._settle(claims), strict=True)}
        for bearer in bearers:
            identifier = settled[id(bearer)]
            self._labels[identifier] = bearer_label(bearer, self._reference)
            if bearer.single and not bearer.reference:
                self._vague.add(identifier)
            self._ids.update({s.id: identifier for s in bearer.sightings})
        for decisions in decided:
            for one, other, judgement in decisions.candidates:
                self._candidate(settled.get(id(one), one.reference), settled.get(id(other), other.reference), judgement)
            self._explain((s.id, s.label, decisions.why[s.id]) for b in decisions.bearers for s in b.sightings)

    def settle_agreements(self, told: Sequence[AgreementProfile], successors: Mapping[str, str]) -> None:
        found = [globalised(profile, self._ids, successors, self._vague) for profile in told]
        everything = [*found, *(known(agreement, successors) for agreement in self._reference.agreements)]
        clusters = cluster(everything)
        groups = [group for group in clusters.groups if any(p.id[0] != KNOWLEDGE_BASE for p in group)]
        members = [[p for p in group if p.id[0] != KNOWLEDGE_BASE] for group in groups]
        sure = [next((p.reference for p in group if p.reference), None) for group in groups]
        claims = [
            Claim(
                tuple((p.id[0], p.label, p.id[1]) for p in group),
                (identifier,) if identifier else agreement_ids(group),
                identifier is not None,
            )
            for group, identifier in zip(members, sure, strict=True)
        ]
        for group, identifier in zip(members, self._settle(claims), strict=True):
            entry = self._reference.by_id.get(identifier)
            self._labels[identifier] = entry.name if entry else agreement_label(group, self._labels)
            self._ids.update({profile.id: identifier for profile in group})
        for one, other, judgement in clusters.candidates:
            self._candidate(self._agreement(one), self._agreement(other), judgement)
        self._explain((p.id, p.label, clusters.why.get(p.id) or _alone(p)) for group in members for p in group)

    def _agreement(self, local: LocalId) -> EntityId:
        return local[1] if local[0] == KNOWLEDGE_BASE else self._ids[local]

    def resolution(self) -> Resolution:
        links = (*_outside(self._labels, self._reference), *self._former(), *self._candidates.values())
        return Resolution(self._ids, self._labels, links, tuple(self._identifications), self._memory)

    def _settle(self, claims: Sequence[Claim]) -> list[EntityId]:
        before = Memory(self._before.uses, self._memory.ages, self._memory.heirs)
        ids, after = settle(claims, before, self._reference.by_id)
        self._memory = Memory({**self._memory.uses, **after.uses}, after.ages, after.heirs)
        return ids

    def _candidate(self, one: EntityId | None, other: EntityId | None, judgement: Judgement) -> None:
        if one and other and one != other:
            low, high = sorted((one, other), key=lambda identifier: (identifier not in self._labels, identifier))
            link = Link(low, high, False, judgement.confidence, f"{judgement.tier}: {judgement.reason}")
            known = self._candidates.setdefault((low, high), link)
            self._candidates[low, high] = max(known, link, key=lambda each: (each.confidence, each.reason))

    def _explain(self, decided: Iterable[tuple[LocalId, str, Judgement]]) -> None:
        """Note each name that became an entity with its reason, once for all documents of which the same is said."""
        said: dict[tuple[EntityId, str, Judgement], set[str]] = defaultdict(set)
        for local, name, judgement in decided:
            said[self._ids[local], name, judgement].add(local[0])
        for (identifier, name, judgement), documents in said.items():
            listed = () if judgement.tier in _EVERYWHERE else tuple(sorted(documents))
            self._identifications.append(
                Identification(identifier, name, judgement.tier, judgement.reason, judgement.confidence, listed)
            )

    def _former(self) -> Iterator[Link]:
        for old, heir in sorted(self._memory.heirs.items()):
            if heir in self._labels:
                yield Link(heir, old, True, 1.0, f"{MEMORY}: so called in an earlier build")


def _alone(profile: AgreementProfile) -> Judgement:
    """Return why an agreement that was merged with no other is what it is."""
    if profile.reference:
        return Judgement(Verdict.SAME, 1.0, NAME, "a name that the knowledge base knows")
    return Judgement(Verdict.SAME, 1.0, LOCAL, "told of in one article, or together with nothing that tells it from others")


def _outside(labels: Iterable[EntityId], reference: Reference) -> Iterator[Link]:
    for identifier in sorted(labels):
        entry = reference.by_id.get(identifier)
        if entry is not None and entry.qid:
            yield Link(
                identifier, _WIKIDATA + entry.qid, True, 1.0, f"{KNOWLEDGE_BASE}: name known to the bundled knowledge base"
            )
