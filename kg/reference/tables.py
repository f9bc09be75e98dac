"""The six tables of the knowledge base: which columns they have, and how a row becomes a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from kg.errors import ResourceError
from kg.reference.table import Row, rows
from kg.reference.values import (
    Agreement,
    AgreementKind,
    Entry,
    Office,
    Organization,
    OrganizationKind,
    Person,
    Place,
    PlaceKind,
    State,
    Status,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

STATE_COLUMNS = (
    *("id", "qid", "iso2", "iso3", "status", "parent", "name", "names", "demonym_adjectives", "demonym_nouns"),
    *("capital", "seats", "shortenings", "from", "to", "successor"),
)
ORGANIZATION_COLUMNS = ("id", "qid", "name", "names", "adjectives", "shortenings", "kind", "state", "members")
PLACE_COLUMNS = ("id", "qid", "name", "names", "shortenings", "kind", "state")
AGREEMENT_COLUMNS = ("id", "qid", "name", "names", "kind", "parties", "signed", "place", "shortenings")
PERSON_COLUMNS = ("id", "qid", "name", "names", "family")
OFFICE_COLUMNS = ("person", "title", "of", "from", "to")


class Table(NamedTuple, Generic[T]):
    """The values of one file, each with its line, so that a later check can name it."""

    file: Path
    lines: tuple[tuple[int, T], ...]

    @property
    def values(self) -> tuple[T, ...]:
        return tuple(value for _, value in self.lines)

    def fail(self, line: int, reason: str) -> ResourceError:
        """Make the error that names this file and the line."""
        return ResourceError(self.file, reason, line=line)


#: A table whose rows have an id and a name.
Named = Table[State] | Table[Organization] | Table[Place] | Table[Agreement] | Table[Person]


class Tables(NamedTuple):
    """All six tables."""

    states: Table[State]
    organizations: Table[Organization]
    places: Table[Place]
    agreements: Table[Agreement]
    persons: Table[Person]
    offices: Table[Office]

    def entries(self) -> Iterator[tuple[Named, int, Entry]]:
        """Yield table, line and value of everything that has an id."""
        tables: tuple[Named, ...] = (self.states, self.organizations, self.places, self.agreements, self.persons)
        for table in tables:
            for line, value in table.lines:
                yield table, line, value


def read(folder: Path) -> Tables:
    """Read the six files in a folder.

    Raises ResourceError if a row is malformed.
    """
    return Tables(
        _table(folder / "states.csv", STATE_COLUMNS, _state),
        _table(folder / "organizations.csv", ORGANIZATION_COLUMNS, _organization),
        _table(folder / "places.csv", PLACE_COLUMNS, _place),
        _table(folder / "agreements.csv", AGREEMENT_COLUMNS, _agreement),
        _table(folder / "persons.csv", PERSON_COLUMNS, _person),
        _table(folder / "offices.csv", OFFICE_COLUMNS, _office),
    )


def _table(file: Path, columns: tuple[str, ...], value: Callable[[Row], T]) -> Table[T]:
    return Table(file, tuple((row.line, value(row)) for row in rows(file, columns)))


def _state(row: Row) -> State:
    state = State(
        id=row.id("state"),
        qid=row.qid(),
        iso2=row.optional("iso2"),
        iso3=row.optional("iso3"),
        status=row.choice("status", Status),
        parent=row.optional("parent"),
        name=row.text("name"),
        names=row.many("names"),
        adjectives=row.many("demonym_adjectives"),
        nouns=row.many("demonym_nouns"),
        capital=row.optional("capital"),
        seats=row.many("seats"),
        shortenings=row.many("shortenings"),
        began=row.date("from"),
        ended=row.date("to"),
        successors=row.many("successor"),
    )
    if state.status is Status.HISTORIC and not (state.began and state.ended):
        row.fail("a historic state needs the years in from and to")
    return state


def _organization(row: Row) -> Organization:
    return Organization(
        id=row.id("organization"),
        qid=row.qid(),
        name=row.text("name"),
        names=row.many("names"),
        adjectives=row.many("adjectives"),
        shortenings=row.many("shortenings"),
        kind=row.choice("kind", OrganizationKind),
        state=row.optional("state"),
        members=row.many("members"),
    )


def _place(row: Row) -> Place:
    return Place(
        id=row.id("place"),
        qid=row.qid(),
        name=row.text("name"),
        names=row.many("names"),
        shortenings=row.many("shortenings"),
        kind=row.choice("kind", PlaceKind),
        state=row.optional("state"),
    )


def _agreement(row: Row) -> Agreement:
    return Agreement(
        id=row.id("agreement"),
        qid=row.qid(),
        name=row.text("name"),
        names=row.many("names"),
        kind=row.choice("kind", AgreementKind),
        parties=row.many("parties"),
        signed=row.date("signed"),
        place=row.optional("place"),
        shortenings=row.many("shortenings"),
    )


def _person(row: Row) -> Person:
    row.text("family")
    return Person(row.id("person"), row.qid(), row.text("name"), row.many("names"), row.many("family"))


def _office(row: Row) -> Office:
    office = Office(row.text("person"), row.many("title"), row.text("of"), row.date("from"), row.date("to"))
    if not office.titles or any(title != title.lower() for title in office.titles):
        row.fail("the title must be in small letters: foreign minister")
    if office.began and office.ended and office.ended.value[:4] < office.began.value[:4]:
        row.fail(f"the office ends in {office.ended.value}, before it begins in {office.began.value}")
    return office
