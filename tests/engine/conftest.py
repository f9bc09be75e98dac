"""Questions and stores for engines."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.store import MemoryStore


@pytest.fixture(scope="session")
def thousands() -> MemoryStore:
    """Five thousand statements with one property; joined with themselves, they keep an engine busy for minutes."""
    graph, link = NamedNode("urn:g"), NamedNode("urn:p")
    return MemoryStore(Quad(NamedNode(f"urn:{n}"), link, Literal(n), graph) for n in range(5000))
