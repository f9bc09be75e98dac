"""The component that reads a document with some other spaCy pipeline in the network's stead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import spacy
import srsly
from spacy import util
from spacy.language import Language
from spacy.tokens import Doc, Token
from thinc.api import Config

from kg.errors import LanguageError
from kg.language.annotation import annotate
from kg.language.decoding import Parsed
from kg.language.lexicon import table
from kg.language.stretches import stretches, windows
from kg.language.universal import make_universal

#: Words that a pipeline reads at a time at most: enough for any paragraph, few enough to hold in memory.
_LONGEST = 2000
_NEEDED = {"POS": "parts of speech", "DEP": "dependency relations", "ENT_IOB": "entities"}
_UNIVERSAL = frozenset(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()  # noqa: SIM905 (shorter)
)


@Language.factory("kg_stand_in", default_config={"pipeline": None})
class StandIn:
    """Sets what the analyser sets, by a pipeline that is named as `spacy.load` takes it.

    The pipeline reads our words, one paragraph at a time, without boilerplate and with names of agreements as one word,
    just as our network does; its labels become ours (`kg.language.universal`). It gives no confidence.
    """

    def __init__(self, nlp: Language, name: str, pipeline: str | None) -> None:  # noqa: ARG002 (spaCy passes both)
        self._name = pipeline
        self._inner: Language | None = None
        self._clear: bool | None = None

    @property
    def inner(self) -> Language:
        """The pipeline, loaded when it is first needed.

        Raises LanguageError if it cannot be loaded or does not set what is needed.
        """
        if self._inner is None:
            try:
                self._take(spacy.load(self._name or ""))
            except (OSError, ValueError, ImportError) as error:
                raise LanguageError(f"{self._name}: spaCy cannot load this pipeline: {error}") from error
        assert self._inner is not None
        return self._inner

    def _take(self, nlp: Language) -> None:
        """Read with a pipeline from now on.

        Raises LanguageError if it does not set what is needed.
        """
        doc = nlp("Kenya signed a treaty.")
        missing = [what for name, what in _NEEDED.items() if not doc.has_annotation(name)]
        if missing:
            raise LanguageError(f"{nlp.meta['name']}: this pipeline sets no {' and no '.join(missing)}")
        self._inner = nlp
        labels = {label for found in nlp.pipe_labels.values() for label in found}
        self._clear = bool(labels & set(table("clearnlp", "relations"))) if labels else None

    def __call__(self, doc: Doc) -> Doc:
        read = [window for stretch in stretches(doc) for window in windows(stretch, [1] * len(stretch), _LONGEST)]
        vocab = self.inner.vocab
        docs = [Doc(vocab, words=[u.word for u in units], spaces=[u.spaced for u in units]) for units in read]
        annotate(doc, read, [_parsed(made, self._clear) for made in self.inner.pipe(docs)])
        return doc

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 (spaCy passes it)
        packed: bytes = srsly.msgpack_dumps({"config": self.inner.config.to_str(), "pipeline": self.inner.to_bytes()})
        return packed

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> StandIn:  # noqa: ARG002
        packed: Mapping[str, Any] = srsly.msgpack_loads(data)
        made = util.load_model_from_config(Config().from_str(packed["config"]))
        self._take(made.from_bytes(packed["pipeline"]))
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        self.inner.to_disk(path)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> StandIn:  # noqa: ARG002
        self._name, self._inner = str(path), None
        return self


def _parsed(doc: Doc, clear: bool | None) -> Parsed:
    doc = make_universal(doc, clear)
    return Parsed(
        [t.pos_ if t.pos_ in _UNIVERSAL else "X" for t in doc],
        [bool(t.is_sent_start) for t in doc],
        [t.head.i for t in doc],
        ["root" if t.head.i == t.i else t.dep_ for t in doc],
        [_label(t) for t in doc],
    )


def _label(token: Token) -> str:
    return f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
