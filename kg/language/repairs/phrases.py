"""Prepositional phrases that hang on the wrong word."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.repairs.words import is_passive_participle

_PARTICLES = frozenset({"away", "back", "off", "out"})


def give_particle_to_noun(particle: Token) -> None:
    """Make "in" a preposition again in "signed in Oslo", where the tree has a particle of the verb and a bare noun."""
    if particle.dep_ != "compound:prt":
        return
    for sibling in particle.head.children:
        bare = not any(c.dep_ == "case" for c in sibling.children)
        if sibling.dep_ == "obl" and sibling.left_edge.i == particle.i + 1 and bare:
            particle.head, particle.dep_ = sibling, "case"
            return


def give_phrase_to_verb(noun: Token) -> None:
    """Give "from the pact" in "walked away from the pact" to the verb, where the tree hangs it on "away"."""
    adverb = noun.head
    if adverb.pos_ == "ADV" and adverb.lower_ in _PARTICLES and any(c.dep_ == "case" for c in noun.children):
        noun.head, noun.dep_ = adverb.head, "obl"


def give_phrase_to_participle(phrase: Token) -> None:
    """Give "by X" in "the treaty, signed in Oslo by X, contains …" to the participle before it, not to the verb after it."""
    verb = phrase.head
    if not phrase.dep_.startswith("obl") or phrase.i > verb.i:
        return
    subjects = [c for c in verb.children if c.dep_ in ("nsubj", "nsubj:pass") and c.i < phrase.i]
    participles = [c for subject in subjects for c in subject.children if c.dep_ == "acl" and c.pos_ == "VERB"]
    before = [p for p in participles if p.head.i < p.i < phrase.i]
    if before:
        phrase.head = before[-1]


def give_agent_to_participle(phrase: Token) -> None:
    """Make X the agent in "delivered to Armenia by X": a name is nobody's work."""
    name = phrase.head
    verb = name.head
    if phrase.dep_ != "nmod" or name.pos_ != "PROPN" or name.dep_ not in ("obl", "obj") or phrase.ent_type_ == "DATE":
        return
    by = any(c.dep_ == "case" and c.lower_ == "by" for c in phrase.children)
    if by and is_passive_participle(verb) and not any(c.dep_ == "obl:agent" for c in verb.children):
        phrase.head, phrase.dep_ = verb, "obl:agent"
