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
    """The document that an evidence stands in; `digest` is the SHA-256 of its text, `url` its address."""

    document: str
    title: str | None
    publisher: str | None
    issued: str | None
    digest: str | None = None
    url: str | None = None


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

    `speaks_for` are the states and organisations in which the same document says that the speaker holds office;
    `rejected_by` is the review that set the evidence aside.
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
    rejected_by: str | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a person decided about an assertion or some of its evidence, with the local name of the verdict."""

    review: str
    verdict: str
    reason: str
    author: str
    decided: str


@dataclass(frozen=True, slots=True)
class Account:
    """An assertion with all its testimony, oldest source first, and what people decided about it, earliest first."""

    assertion: str
    subject: Named
    predicate: Named
    object: Named
    testimony: tuple[Testimony, ...]
    rulings: tuple[Ruling, ...] = ()

    @property
    def counted(self) -> tuple[Testimony, ...]:
        """What no review set aside."""
        return tuple(one for one in self.testimony if one.rejected_by is None)

    @property
    def supporting(self) -> tuple[Testimony, ...]:
        return tuple(one for one in self.counted if (one.polarity, one.modality) == (Polarity.AFFIRMED, Modality.ACTUAL))

    @property
    def denying(self) -> tuple[Testimony, ...]:
        return tuple(one for one in self.counted if one.polarity is Polarity.DENIED)

    @property
    def hedged(self) -> tuple[Testimony, ...]:
        return tuple(one for one in self.counted if one not in {*self.supporting, *self.denying})

    @property
    def set_aside(self) -> tuple[Testimony, ...]:
        return tuple(one for one in self.testimony if one.rejected_by is not None)
