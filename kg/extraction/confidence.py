"""How sure an evidence is: what patterns and finders say of themselves, corrected by what was found true.

A pattern's own confidence is set by hand. What share of such evidence is right also depends on what found it and on
traits of the evidence that are plain to see. The correction adds up, in log-odds, what each of them is worth:

    log-odds(confidence) = intercept + slope × log-odds(own confidence) + frame's weight + weights of its traits

The numbers are fitted to gold by `python -m tools.calibrate` and stand in lexicon/confidence.toml. The slope is never
negative, so a surer pattern never makes a less sure evidence; a frame without a weight is taken for an average one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from kg.errors import ResourceError
from kg.model import EntityId, Evidence, Modality, Polarity, Reading, Span
from kg.resources import line_of, read_toml
from kg.vocabulary import vocabulary

CALIBRATION: Final = Path(__file__).parent / "lexicon" / "confidence.toml"
#: Nothing is certain, and nothing that is written down is worth nothing.
_LEAST, _MOST = 0.01, 0.99
#: Characters of a sentence that is long, and mentions that make an entity a main one.
_LONG, _OFTEN = 200, 3


class Trait(StrEnum):
    """What can be seen of an evidence without judging it; the value is its name in the file of weights."""

    HEDGED = "hedged"  # alleged, planned or hypothetical
    DENIED = "denied"
    QUOTED = "quoted"  # somebody is said to say it
    UNNAMED = "unnamed"  # no words of its sentence name the subject, which was carried over from another
    REPEATED = "repeated"  # another sentence makes the same statement
    LONG = "long"  # its sentence is
    KNOWN = "known"  # the subject is, to the knowledge base
    MAIN = "main"  # the document speaks of the object again and again


@dataclass(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Calibration:
    """The weights of the correction; without any, confidences stay as they are."""

    intercept: float = 0.0
    slope: Annotated[float, Field(ge=0)] = 1.0
    trait: Mapping[Trait, float] = field(default_factory=dict)
    frame: Mapping[str, float] = field(default_factory=dict)

    def confidence(self, own: float, frame: str, traits: Collection[Trait]) -> float:
        """Return how sure an evidence is.

        >>> Calibration().confidence(0.8, "kg.party.v1", [Trait.DENIED])
        0.8
        >>> Calibration(intercept=-1, trait={Trait.DENIED: -1}).confidence(0.8, "kg.party.v1", [Trait.DENIED])
        0.351
        """
        odds = self.intercept + self.slope * log_odds(own) + self.frame.get(frame, 0.0)
        odds += sum(self.trait.get(trait, 0.0) for trait in traits)
        return round(min(max(1 / (1 + math.exp(-odds)), _LEAST), _MOST), 3)


@cache
def calibration(file: Path = CALIBRATION) -> Calibration:
    """Return the weights of a file.

    Raises ResourceError naming the file and line if it is malformed.
    """
    try:
        return TypeAdapter(Calibration).validate_python(read_toml(file))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        *_, key = (str(part) for part in first["loc"] if part != "[key]")
        raise ResourceError(file, f"{key}: {first['msg']}", line=line_of(file, key)) from error


def calibrated(reading: Reading, weights: Calibration) -> Reading:
    """Return a reading with corrected confidences."""
    corrected = (
        replace(item, confidence=weights.confidence(item.confidence, item.frame, traits))
        for item, traits in zip(reading.evidence, traits_of(reading), strict=True)
    )
    return replace(reading, evidence=tuple(corrected))


def traits_of(reading: Reading) -> Iterator[frozenset[Trait]]:
    """Yield the traits of each evidence of a reading, in order."""
    places: dict[EntityId, list[Span]] = defaultdict(list)
    for mention in reading.mentions:
        places[mention.entity].append(mention.span)
    sentences: dict[object, set[Span]] = defaultdict(set)
    for item in reading.evidence:
        sentences[_undirected(item)].add(item.span)
    known = {entity.id for entity in reading.entities if entity.reference}
    for item in reading.evidence:
        subject, target = item.statement.subject, item.statement.object
        present = {
            Trait.HEDGED: item.modality is not Modality.ACTUAL,
            Trait.DENIED: item.polarity is Polarity.DENIED,
            Trait.QUOTED: item.speaker is not None,
            Trait.UNNAMED: not any(item.span.covers(place) for place in places[subject]),
            Trait.REPEATED: len(sentences[_undirected(item)]) > 1,
            Trait.LONG: item.span.end - item.span.start > _LONG,
            Trait.KNOWN: subject in known,
            Trait.MAIN: isinstance(target, str) and len(places[target]) >= _OFTEN,
        }
        yield frozenset(trait for trait, holds in present.items() if holds)


def log_odds(probability: float) -> float:
    """Return the log-odds of a probability, of 0 and 1 those of the least and the most that can be.

    >>> log_odds(0.5)
    0.0
    """
    inside = min(max(probability, _LEAST), _MOST)
    return math.log(inside / (1 - inside))


def _undirected(item: Evidence) -> object:
    statement = item.statement
    if vocabulary().properties[statement.predicate].symmetric:
        return statement.predicate, frozenset((statement.subject, statement.object))
    return statement
