"""Time and memory of saying who is who: python benchmarks/identity.py [--documents 1000 2000 5000 10000] [--seed 1]

Each size runs in a process of its own over synthetic readings: events in which leaders and ministers of real states sign
invented agreements, each told of by several documents in other words, with names spelt otherwise, shortened or alone, and
half of them about the states that news is about most. Prints documents, mentions, entities, seconds (without those that it
takes to make the readings), seconds per thousand mentions, and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kg.identity import resolve
from kg.model import Document, Entity, Evidence, Kind, Mention, PartialDate, Reading, Span, Statement
from kg.reference import load

_NAMES = tomllib.loads(Path(__file__).with_name("corpus.toml").read_text(encoding="utf-8"))
_SPELT = [("y", "i"), ("ou", "u"), ("ov", "off"), ("ah", "a"), ("mm", "m")]
_KINDS = ("PartnershipAgreement", "TradeAgreement", "DefencePact", "CooperationAgreement", "Memorandum")
_NOUNS = ("pact", "treaty", "agreement", "deal", "accord", "memorandum")
_TOPICS = ("border", "trade", "fisheries", "defence", "energy", "railway", "migration", "water", "security", "nuclear")
_FAMOUS = 12
_FIRST = date(2005, 1, 1)


class Event:
    """A signing: two states, a person for each, a day, a topic."""

    def __init__(self, dice: random.Random, states: list[str]) -> None:
        self.states = [dice.choice(states[:_FAMOUS]) if dice.random() < 0.5 else s for s in dice.sample(states, 2)]
        self.signed = _FIRST + timedelta(days=dice.randrange(7000))
        self.topic, self.kind = dice.choice(_TOPICS), dice.choice(_KINDS)
        self.people = [_person(dice) for _ in self.states]


def _person(dice: random.Random) -> tuple[str, str]:
    return dice.choice(_NAMES[dice.choice(["he", "she"])]), dice.choice(_NAMES["family"])


def readings(documents: int, seed: int) -> Iterator[Reading]:
    """Yield that many readings; about four tell of one event."""
    states = sorted(s.id for s in load().states if not s.ended)
    dice = random.Random(seed)
    dice.shuffle(states)
    events: list[Event] = []
    for number in range(documents):
        if not events or dice.random() < 0.25:
            events.append(Event(dice, states))
        event = events[-1] if dice.random() < 0.5 else dice.choice(events)
        yield _Telling(dice, event, f"synthetic-{number:06}", states).reading()


class _Telling:
    """One document about an event."""

    def __init__(self, dice: random.Random, event: Event, document: str, states: list[str]) -> None:
        self._dice, self._event = dice, event
        self._document = Document(document, "x" * 100, issued=event.signed + timedelta(days=dice.randint(0, 20)))
        self._entities: list[Entity] = []
        self._evidence: list[Evidence] = []
        self._states = states

    def reading(self) -> Reading:
        known, event = load().by_id, self._event
        parties = [self._add(Kind.STATE, known[s].name, s) for s in dict.fromkeys(event.states)]
        words = self._dice.choice((f"{event.topic} ", "")) + self._dice.choice(_NOUNS)
        agreement = self._add(Kind.AGREEMENT, words, None, event.kind)
        for party in parties:
            self._say(agreement, "party", party)
        if self._dice.random() < 0.7:
            day = event.signed.isoformat()
            self._say(agreement, "dateSigned", PartialDate(day if self._dice.random() < 0.8 else day[:7]))
        for party, person in zip(parties, event.people, strict=False):
            someone = self._add(Kind.PERSON, self._spelt(person))
            self._say(someone, "holdsOfficeIn", party, self._dice.choice(["president", "foreign minister"]))
            self._say(agreement, "signatory", someone)
        for state in self._dice.sample(self._states, 2):
            self._add(Kind.STATE, known[state].name, state)
        self._add(Kind.PERSON, " ".join(_person(self._dice)))
        self._add(
            Kind.ORGANIZATION, f"{self._dice.choice(_NAMES['family'])} {self._dice.choice(['Group', 'Institute', 'Energy'])}"
        )
        self._add(Kind.PLACE, f"{self._dice.choice(_NAMES['family'])}{self._dice.choice(['ville', 'grad', ' Bay'])}")
        mentions = tuple(Mention(e.id, Span(i, i + 1)) for i, e in enumerate(self._entities))
        return Reading(self._document, tuple(self._entities), mentions, tuple(self._evidence))

    def _add(self, kind: Kind, label: str, reference: str | None = None, subtype: str | None = None) -> str:
        local = f"{kind.lower()}#{len(self._entities)}"
        self._entities.append(Entity(local, kind, label, (), subtype, reference))
        return local

    def _say(self, subject: str, predicate: str, target: str | PartialDate, title: str | None = None) -> None:
        self._evidence.append(Evidence(Statement(subject, predicate, target), Span(0, 9), "benchmark.v1", office_title=title))

    def _spelt(self, person: tuple[str, str]) -> str:
        """Write a name in full, shortened, alone, or in another spelling."""
        given, family = person
        chance = self._dice.random()
        if chance < 0.1:
            return family
        if chance < 0.2:
            return f"{given[0]}. {family}"
        if chance < 0.3:
            there, here = self._dice.choice(_SPELT)
            family = family.replace(there, here)
        return f"{given} {family}"


def measure(documents: int, seed: int) -> dict[str, float]:
    """Resolve that many readings in this process and return the figures."""
    reference = load()
    began = time.process_time()
    mentions = sum(len(reading.mentions) for reading in readings(documents, seed))
    made = time.process_time()
    resolution = resolve(readings(documents, seed), reference)
    seconds = time.process_time() - made - (made - began)
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "documents": documents,
        "mentions": mentions,
        "entities": len(resolution.labels),
        "candidates": sum(not link.accepted for link in resolution.links),
        "seconds": round(seconds, 1),
        "s/1000": round(seconds / mentions * 1000, 3),
        "MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="+", default=[1000, 2000, 5000, 10000])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--here", action="store_true", help="measure the first size in this process and print JSON")
    options = parser.parse_args()
    if options.here:
        print(json.dumps(measure(options.documents[0], options.seed)))
        return
    for place, documents in enumerate(options.documents):
        command = [sys.executable, __file__, "--here", "--documents", str(documents), "--seed", str(options.seed)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        if place == 0:
            print("".join(f"{name:>12}" for name in found))
        print("".join(f"{value:>12,}" for value in found.values()))


if __name__ == "__main__":
    main()
