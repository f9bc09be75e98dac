"""Questions in SPARQL, and how an answer finds the form that the client asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Final

from pyoxigraph import QueryTriples, Triple

from kg.engine import Question, Spool
from kg.engine.rows import CountedRows
from kg.errors import NotAcceptable, StoreError
from kg.queries import SavedQuery
from kg.service import pages
from kg.service.negotiation import choose
from kg.store import Dataset, Result, Store, lookups
from kg.store.formats import write_rows, write_triples
from kg.store.resolve import entity

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
#: Functions that give another value each time; a name that looks like a call of one only costs a place in the cache.
_UNSTEADY: Final = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sparql:
    """A query, what the client accepts (None is anything), and the graphs that the request names, if it does."""

    text: str
    accept: str | None = None
    dataset: Dataset | None = None

    @property
    def steady(self) -> bool:
        return not _UNSTEADY.search(self.text)

    def answer(self, store: Store, out: Spool) -> str:
        return _answer(store, self.text, self.accept, self.dataset, out)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved query with what a person filled in for its parameters."""

    query: SavedQuery
    values: tuple[tuple[str, str], ...] = ()
    accept: str | None = None

    @property
    def steady(self) -> bool:
        return not _UNSTEADY.search(self.query.text)

    def answer(self, store: Store, out: Spool) -> str:
        text = self.query.fill_in(dict(self.values), partial(entity, store))
        return _answer(store, text, self.accept, None, out)


def is_lookup(question: Question) -> bool:
    """Is it a query that costs as much as it gives, row by row?"""
    return isinstance(question, Sparql) and lookups.is_lookup(question.text)


def _answer(store: Store, text: str, accept: str | None, dataset: Dataset | None, out: Spool) -> str:
    for_rows, for_triples = _chosen(accept)
    if not (for_rows or for_triples):
        raise not_acceptable(accept, [*ROW_TYPES, *GRAPH_TYPES])
    result = store.query(text, dataset=dataset)
    types, chosen = (GRAPH_TYPES, for_triples) if isinstance(result, QueryTriples) else (ROW_TYPES, for_rows)
    if chosen is None:
        raise not_acceptable(accept, types)
    try:
        write_answer(result, types[chosen], out)
    except (OSError, RuntimeError) as error:  # Rows are found while they are written.
        raise StoreError(f"the answer broke off: {error}") from error
    return chosen


@lru_cache(maxsize=256)
def _chosen(accept: str | None) -> tuple[str | None, str | None]:
    """The media types of rows and of triples that the client likes best; the same few headers come all the time."""
    return choose(accept, ROW_TYPES), choose(accept, GRAPH_TYPES)


def write_answer(result: Result, form: str, out: Spool) -> None:
    """Write a result in a form that fits it, by one of the names above."""
    if isinstance(result, QueryTriples):
        write_triples(_counted(result, out), form, out)
    elif form == "html":
        page = pages.rows(result)
        out.count(page.count("<tr><td>"))
        out.write(page.encode())
    else:
        write_rows(result, form, CountedRows(out, form))


def _counted(triples: Iterable[Triple], out: Spool) -> Iterator[Triple]:
    """Count before anything is written, as triples are gathered first so that each is written once."""
    for number, triple in enumerate(triples, 1):
        out.count(number)
        yield triple


def not_acceptable(accept: str | None, types: Iterable[str]) -> NotAcceptable:
    """Return the error that says in which forms an answer can be written."""
    return NotAcceptable(f"this answer cannot be written as {accept}; it can be as {', '.join(types)}")
