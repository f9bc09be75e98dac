"""The other side of an agreement of which the text names one party only: the other of the two states in its sentence.

"Kenya has left its border treaty, a step that Uganda regrets": a reader takes Uganda for a party too. Agreements of
many parties are left alone, and so are states that mediate or deny that they are bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extraction.clusters import Cluster
from kg.extraction.finders import Finding
from kg.extraction.scene import Scene
from kg.extraction.stance import Stance
from kg.model import EntityId, Kind, Modality, Polarity

_TWO = 2
_SIGNING = ("dateSigned", "signatory", "placeSigned")


def sides(scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Yield the parties that agreements lack; `found` holds those that the words around them give."""
    told = [f for f in found if f.predicate == "party"]
    outside = {str(f.object) for f in found if f.predicate == "mediatedBy"}
    denied = {(f.subject, str(f.object)) for f in told if f.stance.polarity is Polarity.DENIED}
    for cluster in scene.agreements:
        have = {str(f.object) for f in told if f.subject == cluster.id and f.stance.polarity is Polarity.AFFIRMED}
        head = scene.doc[cluster.profiles[0].mention.head]
        states = _states(scene, head.sent.start, head.sent.end)
        between_two = len(states) == _TWO and len(have) == 1 and have <= set(states)
        if not between_two or "Convention" in cluster.subtypes or not scene.is_read(head.i):
            continue
        lacking = [s for s in states if s not in have]
        if not any(s in outside or (cluster.id, s) in denied for s in lacking):
            stance = Stance(modality=_modality(cluster, found))
            yield from (Finding("", cluster.id, "party", s, head, stance) for s in lacking)


def _states(scene: Scene, start: int, end: int) -> list[EntityId]:
    """Return the states that are mentioned between two tokens."""
    found = [m.member for m in scene.cast.mentions if start <= m.start < end and scene.kind(m.member) is Kind.STATE]
    return list(dict.fromkeys(found))


def _modality(cluster: Cluster, found: Sequence[Finding]) -> Modality:
    """An agreement whose signing is only planned has its parties in plan."""
    signed = {f.stance.modality for f in found if f.subject == cluster.id and f.predicate in _SIGNING}
    return Modality.PLANNED if signed == {Modality.PLANNED} else Modality.ACTUAL
