"""Literals: the words without which a regular expression cannot match, so that most lines need no search."""

from __future__ import annotations

import re
from collections.abc import Iterator

_TOKEN = re.compile(r"\\.|\[\^?(?:\\.|[^\]\\])+\]|\(|\)|\||.", re.DOTALL)
_QUANTIFIER = re.compile(r"(?:[?*+]|\{(\d*)(?:,\d*)?\})\??")
_SHORTEST = 3


def required(pattern: str) -> frozenset[str] | None:
    """Return texts of which one stands in whatever the pattern matches; None where there are none worth the look.

    >>> sorted(required(r"(?:sign|signing) up(?: now)?|subscribe\\b") or ())
    ['sign', 'signing', 'subscribe']
    """
    choices = [_of_sequence(sequence) for sequence in _alternatives(pattern)]
    return None if None in choices else frozenset().union(*(choice or () for choice in choices))


def _alternatives(pattern: str) -> Iterator[str]:
    depth, start = 0, 0
    for token in _TOKEN.finditer(pattern):
        depth += (token[0] == "(") - (token[0] == ")")
        if token[0] == "|" and depth == 0:
            yield pattern[start : token.start()]
            start = token.end()
    yield pattern[start:]


def _of_sequence(pattern: str) -> frozenset[str] | None:
    """Choose, of the runs of plain characters and the groups that have to match, the one that is most telling."""
    candidates: list[frozenset[str]] = []
    run = ""
    for part, at_least_once, repeated in _parts(pattern):
        character = _plain_character(part)
        if character and at_least_once:
            run += character
        if not (character and at_least_once) or repeated:
            candidates.append(frozenset([run]))
            run = ""
        if part[0] == "(" and at_least_once and (inner := _inside(part)) is not None and (words := required(inner)):
            candidates.append(words)
    best = max([*candidates, frozenset([run])], key=lambda words: min(map(len, words)))
    return best if min(map(len, best)) >= _SHORTEST else None


def _plain_character(part: str) -> str:
    """Return the character that a part stands for, if it is neither a class, a group nor a border."""
    if len(part) == 1:
        return "" if part in ".^$" else part
    return part[1] if part[0] == "\\" and not part[1].isalnum() else ""


def _parts(pattern: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield characters, classes and whole groups, whether each has to match, and whether it may match repeatedly."""
    position = 0
    while position < len(pattern):
        end = position
        depth = 0
        while token := _TOKEN.match(pattern, end):
            depth += (token[0] == "(") - (token[0] == ")")
            end = token.end()
            if depth == 0:
                break
        quantifier = _QUANTIFIER.match(pattern, end)
        part = pattern[position:end]
        position = quantifier.end() if quantifier else end
        optional = quantifier is not None and (quantifier[0][0] in "?*" or quantifier[1] in ("", "0"))
        yield part, not optional, quantifier is not None


def _inside(group: str) -> str | None:
    """Return a group's pattern; None for what looks around and takes no text."""
    if group.startswith("(?:"):
        return group[3:-1]
    return None if group.startswith("(?") else group[1:-1]
