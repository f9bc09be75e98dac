"""The service, on the demonstration graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kg.service import create_app
from kg.store import EmbeddedStore, MemoryStore, RemoteStore


@pytest.fixture
def service(demo: MemoryStore) -> TestClient:
    return TestClient(create_app(demo))


@pytest.fixture(params=["memory", "disk", "server"])
def any_service(
    request: pytest.FixtureRequest, demo: MemoryStore, demo_directory: Path, oxigraph_demo: str
) -> Iterator[TestClient]:
    """The service in front of each kind of store."""
    stores = {"memory": lambda: demo, "disk": lambda: EmbeddedStore(demo_directory), "server": lambda: RemoteStore(oxigraph_demo)}
    store = stores[request.param]()
    yield TestClient(create_app(store))
    store.close()
