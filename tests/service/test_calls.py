"""Calls to other servers, from reader processes: to those on the list, and to no others."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from kg.engine import ReaderPool
from kg.service import READERS_NEED, create_app
from kg.service.settings import Settings
from tests.service.running import serving

DOCUMENTS = "SELECT ?d {{ SERVICE <{}> {{ GRAPH ?g {{ ?d a <https://w3id.org/treatygraph/ontology#Document> }} }} }}"


@pytest.mark.parametrize(("listed", "status"), [(True, 200), (False, 400)])
def test_a_listed_server_is_called_and_no_other(demo_directory: Path, oxigraph_demo: str, listed: bool, status: int) -> None:
    server = f"{oxigraph_demo}/query"
    settings = Settings(services=(server if listed else f"{server}/other",), readers=1)
    pool = ReaderPool(str(demo_directory), settings.limits, prepare=READERS_NEED)
    with serving(create_app(pool, settings=settings)) as address:
        response = httpx.get(f"{address}/sparql", params={"query": DOCUMENTS.format(server)}, timeout=20)
    assert response.status_code == status, response.text
    if listed:
        assert len(response.json()["results"]["bindings"]) == 2
    else:
        assert "is refused here" in response.json()["detail"]
