"""The store on disk as its readers see it: whichever generation is current, always whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import Self

from pyoxigraph import RdfFormat
from pyoxigraph import Store as Engine

from kg.errors import StoreError
from kg.store.base import Dataset, Result, Status, Store
from kg.store.generations import Generations
from kg.store.memory import evaluate


@dataclass(frozen=True)
class _Generation:
    """A generation that is open for reading: a store that stays as it is."""

    mark: tuple[int, int] | None
    number: int
    engine: Engine
    services: Collection[str]

    def query(self, text: str, *, dataset: Dataset | None = None) -> Result:
        return evaluate(self.engine, text, dataset, self.services)

    @cached_property
    def _status(self) -> Status:
        """Counted once, as that reads the whole generation."""
        return Status(len(self.engine), self.number)

    def status(self) -> Status:
        return self._status

    def stamp(self) -> str | None:
        return stamp_of(self.mark)

    def snapshot(self) -> Self:
        return self

    def close(self) -> None:
        """Closed when nobody holds it any more."""


class EmbeddedStore:
    """Reads the current generation of a store on disk, and turns to a newer one as soon as it is published.

    Any number of processes may read at once, beside one that writes. A query that has begun stays with its generation.
    Raises StoreError if the folder holds no published generation.
    """

    def __init__(self, directory: Path, services: Collection[str] = ()) -> None:
        self.directory, self._services = directory, services
        self._generations = Generations(directory)
        self._turning = Lock()
        self._opened: _Generation | None = None
        self._current()

    def query(self, text: str, *, dataset: Dataset | None = None) -> Result:
        return self._current().query(text, dataset=dataset)

    def status(self) -> Status:
        return self._current().status()

    def stamp(self) -> str | None:
        return stamp_of(self._generations.stamp())

    def snapshot(self) -> Store:
        return self._current()

    def in_memory(self) -> Store:
        """Return a copy of the current generation in memory: scans are several times as fast there, and it stays as it is.

        Takes about half a gigabyte for a million quads.
        """
        current = self._current()
        with TemporaryFile(prefix="kg-generation-") as file:
            try:
                current.engine.dump(file, RdfFormat.N_QUADS)
                file.seek(0)
                copy = Engine()
                copy.bulk_load(file, RdfFormat.N_QUADS, lenient=True)  # It was checked when it was built.
            except OSError as error:
                raise StoreError(f"{self.directory}: generation {current.number} cannot be copied: {error}") from error
        return _Generation(current.mark, current.number, copy, self._services)

    def close(self) -> None:
        self._opened = None

    def _current(self) -> _Generation:
        with self._turning:
            while self._opened is None or self._opened.mark != self._generations.stamp():
                self._opened = self._open()
            return self._opened

    def _open(self) -> _Generation:
        mark, number = self._generations.stamp(), self._generations.current()
        if number is None:
            raise StoreError(f"{self.directory}: no graph has been published here; make one with `kg build`")
        try:
            engine = Engine.read_only(str(self._generations.path(number)))
            return _Generation(mark, number, engine, self._services)
        except OSError as error:
            if self._generations.stamp() != mark:  # Published over and removed since it was read.
                return self._open()
            raise StoreError(f"{self.directory}: generation {number} cannot be opened: {error}") from error


def stamp_of(mark: tuple[int, int] | None) -> str | None:
    """Write down what tells one publication from every other, short."""
    return f"{mark[0]:x}-{mark[1]:x}" if mark else None
