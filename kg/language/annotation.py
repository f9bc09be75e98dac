"""Writing into a Doc what a model says of its stretches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, POS
from spacy.symbols import IDS
from spacy.tokens import Doc

from kg.language.decoding import Parsed
from kg.language.features import Ints
from kg.language.results import ARC_CONFIDENCE, ENTITY_CONFIDENCE
from kg.language.stretches import Unit

if TYPE_CHECKING:
    from thinc.types import Ints2d

_IOB = {"I": 1, "O": 2, "B": 3}


def annotate(doc: Doc, read: Sequence[Sequence[Unit]], parsed: Sequence[Parsed]) -> None:
    """Set sentence starts, `pos_`, `head`, `dep_` and `ents` of a Doc, and the confidence of arcs and entities if known.

    The other words of an agreement's name hang on its head; white space hangs on the word before it, and each unread
    paragraph on its first word.
    """
    strings = doc.vocab.strings
    heads = np.arange(len(doc))
    fields = np.zeros((len(doc), 5), np.uint64)
    fields[:, 1] = strings.add("dep")
    fields[:, 2] = IDS["X"]
    fields[:, 3] = _IOB["O"]
    sure = np.zeros((2, len(doc)), np.float32)
    seen = np.zeros(len(doc), bool)
    for units, labels in zip(read, parsed, strict=True):
        where = np.array([unit.head for unit in units])
        seen[where] = True
        heads[where] = where[labels.heads]
        fields[where, 1] = [strings.add("ROOT" if r == "root" else r) for r in labels.relations]
        fields[where, 2] = [IDS[p] for p in labels.pos]
        fields[where, 3] = [_IOB[label[0]] for label in labels.entities]
        fields[where, 4] = [strings.add(label[2:]) if len(label) > 1 else 0 for label in labels.entities]
        if labels.entity_confidence:
            sure[0, where], sure[1, where] = labels.entity_confidence, labels.arc_confidence
        for unit in units:
            if unit.end > unit.start + 1:
                _spread(doc, unit, heads, fields, sure)
                seen[unit.start : unit.end] = True
    _close_entities(fields)
    _attach_unread(doc, heads, seen)
    fields[:, 0] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
    doc.from_array([HEAD, DEP, POS, ENT_IOB, ENT_TYPE], cast("Ints2d", fields))
    if any(labels.entity_confidence for labels in parsed):
        doc.user_data[ENTITY_CONFIDENCE], doc.user_data[ARC_CONFIDENCE] = sure


def _spread(doc: Doc, unit: Unit, heads: Ints, fields: NDArray[np.uint64], sure: NDArray[np.float32]) -> None:
    """Hang the other words of a name on its head, and make them part of its entity."""
    opening, kind = fields[unit.head, 3], fields[unit.head, 4]
    for i in range(unit.start, unit.end):
        if i != unit.head:
            heads[i] = unit.head
            fields[i, 1] = doc.vocab.strings.add("compound" if i < unit.head else "flat")
            fields[i, 2] = IDS["PROPN"]
            sure[:, i] = sure[0, unit.head], 1.0
        fields[i, 3:] = (_IOB["I"] if kind else _IOB["O"]), kind
    fields[unit.start, 3] = opening


def _close_entities(fields: NDArray[np.uint64]) -> None:
    """Let an entity run on over white space inside it, which the model does not see."""
    for i in np.flatnonzero(fields[:, 3] == _IOB["I"]):
        before = i - 1
        while before >= 0 and fields[before, 3] == _IOB["O"] and fields[before, 2] == IDS["X"]:
            before -= 1
        if before >= 0 and fields[before, 4] == fields[i, 4]:
            fields[before + 1 : i, 3], fields[before + 1 : i, 4] = _IOB["I"], fields[i, 4]
        elif i == 0 or fields[i - 1, 4] != fields[i, 4]:
            fields[i, 3] = _IOB["B"]


def _attach_unread(doc: Doc, heads: Ints, seen: NDArray[np.bool_]) -> None:
    for i in np.flatnonzero(~seen).tolist():
        if doc[i].is_space:
            heads[i] = i - 1 if i else 0
        elif i and not seen[i - 1] and not (doc[i - 1].is_space and "\n" in doc[i - 1].text):
            heads[i] = i - 1
    if len(doc) > 1 and doc[0].is_space and seen[1]:
        heads[0] = 1
