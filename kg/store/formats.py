"""The forms in which a query's answer can be written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from io import BytesIO
from types import MappingProxyType
from typing import IO, Final, Protocol, cast

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Triple, serialize

from kg.errors import QueryError
from kg.store.base import Result
from kg.terms import PREFIXES

#: Forms of rows and of a yes or no, by the name that a user types.
ROW_FORMATS: Final[Mapping[str, QueryResultsFormat]] = MappingProxyType(
    {
        "json": QueryResultsFormat.JSON,
        "xml": QueryResultsFormat.XML,
        "csv": QueryResultsFormat.CSV,
        "tsv": QueryResultsFormat.TSV,
    }
)
#: Forms of triples.
GRAPH_FORMATS: Final[Mapping[str, RdfFormat]] = MappingProxyType(
    {
        "turtle": RdfFormat.TURTLE,
        "ntriples": RdfFormat.N_TRIPLES,
        "jsonld": RdfFormat.JSON_LD,
        "rdfxml": RdfFormat.RDF_XML,
        "trig": RdfFormat.TRIG,
        "nquads": RdfFormat.N_QUADS,
    }
)


class Output(Protocol):
    """All that a writer needs of what it writes to."""

    def write(self, data: bytes, /) -> int: ...

    def flush(self) -> None: ...


def formats_of(result: Result) -> Mapping[str, QueryResultsFormat] | Mapping[str, RdfFormat]:
    """Return the forms that fit the answer."""
    return GRAPH_FORMATS if isinstance(result, QueryTriples) else ROW_FORMATS


def write(result: Result, name: str) -> bytes:
    """Write an answer in a form that fits it; triples once each. Raises QueryError, naming the forms, if none does."""
    written = BytesIO()
    if isinstance(result, QueryTriples) and name in GRAPH_FORMATS:
        write_triples(result, name, written)
    elif not isinstance(result, QueryTriples) and name in ROW_FORMATS:
        write_rows(result, name, written)
    else:
        raise QueryError(f"this query's answer cannot be written as {name}; choose {', '.join(formats_of(result))}")
    return written.getvalue()


def write_rows(result: QuerySolutions | QueryBoolean, name: str, out: Output) -> None:
    """Write rows, or a yes or no, as they are found."""
    result.serialize(cast("IO[bytes]", out), format=ROW_FORMATS[name])


def write_triples(triples: Iterable[Triple], name: str, out: Output) -> None:
    """Write triples, once each."""
    serialize(dict.fromkeys(triples), cast("IO[bytes]", out), format=GRAPH_FORMATS[name], prefixes=dict(PREFIXES))
