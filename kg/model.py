"""The values that cross the borders between stages: frozen, comparable, without behaviour of their own.

A `Document` is what was ingested. A `Reading` is what was found in one document: entities, their mentions, and
evidence for statements. Extraction makes readings with entity ids that are local to the document; identity
rewrites them to ids that hold across documents ("person/vladimir-putin"); the graph stage writes them down.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

#: An entity's id: local to a document before identity, "{kind}/{slug}" after it.
EntityId = str


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text, in Unicode code points, end exclusive.

    >>> Span(0, 6).of("Moscow said")
    'Moscow'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"no span from {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """Return the words of the text that the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class ZoneKind(StrEnum):
    """What a stretch of a document is for. Only TITLE and BODY are read for every kind of statement."""

    TITLE = "title"
    FRONT = "front"  # byline, date line, publisher line, agency tag
    BODY = "body"
    CAPTION = "caption"  # of a picture; read for persons' offices only
    TEASER = "teaser"  # start of another article; read for persons' offices only
    BOILERPLATE = "boilerplate"  # cookie notices, newsletter forms, paywalls; not read


@dataclass(frozen=True, slots=True, order=True)
class Zone:
    """A stretch of a document and what it is for."""

    span: Span
    kind: ZoneKind


@dataclass(frozen=True)
class Document:
    """One ingested source text with what is known about it.

    `text` is never changed after reading, so that offsets hold; `zones` are sorted, do not overlap, and cover every
    character that is not white space.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    issued: date | None = None
    url: str | None = None
    zones: tuple[Zone, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Hex digest over the UTF-8 bytes of the text as ingested."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Kind(StrEnum):
    """The five kinds of entity; the value is the class's local name."""

    PERSON = "Person"
    STATE = "State"
    ORGANIZATION = "Organization"
    PLACE = "Place"
    AGREEMENT = "Agreement"


class Polarity(StrEnum):
    AFFIRMED = "Affirmed"
    DENIED = "Denied"


class Modality(StrEnum):
    ACTUAL = "Actual"
    ALLEGED = "Alleged"
    PLANNED = "Planned"
    HYPOTHETICAL = "Hypothetical"


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, month or year in ISO form: "2024-06-19", "2024-06" or "2024".

    >>> PartialDate("2024-06").covers(PartialDate("2024-06-19"))
    True
    """

    value: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", self.value):
            raise ValueError(f"no date: {self.value!r}")
        if len(self.value) == 10:
            date.fromisoformat(self.value)
        elif len(self.value) == 7 and not 1 <= int(self.value[5:]) <= 12:
            raise ValueError(f"no month: {self.value!r}")

    @property
    def year(self) -> int:
        return int(self.value[:4])

    def covers(self, other: PartialDate) -> bool:
        """Is the other date this one, or within it?"""
        return other.value.startswith(self.value)


@dataclass(frozen=True, slots=True, order=True)
class FieldConcept:
    """A concept of what agreements cover, by its local name: "MutualDefence"."""

    name: str


#: What stands in a statement's object place.
Node = EntityId | FieldConcept | PartialDate


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, state, organisation, place or agreement.

    `subtype` is a class below the kind's own ("PartnershipAgreement"); `reference` is the id of the same thing in
    the bundled knowledge base, where it is known there.
    """

    id: EntityId
    kind: Kind
    label: str
    aliases: tuple[str, ...] = ()
    subtype: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or noun phrase in the text that refers to an entity."""

    entity: EntityId
    span: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """Subject, property (local name: "signatory") and object, whoever says so."""

    subject: EntityId
    predicate: str
    object: Node


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place where one speaker makes or denies one statement.

    `span` covers the clause or sentence; `speaker` None is the article's own voice; `frame` is the versioned name
    of the rule that found it; `confidence` is 0 to 1, and of all evidence of the same confidence about that share is right.
    """

    statement: Statement
    span: Span
    frame: str
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    speaker: EntityId | None = None
    when: PartialDate | None = None
    where: EntityId | None = None
    office_title: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything found in one document."""

    document: Document
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Identity of an entity with something in an outside knowledge base, or with another entity.

    `accepted` links become owl:sameAs, the others skos:closeMatch. `source` is the IRI of the service that proposed it,
    `on` the day on which it was asked or somebody decided, `author` who decided.
    """

    entity: EntityId
    target: str
    accepted: bool
    confidence: float
    reason: str
    source: str | None = None
    on: date | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True, order=True)
class FrameVersion:
    """A frame as it was when a run used it.

    `name` is what evidence keeps ("kg.party.v1"); `predicate` and `version` are in it; `digest` is the SHA-256 of the
    frame's file, which tells whether somebody changed it without a new version; `finders` run it.
    """

    name: str
    predicate: str
    version: int
    digest: str
    finders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Identification:
    """Why what documents call by a name is an entity: the tier of identity that says so, and its reason.

    `documents` are those that it was said of, where it was not said of the name wherever it stands.
    """

    entity: EntityId
    name: str
    tier: str
    reason: str
    confidence: float
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the builder: which software, model and frames read which input, and when.

    `inputs` is the SHA-256 over a line "{id} {sha256}" for each document that the run read, in the order of reading.
    """

    id: str
    software: str
    model: str
    started: datetime
    ended: datetime
    inputs: str | None = None
    frames: tuple[FrameVersion, ...] = ()
