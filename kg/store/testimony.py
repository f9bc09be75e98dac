"""What a store tells of an assertion, as values: its sources, their words, and how they put it."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Modality, Polarity, Span


@dataclass(frozen=True, slots=True)
class Named:
    """A thing and what it is called; for a date, both are the date."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Source:
    """The document that an evidence stands in; `digest` is the SHA-256 of its text."""

    document: str
    title: str | None
    publisher: str | None
    issued: str | None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of an evidence and what stands around them; `named` marks, within them, who or what it is about."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int
    named: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Testimony:
    """One evidence: who says it and for whom, where, how, and how sure the reading is.

    `speaks_for` are the states and organisations in which the same document says that the speaker holds office.
    """

    evidence: str
    source: Source
    quote: Quote
    polarity: Polarity
    modality: Modality
    speaker: Named | None
    speaks_for: tuple[Named, ...]
    when: str | None
    where: Named | None
    office: str | None
    confidence: float
    frame: str | None


@dataclass(frozen=True, slots=True)
class Account:
    """An assertion with all its testimony, oldest source first."""

    assertion: str
    subject: Named
    predicate: Named
    object: Named
    testimony: tuple[Testimony, ...]

    @property
    def supporting(self) -> tuple[Testimony, ...]:
        return tuple(one for one in self.testimony if (one.polarity, one.modality) == (Polarity.AFFIRMED, Modality.ACTUAL))

    @property
    def denying(self) -> tuple[Testimony, ...]:
        return tuple(one for one in self.testimony if one.polarity is Polarity.DENIED)

    @property
    def hedged(self) -> tuple[Testimony, ...]:
        return tuple(one for one in self.testimony if one not in {*self.supporting, *self.denying})
