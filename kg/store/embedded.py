"""The store on disk as its readers see it: whichever generation is current, always whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Lock

from pyoxigraph import Store as Engine

from kg.errors import StoreError
from kg.store.base import Dataset, Result, Status
from kg.store.generations import Generations
from kg.store.memory import evaluate


@dataclass(frozen=True)
class _Generation:
    """A generation that is open for reading."""

    stamp: tuple[int, int] | None
    number: int
    engine: Engine

    @cached_property
    def status(self) -> Status:
        """Counted once, as that reads the whole generation."""
        return Status(len(self.engine), self.number)


class EmbeddedStore:
    """Reads the current generation of a store on disk, and turns to a newer one as soon as it is published.

    Any number of processes may read at once, beside one that writes. A query that has begun stays with its generation.
    Raises StoreError if the folder holds no published generation.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._generations = Generations(directory)
        self._turning = Lock()
        self._opened: _Generation | None = None
        self._current()

    def query(self, text: str, *, dataset: Dataset | None = None) -> Result:
        return evaluate(self._current().engine, text, dataset)

    def status(self) -> Status:
        return self._current().status

    def close(self) -> None:
        self._opened = None

    def _current(self) -> _Generation:
        with self._turning:
            while self._opened is None or self._opened.stamp != self._generations.stamp():
                self._opened = self._open()
            return self._opened

    def _open(self) -> _Generation:
        stamp, number = self._generations.stamp(), self._generations.current()
        if number is None:
            raise StoreError(f"{self._directory}: no graph has been published here; make one with `kg build`")
        try:
            return _Generation(stamp, number, Engine.read_only(str(self._generations.path(number))))
        except OSError as error:
            if self._generations.stamp() != stamp:  # Published over and removed since it was read.
                return self._open()
            raise StoreError(f"{self._directory}: generation {number} cannot be opened: {error}") from error
