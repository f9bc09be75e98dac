"""The one writer of a store on disk: what it changes is seen by nobody until it publishes, and is gone if it never does."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from pyoxigraph import Store as Engine

from kg.errors import Busy, QueryError, StoreError
from kg.store.changes import Change, Outcome, Update
from kg.store.generations import Generations
from kg.store.memory import load


class Writer:
    """Changes a store, one graph at a time, and publishes the outcome as a new generation.

    Publishing is the only commit. A writer always starts from the current generation, so what another one changed
    and did not publish, because it was killed or because it failed, never shows; `base` says where it starts.

        with Writer.open(Path("store")) as writer:
            writer.replace("https://w3id.org/treatygraph/id/graph/report-7", quads)
            writer.publish()
    """

    def __init__(self, directory: Path, lock: TextIO, engine: Engine, generations: Generations) -> None:
        self._directory, self._lock, self._generations = directory, lock, generations
        self._engine: Engine | None = engine
        self._broken = False
        #: The generation that the writer started from; None in a store without any.
        self.base: int | None = generations.current()

    @classmethod
    def open(cls, directory: Path) -> Writer:
        """Open a store for writing, or make a new one; raises StoreError if another writer holds it."""
        generations = Generations(directory)
        try:
            generations.folder.mkdir(parents=True, exist_ok=True)
            held = lock(directory)
        except OSError as error:
            raise StoreError(f"{directory}: cannot be made a store: {error.strerror or error}") from error
        try:
            return cls(directory, held, _working_copy(directory, generations), generations)
        except BaseException:
            held.close()
            raise

    def replace(self, graph_iri: str, nquads: bytes) -> None:
        """Put these N-Quads in the place of whatever the graph holds.

        Raises StoreError, and changes nothing, if they are malformed or name any other graph.
        """
        graph = _graph(graph_iri)
        quads = _quads(graph, nquads)
        engine = self._working()
        # If the second step fails the first has happened: then there is nothing whole to publish any more.
        self._broken = True
        engine.remove_graph(graph)
        engine.extend(quads)
        self._broken = False

    def drop(self, graph_iri: str) -> None:
        """Take a graph out; does nothing if there is none of that name."""
        self._working().remove_graph(_graph(graph_iri))

    def load(self, path: Path) -> None:
        """Add all quads of a file (.nq, .trig), in bulk; raises StoreError if it cannot be read to its end."""
        engine = self._working()
        self._broken = True
        load(engine, path)
        self._broken = False

    def add(self, nquads: bytes) -> None:
        """Add N-Quads in bulk, faster than `replace`; raises StoreError if they are malformed."""
        engine = self._working()
        self._broken = True
        try:
            engine.bulk_load(nquads, format=RdfFormat.N_QUADS)
        except SyntaxError as error:
            raise StoreError(f"line {error.lineno} of the quads: {error.msg}") from error
        self._broken = False

    def update(self, text: str, allowed: Collection[str] = ()) -> None:
        """Execute a SPARQL update, which may call no server but the allowed ones; raises QueryError, and changes nothing."""
        self.change(Update(text, allowed=tuple(allowed)))

    def change(self, change: Change) -> Outcome:
        """Make a change; raises QueryError, and changes nothing, if it is malformed or refused."""
        engine = self._working()
        self._broken = True
        try:
            outcome = change.apply(engine)
        except QueryError:
            self._broken = False
            raise
        self._broken = False
        return outcome

    def graphs(self) -> list[str]:
        """List the graphs that the next generation will hold, sorted."""
        return sorted(graph.value for graph in self._working().named_graphs())

    def publish(self) -> int:
        """Make what has been written the current generation and return its number."""
        engine = self._working()
        number = self._generations.next()
        try:
            engine.flush()
            engine.optimize()
            engine.backup(self._generations.draft(number))
            self._generations.publish(number)
            self._generations.tidy()
        except OSError as error:
            raise StoreError(f"{self._directory}: generation {number} cannot be published: {error}") from error
        return number

    def close(self) -> None:
        """Let the next writer in; what was not published is gone."""
        self._engine = None
        shutil.rmtree(_working_folder(self._directory), ignore_errors=True)
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _working(self) -> Engine:
        if self._engine is None:
            raise StoreError(f"{self._directory}: this writer is closed; open another")
        if self._broken:
            start = f"generation {self.base}" if self.base else "an empty store"
            raise StoreError(
                f"{self._directory}: an earlier change failed half-way; open another writer, which starts from {start}"
            )
        return self._engine


def _working_copy(directory: Path, generations: Generations) -> Engine:
    """Make `writer/` afresh; its files are links to those of the current generation, so this takes milliseconds."""
    working, current = _working_folder(directory), generations.current()
    try:
        shutil.rmtree(working, ignore_errors=True)
        generations.tidy()
        if current is not None:
            Engine.read_only(str(generations.path(current))).backup(working)
        return Engine(working)
    except OSError as error:
        raise StoreError(f"{directory}: cannot be opened for writing: {error}") from error


def _working_folder(directory: Path) -> Path:
    return directory / "writer"


def lock(directory: Path) -> TextIO:
    """Hold the store's lock until the file is closed, which the system does for a writer that dies; raises Busy if it is held."""
    file = (directory / "writer.lock").open("a+", encoding="ascii")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip() or "unknown"
        file.close()
        raise Busy(f"{directory}: process {holder} is writing to this store; wait for it to end, or stop it") from None
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _graph(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise StoreError(f"{iri!r} cannot name a graph: {error}") from error


def _quads(graph: NamedNode, nquads: bytes) -> list[Quad]:
    try:
        quads = list(parse(nquads, format=RdfFormat.N_QUADS))
    except SyntaxError as error:
        raise StoreError(f"line {error.lineno} of the quads for {graph.value}: {error.msg}") from error
    for quad in quads:
        if quad.graph_name != graph:
            raise StoreError(f"the quads for {graph.value} name another graph, {quad.graph_name}")
    return quads
