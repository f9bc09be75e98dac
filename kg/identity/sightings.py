"""What one document tells of each person, state, body and place in it, as far as it helps to say who is who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg.documents import slug
from kg.language.titles import rank
from kg.model import Entity, EntityId, Kind, Modality, Polarity, Reading
from kg.reference import Person, Reference

#: A mention of an entity in one document: (document id, local entity id).
LocalId = tuple[str, EntityId]

#: Posts of which a person has one at a time, and in one state.
_NATIONAL = frozenset({"state", "minister"})


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """An office in a state or body, from and to a year: of an article that tells of it, or of the tenure."""

    body: EntityId
    rank: str
    since: int
    until: int

    @property
    def national(self) -> bool:
        return self.rank in _NATIONAL and self.body.startswith("state/")

    def meets(self, other: Post, years: int) -> bool:
        """Is the other one in the same body, at most so many years apart?"""
        return self.body == other.body and self.since - years <= other.until and other.since - years <= self.until


@dataclass(frozen=True, slots=True)
class Sighting:
    """One entity of one document. `names` has the label first; `around` are the states and bodies that the document names."""

    id: LocalId
    kind: Kind
    names: tuple[str, ...]
    reference: str | None
    issued: date | None
    posts: tuple[Post, ...]
    around: frozenset[EntityId]

    @property
    def label(self) -> str:
        return self.names[0]

    @property
    def order(self) -> tuple[str, str, str]:
        """What decides who comes first: the older article."""
        return (self.issued.isoformat() if self.issued else "9999", *self.id)


def sightings(reading: Reading, successors: Mapping[str, str]) -> Iterator[Sighting]:
    """Yield a sighting of each entity of a reading but the agreements; `successors` leads from historic states onwards."""
    document, issued = reading.document.id, reading.document.issued
    named = {e.id: today(e.reference or f"{e.kind.lower()}/{slug(e.label)}", successors) for e in reading.entities}
    around = frozenset(named[e.id] for e in reading.entities if e.kind in (Kind.STATE, Kind.ORGANIZATION))
    posts = _posts(reading, named)
    for entity in reading.entities:
        if entity.kind is not Kind.AGREEMENT:
            found = tuple(sorted(posts.get(entity.id, ())))
            yield Sighting((document, entity.id), entity.kind, _names(entity), entity.reference, issued, found, around)


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.label, *(a for a in entity.aliases if a != entity.label))


def _posts(reading: Reading, named: Mapping[EntityId, str]) -> dict[EntityId, set[Post]]:
    found: dict[EntityId, set[Post]] = {}
    year = reading.document.issued.year if reading.document.issued else 0
    for item in reading.evidence:
        statement = item.statement
        told = item.polarity is Polarity.AFFIRMED and item.modality in (Modality.ACTUAL, Modality.PLANNED)
        if statement.predicate != "holdsOfficeIn" or not told or not isinstance(statement.object, str):
            continue
        level = rank(item.office_title) if item.office_title else None
        when = item.when.year if item.when else year
        found.setdefault(statement.subject, set()).add(Post(named[statement.object], level or "", when, when))
    return found


def known_posts(person: Person, reference: Reference, successors: Mapping[str, str]) -> Iterator[Post]:
    """Yield the offices of a person of the knowledge base."""
    for office in reference.offices_of(person.id):
        since = office.began.year if office.began else 0
        until = office.ended.year if office.ended else 9999
        for level in dict.fromkeys(rank(title) or "" for title in office.titles):
            yield Post(today(office.of, successors), level, since, until)


def today(state: EntityId, successors: Mapping[str, str]) -> EntityId:
    """Return the state that there is now in the place of a historic one."""
    while state in successors:
        state = successors[state]
    return state
