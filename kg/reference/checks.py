"""What must hold between the tables: unique ids and items, no dangling reference, no name for two states or agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.reference.tables import Tables
    from kg.reference.values import State


def check(tables: Tables) -> None:
    """Check the tables against each other.

    Raises ResourceError at the first row that breaks a promise.
    """
    _unique(tables)
    _references(tables)
    _state_names(tables)
    _agreement_names(tables)


def _unique(tables: Tables) -> None:
    ids: set[str] = set()
    items: dict[str, str] = {}
    for table, line, entry in tables.entries():
        if entry.id in ids:
            raise table.fail(line, f"the id {entry.id} stands twice")
        ids.add(entry.id)
        if entry.qid and items.setdefault(entry.qid, entry.id) != entry.id:
            raise table.fail(line, f"{entry.qid} is already the Wikidata item of {items[entry.qid]}")


def _references(tables: Tables) -> None:
    states = {state.id for state in tables.states.values}
    places = {place.id for place in tables.places.values}
    persons = {person.id for person in tables.persons.values}
    bodies = states | {organization.id for organization in tables.organizations.values}
    for line, state in tables.states.lines:
        if unknown := _first_unknown((state.parent, *state.successors), states) or _first_unknown((state.capital,), places):
            raise tables.states.fail(line, f"no row has the id {unknown}")
    for line, organization in tables.organizations.lines:
        if unknown := _first_unknown((organization.state, *organization.members), states):
            raise tables.organizations.fail(line, f"states.csv has no {unknown}")
    for line, place in tables.places.lines:
        if unknown := _first_unknown((place.state,), states):
            raise tables.places.fail(line, f"states.csv has no {unknown}")
    for line, agreement in tables.agreements.lines:
        if unknown := _first_unknown(agreement.parties, bodies) or _first_unknown((agreement.place,), places):
            raise tables.agreements.fail(line, f"no row has the id {unknown}")
    for line, office in tables.offices.lines:
        if unknown := _first_unknown((office.person,), persons) or _first_unknown((office.of,), bodies):
            raise tables.offices.fail(line, f"no row has the id {unknown}")


def _first_unknown(ids: tuple[str | None, ...], known: set[str]) -> str | None:
    return next((id_ for id_ in ids if id_ and id_ not in known), None)


def _state_names(tables: Tables) -> None:
    owners: dict[str, str] = {}
    for line, state in tables.states.lines:
        for surface in _firm_names(state):
            if owners.setdefault(surface, state.id) != state.id:
                reason = f"{surface!r} already names {owners[surface]}; if context decides, move it to shortenings"
                raise tables.states.fail(line, reason)


def _firm_names(state: State) -> Iterator[str]:
    yield state.name
    yield from (*state.names, *state.adjectives, *state.nouns, *state.seats)


def _agreement_names(tables: Tables) -> None:
    """What is named like an agreement is that agreement; its shortenings are nothing else's name."""
    agreements = {agreement.id for agreement in tables.agreements.values}
    owners: dict[str, str] = {}
    for table, line, entry in tables.entries():
        for surface in (entry.name, *entry.names):
            owner = owners.setdefault(surface, entry.id)
            if owner != entry.id and not agreements.isdisjoint((owner, entry.id)):
                raise table.fail(line, f"{surface!r} already names {owner}; if context decides, move it to shortenings")
    for line, agreement in tables.agreements.lines:
        for surface in agreement.shortenings:
            if surface in owners:
                raise tables.agreements.fail(line, f"{surface!r} in shortenings already names {owners[surface]}")
