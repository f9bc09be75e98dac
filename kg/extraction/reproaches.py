"""Reproaches that no verb of blame carries: "said Chad had lied", "called the move a provocation", "Chad is to blame".

Who speaks accuses whoever does the bad thing. A deed that "the" alone points back to ("the move") is that of whoever was
last said to have attacked, withdrawn, broken or sanctioned something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from kg.extraction.finders import Finding
from kg.extraction.holdings import doers
from kg.extraction.lexicon import table, words
from kg.extraction.scene import Scene
from kg.extraction.speakers import speakers
from kg.extraction.stance import Stance, stance
from kg.extraction.syntax import noun_roles, verb_roles
from kg.extraction.trees import base, is_cleft, lemmas, preposition
from kg.model import EntityId, Kind, Modality, Polarity

_CULPRITS = frozenset({Kind.STATE, Kind.PERSON, Kind.ORGANIZATION})
_REACH = 6  # sentences back to the deed that "the move" points to
_NEAR = 12  # tokens from what is named to its bad name


def wrongs_told(scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Whoever says that another did wrong, or is to blame, accuses that other."""
    for token in scene.doc:
        if not scene.is_read(token.i):
            continue
        culprits = _culprits(scene, token, found)
        if not culprits:
            continue
        held = stance(token)
        if held.modality not in (Modality.ACTUAL, Modality.ALLEGED) or held.polarity is not _wanted(token):
            continue
        yield from _accusations(scene, speakers(scene, held, token), culprits, token, Stance())


def wrongs_named(scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Whoever gives a bad name to what another is or does accuses that other."""
    for sort, lemma, verb in scene.triggers:
        if sort != "verb" or lemma not in words("reproaches", "name", "verbs") or not _bad_name(verb):
            continue
        around = verb_roles(verb)
        objects = [*around.get("patient", ()), *around.get("content", ())]
        culprits = _responsible(scene, objects, found)
        yield from _accusations(scene, scene.referents.among(around.get("agent", ())), culprits, verb, stance(verb))


def _accusations(
    scene: Scene, accusers: Sequence[EntityId], culprits: Sequence[EntityId], trigger: Token, held: Stance
) -> Iterator[Finding]:
    for accuser in (a for a in accusers if scene.kind(a) in _CULPRITS):
        own = {accuser, scene.affiliations.state_of(accuser)}
        for culprit in (c for c in culprits if c not in own):
            yield Finding("", accuser, "accused", culprit, trigger, held)


def _wanted(token: Token) -> Polarity:
    """A duty is a reproach where it is denied, a wrong where it is affirmed."""
    return Polarity.DENIED if _is_duty(token) else Polarity.AFFIRMED


def _is_duty(token: Token) -> bool:
    return token.pos_ == "VERB" and token.lemma_.lower() in words("reproaches", "duties", "verbs")


def _culprits(scene: Scene, token: Token, found: list[Finding]) -> list[EntityId]:
    """Return who does the wrong, or fails the duty, that a token tells of."""
    if token.pos_ == "VERB":
        return _responsible(scene, verb_roles(token).get("agent", ()), found) if _is_wrong(token) else []
    if (breaker := _breaking(token)) is not None:
        return _responsible(scene, verb_roles(breaker).get("agent", ()), found)
    if token.pos_ in ("NOUN", "ADJ", "PROPN", "ADV") and (_is_fault(token) or _is_behind(token)):
        return _responsible(scene, noun_roles(token).get("subject", ()), found)
    if is_cleft(token) and not lemmas(token.subtree) & words("reproaches", "praise", "verbs"):
        return _responsible(scene, [token], found)
    return []


def _is_wrong(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in words("reproaches", "deeds", "verbs") or _is_duty(verb) or _is_to_blame(verb):
        return True
    idioms = table("reproaches", "idioms")
    return lemma in idioms and bool(lemmas(t for t in verb.subtree if t.i > verb.i) & set(idioms[lemma]))


def _is_fault(token: Token) -> bool:
    lemma = token.lemma_.lower()
    sort = "adjectives" if token.pos_ in ("ADJ", "ADV") else "nouns"
    blamed = lemma in words("reproaches", "blamed", "words") and not any(c.lower_ == "not" for c in token.children)
    source = lemma in words("reproaches", "sources", "nouns") and lemmas(token.subtree) & words("reproaches", "sources", "of")
    return blamed or bool(source) or lemma in words("reproaches", "faults", sort)


def _is_behind(token: Token) -> bool:
    """ "was behind the attack"."""
    return any(c.dep_ == "cop" for c in token.children) and preposition(token) == "behind"


def _breaking(noun: Token) -> Token | None:
    """Return the verb whose subject acts "in breach of" or "in defiance of" something."""
    against = noun.lemma_.lower() in words("reproaches", "against", "nouns") and preposition(noun) == "in"
    return noun.head if against and noun.head.pos_ == "VERB" and noun.dep_.startswith("obl") else None


def _is_to_blame(verb: Token) -> bool:
    before = [t.lemma_ for t in verb.doc[max(0, verb.i - 2) : verb.i]]
    return verb.lemma_ == "blame" and before == ["be", "to"]


def _bad_name(verb: Token) -> bool:
    """Does a bad name follow a verb that gives names, in its own clause?"""
    below = (t for t in verb.subtree if verb.i < t.i <= verb.i + _NEAR)
    return any(_is_fault(t) and t.pos_ in ("NOUN", "ADJ", "PROPN") for t in below)


def _responsible(scene: Scene, tokens: Sequence[Token], found: list[Finding]) -> list[EntityId]:
    """Return who stands in a place himself, or does the deed that stands there."""
    members = [m for m in scene.referents.among(tokens, *sorted(_CULPRITS)) if scene.kind(m) in _CULPRITS]
    if members:
        return members
    return doers(scene, tokens, _CULPRITS) or [a for t in tokens if (a := _pointed_to(scene, t, found)) is not None]


def _pointed_to(scene: Scene, deed: Token, found: list[Finding]) -> EntityId | None:
    """Return who did what "the move" points back to."""
    if not any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in deed.children):
        return None
    if any(base(c.dep_) == "nmod" and preposition(c) == "of" for c in deed.children):
        return None
    starts = [s.start for s in scene.doc.sents]
    here = max(n for n, start in enumerate(starts) if start <= deed.i)
    low = starts[max(0, here - _REACH)]
    pointers = {p for p, nouns in table("reproaches", "pointers").items() if deed.lemma_.lower() in nouns}
    before = [
        f for f in found if f.predicate in pointers and low <= f.trigger.i < deed.i and f.stance.polarity is Polarity.AFFIRMED
    ]
    if not before:
        return None
    last = max(before, key=lambda f: f.trigger.i)
    return str(last.object) if last.predicate in ("withdrawnBy", "violatedBy") else last.subject
