"""Changes of a graph as values: they are carried to wherever the graph is written, and applied there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse
from pyoxigraph import Store as Engine

from kg.errors import QueryError, StoreError
from kg.store.base import Dataset
from kg.store.calls import refuse_calls
from kg.store.datasets import with_dataset
from kg.store.syntax import BASE, explain, syntax_error


class Outcome(Enum):
    """What a change has done to the graph that it is about."""

    CREATED = "there was none, and there is one now"
    CHANGED = "there is one, as there was"
    MISSING = "there was none"


class Change(Protocol):
    """A frozen value that can be pickled."""

    def check(self) -> None:
        """Read what a client wrote, without a graph; raises QueryError if it is malformed or refused."""

    def apply(self, engine: Engine) -> Outcome:
        """Change the graph; raises QueryError before anything is changed, and is half done if anything else is raised."""


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL update, the graphs that its request names, and the servers that it may call."""

    text: str
    dataset: Dataset | None = None
    allowed: tuple[str, ...] = ()

    def check(self) -> None:
        if error := syntax_error(self.text, update=True):
            raise error
        refuse_calls(self._whole(), self.allowed, update=True)

    def apply(self, engine: Engine) -> Outcome:
        self.check()
        execute(engine, self._whole())
        return Outcome.CHANGED

    def _whole(self) -> str:
        return with_dataset(self.text, self.dataset) if self.dataset else self.text


@dataclass(frozen=True, slots=True)
class Part:
    """A serialised graph: its media type, its bytes, and the IRI that its relative IRIs are resolved against."""

    media_type: str
    body: bytes
    base: str | None

    def triples(self) -> Iterator[Triple]:
        """Yield the triples, with blank nodes that are this part's own; raises QueryError if they are malformed."""
        form = RdfFormat.from_media_type(self.media_type)
        if form is None:
            raise QueryError(f"{self.media_type} is no form of RDF")
        try:
            for quad in parse(self.body, format=form, base_iri=self.base, rename_blank_nodes=True):
                if quad.graph_name != DefaultGraph():
                    raise QueryError(f"the data names a graph of its own, {quad.graph_name}; send triples only")
                yield quad.triple
        except SyntaxError as error:
            raise QueryError(f"the data is malformed: {error.msg}", line=error.lineno, column=error.offset) from error


@dataclass(frozen=True, slots=True)
class Put:
    """Triples in the place of what a graph holds; None is the default graph."""

    graph: str | None
    parts: tuple[Part, ...]

    def check(self) -> None:
        for part in self.parts:
            for _ in part.triples():
                pass

    def apply(self, engine: Engine) -> Outcome:
        graph = node(self.graph)
        outcome = Outcome.CHANGED if exists(engine, graph) else Outcome.CREATED
        _replace(engine, graph, _triples(self.parts), keep=False)
        return outcome


@dataclass(frozen=True, slots=True)
class Post:
    """Triples added to what a graph holds."""

    graph: str | None
    parts: tuple[Part, ...]

    def check(self) -> None:
        Put(self.graph, self.parts).check()

    def apply(self, engine: Engine) -> Outcome:
        graph = node(self.graph)
        outcome = Outcome.CHANGED if exists(engine, graph) else Outcome.CREATED
        _replace(engine, graph, _triples(self.parts), keep=True)
        return outcome


@dataclass(frozen=True, slots=True)
class Delete:
    """A graph taken out."""

    graph: str | None

    def check(self) -> None:
        node(self.graph)

    def apply(self, engine: Engine) -> Outcome:
        graph = node(self.graph)
        if not exists(engine, graph):
            return Outcome.MISSING
        engine.remove_graph(graph)  # The default graph is emptied, and goes on.
        return Outcome.CHANGED


@dataclass(frozen=True, slots=True)
class Patch:
    """An update that sees one graph alone, as its default graph; raises QueryError if it writes to any other."""

    graph: str | None
    text: str
    allowed: tuple[str, ...] = ()

    def check(self) -> None:
        Update(self.text, None, self.allowed).check()

    def apply(self, engine: Engine) -> Outcome:
        graph = node(self.graph)
        outcome = Outcome.CHANGED if exists(engine, graph) else Outcome.CREATED
        alone = Engine()
        alone.extend(Quad(*quad.triple) for quad in engine.quads_for_pattern(None, None, None, graph))
        Update(self.text, None, self.allowed).apply(alone)
        if others := sorted(str(other) for other in alone.named_graphs()):
            raise QueryError(f"the patch writes to {', '.join(others[:3])}; it may write to this graph only, without its name")
        _replace(engine, graph, [quad.triple for quad in alone], keep=False)
        return outcome


def execute(engine: Engine, text: str) -> None:
    """Execute an update, all of it or nothing; raises QueryError if it is malformed or cannot be done."""
    try:
        engine.update(text, base_iri=BASE)
    except SyntaxError as error:
        raise explain(str(error), text, update=True) from error
    except RuntimeError as error:  # Such as a graph to be dropped that is not there.
        raise QueryError(f"the update cannot be done: {error}") from error
    except OSError as error:
        raise StoreError(f"the update cannot be carried out: {error}") from error


def node(iri: str | None) -> NamedNode | DefaultGraph:
    """Return a graph's name; raises QueryError if it is none."""
    try:
        return DefaultGraph() if iri is None else NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{iri!r} cannot name a graph: {error}") from error


def exists(engine: Engine, graph: NamedNode | DefaultGraph) -> bool:
    """Is there such a graph? An empty one too, if it was made; the default graph always."""
    return isinstance(graph, DefaultGraph) or engine.contains_named_graph(graph)


def _replace(engine: Engine, graph: NamedNode | DefaultGraph, triples: Iterable[Triple], *, keep: bool) -> None:
    """Put triples into a graph, all at once, so that nobody who reads meanwhile finds half of them."""
    data = "".join(f"{triple} .\n" for triple in triples)
    if isinstance(graph, DefaultGraph):
        engine.update(("" if keep else "CLEAR DEFAULT ; ") + f"INSERT DATA {{ {data} }}")
    else:
        clear = "" if keep else f"DROP SILENT GRAPH {graph} ; "
        engine.update(f"{clear}CREATE SILENT GRAPH {graph} ; INSERT DATA {{ GRAPH {graph} {{ {data} }} }}")


def _triples(parts: tuple[Part, ...]) -> list[Triple]:
    return [triple for part in parts for triple in part.triples()]
