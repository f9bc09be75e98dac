"""Evidence with its verdict: what the weights of confidence are fitted to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.evaluation.gold import Gold
from kg.evaluation.judging import evaluate
from kg.extraction.confidence import Trait, traits_of
from kg.graph import Names, document_quads
from kg.identity import resolve
from kg.model import Reading
from kg.reference import Reference
from kg.store import MemoryStore


@dataclass(frozen=True, slots=True)
class Example:
    """An evidence of a document: how sure its pattern is of itself, what it looks like, and whether its fact is right."""

    document: str
    own: float
    frame: str
    traits: frozenset[Trait]
    right: bool


def examples(readings: Sequence[Reading], golds: Iterable[Gold], reference: Reference) -> list[Example]:
    """Return all evidence of readings with the verdict of their gold; confidences are those of patterns, uncorrected.

    The readings are judged as the graph that would be built from them.
    """
    resolution, names = resolve(readings, reference), Names()
    quads = [quad for reading in readings for quad in document_quads(resolution.apply(reading), names)]
    judgements = evaluate(MemoryStore(quads), golds).judgements
    right = {claim.evidence: verdict for judgement in judgements for claim, verdict in judgement.verdicts}
    found = []
    for reading in readings:
        for item, traits in zip(reading.evidence, traits_of(reading), strict=True):
            for resolved in resolution.apply(replace(reading, evidence=(item,))).evidence:
                evidence = names.evidence(reading.document.id, resolved).value
                if evidence in right:
                    found.append(Example(reading.document.id, item.confidence, item.frame, traits, right[evidence]))
    return found
