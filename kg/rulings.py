"""What people decide about what was read: values that cross borders, as those of `kg.model` do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from kg.model import EntityId, Evidence, Modality, Node, Polarity, Statement


class Verdict(StrEnum):
    """What a person decides; the value is the word for it in files."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Correction:
    """What evidence should have said instead; what is None is as it was."""

    subject: EntityId | None = None
    predicate: str | None = None
    object: Node | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None

    def applied_to(self, evidence: Evidence) -> Evidence:
        """Return the evidence as it should be; its words, speaker, time and place stay."""
        was = evidence.statement
        right = Statement(self.subject or was.subject, self.predicate or was.predicate, self.object or was.object)
        return replace(
            evidence, statement=right, polarity=self.polarity or evidence.polarity, modality=self.modality or evidence.modality
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a statement, or about some of its evidence, by what the evidence is.

    Without a `document` it is about the statement whoever makes it; `words`, `polarity`, `modality` and `speaker` narrow
    it further. `author` is the person's name.
    """

    verdict: Verdict
    statement: Statement
    reason: str
    author: str
    decided: datetime
    document: str | None = None
    words: str | None = None
    polarity: Polarity | None = None
    modality: Modality | None = None
    speaker: EntityId | None = None
    correction: Correction | None = None
