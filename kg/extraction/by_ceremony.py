"""The finder of signings that do not name what is signed: "X signed for Norway", "the ceremony was held in Oslo".

The agreement is the one named last before. Who signs, for whom, when and where is then said of that one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame
from kg.extraction.lexicon import words
from kg.extraction.lists import conjuncts
from kg.extraction.scene import Scene
from kg.extraction.stance import stance
from kg.extraction.syntax import Roles, noun_roles, verb_roles
from kg.extraction.trees import is_passive, preposition
from kg.model import EntityId, Kind, Node

_BACK = 6  # sentences
_CONFIDENCE = 0.75


@dataclass(frozen=True, slots=True)
class Ceremony:
    """A signing of what was named before: who signs, and for whom beside the state of the one who signs."""

    trigger: Token
    around: Roles
    agreement: EntityId
    signers: Sequence[Token]
    sides: Sequence[Token]
    witnessed: bool


@finder("kg.ceremony.v1")
def by_ceremony(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:  # noqa: ARG001 (the protocol's)
    """Find a frame's statements at each signing that does not name what is signed."""
    for ceremony in _ceremonies(scene):
        held = stance(ceremony.trigger)
        when, where = scene.when(ceremony.trigger, ceremony.around), _where(scene, ceremony)
        targets: list[Node | None] = []
        if frame.predicate == "signatory":
            targets += [p for p in scene.referents.among(ceremony.signers, Kind.PERSON) if scene.kind(p) is Kind.PERSON]
        elif frame.predicate == "party" and not ceremony.witnessed:
            members = scene.referents.among([*ceremony.signers, *ceremony.sides])
            targets += dict.fromkeys(scene.affiliations.party(m) for m in members)
        elif frame.predicate == "dateSigned":
            targets.append(when)
        elif frame.predicate == "placeSigned":
            targets.append(where)
        for target in targets:
            if target is not None:
                yield Finding(
                    frame.name, ceremony.agreement, frame.predicate, target, ceremony.trigger, held, when, where, _CONFIDENCE
                )


def _where(scene: Scene, ceremony: Ceremony) -> EntityId | None:
    """Return the place of a signing, also one deeper in the sentence ("on the margins of the forum in Oslo")."""
    if ceremony.signers:
        return scene.where(ceremony.trigger, ceremony.around)
    for token in ceremony.trigger.subtree:
        mention = scene.cast.at(token.i)
        building = mention is not None and any(t.is_lower for t in scene.doc[mention.start : mention.end])
        if mention and not building and scene.kind(mention.member) is Kind.PLACE and preposition(token) in ("in", "at"):
            return mention.member
    return None


def _ceremonies(scene: Scene) -> Iterator[Ceremony]:
    for sort, lemma, trigger in scene.triggers:
        if sort == "verb" and lemma in words("triggers", "ceremony", "verbs"):
            yield from _signed_by(scene, trigger)
        elif sort == "noun" and lemma in words("triggers", "ceremony", "hands"):
            yield from _signatures(scene, trigger)
        elif sort == "noun" and lemma in words("triggers", "ceremony", "nouns"):
            yield from _held(scene, trigger)


def _signed_by(scene: Scene, verb: Token) -> Iterator[Ceremony]:
    """ "X signed for Norway", "Signing on Chad's behalf was X"."""
    around = verb_roles(verb)
    if around.get("patient") or is_passive(verb) or (agreement := _named_before(scene, verb)) is None:
        return
    behalf = [o for t in around.get("on", ()) if t.lemma_ == "behalf" for o in _owners(t)]
    inverted = verb.dep_ == "csubj" and verb.head.pos_ in ("NOUN", "PROPN")
    if verb.dep_ in ("amod", "compound") or not (inverted or around.get("agent")):
        return
    signers = conjuncts(verb.head) if inverted else around.get("agent", [])
    witnessed = any(t.lemma_ == "witness" for t in around.get("as", ()))
    yield Ceremony(verb, around, agreement, signers, [*around.get("for", ()), *behalf], witnessed)


def _owners(noun: Token) -> list[Token]:
    around = noun_roles(noun)
    return [*around.get("owner", ()), *around.get("of", ())]


def _signatures(scene: Scene, noun: Token) -> Iterator[Ceremony]:
    """ "The signatories are X and Y", "the other signatures are those of X and Y"."""
    if not noun.dep_.startswith("nsubj") or not any(c.dep_ == "cop" for c in noun.head.children):
        return
    named = [c for c in noun.head.children if c.dep_ == "nmod"] if noun.head.lower_ in ("those", "that") else [noun.head]
    around = noun_roles(noun)
    told = scene.referents.among([*around.get("of", ()), *around.get("to", ())], Kind.AGREEMENT)
    agreement = next((m for m in told if scene.kind(m) is Kind.AGREEMENT), None) or _named_before(scene, noun)
    if agreement is not None:
        yield Ceremony(noun, {}, agreement, [t for n in named for t in conjuncts(n)], (), witnessed=False)


def _held(scene: Scene, noun: Token) -> Iterator[Ceremony]:
    """ "The ceremony was held in Oslo on Monday"."""
    verb = noun.head
    of = [t for role in ("of", "for", "to") for t in noun_roles(noun).get(role, ())]
    if noun.dep_.startswith("nsubj") and verb.lemma_ in words("triggers", "ceremony", "held") and not of:
        agreement = _named_before(scene, noun)
        if agreement is not None and any(c.lower_ in ("the", "a") for c in noun.children):
            yield Ceremony(verb, verb_roles(verb), agreement, (), (), witnessed=False)


def _named_before(scene: Scene, token: Token) -> EntityId | None:
    """Return the agreement named last before a word, a few sentences back at most."""
    last = next(iter(scene.cast.before(token.i, Kind.AGREEMENT)), None)
    if last is None or sum(bool(t.is_sent_start) for t in scene.doc[last.start + 1 : token.i + 1]) > _BACK:
        return None
    return last.member
