"""What says on Wikidata what the graph says, read from `wikidata.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from kg.errors import ResourceError
from kg.resources import line_of, read_toml
from kg.vocabulary import vocabulary

_FILE: Final = Path(__file__).with_name("wikidata.toml")
_PROPERTY: Final = re.compile(r"P[1-9]\d*")
_DATES: Final = frozenset({"P580", "P582", "P585"})


@dataclass(frozen=True, slots=True)
class Counterpart:
    """A Wikidata property, the direction in which it says the same, and the qualifier for when it happened."""

    property: str
    inverse: bool = False
    when: str | None = None


@dataclass(frozen=True, slots=True)
class Counterparts:
    """For each statement property ("signatory") its counterparts, or the reason why it has none."""

    mapped: Mapping[str, tuple[Counterpart, ...]]
    left_out: Mapping[str, str]


@cache
def counterparts(file: Path = _FILE) -> Counterparts:
    """Read and check the mapping; raises ResourceError, with the line, if it is malformed or not complete."""
    table = read_toml(file)
    reasons = table.pop("left_out", {})
    mapped = {name: tuple(_counterpart(file, name, entry) for entry in entries) for name, entries in table.items()}
    known = vocabulary().properties
    for name in {**mapped, **reasons}:
        if name not in known:
            raise ResourceError(file, f"{name} is no statement property", line=line_of(file, name))
        if name in mapped and name in reasons:
            raise ResourceError(file, f"{name} is both mapped and left out", line=line_of(file, f"{name} ="))
    if missing := known.keys() - mapped.keys() - reasons.keys():
        raise ResourceError(file, f"says nothing of {', '.join(sorted(missing))}")
    return Counterparts(mapped, reasons)


def _counterpart(file: Path, name: str, entry: Mapping[str, object]) -> Counterpart:
    line = line_of(file, f"[{name}]")
    if unknown := entry.keys() - {"property", "inverse", "when"}:
        raise ResourceError(file, f"{name}: {', '.join(sorted(unknown))} means nothing here", line=line)
    found, inverse, when = entry.get("property"), entry.get("inverse", False), entry.get("when")
    if not isinstance(found, str) or not _PROPERTY.fullmatch(found):
        raise ResourceError(file, f"{name}: {found!r} is no Wikidata property; it must look like P710", line=line)
    if not isinstance(inverse, bool):
        raise ResourceError(file, f"{name}: inverse must be true or false", line=line)
    if when is not None and (not isinstance(when, str) or when not in _DATES):
        raise ResourceError(file, f"{name}: when must be one of {', '.join(sorted(_DATES))}", line=line)
    return Counterpart(found, inverse, when)
