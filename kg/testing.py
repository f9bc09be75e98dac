"""What tests of one's own code against treatygraph can use: a graph without a disk or a server."""

from kg.store.memory import MemoryStore

__all__ = ["MemoryStore"]
