"""The comments at the top of a saved query that say what it answers and what may be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.errors import ResourceError

_LINE = re.compile(r"#\+( *)(.*?) *")
_ENTRY = re.compile(r"([a-z]+): +(\S.*)")
_VARIABLE = re.compile(r"[a-z][A-Za-z0-9_]*")

#: What the header must say, each once.
KEYS: Final = ("summary", "description", "tags")
#: What it may say of a parameter, indented below it.
PARAMETER_KEYS: Final = ("type", "summary", "default", "example", "required")


@dataclass(frozen=True, slots=True)
class Block:
    """What is said at one level: by key, and from which line on."""

    line: int
    entries: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Header:
    """A header as written; `end` is the number of the first line below it."""

    about: Block
    parameters: dict[str, Block]
    end: int


@dataclass(slots=True)
class _Entry:
    key: str
    value: str
    nested: bool
    line: int


def read_header(file: Path, text: str) -> Header:
    """Read the `#+` lines at the top of a query; raises ResourceError, with the line, at the first that breaks the rules."""
    lines = text.splitlines()
    end = next((number for number, line in enumerate(lines, 1) if not line.startswith("#+")), None)
    if end is None:
        raise ResourceError(file, "holds no query below its header", line=1)
    header = Header(Block(1), {}, end)
    block = header.about
    for entry in _entries(file, lines[: end - 1]):
        if entry.key == "parameter" and not entry.nested:
            if not _VARIABLE.fullmatch(entry.value) or entry.value in header.parameters:
                raise ResourceError(file, f"{entry.value!r} is no new name for a parameter", line=entry.line)
            block = header.parameters[entry.value] = Block(entry.line)
        else:
            block = block if entry.nested else header.about
            _set(file, block, entry, PARAMETER_KEYS if entry.nested else KEYS)
    if missing := [key for key in KEYS if key not in header.about.entries]:
        raise ResourceError(file, f"lacks a line `#+ {missing[0]}: …` at its top", line=1)
    return header


def _entries(file: Path, lines: Iterable[str]) -> Iterator[_Entry]:
    """Join each key with the lines that go on from it: those that are indented deeper."""
    entry: _Entry | None = None
    below_parameter = False
    for number, line in enumerate(lines, start=1):
        match = _LINE.fullmatch(line)
        indent, content = (len(match[1]), match[2]) if match else (0, "")
        nested = indent == 3 and below_parameter
        if indent == 1 or nested:
            found = _ENTRY.fullmatch(content)
            if not found:
                raise ResourceError(file, "must be `#+ key: value`", line=number)
            if entry:
                yield entry
            entry = _Entry(found[1], found[2], nested, number)
            below_parameter = nested or entry.key == "parameter"
        elif entry and content and indent >= (5 if below_parameter else 3):
            entry.value += " " + content
        else:
            raise ResourceError(file, "must be `#+ key: value`, or go on from such a line, indented deeper", line=number)
    if entry:
        yield entry


def _set(file: Path, block: Block, entry: _Entry, known: Iterable[str]) -> None:
    if entry.key not in known:
        raise ResourceError(file, f"unknown key {entry.key!r}; known are {', '.join(known)}", line=entry.line)
    if entry.key in block.entries:
        raise ResourceError(file, f"says {entry.key!r} twice", line=entry.line)
    block.entries[entry.key] = entry.value
