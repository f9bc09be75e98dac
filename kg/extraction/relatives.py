"""Relative clauses: what stands where the relative pronoun stands, or where an argument is missing."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.lists import conjuncts, first_conjunct


def fill_gap(verb: Token, passive: bool, found: dict[str, list[Token]]) -> None:
    """Put the antecedent of a relative clause where its relative pronoun stands, or where an argument is missing."""
    antecedents = [t for t in conjuncts(verb.head) if t.i < verb.i]
    whose = any(c.lower_ == "whose" for tokens in found.values() for t in tokens for c in t.children)
    if whose or _resolve_pronoun(found, antecedents):
        return  # "Chad, whose minister flew to Mali" has no gap
    adverb = next((c for c in verb.children if c.lower_ in ("where", "when") and c.i < verb.i), None)
    if adverb is not None:
        found.setdefault("in", []).extend([verb.head] if adverb.lower_ == "where" else [])
    elif not found.get("patient" if passive else "agent"):
        found["patient" if passive else "agent"] = antecedents
    elif not found.get("patient"):
        found["patient"] = antecedents


def fill_gap_below(verb: Token, found: dict[str, list[Token]]) -> None:
    """Put the antecedent where the relative pronoun of a clause above stands: "the truce that X says Y has broken"."""
    relative = next((t for t in verb.ancestors if t.dep_ == "acl:relcl"), None)
    if relative is not None:
        _resolve_pronoun(found, [t for t in conjuncts(relative.head) if t.i < relative.i])


def _resolve_pronoun(found: dict[str, list[Token]], antecedents: list[Token]) -> bool:
    """Put antecedents in the place of the first relative pronoun that fills a role; is there one?"""
    for tokens in found.values():
        for i, token in enumerate(tokens):
            if token.pos_ in ("PRON", "DET", "SCONJ") and token.lower_ in ("who", "which", "that", "whom"):
                each = any(c.lower_ == "each" for c in token.head.children)  # "A and B, which shelled each other"
                tokens[i : i + 1] = (not each and _name_before(token)) or antecedents
                return True
    return False


def _name_before(pronoun: Token) -> list[Token]:
    """Return the name right before ", which": trees often hang the clause on a noun further off."""
    before = pronoun.nbor(-2) if pronoun.i > 1 and pronoun.nbor(-1).text == "," else None
    if before is None or before.pos_ != "PROPN" or (pronoun.lower_ in ("who", "whom") and before.ent_type_ == "LOC"):
        return []
    while (
        before.head.pos_ == "PROPN"
        and before.head.i in (before.i - 1, before.i + 1, before.i - 2)
        and before.dep_ in ("flat", "compound")
    ):
        before = before.head
    return [] if _lies_between(before) else [before]


def _lies_between(name: Token) -> bool:
    """Is it the "Somalia" of "the accord between Kenya and Somalia, which …"? The clause tells of the accord."""
    first = first_conjunct(name)
    return first.dep_ == "nmod" and any(c.lower_ == "between" and c.dep_ == "case" for c in first.children)
