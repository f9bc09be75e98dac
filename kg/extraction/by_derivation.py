"""The finder of what follows from statements already found: a clause on mutual defence makes allies of its parties."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame
from kg.extraction.scene import Scene
from kg.model import FieldConcept, Kind, Modality, Polarity


@finder("kg.derived.v1")
def by_derivation(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Apply the frame's `from` rules to what other frames found."""
    for pattern in frame.patterns:
        if pattern.value:
            yield from _allies(frame, scene, found, FieldConcept(pattern.value), pattern.confidence)


def _allies(frame: Frame, scene: Scene, found: list[Finding], field: FieldConcept, confidence: float) -> Iterator[Finding]:
    parties: dict[str, list[str]] = {}
    for finding in found:
        if (
            finding.predicate == "party"
            and finding.stance.polarity is Polarity.AFFIRMED
            and scene.kind(str(finding.object)) is Kind.STATE
        ):
            known = parties.setdefault(finding.subject, [])
            if str(finding.object) not in known:
                known.append(str(finding.object))
    for finding in found:
        if finding.predicate == "covers" and finding.object == field and finding.stance.modality is Modality.ACTUAL:
            for one, other in combinations(parties.get(finding.subject, [])[:2], 2):
                yield Finding(
                    frame.name,
                    one,
                    frame.predicate,
                    other,
                    finding.trigger,
                    finding.stance,
                    finding.when,
                    finding.where,
                    confidence,
                )
