"""Values of properties for entities that a client has found: as they are, or with where they are said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.errors import QueryError
from kg.service.reconciliation.facts import Facts, Saying, Value
from kg.service.reconciliation.properties import Property, named
from kg.service.reconciliation.queries import Extension, Wanted

#: What may be wanted of a statement property, with what it gives.
CONTENTS: Final[Mapping[str, str]] = {
    "values": "What documents state as a fact",
    "quotes": "The words that say it, deny it or plan it, with their source",
    "sources": "The documents that state it as a fact",
    "count": "How many documents state it as a fact",
}
_STATED: Final = "affirmed, actual"

Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A wanted property, and its cells by entity."""

    property: Property
    cells: Mapping[str, list[Cell]]


async def columns(facts: Facts, asked: Extension) -> list[Column]:
    """Return a column for each wanted property; raises QueryError if one, or a setting, is not known."""
    return [await _column(facts, asked.ids, wanted) for wanted in asked.properties]


async def _column(facts: Facts, ids: Iterable[str], wanted: Wanted) -> Column:
    one, content, limit = named(wanted.id), str(wanted.settings.get("content") or "values"), _limit(wanted)
    if content not in CONTENTS:
        raise QueryError(f"the setting content is one of {', '.join(CONTENTS)}, not {content!r}")
    meant = {text: facts.known.identified(text) or text for text in ids}
    cells: dict[str, list[Cell]] = {}
    if content == "values" or one.statement is None:
        values = await facts.values(one, meant.values())
        cells = {text: [_cell(value) for value in values.get(entity, ())] for text, entity in meant.items()}
    else:
        sayings = await facts.sayings(one, meant.values())
        cells = {text: _told(content, sayings.get(entity, [])) for text, entity in meant.items()}
    return Column(one, {text: listed[: limit or None] for text, listed in cells.items()})


def _limit(wanted: Wanted) -> int:
    try:
        return max(0, int(wanted.settings.get("limit") or 0))
    except ValueError as error:
        raise QueryError(f"the setting limit is a whole number, not {wanted.settings['limit']!r}") from error


def _cell(value: Value) -> Cell:
    if value.id is not None:
        return {"id": value.id, "name": value.text}
    return {"date": f"{value.text}T00:00:00Z"} if value.date else {"str": value.text}


def _told(content: str, sayings: Iterable[Saying]) -> list[Cell]:
    if content == "quotes":
        return [{"str": f"“{said.words}” ({said.source}; {said.stance}: {said.value.text})"} for said in sayings]
    sources = dict.fromkeys(said.source for said in sayings if said.stance == _STATED)
    return [{"int": len(sources)}] if content == "count" else [{"str": source} for source in sources]
