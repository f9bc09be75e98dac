"""Is "Moscow" the city or the state that is governed from it? The words around it tell."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.language.lexicon import words

_ACTING = frozenset({"nsubj", "nsubj:pass", "obl:agent", "iobj", "nsubj:outer"})


def is_place(doc: Doc, start: int, end: int) -> bool:
    """Does the seat of government named by these tokens stand for the place rather than the state?"""
    token = doc[start:end].root
    case = _case(token)
    if not case and _acts(doc, end):
        return False
    if case == "to" and any(c.dep_ == "cop" and c.lower_ == "been" for c in token.children):
        return True
    while token.dep_ == "conj" and token.head is not token:
        token = token.head
        case = case or _case(token)
    head = token.head
    if case:
        return _after_preposition(case, head)
    if token.dep_ in _ACTING:
        return False
    if token.dep_ == "obj":
        return head.lemma_ in words("places", "motion", "words")
    if token.dep_ == "nmod:poss":
        return head.lemma_ in words("places", "part", "words")
    if token.dep_ in ("compound", "nmod", "amod", "nmod:desc"):
        named_after = words("places", "part", "words") | words("places", "part", "events") | words("agreements", "heads")
        return head.lemma_.lower() in named_after
    return token.dep_ in ("ROOT", "appos", "flat", "list", "parataxis", "obl:unmarked", "nmod:unmarked", "dep")


def _acts(doc: Doc, end: int) -> bool:
    """Does a finite verb follow at once, wherever the tree hangs the name ("and Bangkok came away with …")?"""
    after = doc[end] if end < len(doc) else None
    return after is not None and after.pos_ in ("VERB", "AUX") and after.dep_ in ("ROOT", "conj", "ccomp", "advcl", "parataxis")


def _after_preposition(case: str, head: Token) -> bool:
    if case in words("places", "locative", "prepositions"):
        return True
    if case in ("to", "from", "for"):
        return bool({t.lemma_.lower() for t in (head, head.head)} & words("places", "motion", "words"))
    return case == "of" and head.lemma_ in words("places", "part", "words")


def _case(token: Token) -> str:
    return next((c.lower_ for c in token.children if c.dep_ == "case" and c.i < token.i), "")
