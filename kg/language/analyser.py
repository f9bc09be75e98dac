"""The component that reads a document with the network: sentences, tags, trees and raw entities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
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


#: The key of doc.user_data under which stand-ins lie, by the token at which each begins.
STAND_INS = "stand_ins"


@dataclass(frozen=True, slots=True)
class StandIn:
    """One word that the network reads in the place of a name up to a token; `head` is the token that heads the name."""

    end: int
    word: str
    head: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens that the network reads as one word."""

    start: int
    end: int
    word: str
    head: int


@Language.factory("kg_analyser", default_config={"model": None})
class Analyser:
    """Sets sentence starts, `pos_`, `head`, `dep_` (UD) and `ents` of a Doc.

    One stretch is a paragraph, or a line, of one zone; boilerplate is tokenised but not read. The analysis of a
    document depends on nothing but its own text. Names of agreements (`STAND_INS`) are read as one plain word, so that
    "START I" is no verb and no long title breaks the tree.
    """

    def __init__(self, nlp: Language, name: str, model: str | None) -> None:  # noqa: ARG002 (spaCy passes it)
        self.network = Network(Path(model) if model else MODEL)
        self._decoder = Decoder(self.network)
        strings = nlp.vocab.strings
        self._dep = {r: strings.add("ROOT" if r == "root" else r) for r in [*self.network.relations, "dep"]}
        self._type = {t: strings.add(t) for t in {label[2:] for label in self.network.entity_labels} if t}

    def __call__(self, doc: Doc) -> Doc:
        known: Mapping[int, StandIn] = doc.user_data.get(STAND_INS, {})
        read = [part for stretch in stretches(doc) for part in self._windows(list(_units(stretch, known)))]
        words = [[unit.word for unit in part] for part in read]
        parsed = [self._decoder.decode(w, s) for w, s in zip(words, self.network.scores(words), strict=True)]
        self._annotate(doc, read, parsed)
        return doc

    def _windows(self, stretch: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
        """Cut a stretch that is too long for the network, at the last full stop where there is one."""
        begin, size, stop = 0, 0, 0
        lengths = [len(self.network.encoder.subwords(unit.word)) for unit in stretch]
        for i, length in enumerate(lengths):
            if size + length > _LONGEST:
                end = stop if stop > begin else i
                yield stretch[begin:end]
                begin, size = end, sum(lengths[end:i])
            size += length
            if stretch[i].word in (".", "?", "!"):
                stop = i + 1
        yield stretch[begin:]

    def _annotate(self, doc: Doc, read: Sequence[Sequence[Unit]], parsed: Sequence[Parsed]) -> None:
        heads = np.arange(len(doc))
        fields = np.zeros((len(doc), 5), np.uint64)
        fields[:, 1] = self._dep["dep"]
        fields[:, 2] = IDS["X"]
        fields[:, 3] = _IOB["O"]
        for part, labels in zip(read, parsed, strict=True):
            where = np.array([unit.head for unit in part])
            heads[where] = where[labels.heads]
            fields[where, 1] = [self._dep[r] for r in labels.relations]
            fields[where, 2] = [IDS[p] for p in labels.pos]
            fields[where, 3] = [_IOB[label[0]] for label in labels.entities]
            fields[where, 4] = [self._type.get(label[2:], 0) for label in labels.entities]
            for unit in (u for u in part if u.end > u.start + 1):
                self._spread(unit, heads, fields)
        _close_entities(fields)
        _attach_unread(doc, heads, {i for part in read for unit in part for i in range(unit.start, unit.end)})
        fields[:, 0] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
        doc.from_array([HEAD, DEP, POS, ENT_IOB, ENT_TYPE], cast("Ints2d", fields))

    def _spread(self, unit: Unit, heads: Ints, fields: NDArray[np.uint64]) -> None:
        """Hang the other words of a name on its head, and make them part of its entity."""
        opening, kind = fields[unit.head, 3], fields[unit.head, 4]
        for i in range(unit.start, unit.end):
            if i != unit.head:
                heads[i] = unit.head
                fields[i, 1] = self._dep["compound" if i < unit.head else "flat"]
                fields[i, 2] = IDS["PROPN"]
            fields[i, 3:] = (_IOB["I"] if kind else _IOB["O"]), kind
        fields[unit.start, 3] = opening


def _close_entities(fields: NDArray[np.uint64]) -> None:
    """Let an entity run on over white space inside it, which the network does not see."""
    for i in np.flatnonzero(fields[:, 3] == _IOB["I"]):
        before = i - 1
        while before >= 0 and fields[before, 3] == _IOB["O"] and fields[before, 2] == IDS["X"]:
            before -= 1
        if before >= 0 and fields[before, 4] == fields[i, 4]:
            fields[before + 1 : i, 3], fields[before + 1 : i, 4] = _IOB["I"], fields[i, 4]
        elif i == 0 or fields[i - 1, 4] != fields[i, 4]:
            fields[i, 3] = _IOB["B"]


def _units(stretch: Sequence[Token], known: Mapping[int, StandIn]) -> Iterator[Unit]:
    """Yield the words of a stretch, known names as one word each."""
    skip = 0
    last = stretch[-1].i
    for token in stretch:
        if token.i < skip:
            continue
        stand_in = known.get(token.i)
        if stand_in is not None and stand_in.end - 1 <= last:
            skip = stand_in.end
            yield Unit(token.i, stand_in.end, stand_in.word, stand_in.head)
        else:
            yield Unit(token.i, token.i + 1, token.text, token.i)


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
    if len(doc) > 1 and doc[0].is_space and 1 in read:
        heads[0] = 1
