"""Who stands with whom: coordination, and "together with"."""

from __future__ import annotations

from spacy.tokens import Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "X", "DET"})
#: What adds a name to those before: "many states, including Mali".
_INCLUDING = frozenset({"including", "notably"})
_BESIDE = frozenset({"along", "alongside", "together", "jointly"})


def conjuncts(token: Token) -> list[Token]:
    """Return the token and everything coordinated with it."""
    found = [token]
    for child in token.children:
        joined = child.dep_ == "conj" or (child.dep_ == "nmod" and (is_companion(child) or _is_instance(child)))
        if joined and (child.pos_ in NOMINAL) == (token.pos_ in NOMINAL):
            found.extend(conjuncts(child))
    return found


def _is_instance(phrase: Token) -> bool:
    """Is it the "including Mali" of "many states, including Mali"?"""
    return phrase.pos_ == "PROPN" and any(c.i < phrase.i and c.lower_ in _INCLUDING for c in phrase.children)


def first_conjunct(token: Token) -> Token:
    """Return the first of what a token is coordinated with."""
    while token.dep_ == "conj":
        token = token.head
    return token


def is_companion(phrase: Token) -> bool:
    """Is it "together with X", "along with X", "alongside X"?"""
    first = next((c for c in phrase.children if c.dep_ == "case"), None)
    beside = first is not None and (first.lower_ in _BESIDE or (first.i > 0 and first.nbor(-1).lower_ in _BESIDE))
    return beside and first is not None and (first.lower_ != "alongside" or phrase.dep_ == "nmod")


def companions(verb: Token) -> list[Token]:
    """Return those who do it too: "mediated by Oman together with Jordan", "brokered the truce along with Egypt"."""
    beside = [c for child in verb.children if child.lower_ in _BESIDE for c in child.children]
    return [c for c in (*verb.children, *beside) if c.dep_.partition(":")[0] in ("obl", "nmod") and is_companion(c)]
