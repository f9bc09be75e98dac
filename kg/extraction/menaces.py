"""Threats that no verb of threatening carries: "Chad will regret this", "we will strike Chad"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.finders import Finding
from kg.extraction.holdings import doers
from kg.extraction.lexicon import words
from kg.extraction.scene import Scene
from kg.extraction.speakers import speakers
from kg.extraction.stance import Stance, stance
from kg.extraction.syntax import Roles, verb_roles
from kg.extraction.trees import lemmas
from kg.model import EntityId, Kind, Polarity

_AHEAD = frozenset({"will", "'ll", "would", "shall", "can", "could", "must", "going"})
_KINDS = frozenset({Kind.STATE, Kind.PERSON, Kind.ORGANIZATION})


def menaces(scene: Scene, found: list[Finding]) -> Iterator[Finding]:  # noqa: ARG001 (the rules' common form)
    """Whoever tells another what bad will befall him, or what he himself will do to him, threatens that other."""
    for sort, lemma, verb in scene.triggers:
        if sort != "verb" or not any(c.lower_ in _AHEAD for c in verb.children if c.dep_ in ("aux", "advmod")):
            continue
        around = verb_roles(verb)
        held = stance(verb)
        if held.polarity is Polarity.DENIED:
            continue
        for speaker in (s for s in speakers(scene, held, verb) if scene.kind(s) in _KINDS):
            own = {speaker, scene.affiliations.state_of(speaker)}
            for victim in _victims(scene, lemma, verb, around, own, held):
                if victim not in own and scene.affiliations.state_of(victim) not in own - {None}:
                    yield Finding("", speaker, "threatened", victim, verb, Stance())


def _victims(scene: Scene, lemma: str, verb: Token, around: Roles, own: set[EntityId | None], held: Stance) -> list[EntityId]:
    """Return who is to suffer: the subject of a fate, or the object of what the speaker's side will do."""
    told = verb_roles(held.operator) if held.operator is not None and held.operator.pos_ == "VERB" else {}
    warned = told.get("patient") or told.get("recipient")  # "warned the government that it would …": the frame reads that
    bearers = [
        t for t in around.get("agent", ()) if t.pos_ != "PRON" or not warned or lemma in words("triggers", "menace", "blows")
    ]
    agents = [m for m in scene.referents.among(bearers) if scene.kind(m) in _KINDS]
    if lemma in words("triggers", "menace", "fates"):
        return agents if lemma in words("triggers", "menace", "dire") or _is_dire(verb) else []
    ours = any(a in own or scene.affiliations.state_of(a) in own for a in agents)
    if not ours or not (lemma in words("triggers", "menace", "blows") or _is_conditional(verb) or _is_forceful(verb)):
        return []
    clauses = (c for c in verb.children if c.dep_ == "advcl")
    conditions = [c for c in clauses if any(m.lower_ in ("if", "unless", "should") for m in c.children)]
    tokens = [t for role in ("patient", "on", "against", "at") for t in around.get(role, ())]
    tokens += [t for c in conditions for t in verb_roles(c).get("agent", ())]
    named = [m for m in scene.referents.among(tokens, *sorted(_KINDS)) if scene.kind(m) in _KINDS]
    return named or doers(scene, tokens, _KINDS)


def _is_dire(verb: Token) -> bool:
    return bool(lemmas(t for t in verb.subtree if t.i > verb.i) & words("triggers", "menace", "words"))


def _is_forceful(verb: Token) -> bool:
    """ "will respond with full force if …"."""
    conditional = any(m.lower_ in ("if", "should") for c in verb.children if c.dep_ == "advcl" for m in c.children)
    return conditional and verb.lemma_ in ("respond", "react", "answer", "act") and _is_dire(verb)


def _is_conditional(verb: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ == "unless" for child in verb.children for c in child.children)
