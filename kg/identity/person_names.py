"""Names of persons compared word by word: spelt alike, spelt otherwise, shortened, or only the family name."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from kg.identity.spelling import frame, listed, spelling, words


class Likeness(IntEnum):
    """How far two names go together, from not at all to word by word."""

    NONE = 0
    FAMILY = 1  # one is a single word, the other has it as its first or last
    SHORTER = 2  # one lacks words of the other, or has initials for them
    NEAR = 3  # the same consonants
    SPELLING = 4  # spellings of the same words
    WORDS = 5  # the same words, perhaps in another order


@lru_cache(maxsize=100_000)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name without titles before it and what follows it.

    >>> name_words("Sheikh Tamim bin Hamad"), name_words("Sammy Davis Jr."), name_words("King")
    (('tamim', 'bin', 'hamad'), ('sammy', 'davis'), ('king',))
    """
    found = list(words(name))
    while len(found) > 1 and found[0] in listed("optional", "titles"):
        del found[0]
    while len(found) > 1 and found[-1] in listed("optional", "suffixes"):
        del found[-1]
    return tuple(found)


@lru_cache(maxsize=100_000)
def core(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words without particles, unless nothing else is left."""
    return tuple(w for w in parts if w not in listed("optional", "particles")) or parts


def is_single(parts: tuple[str, ...]) -> bool:
    """Is it one word, which may be anybody's family name?"""
    return len(core(parts)) == 1


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> Likeness:
    """Return how far two names go together.

    >>> likeness(("kim", "jong", "un"), ("jong", "un", "kim")).name, likeness(("ada", "wekesa"), ("a", "wekesa")).name
    ('WORDS', 'SHORTER')
    >>> likeness(("masoud", "pezeshkian"), ("masud", "pezeshkyan")).name, likeness(("ada", "wekesa"), ("ada", "njeri")).name
    ('SPELLING', 'NONE')
    """
    if one == other or sorted(one) == sorted(other):
        return Likeness.WORDS
    a, b = core(one), core(other)
    if len(a) == len(b):
        if sorted(a) == sorted(b):
            return Likeness.WORDS
        if _sorted(a, spelling) == _sorted(b, spelling):
            return Likeness.SPELLING
        if len(a) > 1 and _sorted(a, frame) == _sorted(b, frame):
            return Likeness.NEAR
    short, long = sorted((a, b), key=len)
    if len(short) == 1:
        alike = len(short[0]) > 1 and spelling(short[0]) in (spelling(long[0]), spelling(long[-1]))
        return Likeness.FAMILY if alike else Likeness.NONE
    return Likeness.SHORTER if _shortens(short, long) else Likeness.NONE


def _sorted(parts: tuple[str, ...], key: object) -> list[str]:
    return sorted(key(w) for w in parts)  # type: ignore[operator]  # spelling or frame


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Do the words of the shorter name stand in the longer one in this order, initials for words, and a full one among them?"""
    rest = iter(long)
    matched = all(any(_stands_for(w, other) for other in rest) for w in short)
    same = {spelling(w) for w in short if len(w) > 1} & {spelling(w) for w in long}
    ends = _stands_for(short[-1], long[-1]) or _stands_for(short[0], long[0])
    return matched and bool(same) and ends


def _stands_for(word: str, other: str) -> bool:
    if len(word) == 1 or len(other) == 1:
        return word[0] == other[0]
    return spelling(word) == spelling(other)
