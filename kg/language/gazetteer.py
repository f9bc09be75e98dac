"""Names of the bundled knowledge base, found in a text exactly as news writes them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np
from spacy.attrs import IDX, LENGTH
from spacy.tokens import Doc

from kg.reference import NameKind, Reference, load

#: The first word, or sign, of a surface form.
_OPENING = re.compile(r"\w+|.", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Sense:
    """One reading of a surface form: how it names (name, adjective, people, seat, capital, family …) and whom."""

    how: str
    reference: str


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of tokens that is a known surface form, with every reading it can have."""

    start: int
    end: int
    senses: tuple[Sense, ...]

    def sense(self, *hows: str) -> Sense | None:
        """Return the first reading of one of these sorts, in the order asked."""
        return next((s for how in hows for s in self.senses if s.how == how), None)


def _are_agreements(senses: Iterable[Sense]) -> bool:
    return all(sense.reference.startswith("agreement/") for sense in senses)


class Gazetteer:
    """Finds known names; of overlapping ones the longest, then the first. Agreements may have other names inside."""

    def __init__(self, reference: Reference) -> None:
        senses: dict[str, set[Sense]] = defaultdict(set)
        for surface, how, identifier in reference.names():
            if not (identifier.startswith("agreement/") and how == NameKind.SHORTENING):  # "Moscow Treaty" tells little
                senses[surface].add(Sense(how, identifier))
        for surface in [s for s, found in senses.items() if len(s) > 3 and not s.isupper() and not _are_agreements(found)]:
            senses[surface.upper()] |= senses[surface]  # datelines, shouted headlines
        self._senses = {surface: tuple(sorted(found)) for surface, found in senses.items()}
        lengths: dict[str, set[int]] = defaultdict(set)
        for surface in self._senses:
            lengths[_opening(surface, 0)].add(len(surface))
        self._lengths = {opening: sorted(found) for opening, found in lengths.items()}
        self._initials = frozenset(opening[:1] for opening in lengths)

    def find(self, doc: Doc) -> list[Match]:
        """Return the matches in order of place; none overlap, but for names inside those of agreements."""
        agreements, others = bytearray(len(doc)), bytearray(len(doc))
        found = []
        for start, end, senses in sorted(self._known(doc), key=lambda m: (m[0] - m[1], m[0])):
            is_agreement = _are_agreements(senses)
            if not any(others[start:end]) and not (is_agreement and any(agreements[start:end])):
                (agreements if is_agreement else others)[start:end] = b"\1" * (end - start)
                found.append(Match(start, end, senses))
        return sorted(found, key=lambda m: (m.start, -m.end))

    def _known(self, doc: Doc) -> Iterator[tuple[int, int, tuple[Sense, ...]]]:
        """Yield every stretch of whole tokens that is a known surface form."""
        text = doc.text
        places = cast("np.ndarray[tuple[int, int], np.dtype[np.uint64]]", doc.to_array([IDX, LENGTH])).astype(np.int64)
        starts, ends = places[:, 0].tolist(), (places[:, 0] + places[:, 1]).tolist()
        after = {end: i + 1 for i, end in enumerate(ends)}
        for i, start in enumerate(starts):
            if text[start] not in self._initials:
                continue
            for length in self._lengths.get(_opening(text, start), ()):
                end = after.get(start + length)
                if end is not None and (senses := self._senses.get(text[start : start + length])):
                    yield i, end, senses


def _opening(text: str, start: int) -> str:
    found = _OPENING.match(text, start)
    return found[0] if found else ""


@cache
def gazetteer() -> Gazetteer:
    """Return this process's gazetteer of the bundled knowledge base, made once."""
    return Gazetteer(load())
