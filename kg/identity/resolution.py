"""Global ids for the entities of many readings, and readings rewritten to them.

Tiers, each named in the links it makes: what the knowledge base knows has the knowledge base's id; other names are
one thing where they are written alike; a single family name that nobody is known by stays local to its document;
agreements are compared by parties, dates, names and hands (`kg.identity.agreements`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.documents import slug
from kg.identity.agreements import cluster
from kg.identity.profiles import KNOWLEDGE_BASE, AgreementProfile, LocalId, known, profiles
from kg.model import Entity, EntityId, Kind, Link, Mention, Node, Reading, Statement
from kg.reference import Reference

_WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass(frozen=True)
class Resolution:
    """Which local entity of which document is which global one, and how each is called.

    `names` gives label and aliases of each global id; `links` leads to the outside.
    """

    ids: Mapping[LocalId, EntityId]
    labels: Mapping[EntityId, str]
    links: tuple[Link, ...]

    def apply(self, reading: Reading) -> Reading:
        """Return the reading with global ids; what became one entity is one, what became a statement of itself is gone."""
        document = reading.document.id

        def global_id(local: EntityId) -> EntityId:
            return self.ids[document, local]

        def node(value: Node) -> Node:
            return global_id(value) if isinstance(value, str) else value

        merged: dict[EntityId, Entity] = {}
        for entity in reading.entities:
            merged[global_id(entity.id)] = self._merge(merged.get(global_id(entity.id)), entity, global_id(entity.id))
        evidence = [
            replace(
                item,
                statement=Statement(global_id(item.statement.subject), item.statement.predicate, node(item.statement.object)),
                speaker=global_id(item.speaker) if item.speaker else None,
                where=global_id(item.where) if item.where else None,
            )
            for item in reading.evidence
        ]
        return Reading(
            reading.document,
            tuple(merged[key] for key in sorted(merged)),
            tuple(sorted((Mention(global_id(m.entity), m.span) for m in reading.mentions), key=lambda m: (m.span, m.entity))),
            tuple(item for item in evidence if item.statement.subject != item.statement.object),
        )

    def _merge(self, known: Entity | None, entity: Entity, identifier: EntityId) -> Entity:
        label = self.labels[identifier]
        forms = {*(known.aliases if known else ()), entity.label, *entity.aliases} - {label}
        return Entity(
            identifier,
            entity.kind,
            label,
            tuple(sorted(forms)),
            entity.subtype or (known.subtype if known else None),
            entity.reference,
        )


def resolve(readings: Iterable[Reading], reference: Reference) -> Resolution:
    """Return the resolution of all readings together, taking each up once. Their order does not matter."""
    ids: dict[LocalId, EntityId] = {}
    forms: dict[EntityId, Counter[str]] = defaultdict(Counter)
    successors = {state.id: state.successors[0] for state in reference.states if state.ended and state.successors}
    found: list[AgreementProfile] = []
    for reading in readings:
        for entity in reading.entities:
            if entity.kind is not Kind.AGREEMENT:
                identifier = _named(entity, reading.document.id)
                ids[reading.document.id, entity.id] = identifier
                forms[identifier][entity.label] += 1
        found.extend(profiles(reading, ids, successors))
    found.extend(known(agreement, successors) for agreement in reference.agreements)
    taken: set[EntityId] = set()
    labels: dict[EntityId, str] = {}
    for group in cluster(found):
        told = [profile for profile in group if profile.id[0] != KNOWLEDGE_BASE]
        if not told:
            continue
        sure = next((p.reference for p in group if p.reference), None)
        identifier = _unused(sure or _agreement_id(told), taken)
        labels[identifier] = reference.by_id[sure].name if sure else _agreement_label(told, reference)
        ids.update({profile.id: identifier for profile in told})
    for identifier, counted in forms.items():
        entry = reference.by_id.get(identifier)
        labels[identifier] = entry.name if entry else max(counted, key=lambda form: (counted[form], form))
    return Resolution(ids, labels, tuple(_links(labels, reference)))


def _named(entity: Entity, document: str) -> EntityId:
    if entity.reference:
        return entity.reference
    local = entity.kind is Kind.PERSON and len(entity.label.split()) == 1
    return f"{entity.kind.lower()}/{slug(entity.label)}{f'-{document}' if local else ''}"


def _agreement_id(group: Sequence[AgreementProfile]) -> EntityId:
    """Return an id from what the first documents say: name, or parties, with the year and what kind it is."""
    name = next((p.name for p in group if p.name), None)
    parties = next((p.parties for p in group if len(p.parties) > 1), frozenset[str]())
    year = next((str(min(d.year for d in p.dates)) for p in group if p.dates), None)
    kind = next((p.subtype for p in group if p.subtype), None)
    plural = "s" if group[0].plural else ""
    word = (kind or "Agreement").removesuffix("Agreement").lower() or "agreement"
    if parties:
        stem = "-".join(sorted(p.split("/")[1] for p in parties)[:4])
        parts = [stem, year, word + plural]
    elif name:
        parts = [slug(name), year]
    else:
        parts = [word + plural, year, group[0].id[0], group[0].id[1].partition("#")[2]]
    return "agreement/" + "-".join(p for p in parts if p)


def _unused(identifier: EntityId, taken: set[EntityId]) -> EntityId:
    number, free = 1, identifier
    while free in taken:
        number += 1
        free = f"{identifier}-{number}"
    taken.add(free)
    return free


def _agreement_label(group: Sequence[AgreementProfile], reference: Reference) -> str:
    """Return the commonest name, else a description by parties and year."""
    names = Counter(p.name for p in group if p.name)
    if names:
        return str(max(names, key=lambda n: (names[n], len(n or ""), n)))
    parties = max((sorted(p.parties) for p in group), key=len)
    year = next((str(min(d.year for d in p.dates)) for p in group if p.dates), None)
    kind = next((p.subtype for p in group if p.subtype), None) or "Agreement"
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in kind).strip() + ("s" if group[0].plural else "")
    who = "–".join(reference.by_id[p].name if p in reference.by_id else p.split("/")[1] for p in parties[:4])
    return " ".join(part for part in (who, spaced, f"({year})" if year else "") if part)


def _links(labels: Iterable[EntityId], reference: Reference) -> Iterable[Link]:
    for identifier in sorted(labels):
        entry = reference.by_id.get(identifier)
        if entry is not None and entry.qid:
            yield Link(
                identifier, _WIKIDATA + entry.qid, True, 1.0, f"{KNOWLEDGE_BASE}: name known to the bundled knowledge base"
            )
