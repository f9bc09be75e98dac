"""Word lists of the language stage, as TOML files that anyone can edit."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from kg.resources import read_toml

_FOLDER = Path(__file__).parent


@cache
def words(file: str, *path: str) -> frozenset[str]:
    """Return a list of words from a lexicon file: `words("titles", "state", "words")`.

    Raises ResourceError if the file lacks the list.
    """
    return frozenset(table(file, *path))


@cache
def table(file: str, *path: str) -> Any:
    """Return whatever stands at a place in a lexicon file."""
    return read_toml(_FOLDER / f"{file}.toml", *path)
