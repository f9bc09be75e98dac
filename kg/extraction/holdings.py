"""Whose a thing is, and who does a deed: "a depot near Odesa", "Sudan's move", "the shelling by Chad"."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.extraction.lexicon import words
from kg.extraction.lists import conjuncts
from kg.extraction.scene import Scene
from kg.extraction.trees import base, preposition
from kg.model import EntityId, Kind

_WHERE = frozenset({"of", "in", "near", "at", "around", "outside", "on", "from", "over", "off"})
_OF_PERSONS = ("er", "or", "ist", "ian", "man", "woman", "people", "ant", "ee")
_DEEP = 3  # nouns down from the thing itself: "the silos in the port of Odesa"


def holders(scene: Scene, things: Iterable[Token], kinds: frozenset[Kind]) -> list[EntityId]:
    """Return the state, place or body that the nearest words in each thing's phrase name as its owner or its place.

    Of names equally near, a place counts before the state that it lies in.
    """
    return list(dict.fromkeys(member for thing in things for member in _named_within(scene, thing, kinds, _DEEP)))


def _named_within(scene: Scene, thing: Token, kinds: frozenset[Kind], depth: int) -> list[EntityId]:
    """Return the members in the first part of a phrase that names any: one, or all that are listed there."""
    parts = [c for c in thing.children if _is_part(c, thing)]
    lists = [[m for p in conjuncts(top) for m in scene.referents.of(p) if scene.kind(m) in kinds] for top in parts]
    named = sorted((found for found in lists if found), key=lambda found: scene.kind(found[0]) is not Kind.PLACE)
    if named or not depth:
        return named[0] if named else []
    return next((found for part in parts if (found := _named_within(scene, part, kinds, depth - 1))), [])


def _is_part(child: Token, thing: Token) -> bool:
    kind = base(child.dep_)
    before = kind in ("amod", "compound", "nmod") and child.i < thing.i
    return child.pos_ != "VERB" and (before or (kind in ("nmod", "obl") and preposition(child) in _WHERE) or kind == "appos")


def doers(scene: Scene, deeds: Iterable[Token], kinds: frozenset[Kind]) -> list[EntityId]:
    """Return who does what the nouns name: "Chad's move", "the Chadian raid", "the raid by Chad", but not "the raid of Chad"."""
    found: list[EntityId] = []
    for deed in deeds:
        suffered = deed.lemma_.lower() in words("reproaches", "suffered", "nouns")
        for child in deed.children:
            kind, case = base(child.dep_), preposition(child)
            own = child.dep_ == "nmod:poss" or (kind in ("amod", "compound", "nmod") and child.i < deed.i and _is_act(deed))
            outer = kind in ("nmod", "obl") and (case == "by" or (case in ("of", "from") and not suffered))
            if child.pos_ != "VERB" and (own or outer):
                found += [m for c in conjuncts(child) for m in scene.referents.of(c)]
    return list(dict.fromkeys(m for m in found if scene.kind(m) in kinds))


def _is_act(noun: Token) -> bool:
    """Is a noun what somebody does, and not who or what somebody is: "the Chadian move", but not "the Chadian builder"?"""
    lemma = noun.lemma_.lower()
    if lemma in words("reproaches", "acts", "nouns") or lemma in words("reproaches", "suffered", "nouns"):
        return lemma not in words("reproaches", "fates", "nouns")
    person = lemma.endswith(_OF_PERSONS) or lemma in words("reproaches", "persons", "nouns")
    return noun.pos_ == "NOUN" and not person and lemma not in words("reproaches", "fates", "nouns")
