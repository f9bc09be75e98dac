"""Denials that point back: "Moscow and Pyongyang have denied these allegations", "a charge both countries deny".

Such a denial names the charge, not the fact. It is attached to what somebody was last said to have alleged of those
who deny.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.finders import Finding
from kg.extraction.lexicon import words
from kg.extraction.scene import Scene
from kg.extraction.stance import Stance, stance
from kg.extraction.syntax import verb_roles
from kg.extraction.trees import lemmas
from kg.model import EntityId, Modality, Polarity

_POINTERS = frozenset({"it", "this", "that", "which", "them", "these", "those"})
_REACH = 8  # sentences back


def denials(scene: Scene, found: Sequence[Finding]) -> Iterator[Finding]:
    """Yield a denied copy of each allegation that a denial points back to."""
    for verb in scene.doc:
        if verb.pos_ != "VERB" or not scene.is_read(verb.i):
            continue
        if verb.lemma_ not in words("stance", "deny", "verbs") and not _is_called_false(verb):
            continue
        around = verb_roles(verb)
        speakers = scene.referents.among(around.get("agent", ()))
        if not speakers or not _points_back(verb, around.get("patient", []), found):
            continue
        if stance(verb).polarity is Polarity.DENIED:
            continue
        held = Stance(Polarity.DENIED, Modality.ACTUAL, tuple(around.get("agent", ())), verb, denied=True)
        for charge in _charges(scene, found, verb, speakers):
            yield replace(charge, trigger=verb, stance=held, confidence=charge.confidence * 0.8)


def _is_called_false(verb: Token) -> bool:
    """ "called that untrue", "calls the report a fabrication"."""
    if verb.lemma_ not in words("stance", "deny", "naming"):
        return False
    below = [t for t in verb.subtree if t.i > verb.i]
    pointed = any(t.lower_ in _POINTERS or t.lemma_.lower() in words("stance", "deny", "charges") for t in below[:4])
    return pointed and bool(lemmas(below[:12]) & words("stance", "deny", "false"))


def _points_back(verb: Token, patient: Sequence[Token], found: Sequence[Finding]) -> bool:
    """Does the verb deny a charge, rather than a fact that was found on its own below it?"""
    below = {t.i for t in verb.subtree}
    if any(f.trigger.i in below and f.stance.denied for f in found):
        return False
    if not patient:
        return not any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    heads = lemmas(patient)
    return bool(heads & (_POINTERS | words("stance", "deny", "charges"))) or not any(
        c.dep_ in ("ccomp", "xcomp") for c in verb.children
    )


def _charges(scene: Scene, found: Sequence[Finding], verb: Token, speakers: Sequence[EntityId]) -> list[Finding]:
    """Return the charges of the nearest sentence before the denial that has any against those who deny.

    What two who deny together are said to have done to each other comes first.
    """
    concerned = set(speakers) | {s for m in speakers if (s := scene.affiliations.state_of(m))}
    below = {t.i for t in verb.subtree}
    sentences = [s.start for s in scene.doc.sents]
    here = max(n for n, start in enumerate(sentences) if start <= verb.i)
    charges = [
        f
        for f in found
        if f.stance.polarity is Polarity.AFFIRMED
        and (f.trigger.i < verb.i or f.trigger.i in below)
        and (f.stance.modality is Modality.ALLEGED or f.stance.said_by)
        and {f.subject, str(f.object)} & concerned
        and f.predicate not in ("accused", "holdsOfficeIn", "metWith", "party", "signatory")
    ]
    if under := [f for f in charges if f.trigger.i in below]:
        return under  # "rejected accusations that it had armed X"
    shared = [f for f in charges if {f.subject, str(f.object)} <= concerned]
    for back in range(_REACH + 1):
        low = sentences[max(0, here - back)]
        near = [f for f in shared or charges if f.trigger.i >= low]
        if near:
            return near
    return []
