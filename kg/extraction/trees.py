"""What a dependency tree says plainly: relations, prepositions, passives, clefts, the words of a clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})


def base(dep: str) -> str:
    """Return a UD relation without its subtype."""
    return dep.partition(":")[0]


def is_passive(verb: Token) -> bool:
    """Is the verb passive, or a participle that stands after or before what it acts on?"""
    marks = {c.dep_ for c in verb.children}
    if marks & {"aux:pass", "obl:agent"} or (marks & {"nsubj:pass", "csubj:pass"} and "obj" not in marks):
        return True
    if verb.lower_.endswith("ing"):
        return False
    if verb.dep_ == "conj" and not any(c.dep_ in _SUBJECTS or c.dep_ == "aux" for c in verb.children):
        return verb.head.pos_ in ("VERB", "AUX") and is_passive(verb.head) and not any(c.dep_ == "obj" for c in verb.children)
    bare = not any(c.dep_ in ("obj", "nsubj") or (c.dep_ in ("mark", "aux") and c.lower_ == "to") for c in verb.children)
    if verb.dep_ == "advcl":  # "Signed in 2001, it has …"
        return bare and verb.lower_ != verb.lemma_.lower() and not any(c.dep_ in ("aux", "cop", "expl") for c in verb.children)
    return verb.dep_ in ("acl", "amod") and bare


def is_cleft(token: Token) -> bool:
    """ "it was Chad that left the talks"."""
    return (
        token.pos_ in ("PROPN", "NOUN", "ADJ")
        and any(c.dep_ == "cop" for c in token.children)
        and any(c.dep_ in ("nsubj", "expl") and c.lower_ == "it" for c in token.children)
        and any(base(c.dep_) in ("acl", "ccomp", "advcl") for c in token.children)
    )


def preposition(token: Token) -> str:
    """Return the preposition of a noun phrase in lower case, "" where there is none."""
    cases = [c for c in token.children if c.dep_ == "case" and c.i < token.i]
    # Of "to a truce and hostage deal" a tree may hang "to" on the second noun.
    cases = cases or [c for t in token.children if t.dep_ == "conj" for c in t.children if c.dep_ == "case" and c.i < token.i]
    if not cases:
        return ""
    word = cases[0].lower_
    return "with" if word in ("along", "together", "alongside") else "according" if word == "according" else word


def is_compound_adjective(token: Token) -> bool:
    """Is the token the second half of "Qatar-brokered"?"""
    return token.i > 1 and token.nbor(-1).text == "-" and token.dep_ in ("amod", "acl", "compound") and token.head.i > token.i


def clause(trigger: Token) -> Iterator[Token]:
    """Yield the tokens of the trigger's own clause: its subtree without the clauses below."""
    yield trigger
    for child in trigger.children:
        if base(child.dep_) not in ("ccomp", "advcl", "acl", "parataxis", "csubj") and not (
            child.dep_ == "conj" and child.pos_ == "VERB"
        ):
            yield from clause(child)


def above(token: Token) -> Iterator[Token]:
    """Yield the heads of a token up to the root of its sentence."""
    while token.head is not token and token.head.i != token.i:
        token = token.head
        yield token


def lemmas(tokens: Iterable[Token]) -> set[str]:
    return {t.lemma_.lower() for t in tokens}
