"""How far an agreement has come: signed, planned or only spoken of. What it contains is as certain as it is itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.finders import Finding
from kg.extraction.stance import Stance, stance
from kg.model import EntityId, Modality, Polarity

_OF_SIGNING = ("signatory", "party", "dateSigned", "placeSigned", "ratifiedBy")
_BINDING = frozenset({"will", "shall", "'ll", "must", "may", "can", "should", "to", "would"})


class Standing:
    """Knows what the statements found so far say of each agreement."""

    def __init__(self, found: Sequence[Finding]) -> None:
        told = [f for f in found if f.predicate in _OF_SIGNING and f.stance.polarity is Polarity.AFFIRMED]
        actual = [f for f in told if f.stance.modality is Modality.ACTUAL]
        ahead = {f.subject for f in told if f.stance.modality is not Modality.ACTUAL and f.predicate != "party"}
        done = {f.subject for f in actual if f.predicate != "party"}
        self.signed: set[EntityId] = done | ({f.subject for f in actual} - ahead)
        self.planned: set[EntityId] = {f.subject for f in told} - self.signed

    def by_name(self, agreement: EntityId, head: Token) -> Stance:
        """Return how certain it is that an agreement covers what its name says."""
        if agreement in self.signed:
            return Stance()
        if agreement in self.planned:
            return Stance(modality=Modality.PLANNED)
        return Stance(
            modality=Modality.PLANNED if head.head.lemma_ in ("negotiate", "draft", "propose", "seek") else Modality.ACTUAL
        )

    def about(self, agreement: EntityId, head: Token) -> Stance:
        """Return how what stands in an agreement's own phrase is told: what is known of a signed one is so."""
        return Stance() if agreement in self.signed else stance(head)

    def settled(self, agreement: EntityId, held: Stance, verb: Token) -> Stance:
        """Return how a content is told: of a signed text "will", "may" and "must" say what it contains."""
        binding = any(c.lower_ in _BINDING and c.dep_ in ("aux", "mark") for t in (verb, verb.head) for c in t.children)
        if agreement in self.signed and (
            held.modality is Modality.PLANNED or (held.modality is Modality.HYPOTHETICAL and binding)
        ):
            return replace(held, modality=Modality.ACTUAL)
        if agreement in self.planned and held.modality is Modality.ACTUAL:
            return replace(held, modality=Modality.PLANNED)
        return held
