"""Base forms, by LemmInflect's tables and rules (MIT; chosen for knowing the part of speech at 0.8 MB)."""

from __future__ import annotations

from functools import lru_cache

import lemminflect
from spacy.language import Language
from spacy.tokens import Doc

_OPEN = frozenset({"NOUN", "VERB", "AUX", "ADJ", "ADV"})


@lru_cache(maxsize=100_000)
def lemma(word: str, pos: str) -> str:
    """Return the base form of a word with a UD part of speech.

    >>> [lemma(*w) for w in (("treaties", "NOUN"), ("met", "VERB"), ("Signed", "VERB"), ("Kyiv", "PROPN"))]
    ['treaty', 'meet', 'sign', 'Kyiv']
    """
    if pos not in _OPEN:
        return word if pos == "PROPN" else word.lower()
    known_only = pos in ("ADJ", "ADV")  # rules for unknown words would cut "Soviet" and "other" short
    found = lemminflect.getLemma(word.lower(), upos=pos, lemmatize_oov=not known_only)
    return (found[0] if found else "") or word.lower()


@Language.component("kg_lemmas")
def lemmas(doc: Doc) -> Doc:
    """Set `lemma_` of every token."""
    for token in doc:
        token.lemma_ = lemma(token.text, token.pos_)
    return doc
