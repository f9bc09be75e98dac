"""What a model reads of a document at a time: one stretch is a paragraph, or a line, of one zone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

import numpy as np
from spacy.attrs import IDX, IS_SPACE
from spacy.tokens import Doc

from kg.language.agreement_names import AgreementName
from kg.language.features import Ints
from kg.model import Document, ZoneKind

#: What models read for an agreement's name. A short acronym that their corpora know disturbs the tree least
#: (facts F1 on eleven articles: 0.846 with "Treaty", 0.842 with "deal", 0.872 with "NATO", 0.876 with "NAFTA").
_PLAIN_NAME = "NAFTA"


class Unit(NamedTuple):
    """Tokens that a model reads as one word; `head` is the token that heads them, `spaced` says if white space follows."""

    start: int
    end: int
    word: str
    head: int
    spaced: bool


def stretches(doc: Doc) -> list[list[Unit]]:
    """Return the words of each paragraph of each zone that is read; boilerplate is not.

    Names of agreements (`doc._.agreement_names`) are one plain word each, so that "START I" is no verb and no long
    title breaks the tree.
    """
    names = {name.start: name for name in doc._.agreement_names}
    return [list(_units(doc, places, names)) for places in _places(doc)]


def _units(doc: Doc, places: Sequence[int], names: Mapping[int, AgreementName]) -> Iterator[Unit]:
    skip = 0
    for i in places:
        if i < skip:
            continue
        name = names.get(i)
        if name is not None and name.end - 1 <= places[-1]:
            skip = name.end
            yield Unit(i, name.end, _PLAIN_NAME, name.head, bool(doc[name.end - 1].whitespace_))
        else:
            token = doc[i]
            yield Unit(i, i + 1, token.text, i, bool(token.whitespace_))


def _places(doc: Doc) -> Iterator[list[int]]:
    """Yield the tokens of each stretch, white space left out."""
    if not len(doc):
        return
    arrays = cast("np.ndarray[tuple[int, int], np.dtype[np.uint64]]", doc.to_array([IDX, IS_SPACE]))
    begins, space = arrays[:, 0].astype(np.int64), arrays[:, 1].astype(bool)
    cuts = set(np.searchsorted(begins, _borders(doc)).tolist())
    cuts.update(i for i in np.flatnonzero(space).tolist() if "\n" in doc[i].text)
    read = ~space & ~_hidden(doc, begins)
    for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), len(doc)], strict=True):
        if found := (np.flatnonzero(read[start:end]) + start).tolist():
            yield found


def _borders(doc: Doc) -> list[int]:
    document: Document | None = doc._.document
    return [zone.span.start for zone in document.zones] if document else []


def _hidden(doc: Doc, begins: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return for each token whether it stands in boilerplate."""
    document: Document | None = doc._.document
    hidden = np.zeros(len(begins), bool)
    for zone in document.zones if document else ():
        if zone.kind == ZoneKind.BOILERPLATE:
            hidden[np.searchsorted(begins, zone.span.start) : np.searchsorted(begins, zone.span.end)] = True
    return hidden


def windows(stretch: Sequence[Unit], lengths: Sequence[int], longest: int) -> Iterator[Sequence[Unit]]:
    """Cut a stretch that is too long for a model, at the last full stop where there is one; lengths are the units' own."""
    if sum(lengths) <= longest:
        yield stretch
        return
    begin, size, stop = 0, 0, 0
    for i, length in enumerate(lengths):
        if size + length > longest:
            end = stop if stop > begin else i
            yield stretch[begin:end]
            begin, size = end, sum(lengths[end:i])
        size += length
        if stretch[i].word in (".", "?", "!"):
            stop = i + 1
    yield stretch[begin:]
