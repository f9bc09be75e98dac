"""The knowledge base as one value: everything by id, every surface form, who held which office when."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kg.reference.checks import check
from kg.reference.tables import read
from kg.reference.values import Agreement, Entry, Office, Organization, Person, Place, State, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

#: The folder of the bundled tables, and the variable of the environment that may name another.
BUNDLED = Path(__file__).parent
VARIABLE = "KG_REFERENCE"


class NameKind(StrEnum):
    """How a surface form names its thing.

    NAME alone is enough; ADJECTIVE ("Russian") and PEOPLE ("Russians") name the state; SEAT is a metonym that acts for
    the state; CAPITAL is the place that is a state's capital; FAMILY and SHORTENING need the context to decide.
    """

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    SEAT = "seat"
    SHORTENING = "shortening"
    CAPITAL = "capital"
    FAMILY = "family"


class Name(NamedTuple):
    """A surface form, exactly as news writes it, and what it names."""

    surface: str
    kind: NameKind
    id: str


@dataclass(frozen=True)
class Reference:
    """Everything the bundled knowledge base knows.

    >>> from datetime import date
    >>> load().office_holder("president", "state/united-states", date(1987, 12, 8)).name
    'Ronald Reagan'
    """

    states: tuple[State, ...]
    organizations: tuple[Organization, ...]
    places: tuple[Place, ...]
    agreements: tuple[Agreement, ...]
    persons: tuple[Person, ...]
    offices: tuple[Office, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Entry]:
        entries: tuple[Entry, ...] = (*self.states, *self.organizations, *self.places, *self.agreements, *self.persons)
        return {entry.id: entry for entry in entries}

    def names(self) -> Iterator[Name]:
        """Yield every surface form of everything; one form can name several things, and one thing in several ways."""
        for state in self.states:
            yield from _names(state.id, NameKind.NAME, (state.name, *state.names))
            yield from _names(state.id, NameKind.ADJECTIVE, state.adjectives)
            yield from _names(state.id, NameKind.PEOPLE, state.nouns)
            yield from _names(state.id, NameKind.SEAT, state.seats)
            yield from _names(state.id, NameKind.SHORTENING, state.shortenings)
        for organization in self.organizations:
            yield from _names(organization.id, NameKind.NAME, (organization.name, *organization.names))
            yield from _names(organization.id, NameKind.ADJECTIVE, organization.adjectives)
            yield from _names(organization.id, NameKind.SHORTENING, organization.shortenings)
        capitals = {state.capital for state in self.states if state.status is not Status.HISTORIC}
        for place in self.places:
            kind = NameKind.CAPITAL if place.id in capitals else NameKind.NAME
            yield from _names(place.id, kind, (place.name, *place.names))
            yield from _names(place.id, NameKind.SHORTENING, place.shortenings)
        for agreement in self.agreements:
            yield from _names(agreement.id, NameKind.NAME, (agreement.name, *agreement.names))
            yield from _names(agreement.id, NameKind.SHORTENING, agreement.shortenings)
        for person in self.persons:
            yield from _names(person.id, NameKind.NAME, (person.name, *person.names))
            yield from _names(person.id, NameKind.FAMILY, person.families)

    def find(self, surface: str) -> tuple[str, ...]:
        """Return the ids of all that the exact surface form can name, states first; empty if none."""
        return self._by_surface.get(surface, ())

    def office_holder(self, title: str, of: str, on: date) -> Person | None:
        """Return who surely held the office on that day, or None if nobody or more than one person did."""
        offices = self._by_office.get((of, title.lower()), ())
        holders = {office.person for office in offices if office.held_on(on)}
        if len(holders) != 1:
            return None
        return self._persons[holders.pop()]

    def offices_of(self, person: str, on: date | None = None) -> tuple[Office, ...]:
        """Return the offices of a person, or those surely held on a day, in the order of the file."""
        offices = self._by_person.get(person, ())
        return offices if on is None else tuple(office for office in offices if office.held_on(on))

    @cached_property
    def _by_surface(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for name in self.names():
            found.setdefault(name.surface, {})[name.id] = None
        return {surface: tuple(ids) for surface, ids in found.items()}

    @cached_property
    def _by_office(self) -> dict[tuple[str, str], list[Office]]:
        found: dict[tuple[str, str], list[Office]] = {}
        for office in self.offices:
            for title in office.titles:
                found.setdefault((office.of, title), []).append(office)
        return found

    @cached_property
    def _by_person(self) -> dict[str, tuple[Office, ...]]:
        found: dict[str, tuple[Office, ...]] = {}
        for office in self.offices:
            found[office.person] = (*found.get(office.person, ()), office)
        return found

    @cached_property
    def _persons(self) -> dict[str, Person]:
        return {person.id: person for person in self.persons}


def load(folder: Path | None = None) -> Reference:
    """Load the knowledge base, once for each folder; without one, that of the environment's KG_REFERENCE, or the bundled one.

    Raises ResourceError that names file and line if a table is malformed or two tables disagree.
    """
    return _load(folder or chosen())


def chosen() -> Path:
    """Return the folder of the knowledge base that this process works with."""
    return Path(os.environ[VARIABLE]) if os.environ.get(VARIABLE) else BUNDLED


def load_anew(folder: Path) -> Reference:
    """Load a knowledge base that may have changed since it was loaded last; raises as `load` does."""
    tables = read(folder)
    check(tables)
    return Reference(
        states=tables.states.values,
        organizations=tables.organizations.values,
        places=tables.places.values,
        agreements=tables.agreements.values,
        persons=tables.persons.values,
        offices=tables.offices.values,
    )


_load = cache(load_anew)


def _names(id_: str, kind: NameKind, surfaces: tuple[str, ...]) -> Iterator[Name]:
    for surface in surfaces:
        yield Name(surface, kind, id_)
