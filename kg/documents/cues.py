"""Cues: the phrases of `boilerplate.toml`, by which pages show that a line is not part of the article."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from kg.documents.lines import Line
from kg.documents.literals import required
from kg.errors import ResourceError
from kg.model import ZoneKind

_BUNDLED = Path(__file__).with_name("boilerplate.toml")
_ZONES = (ZoneKind.FRONT, ZoneKind.CAPTION, ZoneKind.TEASER, ZoneKind.BOILERPLATE)
_KEYS = {"name", "zone", "where", "patterns", "sure", "opens", "case", "longest", "sentences"}
_TRAILING = re.compile(r"[\s.!:*|>)\]\"']*")


class Where(StrEnum):
    """Where in a line a pattern has to stand."""

    WHOLE = "whole"
    START = "start"
    END = "end"
    INSIDE = "inside"
    SCENE = "scene"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern, and the texts of which one has to be there for it to match."""

    pattern: re.Pattern[str]
    required: frozenset[str] | None

    def may_match(self, line: str) -> bool:
        """Is a search in the line worth the time?"""
        if self.required is None:
            return True
        for word in self.required:  # noqa: SIM110 - a generator for any() takes four times as long
            if word in line:
                return True
        return False

    def narrowed(self, text: str) -> Phrase | None:
        """Return the phrase with only those required texts that stand in this text; None if there are none."""
        if self.required is None:
            return self
        words = frozenset(word for word in self.required if word in text)
        return Phrase(self.pattern, words) if words else None


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns of one purpose; `boilerplate.toml` explains the keys."""

    name: str
    zone: ZoneKind
    where: Where
    phrases: tuple[Phrase, ...]
    pattern: re.Pattern[str]
    sure: bool = True
    opens: bool = False
    case: bool = False
    longest: int = 1000
    sentences: bool = True

    def allows(self, line: Line) -> bool:
        """May the group speak about a line of this length and shape?"""
        return line.words <= self.longest and len(line.plain) <= 15 * self.longest and (self.sentences or not line.stopped)


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue in a line: its place in the line, and the group that it belongs to."""

    start: int
    end: int
    group: Group


class Cues:
    """All groups, ready to be looked for."""

    def __init__(self, groups: tuple[Group, ...]) -> None:
        self.groups = groups
        self._by_place = {where: tuple(g for g in groups if g.where is where) for where in Where}
        controls = [g.pattern.pattern for g in groups if g.where is Where.WHOLE and g.zone is ZoneKind.BOILERPLATE and not g.case]
        self._control = re.compile("|".join(controls) or r"(?!)")

    def phrases(self, lines: list[Line], where: Where) -> list[tuple[Group, Phrase]]:
        """Return those phrases of the END, INSIDE or SCENE groups that the lines may hold at all."""
        simple = "\n".join(line.plain for line in lines)
        folded = "\n".join(line.folded for line in lines)
        pairs = ((g, p.narrowed(simple if g.case else folded)) for g in self._by_place[where] for p in g.phrases)
        return [(group, phrase) for group, phrase in pairs if phrase is not None]

    def whole(self, line: Line) -> Group | None:
        """Return the group that covers the whole line, if any; a line made of several such phrases counts."""
        for group in self._by_place[Where.WHOLE]:
            found = group.pattern.match(line.plain if group.case else line.folded)
            if found and group.allows(line) and _reaches_end(line, found.end()):
                return group
        if line.words <= 12 and self._is_made_of_controls(line.folded.split()):
            return next(g for g in self._by_place[Where.WHOLE] if g.zone is ZoneKind.BOILERPLATE and not g.opens)
        return None

    def start(self, line: Line) -> Group | None:
        """Return the group that the line begins with, if any."""
        for group in self._by_place[Where.START]:
            if group.allows(line) and group.pattern.match(line.plain if group.case else line.folded):
                return group
        return None

    def _is_made_of_controls(self, words: list[str]) -> bool:
        """Do the words fall into whole phrases, such as "share tweet" or "terms of use | about us"?"""
        reached = {0}
        for begin in range(len(words)):
            if begin in reached:
                for end in range(begin + 1, min(begin + 5, len(words)) + 1):
                    phrase = " ".join(words[begin:end]).strip("|•·,/>-*.!: ")
                    if not phrase or self._control.fullmatch(phrase):
                        reached.add(end)
        return len(words) in reached


def hits(line: Line, phrases: list[tuple[Group, Phrase]]) -> Iterator[Hit]:
    """Yield where the phrases stand in the line; INSIDE groups do not look into quoted words."""
    for group, phrase in phrases:
        text = line.plain if group.case else line.folded
        if phrase.may_match(text) and group.allows(line):
            for found in phrase.pattern.finditer(text):
                if group.where is not Where.INSIDE or line.plain.count('"', 0, found.start()) % 2 == 0:
                    yield Hit(found.start(), found.end(), group)


def _reaches_end(line: Line, end: int) -> bool:
    trailing = _TRAILING.match(line.plain, end)
    return trailing is not None and trailing.end() == len(line.plain)


@cache
def bundled() -> Cues:
    """Return the cues that come with treatygraph."""
    return load(_BUNDLED)


def load(path: Path) -> Cues:
    """Read a file of cues.

    Raises ResourceError, naming the line, for what is no TOML, an unknown key or value, or a pattern that does not compile.
    """
    source = path.read_text(encoding="utf-8")
    try:
        content = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        raise ResourceError(path, f"not TOML: {error}", line=int(line[1]) if line else None) from error
    tables = content.get("group")
    if not isinstance(tables, list) or not tables or set(content) != {"group"}:
        raise ResourceError(path, "expected [[group]] tables and nothing else", line=1)
    starts = [n for n, text in enumerate(source.splitlines(), 1) if text.strip() == "[[group]]"]
    if len(starts) != len(tables):
        raise ResourceError(path, "write every group under its own [[group]] line", line=1)
    return Cues(tuple(_group(table, path, source, line) for table, line in zip(tables, starts, strict=True)))


def _group(table: Mapping[str, object], path: Path, source: str, line: int) -> Group:
    def wrong(reason: str) -> ResourceError:
        return ResourceError(path, f"group {table.get('name', '')!r}: {reason}", line=line)

    if unknown := set(table) - _KEYS:
        raise wrong(f"unknown key {min(unknown)!r}; known are {', '.join(sorted(_KEYS))}")
    name, zone, where, patterns = (table.get(key) for key in ("name", "zone", "where", "patterns"))
    if not isinstance(name, str) or not name:
        raise wrong("needs a name")
    if zone not in _ZONES:
        raise wrong(f"zone must be one of {', '.join(_ZONES)}")
    if where not in tuple(Where):
        raise wrong(f"where must be one of {', '.join(Where)}")
    if not isinstance(patterns, list) or not patterns or not all(isinstance(p, str) and p for p in patterns):
        raise wrong("needs patterns: a list of texts")
    flags = {key: table[key] for key in ("sure", "opens", "case", "sentences") if key in table}
    if not all(isinstance(value, bool) for value in flags.values()):
        raise wrong("sure, opens, case and sentences are true or false")
    longest = table.get("longest", 1000)
    if not isinstance(longest, int) or isinstance(longest, bool) or longest < 1:
        raise wrong("longest is a number of words")
    phrases = tuple(_phrase(pattern, path, source, line, lower=not table.get("case", False)) for pattern in patterns)
    union = re.compile("|".join(f"(?:{pattern})" for pattern in patterns))
    keys = {key: bool(value) for key, value in flags.items()}
    return Group(name, ZoneKind(str(zone)), Where(str(where)), phrases, union, longest=longest, **keys)


def _phrase(pattern: str, path: Path, source: str, line: int, *, lower: bool) -> Phrase:
    at = next((n for n, text in enumerate(source.splitlines(), 1) if n >= line and pattern in text), line)
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise ResourceError(path, f"pattern {pattern!r} does not compile: {error}", line=at) from error
    if compiled.match(""):
        raise ResourceError(path, f"pattern {pattern!r} matches nothing at all, and so everything", line=at)
    if lower and re.search(r"(?<!\\)[A-Z]", pattern):
        raise ResourceError(path, f"pattern {pattern!r} has a capital, but lines are lower case unless case = true", line=at)
    return Phrase(compiled, required(pattern))
