"""What the tests of extraction share: reading a text into facts that are named as the text names them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import pytest

from kg.documents import zones
from kg.model import Document, Evidence, FieldConcept, Node, PartialDate, Reading
from kg.reading import read_document

WEDNESDAY = date(2024, 5, 8)


@dataclass(frozen=True)
class Fact:
    """One evidence, its entities by their labels."""

    subject: str
    predicate: str
    object: str
    polarity: str
    modality: str
    speaker: str | None
    when: str | None
    where: str | None
    title: str | None

    @property
    def triple(self) -> tuple[str, str, str]:
        return self.subject, self.predicate, self.object


@cache
def reading_of(text: str, issued: date | None) -> Reading:
    return read_document(Document("text", text, issued=issued, zones=zones(text)))


@pytest.fixture(scope="session")
def read() -> Callable[..., Reading]:
    """Read a text, issued on Wednesday 8 May 2024 unless another day is given."""

    def read_text(text: str, issued: date | None = WEDNESDAY) -> Reading:
        return reading_of(text, issued)

    return read_text


@pytest.fixture(scope="session")
def facts() -> Callable[..., list[Fact]]:
    """Read a text and return its facts, perhaps of one property only."""

    def find(text: str, predicate: str | None = None, issued: date | None = WEDNESDAY) -> list[Fact]:
        reading = reading_of(text, issued)
        labels = {entity.id: entity.label for entity in reading.entities}
        return [_fact(item, labels) for item in reading.evidence if predicate in (None, item.statement.predicate)]

    return find


def _fact(item: Evidence, labels: dict[str, str]) -> Fact:
    return Fact(
        labels[item.statement.subject],
        item.statement.predicate,
        _named(item.statement.object, labels),
        item.polarity.value,
        item.modality.value,
        labels[item.speaker] if item.speaker else None,
        item.when.value if item.when else None,
        labels[item.where] if item.where else None,
        item.office_title,
    )


def _named(node: Node, labels: dict[str, str]) -> str:
    match node:
        case FieldConcept(name) | PartialDate(name):
            return name
        case entity:
            return labels[entity]
