"""How a statement is made: by whom, affirmed or denied, as fact, allegation, plan or supposition.

The words above a trigger in the tree act on it one after the other, from the inside out: "X said that Y did not rule
out Z". The innermost speaker counts; the strongest modality stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extraction.lexicon import words
from kg.extraction.syntax import base, preposition, verb_roles
from kg.model import Modality, Polarity

_COMPLEMENT = frozenset({"ccomp", "xcomp", "csubj", "acl", "obj", "nmod", "obl", "nsubj", "advcl", "nsubj:pass", "parataxis"})
_STRENGTH = [Modality.ACTUAL, Modality.PLANNED, Modality.ALLEGED, Modality.HYPOTHETICAL]


@dataclass(frozen=True, slots=True)
class Stance:
    """Polarity and modality of a statement, and the word whose subject says it (None: the article itself).

    `said_by` holds the words that stand for the speakers; `operator` is the verb of saying, denying or accusing.
    """

    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    said_by: tuple[Token, ...] = ()
    operator: Token | None = None
    denied: bool = False


def stance(trigger: Token) -> Stance:
    """Return how the statement that a trigger word makes is made."""
    negative, modality = _own(trigger)
    if (verb := _carrier(trigger)) is not None:
        carried_negative, carried_modality = _own(verb)
        negative, modality = negative != carried_negative, _stronger(modality, carried_modality)
    if _is_presupposed(trigger):
        return Stance(Polarity.DENIED if negative else Polarity.AFFIRMED, modality)
    said_by: tuple[Token, ...] = ()
    operator: Token | None = None
    denied = False
    child = trigger
    for head in _heads(trigger):
        role = base(child.dep_)
        if not said_by and (source := _beside(child)):
            said_by, operator = source
        if child.dep_ == "conj" or role not in _COMPLEMENT or child.dep_ in ("acl:relcl", "advcl:relcl"):
            child = head
            continue
        effect = _effect(head, child)
        if effect is not None:
            kind, speakers = effect
            own_negative, own_modality = _own(head)
            if kind == "deny":
                negative = negative == own_negative
                denied = denied or not own_negative
            elif kind == "fail":
                negative = negative == own_negative
            elif kind == "suppose" or (kind == "plan" and own_negative):
                modality = _stronger(modality, Modality.HYPOTHETICAL)
            elif kind == "plan":
                modality = _stronger(modality, Modality.PLANNED)
            elif kind == "allege":
                modality = _stronger(modality, Modality.ALLEGED)
            elif kind == "say" and own_negative:
                modality = _stronger(modality, Modality.HYPOTHETICAL)
            if kind in ("plan", "suppose", "fail") and own_modality is Modality.HYPOTHETICAL:
                modality = _stronger(modality, own_modality)
            if kind in ("say", "deny", "allege") and speakers and not said_by:
                said_by, operator = speakers, head
        child = head
    if not said_by and (source := _beside(child)):
        said_by, operator = source
    return Stance(Polarity.DENIED if negative else Polarity.AFFIRMED, modality, said_by, operator, denied)


def _carrier(trigger: Token) -> Token | None:
    """Return the light verb that carries an event noun: of "will hold talks" the future is the talks'."""
    verb = trigger.head
    carried = (
        trigger.pos_ == "NOUN" and trigger.dep_ in ("obj", "nsubj:pass") and verb.lemma_.lower() in words("syntax", "light_verbs")
    )
    return verb if carried else None


def _is_presupposed(trigger: Token) -> bool:
    """Is the event only mentioned as known, in a side phrase: "… of arming X for its war against Y"?

    What is said, denied or alleged around it does not touch it, unless the charge is about it ("blamed X for the attack").
    """
    if trigger.pos_ not in ("NOUN", "PROPN") or base(trigger.dep_) not in ("obl", "nmod"):
        return False
    known = any(c.dep_ == "nmod:poss" or (c.dep_ == "det" and c.lower_ in ("the", "this", "that")) for c in trigger.children)
    charge = trigger.head.lemma_.lower() in words("stance", "allege", "verbs") | words("stance", "deny", "verbs")
    return known and not charge and preposition(trigger) not in ("of", "according")


def _heads(token: Token) -> Iterator[Token]:
    while token.head.i != token.i:
        token = token.head
        yield token


def _stronger(one: Modality, other: Modality) -> Modality:
    return max(one, other, key=_STRENGTH.index)


def _own(token: Token) -> tuple[bool, Modality]:
    """Return negation and modality that a word carries itself: auxiliaries, adverbs, determiners, marks, adjectives."""
    negative, modality = False, Modality.ACTUAL
    verbal = token.pos_ in ("VERB", "AUX")
    for child in token.children:
        lower = child.lower_
        if lower in words("stance", "not", "adverbs") and child.dep_ in (
            "advmod",
            "det",
            "cc",
            "case",
            "mark",
            "cc:preconj",
            "obl:unmarked",
        ):
            negative = not negative
        elif child.dep_ in ("aux", "cop") and lower in words("stance", "suppose", "auxiliaries"):
            modality = _stronger(modality, Modality.HYPOTHETICAL)
        elif child.dep_ in ("aux", "cop") and lower in words("stance", "plan", "auxiliaries"):
            modality = _stronger(modality, Modality.PLANNED)
        elif child.dep_ in ("mark", "advmod", "case") and lower in words("stance", "suppose", "marks") and lower != "until":
            modality = _stronger(modality, Modality.HYPOTHETICAL)
        elif child.dep_ == "advmod" and lower in words("stance", "allege", "adverbs"):
            modality = _stronger(modality, Modality.ALLEGED)
        elif child.dep_ == "amod" and not verbal and lower in words("stance", "suppose", "adjectives"):
            modality = _stronger(modality, Modality.HYPOTHETICAL)
        elif child.dep_ == "amod" and not verbal and lower in ("alleged", "reported", "suspected", "purported"):
            modality = _stronger(modality, Modality.ALLEGED)
        elif (
            child.dep_ == "amod"
            and not verbal
            and lower in ("planned", "expected", "upcoming", "forthcoming", "scheduled", "promised")
        ):
            modality = _stronger(modality, Modality.PLANNED)
    if verbal and modality is Modality.ACTUAL and _infinitive_of_be(token):
        modality = Modality.PLANNED
    if token.dep_ == "nsubj" and any(c.lower_ == "no" for c in token.children if c.dep_ == "det"):
        negative = True
    return negative, modality


def _infinitive_of_be(verb: Token) -> bool:
    """ "are to meet soon": a plan; so is a headline's bare "to sign"."""
    to = [c for c in verb.children if c.lower_ == "to" and c.dep_ in ("mark", "aux")]
    if not to:
        return False
    before = to[0].nbor(-1) if to[0].i else None
    if before is not None and before.lemma_ == "be":
        return True
    return (verb.head.lemma_ == "be" and verb.dep_ == "xcomp") or (
        verb.dep_ == "ROOT" and any(c.dep_ == "nsubj" for c in verb.children)
    )


def _effect(head: Token, child: Token) -> tuple[str, tuple[Token, ...]] | None:
    """Return what a governing word does to the clause or noun below it, and whose word it is."""
    lemma, role = head.lemma_.lower(), base(child.dep_)
    if head.pos_ in ("VERB", "AUX"):
        group = _verb_group(head, lemma, role, child)
        if group is None:
            return None
        return group, _subjects(head)
    if head.pos_ in ("NOUN", "PROPN"):
        clause_like = role in ("acl", "ccomp", "xcomp") or (
            role == "nmod" and preposition(child) in ("of", "for", "about", "that", "to")
        )
        for group in ("deny", "fail", "allege", "plan", "suppose", "say"):
            if clause_like and lemma in words("stance", group, "nouns"):
                return group, _owners(head)
    if head.pos_ == "ADJ" and role in ("xcomp", "ccomp", "csubj", "advcl", "nsubj"):
        for group in ("fail", "plan", "suppose"):
            if lemma in words("stance", group, "adjectives"):
                return group, ()
    return None


def _verb_group(head: Token, lemma: str, role: str, child: Token) -> str | None:
    if role == "parataxis" and (lemma not in words("stance", "say", "verbs") or _is_apart(head, child)):
        return None
    clausal = role in ("ccomp", "xcomp", "csubj", "advcl", "parataxis") or (
        role == "obl" and preposition(child) in ("of", "for", "over")
    )
    if lemma in words("stance", "deny", "verbs") and role in ("ccomp", "xcomp", "obj", "nsubj", "advcl", "csubj"):
        return "deny"
    if lemma in words("stance", "allege", "verbs") and (clausal or role == "nmod"):
        return "allege"
    if lemma == "have" and role == "xcomp" and any(c.lower_ == "yet" for c in head.children):
        return "fail"  # "has yet to ratify"
    if lemma in ("need", "require") and role == "obj":
        return "plan"  # "still needs the approval of parliament"
    if lemma == "rule" or lemma == "exclude":
        return "suppose" if clausal or role == "obj" else None
    if role == "advcl" and not any(c.lower_ in ("to", "of", "for", "from") for c in child.children if c.dep_ in ("mark", "aux")):
        return None
    if lemma in words("stance", "fail", "verbs") and (clausal or role == "obj"):
        return "fail"
    infinitive = any(c.lower_ == "to" for c in child.children if c.dep_ in ("mark", "aux"))
    passive_expectation = head.lemma_ in ("expect", "schedule", "slate", "set", "plan") and role in ("xcomp", "nsubj")
    if lemma in words("stance", "plan", "verbs") and (
        (infinitive and role in ("xcomp", "advcl", "ccomp")) or passive_expectation
    ):
        return "plan"
    if lemma in words("stance", "suppose", "verbs") and (infinitive or role == "obj" or role == "ccomp"):
        return "suppose" if not (lemma in words("stance", "say", "verbs") and not infinitive) else "say"
    if lemma in words("stance", "say", "verbs") and clausal:
        return "say"
    if lemma in words("stance", "plan", "verbs") and role == "obj":
        return "plan" if lemma not in ("agree", "approve", "decide", "order", "prolong", "set", "look", "resolve") else None
    return None


def _is_apart(one: Token, other: Token) -> bool:
    """Does a semicolon stand between two clauses?"""
    return any(t.text == ";" for t in one.doc[min(one.i, other.i) : max(one.i, other.i)])


def _subjects(verb: Token) -> tuple[Token, ...]:
    return tuple(verb_roles(verb).get("agent", ()))


def _owners(noun: Token) -> tuple[Token, ...]:
    return tuple(
        c for c in noun.children if c.dep_ == "nmod:poss" or (c.dep_ in ("nmod", "obl") and preposition(c) in ("by", "from"))
    )


def _beside(clause: Token) -> tuple[tuple[Token, ...], Token] | None:
    """Return who is named beside a clause: "according to X", or "…, X said" attached the other way round."""
    for child in clause.children:
        if base(child.dep_) in ("obl", "nmod", "advcl", "parataxis") and preposition(child) in words(
            "stance", "say", "prepositions"
        ):
            return (child,), child
        if (
            child.dep_ in ("parataxis", "ccomp")
            and child.pos_ == "VERB"
            and child.lemma_ in words("stance", "say", "verbs")
            and child.i > clause.i
        ):
            subjects = _subjects(child)
            if subjects and child.dep_ == "parataxis":
                return subjects, child
    return None
