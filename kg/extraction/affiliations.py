"""Which state a member of the cast acts for: by office, by seat, by where a place lies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kg.extraction.offices import Office
from kg.language.cast import Cast
from kg.language.titles import rank
from kg.model import EntityId, Kind
from kg.reference import Place, PlaceKind, Reference, State


class Affiliations:
    """The offices of a document's people, and the states that its cast stands for."""

    def __init__(
        self, cast: Cast, offices: Sequence[Office], reference: Reference, issued: date | None, home: EntityId | None = None
    ) -> None:
        self._cast, self.reference, self._issued = cast, reference, issued
        self.offices = offices
        self.home = home  # the state that the document writes from
        self._seats = {state.capital: state.id for state in reference.states if state.capital and not state.ended}
        self._states = self._states_of_people()

    def state_of(self, member: EntityId) -> EntityId | None:
        """Return the state that a person leads or serves, or that a body belongs to; a state is its own."""
        found = self._cast.members[member]
        if found.kind is Kind.STATE:
            return member
        return self._states.get(member) if found.kind is Kind.PERSON else found.state

    def party(self, member: EntityId) -> EntityId | None:
        """Return whom a signature by the member binds: the state of a person, a state or a body itself."""
        found = self._cast.members[member]
        if found.kind is Kind.PERSON or found.state:
            return self.state_of(member)
        return member if found.kind in (Kind.STATE, Kind.ORGANIZATION) else None

    def state_member(self, reference: str) -> EntityId | None:
        """Return the member that is a state of the knowledge base, if the document names it."""
        return next((m.id for m in self._cast.members.values() if m.reference == reference), None)

    def is_vast(self, place: EntityId) -> bool:
        """Is a place too large to be where something happens: a sea, or a region of several states?"""
        known = self.reference.by_id.get(self._cast.members[place].reference or "")
        return isinstance(known, Place) and known.state is None and known.kind in (PlaceKind.REGION, PlaceKind.WATER)

    def is_styled(self, state: EntityId, form: str) -> bool:
        """Does a state call itself so ("kingdom"), by its official name?"""
        known = self.reference.by_id.get(self._cast.members[state].reference or "")
        return isinstance(known, State) and any(form.lower() in name.lower().split() for name in known.names)

    def state_of_place(self, place: EntityId) -> EntityId | None:
        """Return the state that a place of the knowledge base lies in, if the document names it."""
        known = self.reference.by_id.get(self._cast.members[place].reference or "")
        return self.state_member(known.state) if isinstance(known, Place) and known.state else None

    def seated(self, member: EntityId) -> EntityId | None:
        """Return the state that is governed from a place."""
        place = self._cast.members[member]
        if place.kind is not Kind.PLACE or not place.reference:
            return None
        state = self._seats.get(place.reference)
        return self.state_member(state) if state else None

    def holders(self, owner: EntityId, level: str) -> list[EntityId]:
        """Return the people of the cast who hold an office of a rank in a state or body, by the knowledge base."""
        reference = self._cast.members[owner].reference
        if reference is None:
            return []
        people = [m for m in self._cast.members.values() if m.kind is Kind.PERSON and m.reference]
        return [
            m.id
            for m in people
            for office in self.reference.offices_of(m.reference or "", self._issued)
            if office.of == reference and any(rank(title) == level for title in office.titles)
        ]

    def _states_of_people(self) -> dict[EntityId, EntityId]:
        found: dict[EntityId, EntityId] = {}
        for office in self.offices:
            owner = self._cast.members.get(office.of or "")
            state = owner and (owner.id if owner.kind is Kind.STATE else owner.state)
            if state:
                found.setdefault(office.person, state)
        for member in self._cast.members.values():
            if member.kind is Kind.PERSON and member.reference and member.id not in found and self._issued:
                for held in self.reference.offices_of(member.reference, self._issued) or self.reference.offices_of(
                    member.reference
                ):
                    if state := self.state_member(held.of):
                        found.setdefault(member.id, state)
        return found
