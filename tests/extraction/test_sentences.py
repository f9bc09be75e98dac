"""Sentences with all that a careful reader concludes from them: how much of it is found, and what is found besides.

One bed of sentences is sorted by property, the other by grammatical construction. Run with -s to see the figures property by
property, and what is missed.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kg.model import Evidence, FieldConcept, Node, PartialDate, Reading
from kg.vocabulary import vocabulary

Read = Callable[..., Reading]
DEFAULTS = ("Affirmed", "Actual", "-")
WEDNESDAY = date(2024, 5, 8)


@dataclass(frozen=True)
class Wanted:
    """A fact as the file says it; each part holds every right answer."""

    subject: tuple[str, ...]
    predicate: str
    object: tuple[str, ...]
    polarity: tuple[str, ...]
    modality: tuple[str, ...]
    speaker: tuple[str, ...]

    @classmethod
    def read(cls, line: str) -> Wanted:
        parts = [tuple(p.strip() for p in part.split(" / ")) for part in line.split("|")]
        subject, predicate, target, *stance = parts
        polarity, modality, speaker = (*stance, *((default,) for default in DEFAULTS[len(stance) :]))
        return cls(subject, predicate[0], target, polarity, modality, speaker)


@dataclass(frozen=True)
class Sentence:
    text: str
    issued: date | None
    wanted: tuple[Wanted, ...]
    may: tuple[Wanted, ...]


@dataclass(frozen=True)
class Floor:
    """What must at least be reached on one bed."""

    precision: float
    recall: float
    strict_f1: float


FLOORS = {"sentences.toml": Floor(0.95, 0.825, 0.845), "constructions.toml": Floor(0.94, 0.97, 0.95)}


def sentences(bed: str) -> list[Sentence]:
    entries = tomllib.loads(Path(__file__).with_name(bed).read_text(encoding="utf-8"))["sentence"]
    return [
        Sentence(
            e["text"],
            (e["issued"] or None) if "issued" in e else WEDNESDAY,
            tuple(map(Wanted.read, e["facts"])),
            tuple(map(Wanted.read, e.get("may", ()))),
        )
        for e in entries
    ]


class Named:
    """What the things of one reading are called."""

    def __init__(self, reading: Reading) -> None:
        text = reading.document.text
        self._names = {e.id: {_plain(form) for form in (e.label, *e.aliases)} for e in reading.entities}
        for mention in reading.mentions:
            self._names[mention.entity].add(_plain(mention.span.of(text)))

    def is_one_of(self, node: Node | None, names: tuple[str, ...]) -> bool:
        match node:
            case None:
                return "-" in names
            case FieldConcept(value) | PartialDate(value):
                return value in names
            case entity:
                return any(_plain(name) in self._names[entity] for name in names)


def _plain(name: str) -> str:
    return name.casefold().removeprefix("the ")


def same_fact(wanted: Wanted, found: Evidence, named: Named) -> bool:
    statement = found.statement
    if statement.predicate != wanted.predicate:
        return False
    ends = [(statement.subject, statement.object)]
    if vocabulary().properties[statement.predicate].symmetric and isinstance(statement.object, str):
        ends.append((statement.object, statement.subject))
    return any(named.is_one_of(s, wanted.subject) and named.is_one_of(o, wanted.object) for s, o in ends)


def same_stance(wanted: Wanted, found: Evidence, named: Named) -> bool:
    return (
        found.polarity in wanted.polarity and found.modality in wanted.modality and named.is_one_of(found.speaker, wanted.speaker)
    )


@dataclass
class Score:
    """Right, found and wanted, counted by property."""

    right: Counter[str]
    found: Counter[str]
    wanted: Counter[str]

    @property
    def precision(self) -> float:
        return self.right.total() / self.found.total()

    @property
    def recall(self) -> float:
        return self.right.total() / self.wanted.total()

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)

    def lines(self) -> Iterator[str]:
        for name in sorted(self.wanted | self.found):
            right, found, wanted = self.right[name], self.found[name], self.wanted[name]
            precision, recall = right / found if found else 0, right / wanted if wanted else 0
            yield f"{name:16}{precision:10.2f}{recall:8.2f}   {right} right, {found} found, {wanted} wanted"


@dataclass
class Verdict:
    facts: Score
    strict: Score
    faults: list[str]


@pytest.fixture(scope="module", params=FLOORS)
def bed(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def verdict(read: Read, bed: str) -> Verdict:
    facts, strict = (Score(Counter(), Counter(), Counter()) for _ in range(2))
    faults = []
    for sentence in sentences(bed):
        reading = read(sentence.text, sentence.issued)
        faults += [f"{sentence.text}\n    {fault}" for fault in _judge(sentence, reading, facts, strict)]
    return Verdict(facts, strict, faults)


def _judge(sentence: Sentence, reading: Reading, facts: Score, strict: Score) -> Iterator[str]:
    """Count one sentence, and yield what is wrong with it. What is found answers one expectation, and no more."""
    named = Named(reading)
    labels = {e.id: e.label for e in reading.entities}
    found = [e for e in reading.evidence if not any(same_fact(may, e, named) for may in sentence.may)]
    open_facts = list({e.statement: e for e in found}.values())
    open_stances = list({(e.statement, e.polarity, e.modality, e.speaker): e for e in found}.values())
    facts.found.update(e.statement.predicate for e in open_facts)
    strict.found.update(e.statement.predicate for e in open_stances)
    seen: set[tuple[object, ...]] = set()
    for wanted in sentence.wanted:
        strict.wanted[wanted.predicate] += 1
        answer = next((e for e in open_stances if same_fact(wanted, e, named) and same_stance(wanted, e, named)), None)
        if answer is None:
            yield f"missed: {' | '.join((wanted.subject[0], wanted.predicate, wanted.object[0], *stance_of(wanted)))}"
        else:
            strict.right[wanted.predicate] += 1
            open_stances.remove(answer)
        if (key := (wanted.subject, wanted.predicate, wanted.object)) not in seen:
            seen.add(key)
            facts.wanted[wanted.predicate] += 1
            if (answer := next((e for e in open_facts if same_fact(wanted, e, named)), None)) is not None:
                facts.right[wanted.predicate] += 1
                open_facts.remove(answer)
    yield from (f"wrong:  {_told(item, labels)}" for item in open_stances)


def stance_of(wanted: Wanted) -> tuple[str, str, str]:
    return wanted.polarity[0], wanted.modality[0], wanted.speaker[0]


def _told(item: Evidence, labels: dict[str, str]) -> str:
    match item.statement.object:
        case FieldConcept(value) | PartialDate(value):
            target = value
        case entity:
            target = labels[entity]
    speaker = labels[item.speaker] if item.speaker else "-"
    ends = labels[item.statement.subject], item.statement.predicate, target
    return " | ".join((*ends, item.polarity, item.modality, speaker))


def test_every_property_has_sentences() -> None:
    told = Counter(wanted.predicate for bed in FLOORS for sentence in sentences(bed) for wanted in sentence.wanted)
    assert set(told) == set(vocabulary().properties)
    assert min(told.values()) >= 5


def test_what_is_expected_is_written_in_the_words_of_the_contract(bed: str) -> None:
    for sentence in sentences(bed):
        for wanted in (*sentence.wanted, *sentence.may):
            assert wanted.predicate in vocabulary().properties
            assert set(wanted.polarity) <= {"Affirmed", "Denied"}
            assert set(wanted.modality) <= {"Actual", "Alleged", "Planned", "Hypothetical"}


def test_most_of_what_the_sentences_say_is_found_and_little_else(bed: str, verdict: Verdict) -> None:
    print(*verdict.facts.lines(), sep="\n")
    print(f"facts: precision {verdict.facts.precision:.3f}, recall {verdict.facts.recall:.3f}, F1 {verdict.facts.f1:.3f}")
    print(f"with stance: F1 {verdict.strict.f1:.3f}\n")
    print(*verdict.faults, sep="\n")
    floor = FLOORS[bed]
    assert verdict.facts.precision >= floor.precision
    assert verdict.facts.recall >= floor.recall
    assert verdict.strict.f1 >= floor.strict_f1
