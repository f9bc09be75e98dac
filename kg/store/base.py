"""What every store can do: answer SPARQL queries, and say what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from kg.errors import QueryError

#: What a query gives: rows, a yes or no, or triples. Belongs to the thread that asked, as pyoxigraph's results do.
Result = QuerySolutions | QueryBoolean | QueryTriples

#: A value in a row; the graph has no blank nodes where anybody looks for names.
Term = NamedNode | Literal


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a request names beside its query; they stand above any that the query itself names."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    unnamed: bool = False  #: Is the store's graph without a name part of the default graph?


@dataclass(frozen=True, slots=True)
class Status:
    """How much a store holds, and which of its published generations that is, where it has any."""

    quads: int
    generation: int | None = None


@runtime_checkable
class Store(Protocol):
    """A graph that can be asked.

    Where neither the query nor the request names graphs, the default graph is the union of all named graphs. A
    statement that stands in several of them gives one row for each: ask with `GRAPH` or `DISTINCT` where that matters.
    """

    def query(self, text: str, *, dataset: Dataset | None = None) -> Result:
        """Answer a SPARQL query; raises QueryError if it is malformed or would call another server."""

    def status(self) -> Status:
        """Count what the store holds."""

    def stamp(self) -> str | None:
        """Tell the state of the graph from every other, at hardly any cost; None where that cannot be told."""

    def snapshot(self) -> Store:
        """Return the graph as it is now, for several queries that must see the same; closing it is not needed."""

    def close(self) -> None:
        """Let go of files and connections."""


def quads(store: Store) -> Iterator[Quad]:
    """Yield everything a store holds, one named graph after the other, by name."""
    for graph in graphs(store):
        yield from quads_of(store, graph)


def graphs(store: Store) -> list[NamedNode]:
    """Return the names of a store's graphs, sorted."""
    named = rows(store, "SELECT DISTINCT ?graph { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph")
    return [NamedNode(row["graph"].value) for row in named]


def quads_of(store: Store, graph: NamedNode) -> Iterator[Quad]:
    """Yield everything that one named graph holds."""
    triples = store.query(f"CONSTRUCT {{ ?s ?p ?o }} {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    if isinstance(triples, QueryTriples):
        yield from (Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples)


def rows(store: Store, text: str) -> list[dict[str, Term]]:
    """Ask for rows; a variable that a row leaves open is not in its dictionary."""
    result = store.query(text)
    if not isinstance(result, QuerySolutions):
        raise QueryError("only a SELECT query gives rows")
    names = [variable.value for variable in result.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in result]
