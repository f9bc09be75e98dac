"""Readings of invented reports, made without reading any."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from kg.model import Document, Entity, Evidence, Kind, Mention, Modality, PartialDate, Polarity, Reading, Span, Statement

DAY = date(2031, 5, 8)


class Report:
    """One report that tells of people, states and agreements."""

    def __init__(self, name: str, issued: date | None = DAY) -> None:
        self._document = Document(name, "x" * 200, issued=issued)
        self._entities: dict[str, Entity] = {}
        self._evidence: list[Evidence] = []

    def thing(self, kind: Kind, label: str, *aliases: str, reference: str | None = None, subtype: str | None = None) -> str:
        """Name something; the same name is the same thing."""
        known = next((e.id for e in self._entities.values() if (e.kind, e.label) == (kind, label)), None)
        local = known or f"{kind.lower()}#{len(self._entities) + 1}"
        self._entities[local] = Entity(local, kind, label, aliases, subtype, reference)
        return local

    def state(self, name: str) -> str:
        """Name a state that the knowledge base knows."""
        return self.thing(Kind.STATE, name, reference=f"state/{name.lower().replace(' ', '-')}")

    def person(self, name: str, *aliases: str) -> str:
        return self.thing(Kind.PERSON, name, *aliases)

    def says(
        self,
        subject: str,
        predicate: str,
        target: str | PartialDate,
        *,
        polarity: Polarity = Polarity.AFFIRMED,
        modality: Modality = Modality.ACTUAL,
        speaker: str | None = None,
        title: str | None = None,
    ) -> None:
        statement = Statement(subject, predicate, target)
        self._evidence.append(Evidence(statement, Span(0, 9), "tests.v1", polarity, modality, speaker, office_title=title))

    def holds(self, person: str, office: str, state: str) -> None:
        """Say that a person holds an office in a state."""
        self.says(person, "holdsOfficeIn", self.state(state), title=office)

    def agreement(
        self,
        label: str,
        *parties: str,
        signed: str | None = None,
        by: tuple[str, ...] = (),
        subtype: str | None = None,
        aliases: tuple[str, ...] = (),
    ) -> str:
        """Tell of an agreement between states, perhaps with the day and the hands that signed it."""
        local = self.thing(Kind.AGREEMENT, label, *aliases, subtype=subtype)
        for party in parties:
            self.says(local, "party", self.state(party))
        for person in by:
            self.says(local, "signatory", self.person(person))
        if signed:
            self.says(local, "dateSigned", PartialDate(signed))
        return local

    def reading(self) -> Reading:
        mentions = tuple(Mention(entity, Span(i, i + 1)) for i, entity in enumerate(self._entities))
        return Reading(self._document, tuple(self._entities.values()), mentions, tuple(self._evidence))


@pytest.fixture(scope="session")
def report() -> Callable[..., Report]:
    return Report
