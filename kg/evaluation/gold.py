"""Gold: what a careful reader finds in one article, as values to judge a graph by."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.model import Kind, Modality, Polarity, Span


@dataclass(frozen=True, slots=True)
class GoldEntity:
    """An entity of the article: the first of the words that name it, and all places that do.

    `everywhere` is the same for the same thing in other articles; `wikidata` is its item, both only where known.
    """

    id: str
    kind: Kind
    label: str
    spans: tuple[Span, ...]
    wikidata: str | None = None
    everywhere: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A property, its subject and all objects that are right, each an entity's id, a date or a field's local name."""

    predicate: str
    subject: str
    objects: frozenset[str]


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One way in which the article makes a statement; `speakers` are all that are right, None the article's own voice."""

    fact: Fact
    polarity: Polarity
    modality: Modality
    speakers: frozenset[str | None]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Gold:
    """One article with its entities and all that it states."""

    document: str
    text: str
    entities: Mapping[str, GoldEntity]
    statements: tuple[GoldStatement, ...]

    @cached_property
    def sha256(self) -> str:
        """The digest by which the graph's document of the same text is known."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def facts(self) -> Mapping[Fact, tuple[Span, ...]]:
        """Each fact with all places that say it, whoever says it and however."""
        found: dict[Fact, tuple[Span, ...]] = {}
        for statement in self.statements:
            found[statement.fact] = found.get(statement.fact, ()) + statement.spans
        return found

    def name(self, node: str) -> str:
        """Return what to call a statement's end: an entity by its label, all else as it is."""
        return self.entities[node].label if node in self.entities else node
