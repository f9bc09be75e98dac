"""Words as the network sees them: subword ids, a case class, and where each word begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

CASE_CLASSES = 10
_CLS, _SEP, _UNKNOWN = 101, 102, 100
_MAX_SUBWORDS = 12

Ints = NDArray[np.int64]


def case_class(word: str) -> int:
    """Return the spelling class of a word, 1 to 9 (0 is kept for the two border tokens).

    >>> [case_class(w) for w in ("treaty", "1961", "NATO", "A", "Kim", "McCain", "iPad", "-", "19th")]
    [1, 2, 3, 4, 5, 6, 7, 8, 1]
    """
    if word.islower():
        return 1
    if word.isdigit():
        return 2
    if word.isupper():
        return 3 if len(word) > 1 else 4
    if word[0].isupper():
        return 5 if word[1:].islower() else 6
    if any(c.isupper() for c in word):
        return 7
    return 9 if any(c.isalnum() for c in word) else 8


@dataclass(frozen=True, slots=True)
class Encoded:
    """One stretch of words: ids and case classes per subword, first and last subword per word."""

    ids: list[int]
    case: list[int]
    first: list[int]
    last: list[int]


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded arrays: ids, case and mask are [batch, subwords]; first and last are [batch, words]."""

    ids: Ints
    case: Ints
    mask: Ints
    first: Ints
    last: Ints

    def inputs(self) -> dict[str, Ints]:
        """Return the arrays under the names of the network's inputs."""
        return {"ids": self.ids, "case": self.case, "mask": self.mask, "first": self.first, "last": self.last}


class Encoder:
    """Cuts words into subwords and remembers what it has cut."""

    def __init__(self, tokenizer: Path | bytes) -> None:
        self._tokenizer = Tokenizer.from_buffer(tokenizer if isinstance(tokenizer, bytes) else tokenizer.read_bytes())
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._seen: dict[str, list[int]] = {}

    def subwords(self, word: str) -> list[int]:
        """Return the subword ids of one word, at most twelve."""
        ids = self._seen.get(word)
        if ids is None:
            ids = self._tokenizer.encode(word, add_special_tokens=False).ids[:_MAX_SUBWORDS] or [_UNKNOWN]
            if len(self._seen) > 200_000:
                self._seen.clear()
            self._seen[word] = ids
        return ids

    def encode(self, words: Sequence[str]) -> Encoded:
        """Return the features of a stretch of words."""
        ids, case, first, last = [_CLS], [0], [], []
        for word in words:
            pieces = self.subwords(word)
            first.append(len(ids))
            ids.extend(pieces)
            case.extend([case_class(word)] * len(pieces))
            last.append(len(ids) - 1)
        return Encoded([*ids, _SEP], [*case, 0], first, last)


def collate(items: Sequence[Encoded]) -> Batch:
    """Pad several stretches to one batch."""
    rows, subwords, words = len(items), max(len(i.ids) for i in items), max(len(i.first) for i in items)
    wide, narrow = np.zeros((3, rows, subwords), np.int64), np.zeros((2, rows, words), np.int64)
    for row, item in enumerate(items):
        wide[0, row, : len(item.ids)] = item.ids
        wide[1, row, : len(item.case)] = item.case
        wide[2, row, : len(item.ids)] = 1
        narrow[0, row, : len(item.first)] = item.first
        narrow[1, row, : len(item.last)] = item.last
    return Batch(wide[0], wide[1], wide[2], narrow[0], narrow[1])
