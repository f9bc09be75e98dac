"""Decisions of people, and what becomes of a reading under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from kg.model import Entity, EntityId, Evidence, Polarity, Reading, Statement
from kg.rulings import Decision, Verdict
from kg.vocabulary import canonical

#: The frame of evidence that a person corrected.
REVIEW_FRAME: Final = "kg.review.v1"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A reading after review: with corrected evidence, and with the decision on each evidence that has one.

    `ruled` has the decision that counts for each evidence of the reading; `corrected` leads from evidence that a
    person corrected to what it was before.
    """

    reading: Reading
    ruled: Mapping[Evidence, Decision] = field(default_factory=dict)
    corrected: Mapping[Evidence, Evidence] = field(default_factory=dict)

    def stands(self, evidence: Evidence) -> bool:
        """Does the evidence still count, or was it set aside by a rejection or correction?"""
        return evidence not in self.ruled or self.ruled[evidence].verdict is Verdict.ACCEPT

    @property
    def standing(self) -> tuple[Evidence, ...]:
        """The evidence that still counts."""
        return tuple(item for item in self.reading.evidence if self.stands(item))


class Decisions:
    """All decisions at hand. Of several on one evidence the last counts, by time and then by order."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._decisions = sorted(decisions, key=_when)
        self._by_statement: defaultdict[Statement, list[Decision]] = defaultdict(list)
        for decision in self._decisions:
            self._by_statement[canonical(decision.statement)].append(decision)

    def __iter__(self) -> Iterator[Decision]:
        return iter(self._decisions)

    def __len__(self) -> int:
        return len(self._decisions)

    def on(self, reading: Reading, evidence: Evidence) -> Decision | None:
        """Return the decision that counts for an evidence, if anybody decided on it."""
        of_statement = self._by_statement.get(canonical(evidence.statement), ())
        return next((one for one in reversed(of_statement) if concerns(one, reading, evidence)), None)

    def apply(self, reading: Reading, entity: Callable[[EntityId], Entity | None]) -> Reviewed:
        """Return the reading after review.

        `entity` finds what corrections speak of and the reading does not know. A correction to what nobody knows sets
        the evidence aside and puts nothing in its place.
        """
        if not self._decisions:
            return Reviewed(reading)
        ruled = {item: one for item in reading.evidence if (one := self.on(reading, item)) is not None}
        entities = {one.id: one for one in reading.entities}
        corrected: dict[Evidence, Evidence] = {}
        for item, decision in ruled.items():
            if decision.correction is None:
                continue
            was = replace(item, statement=canonical(item.statement))
            right = replace(decision.correction.applied_to(was), frame=REVIEW_FRAME, confidence=1.0)
            ends = [end for end in (right.statement.subject, right.statement.object) if isinstance(end, str)]
            found = {end: entities.get(end) or entity(end) for end in ends}
            if all(found.values()):
                entities |= {end: one for end, one in found.items() if one is not None}
                corrected[right] = item
        evidence = (*reading.evidence, *(item for item in corrected if item not in reading.evidence))
        return Reviewed(
            replace(reading, entities=tuple(entities[one] for one in sorted(entities)), evidence=evidence), ruled, corrected
        )


def concerns(decision: Decision, reading: Reading, evidence: Evidence) -> bool:
    """Is the decision about this evidence?

    One about a statement as a whole concerns all its evidence if it accepts it, else only what affirms it: who denies
    what is rejected is right, and stays.
    """
    if canonical(decision.statement) != canonical(evidence.statement):
        return False
    if decision.document is None:
        return decision.verdict is Verdict.ACCEPT or evidence.polarity is Polarity.AFFIRMED
    return (
        decision.document == reading.document.id
        and decision.words in (None, evidence.span.of(reading.document.text))
        and decision.polarity in (None, evidence.polarity)
        and decision.modality in (None, evidence.modality)
        and decision.speaker in (None, evidence.speaker)
    )


def _when(decision: Decision) -> datetime:
    return decision.decided
