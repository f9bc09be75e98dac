"""What clients ask, in the words of either version of the protocol, as values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeVar

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from kg.errors import QueryError, QueryTooLarge
from kg.service.reconciliation.properties import Property, named
from kg.terms import TG
from kg.vocabulary import vocabulary

#: Queries in one batch, candidates for one query, and entities in one request for their properties.
BATCH, MOST, ROWS = 100, 100, 1_000
_USUAL: Final = 5
_T = TypeVar("_T")

Quantifier = Literal["any", "all", "none"]


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a client gives: a text, and the id if it is an entity that it knows already."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What a property of the entity should be; one that is required rules out all that have it not."""

    property: Property
    values: tuple[Given, ...]
    quantifier: Quantifier = "any"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One thing that is looked for, by names, ids and conditions; of these types only, or, if not strict, best of them."""

    names: tuple[str, ...]
    ids: tuple[str, ...]
    types: tuple[str, ...]
    strict: bool
    conditions: tuple[Condition, ...]
    limit: int


class _Entity(BaseModel):
    id: str
    name: str = ""


_Value = str | bool | int | float | _Entity


class _Pair(BaseModel):
    pid: str
    v: _Value | list[_Value]


class _Query02(BaseModel):
    query: str = ""
    type: str | list[str] = []
    type_strict: Literal["any", "all", "should"] = "any"
    limit: Annotated[int, Field(gt=0)] = _USUAL
    properties: list[_Pair] = []


class _Condition10(BaseModel):
    match_type: Annotated[Literal["name", "id", "property"], Field(alias="matchType")]
    value: Annotated[_Value | list[_Value], Field(alias="propertyValue")]
    property: Annotated[str, Field(alias="propertyId")] = ""
    required: bool = False
    quantifier: Annotated[Quantifier, Field(alias="matchQuantifier")] = "any"


class _Query10(BaseModel):
    conditions: Annotated[list[_Condition10], Field(min_length=1)]
    type: str | None = None
    limit: Annotated[int, Field(gt=0)] = _USUAL


class _Batch10(BaseModel):
    queries: list[_Query10]


class Wanted(BaseModel):
    """A property that a client wants of entities, with its settings."""

    id: str
    settings: dict[str, str | int | float | bool] = {}


class Extension(BaseModel):
    """A data extension query, which is the same in both versions."""

    ids: list[str]
    properties: list[Wanted]


_BATCH_02: Final = TypeAdapter(dict[str, _Query02])
_BATCH_10: Final = TypeAdapter(_Batch10)
_EXTENSION: Final = TypeAdapter(Extension)


def batch_02(text: str | bytes) -> dict[str, Query]:
    """Read a query batch of version 0.2, by the client's own keys.

    Raises QueryError if it is none, or names a type or property that is not there; QueryTooLarge if it is too long.
    """
    return {key: _query_02(key, asked) for key, asked in _few(_read(_BATCH_02, text, "queries")).items()}


def batch_10(text: str | bytes) -> list[Query]:
    """Read a query batch of the draft of version 1.0; raises as `batch_02`."""
    asked = _read(_BATCH_10, text, "query batch").queries
    _few({str(number): one for number, one in enumerate(asked)})
    return [_query_10(one) for one in asked]


def extension(text: str | bytes) -> Extension:
    """Read a data extension query; raises QueryError if it is none, QueryTooLarge if it is about too much."""
    asked = _read(_EXTENSION, text, "data extension query")
    if len(asked.ids) > ROWS:
        raise QueryTooLarge(f"{len(asked.ids)} entities are asked for at once, {ROWS} may be; ask in parts")
    return asked


def _read(reader: TypeAdapter[_T], text: str | bytes, what: str) -> _T:
    try:
        return reader.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise QueryError(f"no {what} of the reconciliation protocol: {place + ': ' if place else ''}{first['msg']}") from error


def _few(asked: dict[str, _T]) -> dict[str, _T]:
    if len(asked) > BATCH:
        raise QueryTooLarge(f"a batch holds at most {BATCH} queries, not {len(asked)}")
    return asked


def _query_02(key: str, asked: _Query02) -> Query:
    conditions = tuple(Condition(named(pair.pid), _given(pair.v)) for pair in asked.properties)
    if not (asked.query.strip() or conditions):
        raise QueryError(f"the query {key!r} gives neither a name nor properties to look for")
    names = (asked.query,) if asked.query.strip() else ()
    types = _types([asked.type] if isinstance(asked.type, str) else asked.type)
    return Query(names, names, types, asked.type_strict != "should", conditions, min(asked.limit, MOST))


def _query_10(asked: _Query10) -> Query:
    of = {kind: [one for one in asked.conditions if one.match_type == kind] for kind in ("name", "id", "property")}
    names = tuple(value.text for one in of["name"] for value in _given(one.value))
    ids = tuple(value.id or value.text for one in of["id"] for value in _given(one.value))
    conditions = tuple(Condition(named(one.property), _given(one.value), one.quantifier, one.required) for one in of["property"])
    return Query(names, (*ids, *names), _types([asked.type] if asked.type else []), True, conditions, min(asked.limit, MOST))


def _given(value: _Value | list[_Value]) -> tuple[Given, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(Given(one.name or one.id, one.id) if isinstance(one, _Entity) else Given(str(one)) for one in values)


def _types(asked: Iterable[str]) -> tuple[str, ...]:
    names = tuple(name.removeprefix("tg:").removeprefix(TG) for name in asked if name)
    for name in names:
        if name not in vocabulary().classes:
            raise QueryError(f"there is no type {name!r}; there are {', '.join(vocabulary().classes)}")
    return names
