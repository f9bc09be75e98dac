"""The component that mends what the network often gets wrong in trees, where the words themselves leave no doubt."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Token

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose", "where", "when", "why"})
_OF_CLAUSES = frozenset({"nsubj", "nsubj:pass", "csubj", "aux", "aux:pass", "expl"})


@Language.component("kg_mender")
def mend(doc: Doc) -> Doc:
    """Name reduced relative clauses; hang prepositions on their nouns, and phrases on the participle that they follow."""
    for token in doc:
        if token.dep_ == "acl:relcl" and token.pos_ == "VERB" and _is_reduced(token):
            token.dep_ = "acl"
        elif token.dep_ == "compound:prt" and (noun := _noun_after(token)) is not None:
            token.head, token.dep_ = noun, "case"
        elif token.dep_.startswith("obl") and (participle := _participle_before(token)) is not None:
            token.head = participle
    return doc


def _is_reduced(verb: Token) -> bool:
    """Is a relative clause a mere participle: "the treaty, signed in May", without pronoun, subject or auxiliary?"""
    participle = verb.lower_ != verb.lemma_.lower() or verb.lower_.endswith(("ed", "en"))
    finite = verb.lower_.endswith("s") and not verb.lower_.endswith("ss")
    return participle and not finite and not any(c.dep_ in _OF_CLAUSES or c.lower_ in _RELATIVE for c in verb.children)


def _noun_after(particle: Token) -> Token | None:
    """Return the noun of the phrase right after a particle that lacks a preposition: "signed in Oslo"."""
    for sibling in particle.head.children:
        if (
            sibling.dep_ == "obl"
            and sibling.left_edge.i == particle.i + 1
            and not any(c.dep_ == "case" for c in sibling.children)
        ):
            return sibling
    return None


def _participle_before(phrase: Token) -> Token | None:
    """Return the participle of "the treaty, signed in Oslo by X, contains …" that a phrase between it and its verb belongs to."""
    verb = phrase.head
    if phrase.i > verb.i:
        return None
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass") and c.i < phrase.i]
    found = [
        c for subject in subjects for c in subject.children if c.dep_ == "acl" and subject.i < c.i < phrase.i and c.pos_ == "VERB"
    ]
    return found[-1] if found else None
