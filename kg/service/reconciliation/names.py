"""Finding names: as they are written, folded, or by the words they share."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from math import log
from typing import Final

#: Letters that are no base letter with a mark, as plain ones.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ß": "ss", "’": "'"}
)
_WORD: Final = re.compile(r"[^\W_]+")
#: What a likeness is worth at most: names that are the same, the same when folded, and such as share words.
_SAME, _FOLDED, _WORDS = 1.0, 0.97, 0.9
#: Words that more names have tell little apart: where a query has no rarer one, only so many names are looked at.
_COMMON: Final = 5_000
#: How alike a misspelt word is at least to the word that is meant.
_CLOSE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Name:
    """What an entity is called; `worth`, 0 to 1, is less for a name that others may have as well."""

    text: str
    entity: str
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like a name is to what was asked for, 0 to 1, and whether the two are the same, case and accents apart."""

    value: float
    name: str
    same: bool


def fold(text: str) -> str:
    """Return a name without case, accents, and punctuation.

    >>> fold("Tromsø–São Tomé (2023)")
    'tromso sao tome 2023'
    """
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return " ".join(_WORD.findall("".join(c for c in decomposed if not unicodedata.combining(c)).translate(_LETTERS)))


class NameIndex:
    """Names of any number of entities, for whoever looks for one.

    >>> index = NameIndex([Name("Inês Valadão", "person/ines"), Name("Sigrid Aune", "person/sigrid")])
    >>> {entity: round(found.value, 2) for entity, found in index.find("ines valadao", 5).items()}
    {'person/ines': 0.97}
    """

    def __init__(self, names: Iterable[Name]) -> None:
        self._names = list(names)
        self._folded: defaultdict[str, list[int]] = defaultdict(list)
        self._having: defaultdict[str, list[int]] = defaultdict(list)
        starts: list[tuple[str, int]] = []
        words_of: list[list[str]] = []
        for number, name in enumerate(self._names):
            folded = fold(name.text)
            words = folded.split()
            words_of.append(words)
            self._folded[folded].append(number)
            for word in dict.fromkeys(words):
                self._having[word].append(number)
            starts.extend((" ".join(words[at:]), number) for at in range(len(words)))
        self._starts = sorted(starts)
        self._weights = [sum(map(self._weight, words)) for words in words_of]
        self._alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word in self._having:
            self._alike[word[0], len(word)].append(word)

    def find(self, text: str, limit: int) -> dict[str, Likeness]:
        """Return the entities whose names are likest, at most so many, each with its likest name, the likest first."""
        found: dict[str, Likeness] = {}
        folded = fold(text)
        for number in self._folded.get(folded, ()):
            self._note(found, number, _SAME if self._names[number].text == text else _FOLDED, same=True)
        for number, value in self._sharing(folded.split()).items():
            self._note(found, number, _WORDS * value, same=False)
        best = sorted(found, key=lambda entity: (-found[entity].value, entity))
        return {entity: found[entity] for entity in best[:limit]}

    def complete(self, prefix: str) -> Iterator[str]:
        """Yield the entities that have a name in which words begin so, by name; one may come more than once."""
        folded = fold(prefix)
        for at in range(bisect_left(self._starts, (folded,)), len(self._starts)):
            rest, number = self._starts[at]
            if not rest.startswith(folded):
                return
            yield self._names[number].entity

    def _note(self, found: dict[str, Likeness], number: int, value: float, *, same: bool) -> None:
        name = self._names[number]
        known = found.get(name.entity)
        if known is None or value * name.worth > known.value:
            found[name.entity] = Likeness(value * name.worth, name.text, same)

    def _sharing(self, words: list[str]) -> dict[int, float]:
        """How much of its words each name shares with these, rare words counting more (a Dice coefficient)."""
        meant = {word: self._meant(word) for word in dict.fromkeys(words)}
        rarest = sorted(((len(self._having[known]), known, near) for known, near in meant.values() if known is not None))
        shared: defaultdict[int, float] = defaultdict(float)
        for count, word, near in rarest:
            if count > _COMMON and shared:
                break
            for number in self._having[word][:_COMMON]:
                shared[number] += self._weight(word) * near
        whole = sum(self._weight(known or word) for word, (known, _) in meant.items())
        return {number: min(1.0, 2 * weight / (whole + self._weights[number])) for number, weight in shared.items()}

    def _meant(self, word: str) -> tuple[str | None, float]:
        """The word that some name has and that is meant, and how near it is to what is written."""
        if word in self._having:
            return word, 1.0
        near = [known for length in range(len(word) - 1, len(word) + 2) for known in self._alike.get((word[0], length), ())]
        close = get_close_matches(word, near, 1, _CLOSE) if len(word) > 3 else []
        return (close[0], _CLOSE) if close else (None, 0.0)

    def _weight(self, word: str) -> float:
        return log(1 + len(self._names) / (1 + len(self._having.get(word, ()))))
