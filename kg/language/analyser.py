"""The component that reads a document with the network: sentences, tags, trees and raw entities."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, POS
from spacy.language import Language
from spacy.symbols import IDS
from spacy.tokens import Doc, Token

from kg.language.decoding import Decoder, Parsed
from kg.language.features import Ints
from kg.language.network import Network
from kg.model import Document, ZoneKind

if TYPE_CHECKING:
    from thinc.types import Ints2d

MODEL = Path(__file__).with_name("model")
_LONGEST = 380
_IOB = {"I": 1, "O": 2, "B": 3}

if not Doc.has_extension("document"):
    Doc.set_extension("document", default=None)


@Language.factory("kg_analyser", default_config={"model": None})
class Analyser:
    """Sets sentence starts, `pos_`, `head`, `dep_` (UD) and `ents` of a Doc.

    One stretch is a paragraph, or a line, of one zone; boilerplate is tokenised but not read. The analysis of a
    document depends on nothing but its own text.
    """

    def __init__(self, nlp: Language, name: str, model: str | None) -> None:  # noqa: ARG002 (spaCy passes it)
        self.network = Network(Path(model) if model else MODEL)
        self._decoder = Decoder(self.network)
        strings = nlp.vocab.strings
        self._dep = {r: strings.add("ROOT" if r == "root" else r) for r in [*self.network.relations, "dep"]}
        self._type = {t: strings.add(t) for t in {label[2:] for label in self.network.entity_labels} if t}

    def __call__(self, doc: Doc) -> Doc:
        read = [part for stretch in stretches(doc) for part in self._windows(stretch)]
        words = [[token.text for token in part] for part in read]
        parsed = [self._decoder.decode(w, s) for w, s in zip(words, self.network.scores(words), strict=True)]
        self._annotate(doc, read, parsed)
        return doc

    def _windows(self, stretch: Sequence[Token]) -> Iterator[Sequence[Token]]:
        """Cut a stretch that is too long for the network, at the last full stop where there is one."""
        begin, size, stop = 0, 0, 0
        lengths = [len(self.network.encoder.subwords(token.text)) for token in stretch]
        for i, length in enumerate(lengths):
            if size + length > _LONGEST:
                end = stop if stop > begin else i
                yield stretch[begin:end]
                begin, size = end, sum(lengths[end:i])
            size += length
            if stretch[i].text in (".", "?", "!"):
                stop = i + 1
        yield stretch[begin:]

    def _annotate(self, doc: Doc, read: Sequence[Sequence[Token]], parsed: Sequence[Parsed]) -> None:
        heads = np.arange(len(doc))
        fields = np.zeros((len(doc), 5), np.uint64)
        fields[:, 1] = self._dep["dep"]
        fields[:, 2] = IDS["X"]
        fields[:, 3] = _IOB["O"]
        sure = np.zeros(len(doc), np.float32)
        for part, labels in zip(read, parsed, strict=True):
            where = np.array([token.i for token in part])
            heads[where] = where[labels.heads]
            fields[where, 1] = [self._dep[r] for r in labels.relations]
            fields[where, 2] = [IDS[p] for p in labels.pos]
            fields[where, 3] = [_IOB[label[0]] for label in labels.entities]
            fields[where, 4] = [self._type.get(label[2:], 0) for label in labels.entities]
            sure[where] = labels.entity_confidence
        _attach_unread(doc, heads, {token.i for part in read for token in part})
        fields[:, 0] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        doc.from_array([HEAD, DEP, POS, ENT_IOB, ENT_TYPE], cast("Ints2d", fields))
        doc.user_data["entity_confidence"] = sure


def stretches(doc: Doc) -> Iterator[list[Token]]:
    """Yield the words of each paragraph of each zone that is read."""
    document: Document | None = doc._.document
    bounds = sorted({zone.span.start for zone in document.zones}) if document else []
    masked = [zone.span for zone in document.zones if zone.kind == ZoneKind.BOILERPLATE] if document else []
    stretch: list[Token] = []
    edge = hidden = 0
    for token in doc:
        crossed = edge < len(bounds) and token.idx >= bounds[edge]
        while edge < len(bounds) and token.idx >= bounds[edge]:
            edge += 1
        if stretch and (crossed or (token.is_space and "\n" in token.text)):
            yield stretch
            stretch = []
        while hidden < len(masked) and masked[hidden].end <= token.idx:
            hidden += 1
        in_mask = hidden < len(masked) and masked[hidden].start <= token.idx
        if not token.is_space and not in_mask:
            stretch.append(token)
    if stretch:
        yield stretch


def _attach_unread(doc: Doc, heads: Ints, read: set[int]) -> None:
    """Hang white space on the word before it, and each unread paragraph on its first word."""
    for i in range(len(doc)):
        if i in read:
            continue
        if doc[i].is_space:
            heads[i] = i - 1 if i else 0
        elif i and (i - 1) not in read and not (doc[i - 1].is_space and "\n" in doc[i - 1].text):
            heads[i] = i - 1
    if len(doc) > 1 and doc[0].is_space and 0 not in read:
        heads[0] = 1
