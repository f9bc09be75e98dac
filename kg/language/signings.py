"""The component that mends what trees say of signing, and reads idioms for it as the verb "sign".

Of "put their names to a treaty" the treaty becomes the object of a verb whose base form becomes "sign", so that nothing
after it needs to know idioms. A clause of signing that hangs on a noun inside an agreement's phrase ("a declaration of
principles, which they adopted in May") is hung on the agreement.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.language.lexicon import table, words

_OBJECTS = frozenset({"obj", "nsubj:pass", "obl:unmarked", "iobj"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "X", "NUM"})


@Language.component("kg_signings")
def mend_signings(doc: Doc) -> Doc:
    """Turn idioms for signing into the verb "sign" with its object; hang clauses of signing on what is signed."""
    for verb in doc:
        if verb.pos_ != "VERB":
            continue
        if verb.lemma_ in words("signing", "idiom", "verbs") and (mark := _mark(verb)) is not None:
            _read_idiom(verb, mark)
        elif verb.lemma_ in words("signing", "idiom", "verbs") and _is_put_on_paper(verb):
            verb.lemma_ = "sign"
        elif verb.dep_ in ("acl", "acl:relcl") and verb.lemma_ in words("agreements", "weak", "firm_clause"):
            verb.head = _signed_around(verb.head)
    return doc


def _read_idiom(verb: Token, mark: Token) -> None:
    signed = _signed(verb, mark)
    verb.lemma_ = "sign"
    mark.dep_ = "obl:unmarked"
    if signed is not None:
        signed.head, signed.dep_ = verb, "obj"
    for child in [c for c in mark.children if c.dep_ == "nummod" and c.i < verb.i]:
        child.head, child.dep_ = verb, "nsubj"  # "the two put pen to paper"
        for article in [c for c in mark.children if c.dep_ == "det" and c.i < child.i]:
            article.head = child


def _mark(verb: Token) -> Token | None:
    """Return the name, signature or pen that a verb puts somewhere."""
    for child in verb.children:
        if child.dep_ in _OBJECTS and child.lemma_.lower() in words("signing", "idiom", "marks"):
            owned = any(c.dep_ == "nmod:poss" for c in child.children) or child.lower_ != child.lemma_.lower()
            on_paper = any(t.lower_ == "paper" for t in child.doc[child.i : child.i + 3])
            if (owned and child.lemma_ != "pen") or on_paper:
                return child
    return None


def _is_put_on_paper(verb: Token) -> bool:
    """Is an agreement "put on paper"?"""
    agreed = any(c.dep_ in ("obj", "nsubj:pass") and _is_agreement(c) for c in verb.children)
    return agreed and any(t.lower_ == "paper" and t.nbor(-1).lower_ in ("on", "to") for t in verb.subtree if t.i > verb.i)


def _signed(verb: Token, mark: Token) -> Token | None:
    """Return what the mark is put to: the first phrase after it, or the relative pronoun, with "to", "under" or "on"."""
    for token in (*_phrases(verb), *(t for t in mark.subtree if t.i > mark.i)):
        case = next((c.lower_ for c in token.children if c.dep_ == "case" and c.i < token.i), "")
        if (
            case in words("signing", "idiom", "prepositions")
            and token is not mark
            and token.lower_ != "paper"
            and token.ent_type_ not in ("DATE", "TIME")
        ):
            return token
    return None


def _phrases(verb: Token) -> Iterator[Token]:
    return (c for c in verb.children if c.dep_.startswith(("obl", "obj", "nmod")) and c.pos_ in _NOMINAL)


def _signed_around(noun: Token) -> Token:
    """Return the agreement's noun that a noun stands in the phrase of, or the noun itself."""
    token = noun
    while not _is_agreement(token) and token.dep_ in ("nmod", "conj", "obl") and token.head.i < token.i:
        token = token.head
    return token if _is_agreement(token) else noun


def _is_agreement(token: Token) -> bool:
    return token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in table("agreements", "heads")
