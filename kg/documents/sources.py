"""Sources: what the inputs of a call name, one by one, before anything is read."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kg.documents.decoding import kind_of_binary
from kg.errors import InputError

STDIN = "<stdin>"


class Form(StrEnum):
    """How a source is to be read."""

    TEXT = "plain text"
    PAGE = "HTML"
    RECORDS = "JSONL"


_SUFFIXES = {
    **dict.fromkeys((".txt", ".text", ".md"), Form.TEXT),
    **dict.fromkeys((".html", ".htm", ".xhtml"), Form.PAGE),
    **dict.fromkeys((".jsonl", ".ndjson"), Form.RECORDS),
}
KNOWN_SUFFIXES = " ".join(_SUFFIXES)


@dataclass(frozen=True, slots=True)
class Source:
    """A file, or standard input where `path` is None; without `form` its first bytes tell how to read it."""

    label: str
    path: Path | None
    form: Form | None

    @property
    def stem(self) -> str:
        """What a document is called that has no id of its own; of standard input nothing."""
        return self.path.stem if self.path else ""


def sources(inputs: Sequence[str]) -> Iterator[Source | InputError]:
    """Yield every source that files, folders, globs and "-" name, as given; folders and globs sorted by path.

    Folders are read with all that is below them: files with a known suffix, but no hidden ones and no README. An input that
    names nothing yields the InputError that says so.
    """
    for given in inputs:
        if given == "-":
            yield Source(STDIN, None, None)
        elif _exists(given):
            yield from _named(Path(given))
        elif any(c in given for c in "*?["):
            yield from _matching(given)
        else:
            yield InputError(given or '""', "no such file or folder; check the path")


def _exists(given: str) -> bool:
    try:
        return bool(given) and Path(given).exists()
    except (OSError, ValueError):  # too long, or characters that no path can have
        return False


def _named(path: Path) -> Iterator[Source | InputError]:
    """Yield the file itself, whatever it is, or what the folder holds."""
    if path.is_dir():
        yield from _below(path)
    elif path.suffix and path.suffix.lower() not in _SUFFIXES:
        yield InputError(str(path), _unsupported(path))
    else:
        yield Source(str(path), path, _SUFFIXES.get(path.suffix.lower()))


def _unsupported(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            kind = kind_of_binary(stream.read(64))
    except OSError as error:
        return unreadable(error)
    return kind or f"unsupported suffix {path.suffix}; use one of {KNOWN_SUFFIXES}"


def _below(folder: Path) -> Iterator[Source | InputError]:
    failed: list[OSError] = []
    found: list[Path] = []
    for parent, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(parent, name) for name in names if _is_article(name)]
    for error in failed:
        yield InputError(str(error.filename), unreadable(error))
    if not found and not failed:
        yield InputError(str(folder), f"nothing to read in this folder; expected files with one of {KNOWN_SUFFIXES}")
    for path in sorted(found):
        if path.exists() and not path.is_file():
            yield InputError(str(path), "not a regular file; name it directly if you mean to read it")
        else:
            yield Source(str(path), path, _SUFFIXES[path.suffix.lower()])


def _is_article(name: str) -> bool:
    """Is a file of a folder meant to be read? What only describes the folder is not, nor what is hidden."""
    return Path(name).suffix.lower() in _SUFFIXES and not name.startswith((".", "README"))


def _matching(pattern: str) -> Iterator[Source | InputError]:
    try:
        found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - also takes absolute patterns, and skips hidden files
    except (OSError, ValueError):  # such as half a character, which no file name has
        found = []
    if not found:
        yield InputError(pattern, "no file matches; check the pattern")
    for path in found:
        yield from _named(Path(path))


def unreadable(error: OSError) -> str:
    """Say why a file cannot be opened, and what to do."""
    return f"cannot be read ({error.strerror or error}); check the file and its permissions"
