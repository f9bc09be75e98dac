"""Conditions without "if", what did not come true, and phrases that mean nothing or nobody."""

from __future__ import annotations

from spacy.tokens import Token

_NOTHING = frozenset({"none", "nobody", "nothing", "neither"})
_NOT_QUITE = frozenset({"only", "just", "least", "merely"})


def is_unreal(verb: Token) -> bool:
    """Is it what did not happen, or a condition by word order: "would have ratified", "Had Kenya signed, …"?"""
    auxiliaries = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    subject = next((c for c in verb.children if c.dep_.startswith("nsubj")), None)
    inverted = subject is not None and any(c.i < subject.i and c.lower_ in ("had", "were", "should") for c in auxiliaries)
    words = {c.lower_ for c in auxiliaries}
    return (verb.dep_ == "advcl" and inverted) or (
        "have" in words and not words.isdisjoint({"would", "could", "might", "should"})
    )


def is_conditional(verb: Token) -> bool:
    """Does it depend on a condition: "if X leaves, Y will …", "should X leave, Y would …"?"""
    clauses = [c for c in verb.children if c.dep_ == "advcl"]
    return any(is_unreal(c) or any(m.dep_ == "mark" and m.lower_ in ("if", "unless") for m in c.children) for c in clauses)


def is_nothing(noun: Token) -> bool:
    """Is a noun phrase "no weapons", "not a single shell", "neither side", "none of them"?"""
    if noun.lower_ in _NOTHING:
        return True
    return any(
        (c.lower_ in ("no", "neither") and c.dep_ in ("det", "cc:preconj", "advmod", "cc"))
        or (c.lower_ == "not" and c.dep_ == "advmod" and c.i < noun.i and c.nbor(1).lower_ not in _NOT_QUITE)
        for c in noun.children
    )


def lacks_object(verb: Token) -> bool:
    """Is what a verb acts on nothing: "sent no weapons", "armed neither side"?"""
    return verb.pos_ == "VERB" and any(c.dep_ == "obj" and is_nothing(c) for c in verb.children)
