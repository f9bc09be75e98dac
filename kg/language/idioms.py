"""The component that reads an idiom for signing as the verb that it stands for: "put their names to", "put pen to paper on".

What is signed becomes the object of the verb, whose base form becomes "sign", so that nothing after it needs to know idioms.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.language.lexicon import words

_OBJECTS = frozenset({"obj", "nsubj:pass", "obl:unmarked", "iobj"})


@Language.component("kg_idioms")
def read_idioms(doc: Doc) -> Doc:
    """Turn idioms for signing into the verb "sign" with its object."""
    for verb in doc:
        if verb.pos_ == "VERB" and verb.lemma_ in words("signing", "idiom", "verbs") and (mark := _mark(verb)) is not None:
            verb.lemma_ = "sign"
            mark.dep_ = "obl:unmarked"
            if (signed := _signed(verb, mark)) is not None:
                signed.head, signed.dep_ = verb, "obj"
    return doc


def _mark(verb: Token) -> Token | None:
    """Return the name, signature or pen that a verb puts somewhere."""
    for child in verb.children:
        if child.dep_ in _OBJECTS and child.lemma_.lower() in words("signing", "idiom", "marks"):
            owned = any(c.dep_ == "nmod:poss" for c in child.children) or child.lower_ != child.lemma_.lower()
            on_paper = any(t.lower_ == "paper" for t in child.doc[child.i : child.i + 3])
            if (owned and child.lemma_ != "pen") or on_paper:
                return child
    return None


def _signed(verb: Token, mark: Token) -> Token | None:
    """Return what the mark is put to: the first phrase after it, or the relative pronoun, with "to", "under" or "on"."""
    for token in (*_phrases(verb), *(t for t in mark.subtree if t.i > mark.i)):
        case = next((c.lower_ for c in token.children if c.dep_ == "case" and c.i < token.i), "")
        if (
            case in words("signing", "idiom", "prepositions")
            and token is not mark
            and token.lower_ != "paper"
            and token.ent_type_ not in ("DATE", "TIME")
            and (token.pos_ in ("NOUN", "PRON") or token.i > mark.i)
        ):
            return token
    return None


def _phrases(verb: Token) -> Iterator[Token]:
    return (c for c in verb.children if c.dep_.startswith(("obl", "obj", "nmod")) and c.pos_ in ("NOUN", "PROPN", "PRON", "X", "NUM"))
