"""Which words tell what an agreement contains: of its topic, of a clause about it, and which stand there for other reasons."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.extraction.lexicon import words
from kg.extraction.scene import Scene
from kg.extraction.trees import base, preposition
from kg.model import EntityId, Kind

#: Phrases that these lead in tell why, when or beside whom, and not what.
_ASIDE = frozenset(
    {"after", "before", "amid", "despite", "during", "since", "following", "because", "unlike", "according", "until"}
)
_CIRCUMSTANCES = frozenset({"presence", "protest", "response", "reaction", "retaliation", "ceremony", "row", "wake"})
_APART_OF_TOPICS = frozenset({"acl:relcl", "advcl", "parataxis", "obl:unmarked", "nmod:unmarked", "ccomp"})
_APART_OF_CLAUSES = frozenset({"parataxis"})


def topic_words(top: Token, scene: Scene, agreement: EntityId) -> list[Token]:
    """Return the words of a topic: "on trade and on visas"."""
    return _below(top, scene, agreement, lambda word: word.dep_ in _APART_OF_TOPICS or _is_aside(word))


def clause_words(verb: Token, scene: Scene, agreement: EntityId) -> list[Token]:
    """Return the words of a clause that may tell what an agreement contains; its subject only where that is not the agreement."""

    def apart(word: Token) -> bool:
        if word.dep_ in _APART_OF_CLAUSES or _is_aside(word) or _is_apart(word, verb):
            return True
        if word.dep_ == "acl:relcl" and scene.referents.kind_at(word.head.i) not in (None, Kind.AGREEMENT):
            return True  # what is told of somebody named is no content
        return word.head.i == verb.i and base(word.dep_) == "nsubj" and _names_the_agreement(word, scene, agreement)

    return [t for t in _below(verb, scene, agreement, apart) if scene.referents.kind_at(t.i) is not Kind.AGREEMENT]


def is_named(scene: Scene) -> Callable[[Token], bool]:
    """Return the test for words inside the names of states, bodies and persons: they tell of no field."""

    def named(token: Token) -> bool:
        mention = scene.cast.at(token.i)
        return mention is not None and scene.kind(mention.member) in (Kind.STATE, Kind.PERSON, Kind.ORGANIZATION)

    return named


def _below(top: Token, scene: Scene, agreement: EntityId, apart: Callable[[Token], bool]) -> list[Token]:
    out: set[int] = set()
    for word in top.subtree:
        mention = scene.cast.at(word.i)
        other = mention is not None and scene.kind(mention.member) is Kind.AGREEMENT and mention.member != agreement
        if word.i != top.i and (other or apart(word)):
            out.update(t.i for t in word.subtree)
    return [t for t in top.subtree if t.i not in out]


def _is_aside(word: Token) -> bool:
    case = preposition(word) if word.pos_ != "VERB" else next((c.lower_ for c in word.children if c.dep_ == "mark"), "")
    return base(word.dep_) in ("obl", "nmod", "advcl") and (
        case in _ASIDE
        or (case == "in" and word.lemma_.lower() in _CIRCUMSTANCES)
        or (word.dep_ == "advcl" and case in ("when", "while", "as", "though", "although"))
    )


def _is_apart(word: Token, verb: Token) -> bool:
    """Is it the verb of a clause with a subject of its own, side by side with the first?"""
    return (
        word.dep_ == "conj"
        and word.pos_ in ("VERB", "AUX")
        and word.head.i == verb.i
        and any(base(c.dep_) in ("nsubj", "expl") for c in word.children)
    )


def _names_the_agreement(subject: Token, scene: Scene, agreement: EntityId) -> bool:
    members = scene.referents.of(subject, Kind.AGREEMENT)
    part = subject.lemma_.lower() in words("triggers", "part", "words")
    return agreement in members or part
