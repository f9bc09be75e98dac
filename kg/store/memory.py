"""A graph held in memory, and the evaluation of queries that it shares with the store on disk."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Self
from uuid import uuid4

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat
from pyoxigraph import Store as Engine

from kg.errors import QueryError, StoreError
from kg.store.base import Dataset, Result, Status
from kg.store.calls import refuse_calls
from kg.store.changes import Change, Outcome
from kg.store.syntax import BASE, explain, uses


class MemoryStore:
    """A small graph in memory, such as a test's or a file's.

    >>> MemoryStore().status()
    Status(quads=0, generation=None)
    """

    def __init__(self, quads: Iterable[Quad] = (), services: Collection[str] = ()) -> None:
        self._engine, self._services = Engine(), services
        self._engine.bulk_extend(quads)
        self._stamp = uuid4().hex

    @classmethod
    def from_file(cls, path: Path, services: Collection[str] = ()) -> Self:
        """Load an N-Quads, TriG or other RDF file, told apart by its name's ending; raises StoreError if that fails."""
        store = cls(services=services)
        load(store._engine, path)
        return store

    def query(self, text: str, *, dataset: Dataset | None = None) -> Result:
        return evaluate(self._engine, text, dataset, self._services)

    def change(self, change: Change) -> Outcome:
        """Make a change in place; raises QueryError, and changes nothing, if it is malformed or refused."""
        outcome = change.apply(self._engine)
        self._stamp = uuid4().hex
        return outcome

    def status(self) -> Status:
        return Status(len(self._engine))

    def stamp(self) -> str | None:
        return self._stamp

    def snapshot(self) -> Self:
        return self

    def close(self) -> None:
        """Nothing to let go of: memory is freed with the object."""


def load(engine: Engine, path: Path) -> None:
    """Load a file of quads into an engine, in bulk."""
    form = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None or not form.supports_datasets:
        raise StoreError(f"{path}: only files that name their graphs can be loaded, such as .nq and .trig")
    try:
        engine.bulk_load(path=path, format=form)
    except SyntaxError as error:
        raise StoreError(f"{path}, line {error.lineno}: {error.msg}") from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be loaded: {error}") from error


def evaluate(engine: Engine, text: str, dataset: Dataset | None, services: Collection[str] = ()) -> Result:
    """Evaluate a query over the graphs that the request names, else those the query names, else the union of all."""
    refuse_calls(text, services)
    try:
        if dataset is not None:
            default: list[NamedNode | BlankNode | DefaultGraph] = [*_nodes(dataset.default)]
            if dataset.unnamed:
                default.append(DefaultGraph())
            return engine.query(text, default_graph=default, named_graphs=[*_nodes(dataset.named)], base_iri=BASE)
        # The engine's union option would override the query's own FROM.
        return engine.query(text, use_default_graph_as_union=not uses(text, "FROM"), base_iri=BASE)
    except SyntaxError as error:
        raise explain(str(error), text) from error
    except OSError as error:
        raise StoreError(f"the store cannot be read: {error}") from error


def _nodes(iris: tuple[str, ...]) -> list[NamedNode]:
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryError(f"the request names a graph by something that is no absolute IRI: {error}") from error
