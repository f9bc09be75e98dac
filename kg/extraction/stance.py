"""How a statement is made: by whom, affirmed or denied, as fact, allegation, plan or supposition.

The words above a trigger in the tree act on it one after the other, from the inside out: "X said that Y did not rule
out Z". The innermost speaker counts; the strongest modality stays. What a relative clause or a participle tells of a
noun, and an agreement that something is done to, are given: no word above touches them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from kg.extraction.lexicon import words
from kg.extraction.operators import beside, effect, own, stronger
from kg.extraction.trees import base, is_cleft, preposition
from kg.model import Modality, Polarity

_COMPLEMENT = frozenset({"ccomp", "xcomp", "csubj", "acl", "obj", "nmod", "obl", "nsubj", "advcl", "nsubj:pass", "parataxis"})
_RELATIVE = frozenset({"acl:relcl", "advcl:relcl"})
_TIMES = frozenset({"when", "once", "after", "before"})


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

    def turned(self) -> Stance:
        """Return the same stance with the other polarity."""
        polarity = Polarity.AFFIRMED if self.polarity is Polarity.DENIED else Polarity.DENIED
        return replace(self, polarity=polarity)


def stance(trigger: Token) -> Stance:
    """Return how the statement that a trigger word makes is made."""
    negative, modality = own(trigger)
    if (verb := _carrier(trigger)) is not None:
        carried_negative, carried_modality = own(verb)
        negative, modality = negative != carried_negative, stronger(modality, carried_modality)
    if _is_presupposed(trigger) or _is_given(trigger):
        return Stance(Polarity.DENIED if negative else Polarity.AFFIRMED, modality)
    said_by: tuple[Token, ...] = ()
    operator: Token | None = None
    denied = going_on = False
    child = trigger
    for head in _heads(trigger):
        role = base(child.dep_)
        if not said_by and (source := beside(child)):
            said_by, operator = source
        if (child.dep_ in _RELATIVE and not is_cleft(head)) or _is_participle(child):
            return Stance(Polarity.DENIED if negative else Polarity.AFFIRMED, modality, said_by, operator, denied)
        if not said_by and _is_before_colon(head, child):
            said_by, operator = (head,), head
        if child.dep_ == "conj" or role not in _COMPLEMENT:
            child = head
            continue
        if role == "advcl" and any(c.lower_ in _TIMES for c in child.children if c.dep_ in ("mark", "advmod")):
            modality = stronger(modality, Modality.PLANNED if own(head)[1] is not Modality.ACTUAL else Modality.ACTUAL)
        found = effect(head, child)
        if found is not None:
            kind, speakers = found
            own_negative, own_modality = own(head)
            if kind == "deny" and _is_speech(child) and (child.i == trigger.i or said_by):
                child = head
                continue  # who rejects a charge does not deny that it was made
            if kind == "deny":
                negative = negative == own_negative
                denied = denied or not own_negative
                if modality is Modality.ALLEGED:
                    modality = Modality.ACTUAL  # who dismisses a rumour says that it is not so
            elif kind == "fail":
                negative = negative == own_negative
                going_on = head.lemma_.lower() in words("stance", "fail", "ending")
            elif kind == "suppose" and going_on and negative:
                negative, child = False, head
                continue  # who is urged to stop it does it
            modality = _weakened(modality, kind, own_negative=own_negative)
            if kind in ("plan", "suppose", "fail") and own_modality is Modality.HYPOTHETICAL:
                modality = stronger(modality, own_modality)
            if kind in ("say", "deny", "allege") and speakers and not said_by:
                said_by, operator = speakers, head
        child = head
    if not said_by and (source := beside(child)):
        said_by, operator = source
    return Stance(Polarity.DENIED if negative else Polarity.AFFIRMED, modality, said_by, operator, denied)


def _weakened(modality: Modality, kind: str, *, own_negative: bool) -> Modality:
    """Return a modality under one more operator."""
    if kind == "suppose" or (kind in ("plan", "say") and own_negative):
        return stronger(modality, Modality.HYPOTHETICAL)
    if kind == "plan":
        return stronger(modality, Modality.PLANNED)
    return stronger(modality, Modality.ALLEGED) if kind == "allege" else modality


def _is_speech(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in words("stance", "speech", "nouns")


def _is_before_colon(noun: Token, clause: Token) -> bool:
    """Does a headline name its speaker before a colon: "Latvian president: Belarus has broken accord"?"""
    if clause.dep_ != "parataxis" or noun.pos_ not in ("NOUN", "PROPN") or noun.i > clause.i or noun.sent[-1].text in ".!?":
        return False
    return any(t.text == ":" for t in noun.doc[noun.i : clause.i])


def _carrier(trigger: Token) -> Token | None:
    """Return the light verb that carries an event noun: of "will hold talks" the future is the talks'.

    An apposition shares the verb of what it stands beside: "will visit Japan, his first trip to Asia".
    """
    verb = trigger.head
    if trigger.dep_ == "appos" and trigger.pos_ == "NOUN":
        return verb.head if verb.head.pos_ == "VERB" else None
    lemma = verb.lemma_.lower()
    carried = trigger.dep_ in ("obj", "nsubj:pass") and lemma in words("syntax", "light_verbs")
    become = trigger.dep_ in ("xcomp", "obj") and lemma in ("become", "remain", "stay")  # "will become a member"
    return verb if trigger.pos_ == "NOUN" and (carried or become) else None


def _is_presupposed(trigger: Token) -> bool:
    """Is the event only mentioned as known, in a side phrase: "… of arming X for its war against Y"?

    What is said, denied or alleged around it does not touch it, unless the charge is about it ("blamed X for the attack").
    """
    if trigger.pos_ not in ("NOUN", "PROPN") or base(trigger.dep_) not in ("obl", "nmod"):
        return False
    known = any(c.dep_ == "nmod:poss" or (c.dep_ == "det" and c.lower_ in ("the", "this", "that")) for c in trigger.children)
    charge = trigger.head.lemma_.lower() in words("stance", "allege", "verbs") | words("stance", "deny", "verbs")
    return known and not charge and preposition(trigger) not in ("of", "according")


def _is_given(trigger: Token) -> bool:
    """Is it an agreement that something is done to, not one that is being made: "will renew the 1998 accord"?"""
    if trigger.pos_ not in ("NOUN", "PROPN") or trigger.lemma_.lower() not in words("triggers", "agreement", "heads"):
        return False
    for head in _heads(trigger):
        if head.pos_ in ("VERB", "AUX"):
            return head.lemma_.lower() not in words("triggers", "sign", "verbs") | words("stance", "making", "verbs")
        if head.lemma_.lower() in words("stance", "making", "nouns"):
            return False
    return False


def _is_participle(token: Token) -> bool:
    """Is it a participle that describes a noun: "an accord signed in May"?"""
    told = token.dep_ == "acl" and token.pos_ == "VERB" and token.head.pos_ in ("NOUN", "PROPN")
    return (
        told
        and token.lower_.endswith(("ed", "en", "t", "d", "n"))
        and not any(c.lower_ == "to" or c.dep_ == "mark" for c in token.children if c.dep_ in ("mark", "aux"))
    )


def _heads(token: Token) -> Iterator[Token]:
    while token.head.i != token.i:
        token = token.head
        yield token
