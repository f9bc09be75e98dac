"""The nurseries of one pool: the one that is asked for readers, one with a newer generation, and those that are leaving."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.engine.base import Limits
from kg.engine.handles import Reader
from kg.engine.nursery import Nursery
from kg.store.embedded import stamp_of
from kg.store.generations import Generations


class Nurseries:
    """Starts nurseries and ends them; with copies in memory, one for each generation."""

    def __init__(self, store: str, limits: Limits, *, in_memory: bool, prepare: Sequence[str]) -> None:
        self._store, self._limits, self._prepare = store, limits, prepare
        self._generations = Generations(Path(store)) if Path(store).is_dir() else None
        self.in_memory = in_memory or Path(store).is_file()
        self.current: Nursery | None = None
        self.coming: Nursery | None = None  #: with a newer generation, once it has loaded it
        self._mark: tuple[int, int] | None = None  # of the generation that was last begun to load
        self._all: set[Nursery] = set()
        self._closing: set[asyncio.Future[None]] = set()

    def start(self) -> None:
        """Have one that can be asked."""
        if self.current is None:
            self._mark = self._published()
            self.current = self._new()

    def stamp(self) -> str | None:
        """The state of the graph on disk, for readers that follow it by themselves."""
        return stamp_of(self._published())

    def behind(self) -> bool:
        """Begin to load a newer generation if there is one; tells whether that was begun just now."""
        mark = self._published()
        if mark == self._mark or self.current is None or self.coming:
            return False
        self._mark, self.coming = mark, self._new()
        return True

    def promote(self) -> None:
        """Ask the one with the newer generation from now on."""
        self.current, self.coming = self.coming, None

    def fail(self, nursery: Nursery) -> None:
        """Give up one with a newer generation that cannot load it; it is tried again."""
        if nursery is self.coming:
            self.coming = self._mark = None

    def reader(self, nursery: Nursery) -> Reader | None:
        """Ask for a reader. A nursery that was killed is replaced; its readers live on until they have nothing to do."""
        try:
            return Reader(nursery)
        except OSError:
            if nursery is not self.current:
                self.fail(nursery)
                return None
            self.current = self._new()
            return Reader(self.current)

    def tidy(self, readers: Iterable[Reader]) -> None:
        """End those that are asked no more and have no reader left at work."""
        for nursery in self._all - {self.current, self.coming, *(reader.nursery for reader in readers)}:
            self._all.discard(nursery)
            closing = asyncio.get_running_loop().run_in_executor(None, nursery.close)
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)

    async def close(self) -> None:
        """End all; returns when they are gone."""
        self.current = self.coming = None
        self.tidy(())
        await asyncio.gather(*self._closing)

    def _new(self) -> Nursery:
        nursery = Nursery(self._store, self._limits, in_memory=self.in_memory, prepare=self._prepare)
        self._all.add(nursery)
        return nursery

    def _published(self) -> tuple[int, int] | None:
        return self._generations.stamp() if self._generations else None
