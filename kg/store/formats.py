"""The forms in which a query's answer can be written."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, serialize

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


def formats_of(result: Result) -> Mapping[str, QueryResultsFormat] | Mapping[str, RdfFormat]:
    """Return the forms that fit the answer."""
    return GRAPH_FORMATS if isinstance(result, QueryTriples) else ROW_FORMATS


def write(result: Result, name: str) -> bytes:
    """Write an answer in a form that fits it; triples once each. Raises QueryError, naming the forms, if none does."""
    if isinstance(result, QueryTriples) and name in GRAPH_FORMATS:
        once = dict.fromkeys(result)
        return serialize(once, format=GRAPH_FORMATS[name], prefixes=dict(PREFIXES)) or b""
    if not isinstance(result, QueryTriples) and name in ROW_FORMATS:
        return result.serialize(format=ROW_FORMATS[name]) or b""
    raise QueryError(f"this query's answer cannot be written as {name}; choose {', '.join(formats_of(result))}")
