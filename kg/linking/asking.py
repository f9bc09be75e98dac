"""Asking a service about entities: by their first name, then, where nothing comes of it, by others."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol

from kg.linking.findings import Finding, Findings, Offer
from kg.linking.mappings import Mapping as Ways
from kg.linking.mappings import mapping_for
from kg.linking.profiles import Profile, Profiles
from kg.linking.protocol import Asked, Candidate, Value
from kg.linking.service import Service
from kg.model import EntityId, Kind

#: How many names of an entity are tried, and how many values of a property are given.
_NAMES, _VALUES = 3, 5


class Watcher(Protocol):
    """Sees the asking go on."""

    def begin(self, entities: int) -> None:
        """So many entities are asked about."""

    def done(self, entities: int) -> None:
        """So many more are answered."""


@dataclass(slots=True)
class Tally:
    """How the asking went: entities asked about, with candidates and without, and questions that were answered before.

    Those that are `nameless`, such as "the agreement of 2024", cannot be asked about; services know names.
    """

    entities: int = 0
    nameless: int = 0
    found: int = 0
    nothing: int = 0
    requested: int = 0
    cached: int = 0
    unmapped: set[Kind] = field(default_factory=set)


@dataclass(frozen=True)
class Asking:
    """One service asked about a store's entities; `again` asks even what it has answered before."""

    service: Service
    kept: Findings
    known: Profiles
    on: date
    mapping: Path | None = None
    again: bool = False

    def ask(self, entities: Sequence[Profile], watch: Watcher) -> Tally:
        """Ask about the entities and keep what is found; what was asked when it breaks off is kept too."""
        manifest = self.service.manifest
        ways = mapping_for((manifest.identifiers, manifest.schema, manifest.name, manifest.view), self.mapping)
        waiting = [one for one in entities if any(map(str.isupper, one.names[0]))]
        tally = Tally(len(waiting), len(entities) - len(waiting))
        tally.unmapped = {one.kind for one in waiting if not ways.types.get(one.kind)}
        evidence = self._evidence(ways, {one.entity for one in waiting})
        watch.begin(len(waiting))
        for number in range(_NAMES):
            asked = [(one, _question(one, number, ways, evidence)) for one in waiting]
            size, waiting = self.service.batch, []
            for start in range(0, len(asked), size):
                made, unanswered = self._findings(asked[start : start + size], number, ways, tally)
                self.kept.keep(made)
                waiting += unanswered
                tally.found += sum(bool(one.offers) for one in made)
                tally.nothing += sum(not one.offers for one in made)
                watch.done(len(made))
        return tally

    def _findings(
        self, part: Sequence[tuple[Profile, Asked]], number: int, ways: Ways, tally: Tally
    ) -> tuple[list[Finding], list[Profile]]:
        """Ask about some entities by one of their names; return what is found, and whom to ask about by the next name."""
        made, unanswered = [], []
        answers = self._answers([question for _, question in part], tally)
        for (one, question), (on, found) in zip(part, answers, strict=True):
            if found or number + 1 >= min(_NAMES, len(one.names)):
                made.append(self._finding(one, question, on, found, ways))
            else:
                unanswered.append(one)
        return made, unanswered

    def _answers(self, questions: Sequence[Asked], tally: Tally) -> list[tuple[date, tuple[Candidate, ...]]]:
        """Answer from what is kept, and ask the service for the rest."""
        address = self.service.address
        before = [None if self.again else self.kept.answer(address, one) for one in questions]
        unknown = list(dict.fromkeys(one for one, answer in zip(questions, before, strict=True) if answer is None))
        fresh = dict(zip(unknown, self.service.ask(unknown), strict=True)) if unknown else {}
        self.kept.keep_answers(address, self.on, fresh.items())
        tally.cached += len(questions) - len(unknown)
        tally.requested += len(unknown)
        return [answer or (self.on, fresh[one]) for one, answer in zip(questions, before, strict=True)]

    def _finding(self, one: Profile, question: Asked, on: date, found: tuple[Candidate, ...], ways: Ways) -> Finding:
        offers = [
            Offer(
                self.service.manifest.iri(candidate.id, ways.iri),
                candidate.name,
                candidate.description,
                candidate.types,
                None if candidate.score is None else max(0.0, min(1.0, candidate.score / ways.full)),
                candidate.match,
            )
            for candidate in found
        ]
        best = sorted(offers, key=lambda offer: (-(offer.share or 0.0), not offer.match, offer.target))
        return Finding(
            entity=one.entity,
            kind=one.kind,
            service=self.service.address,
            called=question.name,
            name=self.service.manifest.name,
            types=question.types,
            on=on,
            offers=tuple(best),
        )

    def _evidence(self, ways: Ways, about: Collection[EntityId]) -> Mapping[EntityId, tuple[tuple[str, tuple[Value, ...]], ...]]:
        """What is stated of entities, in the service's properties, values that it knows by its ids."""
        stated = self.known.stated(ways.properties)
        return {
            entity: tuple((pair.service, tuple(self._value(text, ways) for text in values[:_VALUES])) for pair, values in told)
            for entity, told in stated.items()
            if entity in about
        }

    def _value(self, text: str, ways: Ways) -> Value:
        known = self.known.by_id.get(text)
        if known is None:
            return Value(text)
        manifest = self.service.manifest
        head = ways.iri.partition("{id}")[0] if ways.iri else manifest.identifiers
        theirs = next((iri.removeprefix(head) for iri in known.linked if head and iri.startswith(head)), None)
        return Value(known.names[0], theirs)


def _question(
    one: Profile, number: int, ways: Ways, evidence: Mapping[EntityId, tuple[tuple[str, tuple[Value, ...]], ...]]
) -> Asked:
    return Asked(one.names[number], ways.types.get(one.kind, ()), evidence.get(one.entity, ()))
