"""The store on disk as its readers see it: whichever generation is current, always whole."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import NamedTuple

from pyoxigraph import Store as Engine

from kg.errors import StoreError
from kg.store.base import Dataset, Result, Status
from kg.store.generations import Generations
from kg.store.memory import evaluate


class _Opened(NamedTuple):
    number: int
    engine: Engine
    quads: list[int]


class EmbeddedStore:
    """Reads the current generation of a store on disk, and turns to a newer one as soon as it is published.

    Any number of processes may read at once, beside one that writes. A query that has begun stays with its generation.
    Raises StoreError if the folder holds no published generation.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._generations = Generations(directory)
        self._turning = Lock()
        self._opened: _Opened | None = None
        self._current()

    def query(self, text: str, *, dataset: Dataset | None = None) -> Result:
        return evaluate(self._current().engine, text, dataset)

    def status(self) -> Status:
        opened = self._current()
        if not opened.quads:  # Counting reads the whole store, so it is done once for each generation.
            opened.quads.append(len(opened.engine))
        return Status(opened.quads[0], opened.number)

    def close(self) -> None:
        self._opened = None

    def _current(self) -> _Opened:
        with self._turning:
            while self._opened is None or self._opened.number != self._generations.current():
                self._opened = self._open()
            return self._opened

    def _open(self) -> _Opened:
        number = self._generations.current()
        if number is None:
            raise StoreError(f"{self._directory}: no graph has been published here; make one with `kg build`")
        try:
            return _Opened(number, Engine.read_only(str(self._generations.path(number))), [])
        except OSError as error:
            if self._generations.current() != number:  # Published over and removed since it was read.
                return self._open()
            raise StoreError(f"{self._directory}: generation {number} cannot be opened: {error}") from error
