"""What a pattern asks of the words around its trigger: words that must, or must not, stand in a role."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from kg.extraction.frames import Need
from kg.extraction.lists import conjuncts
from kg.extraction.syntax import Roles, noun_roles, roles_above, verb_roles
from kg.extraction.trees import base, clause, preposition


def meets(need: Need, around: Roles, trigger: Token) -> bool:
    """Does one of the words stand in one of the roles, anywhere in its phrase?"""
    return _meets(need, around, trigger, _phrase)


def is_met_at_core(need: Need, around: Roles, trigger: Token) -> bool:
    """Does one of the words stand in one of the roles, as its head or beside it?"""
    return _meets(need, around, trigger, _core)


def role(name: str, around: Roles, trigger: Token) -> list[Token]:
    """Return the words in a role: the trigger's own, "above.agent" of its verb, "content.patient" of its complement.

    "deep.on" takes the phrase with "on" from anywhere after the trigger in its clause: trees often hang it too low.
    """
    if "+" in name:
        return list({t.i: t for part in name.split("+") for t in role(part, around, trigger)}.values())
    if name == "self":
        return [trigger]
    if name.startswith("above."):
        return roles_above(trigger).get(name.removeprefix("above."), [])
    if name.startswith("deep."):
        case = name.removeprefix("deep.")
        below = (t for t in clause(trigger) if t.i > trigger.i and base(t.dep_) in ("nmod", "obl") and preposition(t) == case)
        return [t for phrase in below for t in conjuncts(phrase)]
    if name.startswith("content."):
        part = name.removeprefix("content.")
        clauses = [verb_roles(t) for t in around.get("content", ()) if t.pos_ in ("VERB", "ADJ")]
        clauses += [noun_roles(t) for found in clauses for t in found.get("patient", ()) if part != "patient"]
        return [t for found in clauses for t in found.get(part, ())]
    return around.get(name, [])


def _meets(need: Need, around: Roles, trigger: Token, part: Callable[[Token], Iterator[Token]]) -> bool:
    measured = trigger.head.pos_ == "NOUN" and preposition(trigger) == "of"  # "after five days of talks"
    case, above = (trigger.head, trigger.head.head) if measured else (trigger, trigger.head)
    if "case" in need.roles and preposition(case) in need.words:
        return True
    single = {"self": trigger, "verb": above, "head": trigger.head}
    tokens = [single[role] for role in need.roles if role in single]
    for name in (r for r in need.roles if r not in single and r != "case"):
        if name == "phrase":
            tokens += trigger.subtree
        else:
            tokens += [
                t for phrase in role(name, around, trigger) for t in (phrase.subtree if name == "content" else part(phrase))
            ]
    return any(t.lemma_.lower() in need.words or t.lower_ in need.words for t in tokens)


def _phrase(token: Token) -> Iterator[Token]:
    """Yield the words of a phrase without relative clauses: "Chad, which never joined the treaty" holds no treaty."""
    yield token
    for child in token.children:
        if child.dep_ not in ("acl:relcl", "advcl:relcl"):
            yield from _phrase(child)


def _core(token: Token) -> Iterator[Token]:
    """Yield the head of a phrase with the words that describe it: of "support for efforts to reach a truce" no truce."""
    yield token
    for child in token.children:
        if (
            base(child.dep_) in ("amod", "compound", "conj", "flat", "det", "nummod", "case", "fixed")
            or child.dep_ == "nmod:desc"
        ):
            yield child
