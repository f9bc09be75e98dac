"""Agreements that "one" stands for: "replaces the one of 2010", "similar to the Chadian one", "another with India"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.language.lexicon import words

if TYPE_CHECKING:
    from kg.language.agreements import AgreementMention

_STANDING_IN = frozenset({"one", "ones", "another"})
_ARTICLES = frozenset({"the", "a", "an", "this", "that", "its", "their"})


def ellipses(doc: Doc, held: Sequence[AgreementMention]) -> Iterator[AgreementMention]:
    """Yield a mention for each "one" that stands for an agreement; `held` are the agreements that nouns mention."""
    taken = {i for m in held for i in range(m.start, m.end)}
    for token in doc:
        if token.lower_ not in _STANDING_IN or token.i in taken or token.dep_ in ("nummod", "det", "amod", "advmod"):
            continue
        before = [m for m in held if m.end <= token.i]
        if not before or not _is_near(doc, before[-1].head, token):
            continue
        described = _described(token)
        if _says_which(token) or (described and doc[before[-1].head].sent == token.sent):
            start = described[0].i if described else token.i
            first = doc[start - 1].lower_ if start else ""
            yield replace(
                before[-1],
                start=start,
                end=token.i + 1,
                head=token.i,
                words=tuple(t.lower_ for t in described),
                named=False,
                plural=token.lower_ == "ones",
                definite=first in _ARTICLES - {"a", "an"},
                year=None,
                reference=None,
                elliptic=True,
            )


def _is_near(doc: Doc, noun: int, token: Token) -> bool:
    return sum(bool(t.is_sent_start) for t in doc[noun + 1 : token.i + 1]) <= 1


def _described(token: Token) -> list[Token]:
    """Return the adjectives right before the word."""
    found: list[Token] = []
    while token.i and token.nbor(-1).pos_ in ("ADJ", "PROPN") and token.nbor(-1).lower_ not in ("no", "other", "this"):
        token = token.nbor(-1)
        found.insert(0, token)
    return found


def _says_which(token: Token) -> bool:
    """Does a year, a side or a clause of signing after the word tell which one it is?"""
    doc, after = token.doc, token.i + 1
    if after + 1 >= len(doc):
        return False
    following = doc[after]
    if following.lower_ in ("of", "from"):
        return doc[after + 1].text.isdigit() and len(doc[after + 1]) == 4
    if following.lower_ in ("with", "between"):
        return doc[after + 1].text[0].isupper() or doc[after + 1].lower_ == "the"
    clauses = words("agreements", "weak", "signed") | {"date", "expire", "lapse"}
    near = doc[after : after + 8]
    opens = following.lower_ in ("that", "which", ",") or following.pos_ == "VERB"
    return opens and any(t.lemma_.lower() in clauses and t.sent == token.sent and token.is_ancestor(t) for t in near)
