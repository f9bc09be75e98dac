"""What words are to the repairs of trees: participles, clauses, subjects."""

from __future__ import annotations

from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl", "nsubj:outer"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})


def has_subject(verb: Token) -> bool:
    return any(c.dep_ in SUBJECTS for c in verb.children)


def has_infinitive_mark(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in verb.children)


def is_passive_participle(verb: Token) -> bool:
    """Is a verb passive by its auxiliary or subject, or a participle after its noun with no object of its own?"""
    if verb.pos_ != "VERB":
        return False
    if any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children):
        return True
    return verb.dep_ == "acl" and not verb.lower_.endswith("ing") and not any(c.dep_ in ("obj", "aux") for c in verb.children)


def make_root(verb: Token, former: Token, relation: str) -> None:
    """Let a verb head its sentence in the place of a word that becomes its dependent."""
    above, dep = (verb, "ROOT") if former.head.i == former.i else (former.head, former.dep_)
    verb.head, verb.dep_ = above, dep
    former.head, former.dep_ = verb, relation


def follows_comma(token: Token) -> bool:
    """Does a phrase begin with a comma, or right after one?"""
    start = token.left_edge.i
    return token.doc[start].text == "," or (start > 0 and token.doc[start - 1].text == ",")
