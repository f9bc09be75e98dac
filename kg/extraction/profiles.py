"""What one mention says of its agreement: parties, signers' states, year, name, describing words."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import words as trigger_words
from kg.extraction.referents import Referents
from kg.extraction.syntax import is_passive, noun_roles, verb_roles
from kg.language.agreements import AgreementMention
from kg.language.lexicon import words
from kg.model import EntityId


@dataclass(frozen=True, slots=True)
class Profile:
    """What one mention says of its agreement."""

    mention: AgreementMention
    parties: frozenset[EntityId]
    year: str | None
    further: bool
    earlier: bool

    @property
    def content(self) -> frozenset[str]:
        return frozenset(self.mention.words) - words("agreements", "other", "plain") - words("agreements", "other", "earlier")


def profile_of(doc: Doc, mention: AgreementMention, referents: Referents, years: dict[int, str]) -> Profile:
    """Return what a mention says; `years` gives the year of the date at each token that begins one."""
    head = doc[mention.head]
    around = set(mention.words) | {c.lower_ for c in head.children if c.dep_ in ("amod", "det", "advmod")}
    verb = head.head
    return Profile(
        mention,
        frozenset(_parties(head, referents)),
        mention.year or _year_after(head, years) or _year_of_participle(doc, mention, years) or _year_of_entry(doc, head, years),
        bool(around & words("agreements", "other", "further"))
        or any(c.lower_ == "also" for c in verb.children if c.dep_ == "advmod"),
        bool(around & words("agreements", "other", "earlier")),
    )


def _parties(head: Token, referents: Referents) -> list[EntityId]:
    """Return the states and bodies that a mention's own words bind: "between", "with", its signers."""
    around = noun_roles(head)
    tokens = [t for role in ("between", "with", "owner", "agent") for t in around.get(role, ())]
    states = list(around.get("modifier", ()))
    for verb in (head.head, *head.children):
        if verb.pos_ == "VERB" and _governs(verb, head):
            found = verb_roles(verb)
            if verb.lemma_ in trigger_words("triggers", "sign", "verbs"):
                tokens += [*found.get("agent", ()), *found.get("with", ()), *found.get("by", ())]
            elif verb.lemma_ in trigger_words("triggers", "ratify", "verbs"):
                states += found.get("agent", [])
    members = [referents.affiliations.party(e) for e in referents.among(tokens)] + [
        referents.affiliations.state_of(e) for e in referents.among(states)
    ]
    return [m for m in members if m]


def _governs(verb: Token, noun: Token) -> bool:
    return (noun.head == verb and (noun.dep_ == "obj" or (noun.dep_ == "nsubj:pass" and is_passive(verb)))) or verb.head == noun


def _year_after(head: Token, years: dict[int, str]) -> str | None:
    """Return the year in "accord from 1998" or "agreement signed in April 2001"."""
    for child in head.children:
        if child.i > head.i and child.dep_ in ("nmod", "acl", "nmod:unmarked", "acl:relcl"):
            if child.i in years:
                return years[child.i]
            if child.pos_ == "VERB" and child.lemma_ in trigger_words("triggers", "sign", "verbs"):
                return next((years[t.i] for t in child.children if t.i in years), None)
    return None


def _year_of_entry(doc: Doc, head: Token, years: dict[int, str]) -> str | None:
    """Return the year of a timeline's entry ("May 26, 1972: In Moscow, …") in which an agreement is signed."""
    start = paragraph_start(doc, head.i)
    opening = [t for t in doc[start : start + 7] if t.i in years]
    if not opening or opening[0].i != start or doc[opening[-1].i + 1].text != ":":
        return None
    signed = (
        head.head.pos_ == "VERB" and head.head.lemma_ in trigger_words("triggers", "sign", "verbs") and _governs(head.head, head)
    )
    return years[start] if signed else None


def _year_of_participle(doc: Doc, mention: AgreementMention, years: dict[int, str]) -> str | None:
    """Return the year in "Treaty of Friendship and Cooperation, signed in 2000": a long name hides its head from the tree."""
    for token in doc[mention.end : mention.end + 2]:
        if token.pos_ == "VERB" and token.lemma_ in trigger_words("triggers", "sign", "verbs") and token.dep_ == "acl":
            return next((years[t.i] for t in token.subtree if t.i in years), None)
    return None


def paragraph_start(doc: Doc, token: int) -> int:
    """Return the first token of the paragraph that a token stands in."""
    while token > 0 and not (doc[token - 1].is_space and "\n" in doc[token - 1].text):
        token -= 1
    return token
