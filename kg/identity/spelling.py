"""Spellings of names: which words are one name written in two ways, by the rules in romanisation.toml.

The rules are about letters, not about persons. `spelling` takes away what romanisations differ in and keeps the sound;
`frame` keeps the consonants only, so that words with one frame may be one name and others cannot be.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.documents import slug
from kg.errors import ResourceError
from kg.resources import line_of, read_toml

RULES = Path(__file__).with_name("romanisation.toml")


class Rule(NamedTuple):
    """What is written otherwise; the two words of the example become alike by it and the rules before."""

    pattern: re.Pattern[str]
    replacement: str
    example: tuple[str, str]


@cache
def rules(group: str, file: Path = RULES) -> tuple[Rule, ...]:
    """Return the rules of a group ("spelling", "frame") in order.

    Raises ResourceError that names file and line if a rule is malformed.
    """
    return tuple(_rule(entry, file) for entry in read_toml(file, group))


def _rule(entry: Any, file: Path) -> Rule:
    match entry:
        case {"write": str(write), "as": str(replacement), "example": [str(one), str(other)]}:
            try:
                return Rule(re.compile(write), replacement, (one, other))
            except re.error as error:
                raise ResourceError(file, f"{write!r} is no pattern: {error}", line=line_of(file, repr(write)[1:-1])) from error
    raise ResourceError(file, f"a rule needs write, as, and an example of two words, not {entry!r}")


@cache
def listed(group: str, key: str) -> frozenset[str]:
    """Return the words of a list in the file of rules."""
    return frozenset(read_toml(RULES, group, key))


@lru_cache(maxsize=100_000)
def words(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters without accents, as romanisations and headlines vary them.

    >>> words("KIM Jong-Un"), words("Ömer al-Kuwari")
    (('kim', 'jong', 'un'), ('omer', 'al', 'kuwari'))
    """
    return tuple(slug(name).split("-"))


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """Return what all spellings of a word have in common.

    >>> spelling("pezeshkian") == spelling("pezeshkyan"), spelling("zelenskyy") == spelling("zelenskiy")
    (True, True)
    """
    for rule in rules("spelling"):
        word = rule.pattern.sub(rule.replacement, word)
    return word


@lru_cache(maxsize=100_000)
def frame(word: str) -> str:
    """Return the consonants of a word's spelling.

    >>> frame("muhammad") == frame("mohammed"), frame("chen") == frame("cheng")
    (True, False)
    """
    word = spelling(word)
    for rule in rules("frame"):
        word = rule.pattern.sub(rule.replacement, word)
    return word


@lru_cache(maxsize=100_000)
def plain(name: str) -> str:
    """Return the name of a body or place in the one spelling of English that this project compares by, without "the".

    >>> plain("The Organisation for Co-operation & Defence") == plain("Organization for Cooperation and Defense")
    True
    """
    text = name.casefold()
    for here, there in _english():
        text = re.sub(rf"(?<!\w){re.escape(here)}(?!\w)", there, text)
    return "-".join(w for w in words(text) if w != "the") or slug(name)


@cache
def _english() -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in read_toml(RULES, "english", "pairs"))
