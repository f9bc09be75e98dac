"""What can be asked of entities: the statement properties of the ontology, from both ends, and those of properties.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kg.errors import QueryError, ResourceError
from kg.model import Kind
from kg.resources import line_of, read_toml
from kg.terms import TG
from kg.vocabulary import Property as StatementProperty
from kg.vocabulary import vocabulary

FILE: Final = Path(__file__).with_name("properties.toml")
_KEYS: Final = {"id", "name", "comment", "kinds", "pattern"}


@dataclass(frozen=True, slots=True)
class Property:
    """A property of entities as clients see it.

    `kinds` may have it, `ends` are the kinds of its values where they are entities, `pattern` finds ?value of ?entity,
    and `statement` is the ontology's property behind it, `inverse` if the entity is its object.
    """

    id: str
    name: str
    comment: str
    kinds: frozenset[Kind]
    ends: frozenset[Kind]
    pattern: str
    statement: str | None = None
    inverse: bool = False


@cache
def properties(file: Path = FILE) -> Mapping[str, Property]:
    """Return all properties by id; raises ResourceError, with file and line, if the file is malformed."""
    found: dict[str, Property] = {}
    for known in vocabulary().properties.values():
        for one in _of_statement(known):
            found[one.id] = one
    for entry in read_toml(file, "property"):
        one = _listed(file, entry)
        if one.id in found:
            raise ResourceError(file, f"there is a property {one.id!r} already", line=line_of(file, f'id = "{one.id}"'))
        found[one.id] = one
    return MappingProxyType(found)


def named(text: str) -> Property:
    """Return the property that a client means by its id, its prefixed name or its IRI; raises QueryError if there is none."""
    known = properties().get(text.removeprefix("tg:").removeprefix(TG))
    if known is None:
        raise QueryError(f"there is no property {text!r}; there are {', '.join(properties())}")
    return known


def _of_statement(known: StatementProperty) -> list[Property]:
    ends = frozenset(end for end in known.range if isinstance(end, Kind))
    path = f"tg:{known.name}|^tg:{known.name}" if known.symmetric else f"tg:{known.name}"
    spoken = "".join(f" {c.lower()}" if c.isupper() else c for c in known.name)
    there = Property(
        known.name,
        spoken,
        "",
        known.domain,
        ends,
        f"GRAPH ?graph {{ ?entity {path} ?value }}",
        known.name,
    )
    if known.symmetric or not ends:
        return [there]
    pattern = f"GRAPH ?graph {{ ?value tg:{known.name} ?entity }}"
    about = f"The other way round: {spoken}."
    return [
        there,
        Property(f"^{known.name}", f"{spoken} (inverse)", about, ends, known.domain, pattern, known.name, inverse=True),
    ]


def _listed(file: Path, entry: Mapping[str, Any]) -> Property:
    line = line_of(file, f'id = "{entry.get("id")}"')
    if missing := sorted(_KEYS - entry.keys()):
        raise ResourceError(file, f"a property lacks {', '.join(missing)}", line=line)
    if unknown := sorted(set(entry["kinds"]) - {*Kind}):
        raise ResourceError(file, f"{', '.join(unknown)} is none of the kinds {', '.join(Kind)}", line=line)
    if not ("?entity" in entry["pattern"] and "?value" in entry["pattern"]):
        raise ResourceError(file, "a pattern speaks of ?entity and ?value", line=line)
    ends = frozenset(Kind) if entry.get("graph") else frozenset[Kind]()
    kinds = frozenset(Kind(kind) for kind in entry["kinds"])
    return Property(entry["id"], entry["name"], entry["comment"], kinds, ends, entry["pattern"])
