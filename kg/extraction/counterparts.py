"""Words that stand for what was just named: "each other" for those who act, "the text" for an agreement."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from spacy.tokens import Token

from kg.extraction.antecedents import Antecedents
from kg.extraction.lexicon import words
from kg.extraction.syntax import verb_roles
from kg.extraction.trees import preposition
from kg.language.cast import Cast
from kg.model import EntityId, Kind

_ORDINALS = frozenset({"first", "second", "third", "fourth", "fifth", "last", "final"})

Resolve = Callable[[Iterable[Token]], tuple[EntityId, ...]]


def is_reciprocal(token: Token) -> bool:
    """Is it "each other", "one another", or "the other" of two?"""
    if token.lower_ in ("each", "one"):
        return any(c.lower_ in ("other", "another") and c.dep_ == "fixed" for c in token.children)
    return token.lower_ == "other" and token.pos_ in ("ADJ", "NOUN") and any(c.lower_ in ("the", "each") for c in token.children)


def antecedent(relative: Token) -> Token | None:
    """Return the noun that a relative clause belongs to: "Chad, whose minister …", "those under whose presidency …"."""
    verb = next((t for t in (relative, *relative.ancestors) if t.dep_ == "acl:relcl"), None)
    return verb.head if verb is not None and verb.head.i < relative.i else None


class Counterparts:
    """Finds them in one document."""

    def __init__(self, cast: Cast, antecedents: Antecedents) -> None:
        self._cast, self._antecedents = cast, antecedents

    def others(self, token: Token, resolve: Resolve) -> list[EntityId]:
        """Return all who stand as subject of the verbs above: "X and Y accused each other", "each says that the other"."""
        for verb in token.ancestors:
            if verb.pos_ == "VERB":
                members = resolve(t for t in verb_roles(verb).get("agent", ()) if t.i != token.i)
                if len(members) > 1:
                    return list(members)
        return []

    def texts(self, token: Token) -> list[EntityId]:
        """ "the text", "Article 4": the agreement named last; "both texts": the last two; "a draft of the pact": the pact."""
        if token.lemma_.lower() in words("triggers", "part", "whole"):
            parts = [m for c in token.children if preposition(c) == "of" and (m := self._cast.at(c.i)) is not None]
            return [m.member for m in parts if self._cast.members[m.member].kind is Kind.AGREEMENT]
        if token.pos_ not in ("NOUN", "PROPN") or token.lemma_.lower() not in words("triggers", "part", "alone"):
            return []
        if any(preposition(c) in ("of", "in") or c.lower_ in ("a", "an") for c in token.children):
            return []
        numbered = any(c.pos_ == "NUM" or c.lower_ in _ORDINALS for c in token.children) or token.text[0].isupper()
        if token.lemma_.lower() == "article" and not numbered:
            return []  # newspapers have articles, too
        mentions = self._cast.before(token.i, Kind.AGREEMENT)
        before = [m.member for m in mentions if self._antecedents.near(m, token)] or [m.member for m in mentions]
        both = any(c.lower_ in ("both", "two") for c in token.children)
        return list(dict.fromkeys(before))[: 2 if both else 1]
