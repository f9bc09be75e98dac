"""Changing the graph over HTTP: who may, by updates and by whole graphs, on disk and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from kg.service import create_app
from kg.service.settings import Settings
from kg.service.tokens import new_token
from kg.store import EmbeddedStore, MemoryStore, RemoteStore, Store, Writer

TOKEN, HASH = new_token()
MAY = {"Authorization": f"Bearer {TOKEN}"}
UPDATE = {**MAY, "Content-Type": "application/sparql-update"}
TURTLE = {**MAY, "Content-Type": "text/turtle"}
SETTINGS = Settings(tokens=(new_token()[1], HASH), public_url="https://kg.example.org")
INSERT = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }"


def client(store: Store) -> TestClient:
    return TestClient(create_app(store, settings=SETTINGS))


@pytest.fixture
def open_memory() -> Iterator[TestClient]:
    with client(MemoryStore()) as service:
        yield service


@pytest.fixture(params=["memory", "disk"])
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    if request.param == "disk":
        with Writer.open(tmp_path) as writer:
            writer.publish()
    with client(EmbeddedStore(tmp_path) if request.param == "disk" else MemoryStore()) as service:
        yield service


def ask(service: TestClient, query: str) -> bool:
    answer: bool = service.get("/sparql", params={"query": query}, headers={"Accept": "application/json"}).json()["boolean"]
    return answer


class TestTokens:
    def test_without_any_in_the_settings_nobody_may_change_anything(self, demo: MemoryStore) -> None:
        closed = TestClient(create_app(demo))
        for response in (
            closed.post("/sparql", content=INSERT, headers=UPDATE),
            closed.post("/sparql", data={"update": INSERT}, headers=MAY),
            closed.put("/graphs?graph=urn:g", content="", headers=TURTLE),
            closed.delete("/graphs?default", headers=MAY),
        ):
            assert response.status_code == 403
            assert "only reads" in response.json()["detail"]

    @pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", f"Basic {TOKEN}", TOKEN])
    def test_whoever_has_none_is_asked_for_one(self, open_memory: TestClient, given: str) -> None:
        response = open_memory.post("/sparql", content=INSERT, headers={**UPDATE, "Authorization": given})
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == 'Bearer realm="treatygraph"'

    @pytest.mark.parametrize("given", [f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", f"Bearer {HASH}"])
    def test_a_wrong_one_is_told_so(self, open_memory: TestClient, given: str) -> None:
        response = open_memory.put("/graphs?graph=urn:g", content="", headers={**TURTLE, "Authorization": given})
        assert response.status_code == 401
        assert "invalid_token" in response.headers["www-authenticate"]
        assert not ask(open_memory, "ASK { GRAPH <urn:g> {} }")

    def test_reading_needs_none(self, open_memory: TestClient) -> None:
        assert open_memory.get("/sparql", params={"query": "ASK {}"}).status_code == 200

    def test_another_servers_graph_is_left_alone(self, oxigraph_demo: str) -> None:
        with closing(RemoteStore(oxigraph_demo)) as store, client(store) as service:
            assert service.post("/sparql", content=INSERT, headers=UPDATE).status_code == 403
            assert service.delete("/graphs?graph=urn:g", headers=MAY).status_code == 403


class TestUpdates:
    def test_it_is_seen_by_the_next_query(self, service: TestClient) -> None:
        before = service.get("/sparql", params={"query": "ASK { <urn:a> ?p ?o }"}).headers["etag"]
        assert service.post("/sparql", content=INSERT, headers=UPDATE).status_code == 204
        assert ask(service, "ASK { GRAPH <urn:g> { <urn:a> <urn:b> <urn:c> } }")
        assert service.get("/sparql", params={"query": "ASK { <urn:a> ?p ?o }"}).headers["etag"] != before
        assert service.post("/sparql", data={"update": "DROP ALL"}, headers=MAY).status_code == 204
        assert not ask(service, "ASK { ?s ?p ?o }")

    def test_it_happens_whole_or_not_at_all(self, service: TestClient) -> None:
        response = service.post("/sparql", content=f"{INSERT} ; DROP GRAPH <urn:nowhere>", headers=UPDATE)
        assert response.status_code == 400
        assert "cannot be done" in response.json()["detail"]
        assert not ask(service, "ASK { ?s ?p ?o }")

    def test_a_mistake_is_placed_and_shown(self, open_memory: TestClient) -> None:
        problem = open_memory.post("/sparql", content="CLEAR ALL ;\nINSERT DATA { <urn:a> }", headers=UPDATE).json()
        assert (problem["line"], problem["column"]) == (2, 23)
        assert problem["excerpt"] == "INSERT DATA { <urn:a> }\n                      ^"

    @pytest.mark.parametrize("update", ["LOAD <http://127.0.0.1:9/>", "INSERT { ?s ?p ?o } WHERE { SERVICE ?s { ?s ?p ?o } }"])
    def test_it_may_not_call_another_server(self, open_memory: TestClient, update: str) -> None:
        response = open_memory.post("/sparql", content=update, headers=UPDATE)
        assert (response.status_code, "is refused here" in response.json()["detail"]) == (400, True)

    def test_the_request_may_name_the_graphs_it_looks_in(self, open_memory: TestClient) -> None:
        open_memory.post("/sparql", content=INSERT, headers=UPDATE)
        copy = "INSERT { GRAPH <urn:h> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
        open_memory.post("/sparql", params={"using-graph-uri": "urn:nowhere"}, content=copy, headers=UPDATE)
        assert not ask(open_memory, "ASK { GRAPH <urn:h> { ?s ?p ?o } }")
        open_memory.post("/sparql", data={"update": copy, "using-graph-uri": "urn:g"}, headers=MAY)
        assert ask(open_memory, "ASK { GRAPH <urn:h> { ?s ?p ?o } }")
        twice = "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
        response = open_memory.post("/sparql", params={"using-graph-uri": "urn:g"}, content=twice, headers=UPDATE)
        assert (response.status_code, "WITH" in response.json()["detail"]) == (400, True)

    @pytest.mark.parametrize(
        ("parameters", "said"),
        [({"update": [INSERT, INSERT]}, "one"), ({"update": INSERT, "query": "ASK {}"}, "not for both")],
    )
    def test_one_thing_is_asked_at_a_time(self, open_memory: TestClient, parameters: dict[str, str], said: str) -> None:
        response = open_memory.post("/sparql", data=parameters, headers=MAY)
        assert (response.status_code, said in response.json()["detail"]) == (400, True)

    def test_it_is_never_made_by_get(self, open_memory: TestClient) -> None:
        assert open_memory.get("/sparql", params={"update": INSERT}, headers=MAY).status_code == 400

    def test_what_would_end_a_process_ends_no_service(self, open_memory: TestClient) -> None:
        deep = "INSERT { <urn:a> <urn:b> 1 } WHERE " + "{" * 100_000 + "}" * 100_000
        response = open_memory.post("/sparql", content=deep, headers=UPDATE)
        assert (response.status_code, "nested too deep" in response.json()["detail"]) == (413, True)
        assert open_memory.post("/sparql", content=INSERT, headers=UPDATE).status_code == 204

    def test_one_that_takes_too_long_is_given_up(self, tmp_path: Path) -> None:
        numbers = " ".join(str(number) for number in range(2000))
        values = " ".join(f"VALUES ?{name} {{ {numbers} }}" for name in "xyz")
        endless = f"INSERT {{ <urn:a> <urn:b> ?x }} WHERE {{ {values} }}"
        with Writer.open(tmp_path) as writer:
            writer.publish()
        app = create_app(EmbeddedStore(tmp_path), settings=SETTINGS.model_copy(update={"update_seconds": 2.0}))
        with TestClient(app) as service:
            response = service.post("/sparql", content=endless, headers=UPDATE)
            assert (response.status_code, "2 seconds" in response.json()["detail"]) == (503, True)
            assert not ask(service, "ASK { ?s ?p ?o }")

    def test_while_somebody_else_writes_it_is_put_off(self, tmp_path: Path) -> None:
        with Writer.open(tmp_path) as writer:
            writer.publish()
            app = create_app(EmbeddedStore(tmp_path), settings=SETTINGS.model_copy(update={"update_seconds": 3.0}))
            with TestClient(app) as service:
                response = service.post("/sparql", content=INSERT, headers=UPDATE)
        assert (response.status_code, response.headers.get("retry-after")) == (503, "5")

    def test_many_at_once_are_made_one_after_the_other(self, service: TestClient) -> None:
        updates = [f"INSERT DATA {{ <urn:a> <urn:b> {number} }}" for number in range(8)]
        with ThreadPoolExecutor(8) as threads:
            responses = list(threads.map(lambda one: service.post("/sparql", content=one, headers=UPDATE), updates))
        assert [response.status_code for response in responses] == [204] * 8
        assert service.get("/health").json()["triples"] == 8


class TestGraphs:
    def graph(self, service: TestClient, path: str) -> str:
        response = service.get(path, headers={"Accept": "application/n-triples"})
        assert response.status_code == 200, response.text
        return response.text

    def test_a_graph_is_made_replaced_added_to_and_taken_out(self, service: TestClient) -> None:
        path = "/graphs?graph=urn:g"
        assert service.get(path).status_code == 404
        assert service.put(path, content="<urn:a> <urn:b> 1 .", headers=TURTLE).status_code == 201
        assert service.put(path, content="<urn:a> <urn:b> 2 .", headers=TURTLE).status_code == 204
        assert service.post(path, content="<urn:a> <urn:b> 3 .", headers=TURTLE).status_code == 204
        assert sorted(line.split('"')[1] for line in self.graph(service, path).splitlines()) == ["2", "3"]
        assert service.head(path).status_code == 200
        assert service.delete(path, headers=MAY).status_code == 204
        assert service.delete(path, headers=MAY).status_code == 404
        assert service.head(path).status_code == 404

    def test_the_graph_without_a_name(self, open_memory: TestClient) -> None:
        open_memory.put("/graphs?graph=urn:g", content="<urn:a> <urn:b> 1 .", headers=TURTLE)
        assert open_memory.put("/graphs?default", content="<urn:a> <urn:b> 2 .", headers=TURTLE).status_code == 204
        assert '"2"' in (found := self.graph(open_memory, "/graphs?default"))
        assert '"1"' not in found
        assert open_memory.delete("/graphs?default", headers=MAY).status_code == 204
        assert self.graph(open_memory, "/graphs?default") == ""

    def test_a_graph_may_have_the_address_that_it_is_asked_for_by(self, open_memory: TestClient) -> None:
        response = open_memory.put("/graphs/person/1", content="<> <urn:b> <../2> .", headers=TURTLE)
        assert response.status_code == 201
        name = "https://kg.example.org/graphs/person/1"
        assert f"<{name}> <urn:b> <https://kg.example.org/graphs/2>" in self.graph(open_memory, "/graphs/person/1")
        assert self.graph(open_memory, f"/graphs?graph={name}")

    def test_a_graph_without_a_name_is_given_one(self, open_memory: TestClient) -> None:
        response = open_memory.post("/graphs", content="<urn:a> <urn:b> 1 .", headers=TURTLE)
        assert response.status_code == 201
        assert response.headers["location"].startswith("https://kg.example.org/graphs/")
        assert self.graph(open_memory, httpx.URL(response.headers["location"]).path)

    def test_several_files_make_one_graph_and_keep_their_blank_nodes_apart(self, open_memory: TestClient) -> None:
        files = [
            ("one", ("one.ttl", "_:a <urn:b> 1 .", "text/turtle")),
            ("two", ("two.nt", '_:a <urn:b> "2" .', "application/n-triples")),
        ]
        assert open_memory.post("/graphs?graph=urn:g", files=files, headers=MAY).status_code == 201
        subjects = {line.split()[0] for line in self.graph(open_memory, "/graphs?graph=urn:g").splitlines()}
        assert len(subjects) == 2

    def test_a_patch_is_an_update_that_sees_its_graph_alone(self, service: TestClient) -> None:
        service.put("/graphs?graph=urn:g", content="<urn:a> <urn:b> 1 .", headers=TURTLE)
        service.put("/graphs?graph=urn:h", content="<urn:a> <urn:b> 1 .", headers=TURTLE)
        patch = "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }"
        assert service.patch("/graphs?graph=urn:g", content=patch, headers=UPDATE).status_code == 204
        assert '"2"' in self.graph(service, "/graphs?graph=urn:g")
        assert '"1"' in self.graph(service, "/graphs?graph=urn:h")
        response = service.patch("/graphs?graph=urn:g", content=INSERT.replace("urn:g", "urn:h"), headers=UPDATE)
        assert (response.status_code, "urn:h" in response.json()["detail"]) == (400, True)

    @pytest.mark.parametrize(
        ("path", "kind", "body", "status", "said"),
        [
            ("?graph=urn:g", "text/turtle", "<urn:a> <urn:b>", 400, "malformed"),
            ("?graph=urn:g", "application/ld+json", '{"@id": "urn:x", "@graph": [{"@id": "urn:a", "urn:b": 1}]}', 400, "own"),
            ("?graph=urn:g", "text/plain", "", 415, "text/turtle"),
            ("?graph=urn:g", "application/trig", "", 415, "text/turtle"),
            ("?graph=g", "text/turtle", "", 400, "no absolute IRI"),
            ("?graph=urn:g&graph=urn:h", "text/turtle", "", 400, "say which graph"),
            ("?graph=urn:g&default", "text/turtle", "", 400, "say which graph"),
            ("?named=urn:g", "text/turtle", "", 400, "say which graph"),
            ("/a?graph=urn:g", "text/turtle", "", 400, "names the graph"),
        ],
    )
    def test_what_is_wrong_is_told(
        self, open_memory: TestClient, path: str, kind: str, body: str, status: int, said: str
    ) -> None:
        response = open_memory.put(f"/graphs{path}", content=body, headers={**MAY, "Content-Type": kind})
        assert (response.status_code, said in response.json()["detail"]) == (status, True), response.text

    def test_a_form_that_holds_no_graph_is_not_offered(self, open_memory: TestClient) -> None:
        assert open_memory.get("/graphs?default", headers={"Accept": "text/csv"}).status_code == 406
        assert open_memory.get("/graphs?default", headers={"Accept": "application/ld+json"}).status_code == 200
