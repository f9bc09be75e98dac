"""Where the graph is kept and asked: on disk in generations, in memory, or in another SPARQL server."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from kg.errors import StoreError
from kg.store.base import Dataset, Result, Status, Store
from kg.store.embedded import EmbeddedStore
from kg.store.memory import MemoryStore
from kg.store.remote import RemoteStore
from kg.store.writer import Writer

__all__ = [
    "Dataset",
    "EmbeddedStore",
    "MemoryStore",
    "RemoteStore",
    "Result",
    "Status",
    "Store",
    "Writer",
    "open_store",
]


def open_store(selector: str | Path, services: Collection[str] = ()) -> Store:
    """Open a store for reading: a folder that `kg build` made, an .nq or .trig file, or a SPARQL server's address.

    Its queries may call the servers in `services`, and no others. Raises StoreError if there is nothing of the kind.
    """
    if str(selector).startswith(("http://", "https://")):
        return RemoteStore(str(selector), services)
    path = Path(selector)
    if path.is_dir():
        return EmbeddedStore(path, services)
    if path.is_file():
        return MemoryStore.from_file(path, services)
    raise StoreError(f"{selector}: no such folder or file; make a store with `kg build`")
