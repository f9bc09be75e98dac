"""Do the words around a noun like "document", "text" or "partnership" say that it is an agreement?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Token

from kg.language.lexicon import words

if TYPE_CHECKING:
    from kg.language.agreements import AgreementMention

_ACTED_ON = frozenset({"obj", "nsubj:pass", "obl", "nmod", "xcomp"})


def is_object_of_signing(token: Token, *, firm: bool = False) -> bool:
    """Is something said to be signed, concluded, ratified, left or broken? `firm`: signed or concluded, no less."""
    verbs = words("agreements", "weak", "firm" if firm else "signed")
    while token.dep_ == "conj":
        token = token.head
    acted_on = ("obj", "nsubj:pass") if firm else _ACTED_ON
    if token.dep_ in acted_on and token.head.lemma_.lower() in verbs:
        return True
    clauses = [c for c in token.children if c.dep_ in ("acl", "acl:relcl")]
    both = [*clauses, *(v for c in clauses for v in c.children if v.dep_ == "conj" and v.pos_ == "VERB")]
    return any(c.lemma_.lower() in verbs and _is_of(c, token) for c in both)


def _is_of(verb: Token, noun: Token) -> bool:
    """Does a clause act on the noun that it belongs to: "a text signed in May", "a text which they signed"?"""
    if verb.dep_ == "acl":
        return verb.lower_.endswith(("ed", "en", "t", "k"))
    has_object = any(c.dep_ == "obj" and c.lower_ not in ("which", "that") for c in verb.children)
    return noun.i < verb.i and not has_object


def says_agreement(doc: Doc, mention: AgreementMention, held: Sequence[AgreementMention]) -> bool:
    """Does the context say that a weak noun is an agreement here? `held` are the agreements mentioned before it."""
    head = doc[mention.head]
    bare = mention.noun in words("agreements", "weakest", "bare")
    if _is_made_by_another(head) or (bare and not _points_back(head)):
        return False  # "a declaration establishing a partnership", "instruments of ratification"
    weakest = mention.noun in words("agreements", "weakest", "heads")
    if is_object_of_signing(head, firm=weakest):
        return True
    if bare and mention.year:
        return True
    if mention.definite and bare:
        plain = words("agreements", "other", "further") | words("agreements", "other", "plain")
        return bool(held) and set(mention.words) <= plain
    if weakest:
        return mention.definite and any(h.noun == mention.noun or doc[h.end - 1].lower_ == mention.noun for h in held)
    if set(mention.words) & words("agreements", "weak", "before"):
        return mention.definite or not mention.plural
    if any(c.dep_ == "nmod:poss" and c.ent_type_ == "DATE" for c in head.children):
        return True  # "Thursday's deal"
    if any(c.lower_ in ("between", "with") and c.dep_ == "case" for n in head.children for c in n.children):
        return head.lemma_ in ("deal", "pact", "accord")
    return mention.definite and any(not h.weak or h.named or h.noun == mention.noun or not mention.words for h in held)


def _points_back(head: Token) -> bool:
    """Has "the text" nothing after it that says of what: no "the text of the speech"?"""
    return not any(c.dep_ == "nmod" and c.i > head.i and any(g.lower_ == "of" for g in c.children) for c in head.children)


def _is_made_by_another(head: Token) -> bool:
    """Is it what an agreement brings about: "a declaration establishing a strategic partnership"?"""
    above = head.head
    if head.dep_ not in ("obj", "nmod", "obl") or above.lemma_.lower() not in words("agreements", "weak", "established"):
        return False
    return above.pos_ == "NOUN" or above.dep_ in ("acl", "acl:relcl", "advcl", "xcomp")
