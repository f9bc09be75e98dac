"""A query's answer in the form that the client asked for, whole before anything is sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from traceback import clear_frames
from types import MappingProxyType
from typing import Final

from fastapi import HTTPException, Response
from pyoxigraph import QueryTriples

from kg.errors import StoreError
from kg.service import pages
from kg.service.negotiation import choose
from kg.store import Dataset, Result, Store
from kg.store.formats import write

#: Media types of rows and of a yes or no, best first, with the form that each means.
ROW_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "application/sparql-results+json": "json",
        "application/json": "json",
        "application/sparql-results+xml": "xml",
        "text/html": "html",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
        "application/xml": "xml",
        "text/xml": "xml",
    }
)
#: Media types of triples.
GRAPH_TYPES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text/turtle": "turtle",
        "application/n-triples": "ntriples",
        "application/ld+json": "jsonld",
        "application/rdf+xml": "rdfxml",
        "application/trig": "trig",
        "application/n-quads": "nquads",
    }
)


def answer(store: Store, text: str, accept: str | None, dataset: Dataset | None = None) -> Response:
    """Evaluate a query and write its answer; blocks, and must run to its end in one thread."""
    try:
        return _answer(store, text, accept, dataset)
    except Exception as error:
        # A result may die in its own thread only, so no traceback may carry it into another.
        link: BaseException | None = error
        while link:
            clear_frames(link.__traceback__)
            link = link.__context__
        raise


def _answer(store: Store, text: str, accept: str | None, dataset: Dataset | None) -> Response:
    if not choose(accept, [*ROW_TYPES, *GRAPH_TYPES]):
        raise _not_acceptable(accept, [*ROW_TYPES, *GRAPH_TYPES])
    result = store.query(text, dataset=dataset)
    types = GRAPH_TYPES if isinstance(result, QueryTriples) else ROW_TYPES
    chosen = choose(accept, types)
    if chosen is None:
        raise _not_acceptable(accept, types)
    return Response(_written(result, types[chosen]), media_type=chosen, headers={"Vary": "Accept"})


def _written(result: Result, form: str) -> bytes:
    try:
        if form == "html" and not isinstance(result, QueryTriples):
            return pages.rows(result).encode()
        return write(result, form)
    except (OSError, RuntimeError) as error:  # Rows are found while they are written.
        raise StoreError(f"the answer broke off: {error}") from error


def _not_acceptable(accept: str | None, types: Iterable[str]) -> HTTPException:
    return HTTPException(406, f"this answer cannot be written as {accept}; it can be as {', '.join(types)}")
