"""What is to be served, as a value: a process of its own can make the service from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

from kg.engine import CachingEngine, Engine, LookupEngine, ReaderPool
from kg.queries import saved_queries
from kg.service import READERS_NEED
from kg.service.answers import is_lookup
from kg.service.app import Service, create_app
from kg.service.settings import Settings
from kg.store import EmbeddedStore, open_store
from kg.store.editing import DiskEditor


@dataclass(frozen=True, slots=True)
class Plan:
    """A store by its folder, file or address, the folders with the user's own saved queries, and the settings."""

    store: str
    settings: Settings
    queries: tuple[Path, ...] = ()
    in_memory: bool = False

    def check(self) -> None:
        """Name what cannot be served before anything starts; raises StoreError and ResourceError."""
        saved_queries(*self.queries)
        if not Path(self.store).is_file():
            open_store(self.store).close()

    def service(self) -> Service:
        """Make the service."""
        engine: Engine = ReaderPool(self.store, self.settings.limits, in_memory=self.in_memory, prepare=READERS_NEED)
        editor, folder = None, Path(self.store)
        if folder.is_dir():
            engine = LookupEngine(engine, EmbeddedStore(folder), is_lookup)
            if self.settings.tokens:
                editor = DiskEditor(folder, self.settings.update_seconds, alone=not self.settings.services)
        kept = CachingEngine(engine, self.settings.cache_bytes)
        return create_app(kept, saved_queries(*self.queries), self.settings, editor)

    def share(self, workers: int) -> Self:
        """Return the plan of one of several workers, with its part of what all together may hold."""
        parts = {"readers": 1, "queue": 0, "cache_bytes": 0, "connections": 1}
        given = {name: max(getattr(self.settings, name) // workers, least) for name, least in parts.items()}
        return replace(self, settings=self.settings.model_copy(update=given))
