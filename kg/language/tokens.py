"""Words: spaCy's English tokenizer, with one rule of our own, for texts of any length."""

from __future__ import annotations

import sys
from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

#: What a pipeline's configuration says to have this tokenizer.
CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "kg.tokenizer.v1"}, "after_creation": {"@callbacks": "kg.any_length.v1"}}}
_PREFIXES = (r"[-–—](?=[A-Z])",)  # "SEOUL (Agency) -President X"


def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Return a maker of tokenizers that cut a dash off the name after it."""

    def make(nlp: Language) -> Tokenizer:
        rules = nlp.Defaults
        return Tokenizer(
            nlp.vocab,
            rules=rules.tokenizer_exceptions,
            prefix_search=compile_prefix_regex([*(rules.prefixes or ()), *_PREFIXES]).search,
            suffix_search=compile_suffix_regex(rules.suffixes or ()).search,
            infix_finditer=compile_infix_regex(rules.infixes or ()).finditer,
            token_match=rules.token_match,
            url_match=rules.url_match,
        )

    return make


def any_length() -> Callable[[Language], Language]:
    """Return a callback that lifts spaCy's limit of a million characters: our network reads a window at a time."""

    def lift(nlp: Language) -> Language:
        nlp.max_length = sys.maxsize
        return nlp

    return lift


registry.tokenizers("kg.tokenizer.v1")(create_tokenizer)
registry.callbacks("kg.any_length.v1")(any_length)
