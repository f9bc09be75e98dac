"""Tags: a client that holds an answer is told whether it still holds."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from kg.service import create_app
from kg.store import EmbeddedStore, MemoryStore, RemoteStore, Writer

COUNT = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}


@pytest.mark.parametrize("path", ["/sparql", "/queries/documents"])
def test_what_a_client_has_is_not_sent_again(service: TestClient, path: str) -> None:
    parameters = COUNT if path == "/sparql" else None
    first = service.get(path, params=parameters)
    again = service.get(path, params=parameters, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert again.headers["vary"] == "Accept"


def test_another_form_of_it_is_sent(service: TestClient) -> None:
    first = service.get("/sparql", params=COUNT)
    other = service.get("/sparql", params=COUNT, headers={"If-None-Match": first.headers["etag"], "Accept": "text/csv"})
    assert (other.status_code, other.text.split()[0]) == (200, "n")


def test_a_new_generation_is_sent(tmp_path: Path, demo_file: Path) -> None:
    with Writer.open(tmp_path) as writer:
        writer.publish()
        service = TestClient(create_app(EmbeddedStore(tmp_path)))
        first = service.get("/sparql", params=COUNT)
        writer.load(demo_file)
        writer.publish()
    again = service.get("/sparql", params=COUNT, headers={"If-None-Match": first.headers["etag"]})
    assert again.json()["results"]["bindings"][0]["n"]["value"] == "910"
    assert again.headers["etag"] != first.headers["etag"]


def test_an_answer_that_changes_by_itself_has_none(service: TestClient) -> None:
    assert "etag" not in service.get("/sparql", params={"query": "SELECT (now() AS ?now) {}"}).headers


def test_an_answer_of_another_server_has_none(oxigraph_demo: str) -> None:
    store = RemoteStore(oxigraph_demo)
    assert "etag" not in TestClient(create_app(store)).get("/sparql", params=COUNT).headers
    store.close()


def test_an_answer_from_memory_has_one(demo: MemoryStore) -> None:
    assert TestClient(create_app(demo)).get("/sparql", params=COUNT).headers["etag"].startswith('W/"')


def test_an_answer_announces_what_a_query_may_cost(service: TestClient) -> None:
    announced = service.get("/sparql", params=COUNT).headers["x-query-limits"]
    assert dict(one.split("=") for one in announced.split(", "))["rows"] == "1000000"
