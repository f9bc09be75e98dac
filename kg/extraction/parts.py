"""Parts of agreements that stand for the whole: "Article 5 of the treaty", "its obligations under the accord"."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extraction.lexicon import words
from kg.extraction.syntax import noun_roles

_LINKS = ("of", "under", "in", "to", "from", "owner")


def is_part(token: Token) -> bool:
    """Is it a word for a part of an agreement?"""
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in words("triggers", "part", "words")


def wholes(tokens: Sequence[Token]) -> list[Token]:
    """Return the words, and after each part of an agreement the words for what it is a part of."""
    found = list(tokens)
    for token in tokens:
        if is_part(token):
            around = noun_roles(token)
            found += [t for role in _LINKS for t in around.get(role, ()) if t not in found]
    return found
