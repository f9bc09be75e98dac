"""How well an assertion is borne out: what speaks for and against it, from how many sources, and one confidence for all.

`docs/provenance.md` explains the figures with a worked example.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from pyoxigraph import Literal, Quad

from kg import terms
from kg.graph import literals
from kg.graph.belief import WORTH, belief, disagreement, pooled
from kg.graph.iris import CORROBORATION, Names
from kg.graph.quads import distinct
from kg.graph.sources import Voice, sources
from kg.graph.writer import GraphWriter
from kg.model import Modality, Polarity, Reading, Statement
from kg.review import Reviewed
from kg.vocabulary import canonical


@dataclass(frozen=True, slots=True)
class Corroboration:
    """What all evidence for an assertion comes to.

    `supporting` is affirmed as a fact, `denying` is denied, `hedging` all else (alleged, planned, hypothetical). The
    `publishers` and the independent `sources` are those that support it; `first` and `last` are the issue dates
    between which it was spoken of. `confidence` is the combined one, `disagreement` how far sources contradict each
    other; both go from 0 to 1.
    """

    supporting: int
    denying: int
    hedging: int
    publishers: int
    sources: int
    first: date | None
    last: date | None
    confidence: float
    disagreement: float


def corroborate(voices: Sequence[Voice]) -> Corroboration:
    """Weigh all that is said for and against one assertion; the order does not matter.

    A source's weight on either side is that of its surest word there, its confidence times its modality's worth.
    """
    of = sources(voices)
    weights: dict[Polarity, dict[int, float]] = {polarity: {} for polarity in Polarity}
    for source, voice in zip(of, voices, strict=True):
        side = weights[voice.polarity]
        side[source] = max(side.get(source, 0.0), voice.confidence * WORTH[voice.modality])
    support, denial = (pooled(sorted(weights[side].values())) for side in (Polarity.AFFIRMED, Polarity.DENIED))
    supporting = [(source, voice) for source, voice in zip(of, voices, strict=True) if _supports(voice)]
    denying = sum(voice.polarity is Polarity.DENIED for voice in voices)
    issued = [voice.issued for voice in voices if voice.issued is not None]
    return Corroboration(
        supporting=len(supporting),
        denying=denying,
        hedging=len(voices) - len(supporting) - denying,
        publishers=len({voice.publisher for _, voice in supporting if voice.publisher}),
        sources=len({source for source, _ in supporting}),
        first=min(issued, default=None),
        last=max(issued, default=None),
        confidence=belief(support, denial),
        disagreement=disagreement(support, denial),
    )


class Ledger:
    """Gathers what readings say of each statement, one reading after the other."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._voices: defaultdict[Statement, list[Voice]] = defaultdict(list)

    def add(self, reading: Reading, review: Reviewed | None = None) -> None:
        """Take up a resolved reading; what its review set aside does not count, but its statement is still spoken of."""
        document, sentences = reading.document, dict[str, str]()
        for item in distinct(reading.evidence, document, self._names):
            voices = self._voices[canonical(item.statement)]
            if review is not None and not review.stands(item):
                continue
            words = item.span.of(document.text)
            voice = Voice(
                item.polarity,
                item.modality,
                round(item.confidence, literals.PLACES),
                document.id,
                document.sha256,
                document.publisher,
                document.issued,
                item.speaker,
                sentences.setdefault(words, words),  # one string for all that a sentence says
            )
            voices.append(voice)

    def corroborations(self) -> Mapping[Statement, Corroboration]:
        """Return what the testimony on each statement comes to."""
        return {statement: corroborate(voices) for statement, voices in self._voices.items()}


def corroboration_quads(found: Mapping[Statement, Corroboration], names: Names) -> list[Quad]:
    """Write figures on assertions into the corroboration graph: each assertion's node has them, and nothing else."""
    graph = GraphWriter(names.shared_graph(CORROBORATION), names)
    for statement, one in found.items():
        node = names.assertion(statement)
        graph.add(node, terms.SUPPORTING, Literal(one.supporting))
        graph.add(node, terms.DENYING, Literal(one.denying))
        graph.add(node, terms.HEDGING, Literal(one.hedging))
        graph.add(node, terms.PUBLISHERS, Literal(one.publishers))
        graph.add(node, terms.INDEPENDENT_SOURCES, Literal(one.sources))
        graph.add(node, terms.COMBINED_CONFIDENCE, literals.confidence(one.confidence))
        graph.add(node, terms.DISAGREEMENT, literals.confidence(one.disagreement))
        if one.first is not None:
            graph.add(node, terms.FIRST_REPORTED, literals.day(one.first))
        if one.last is not None:
            graph.add(node, terms.LAST_REPORTED, literals.day(one.last))
    return graph.quads


def _supports(voice: Voice) -> bool:
    return voice.polarity is Polarity.AFFIRMED and voice.modality is Modality.ACTUAL
