"""Which testimony comes from one source, so that a report that three papers copy counts once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.model import Modality, Polarity

#: Sentences are one another's copies if they share at least this part of their runs of three words (Jaccard): two words
#: may be changed in a sentence of twenty, while sentences that tell the same on their own share hardly a run.
_LIKENESS: Final = 0.5
_RUN: Final = 3
_WORD = re.compile(r"\w+")

#: What makes two testimonies one source's: a publisher, a document, a text, a sentence, or who is quoted.
Trait = tuple[str, str | int]


@dataclass(frozen=True, slots=True)
class Voice:
    """One evidence, as far as it matters for corroboration.

    `document` and `speaker` are any names that tell documents and speakers apart; `digest` is the document's SHA-256;
    `words` are the evidence's own.
    """

    polarity: Polarity
    modality: Modality
    confidence: float
    document: str
    digest: str
    publisher: str | None
    issued: date | None
    speaker: str | None
    words: str


def sources(voices: Sequence[Voice]) -> list[int]:
    """Return the number of the source behind each voice; equal numbers mean that they depend on each other.

    One source are a publisher's articles (or a document whose publisher is unknown), articles with the same text, and
    articles with the same or nearly the same sentence; and publishers that never speak in their own voice but quote
    the same speaker. What holds of two pairs with one member in common holds of all three.

    >>> one = Voice(Polarity.AFFIRMED, Modality.ACTUAL, 0.9, "a", "1", "Gazette", None, None, "They signed it.")
    >>> from dataclasses import replace
    >>> sources([one, replace(one, document="b", digest="2"), replace(one, document="c", digest="3", publisher="Courier")])
    [0, 0, 0]
    >>> sources([one, replace(one, document="c", digest="3", publisher="Courier", words="Both put their names to it.")])
    [0, 1]
    """
    groups = _Groups(len(voices))
    groups.join(_traits(voices))
    vouched = {groups.of(index) for index, voice in enumerate(voices) if voice.speaker is None}
    quoted = ((index, voice.speaker) for index, voice in enumerate(voices) if groups.of(index) not in vouched)
    groups.join([(index, ("speaker", speaker)) for index, speaker in quoted if speaker is not None])
    numbers: dict[int, int] = {}
    return [numbers.setdefault(groups.of(index), len(numbers)) for index in range(len(voices))]


def _traits(voices: Sequence[Voice]) -> Iterator[tuple[int, Trait]]:
    for index, voice in enumerate(voices):
        publisher = (voice.publisher or "").strip().casefold()
        yield index, ("publisher", publisher) if publisher else ("document", voice.document)
        yield index, ("digest", voice.digest)
    for index, other in _copies([voice.words for voice in voices]):
        yield index, ("words", other)


def _copies(sentences: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield each sentence, by its index, with itself and with every earlier one that it repeats or nearly repeats."""
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    first: dict[tuple[str, ...], int] = {}
    sizes: dict[int, int] = {}
    for index, sentence in enumerate(sentences):
        words = tuple(_WORD.findall(sentence.casefold()))
        yield index, first.setdefault(words, index)
        if first[words] < index:
            continue
        runs = {words[start : start + _RUN] for start in range(len(words) - _RUN + 1)}
        shared = Counter(other for run in runs for other in holders[run])
        for other, count in shared.items():
            if count >= _LIKENESS * (len(runs) + sizes[other] - count):
                yield index, other
        sizes[index] = len(runs)
        for run in runs:
            holders[run].append(index)


class _Groups:
    """Things that fall together as soon as they have a trait in common."""

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def of(self, index: int) -> int:
        while self._above[index] != index:
            self._above[index] = self._above[self._above[index]]
            index = self._above[index]
        return index

    def join(self, traits: Iterator[tuple[int, Trait]] | Sequence[tuple[int, Trait]]) -> None:
        first: dict[Trait, int] = {}
        for index, trait in traits:
            one, other = self.of(index), self.of(first.setdefault(trait, index))
            self._above[max(one, other)] = min(one, other)
