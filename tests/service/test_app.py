"""The service as a whole: pages, health, saved queries, and that a slow query holds nobody up."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi.testclient import TestClient
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError, StoreError
from kg.notebook import LocalService
from kg.queries import load_query, saved_queries
from kg.service import create_app
from kg.service.settings import Settings
from kg.store import Dataset, EmbeddedStore, MemoryStore, Result, Status, Writer

HTML = {"Accept": "text/html"}


class Links(HTMLParser):
    """Every address that a page refers to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.found += [value or "" for name, value in attrs if name in {"href", "src", "action"}]


@contextmanager
def running(store: EmbeddedStore | MemoryStore) -> Iterator[LocalService]:
    """The service under uvicorn, on a free port."""
    service = LocalService(store)
    service.start()
    with service:
        yield service


class TestPages:
    def test_the_front_page_says_what_is_here_and_leads_on(self, any_service: TestClient) -> None:
        page = any_service.get("/")
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert "910 statements" in page.text
        for link in Links(page.text).found:
            assert any_service.get(f"/{link}", params={"query": "ASK {}"} if link == "sparql" else None).status_code == 200

    @pytest.mark.parametrize("path", ["/", "/queries"])
    def test_nothing_is_fetched_from_elsewhere(self, service: TestClient, path: str) -> None:
        links = Links(service.get(path, headers=HTML).text).found
        assert links
        assert not any(urlsplit(link).netloc for link in links)

    def test_every_saved_query_has_a_form(self, service: TestClient) -> None:
        page = service.get("/queries", headers=HTML).text
        assert {f"queries/{name}" for name in saved_queries()} == set(Links(page).found)

    def test_a_form_with_empty_fields_asks_for_everything(self, service: TestClient) -> None:
        assert service.get("/queries/meetings", params={"who": ""}).json()["results"]["bindings"]


class TestHealth:
    def test_it_says_what_is_served(self, demo_directory: Path) -> None:
        service = TestClient(create_app(EmbeddedStore(demo_directory)))
        health = service.get("/health").json()
        assert health.pop("limits")["rows"] == Settings().rows
        assert health == {"status": "ok", "version": version("treatygraph"), "generation": 1, "triples": 910}

    def test_a_store_that_cannot_be_reached_is_no_health(self) -> None:
        class Broken(MemoryStore):
            def status(self) -> Status:
                raise StoreError("the disk is gone")

        response = TestClient(create_app(Broken())).get("/health")
        assert (response.status_code, response.json()["detail"]) == (503, "the disk is gone")


class TestSavedQueries:
    def test_they_are_listed_with_their_parameters(self, service: TestClient) -> None:
        listed = {query["name"]: query for query in service.get("/queries").json()}
        assert set(listed) == set(saved_queries())
        (state,) = listed["agreements-of-state"]["parameters"]
        assert (state["name"], state["type"], state["required"]) == ("state", "entity", True)

    def test_one_is_run_by_its_address(self, any_service: TestClient) -> None:
        response = any_service.get("/queries/who-claims-what", params={"speaker": "Norway"})
        assert [row["polarity"]["value"] for row in response.json()["results"]["bindings"]] == ["Denied", "Denied"]

    def test_it_answers_in_the_form_that_is_accepted(self, any_service: TestClient) -> None:
        response = any_service.get("/queries/documents", headers={"Accept": "text/csv"})
        assert response.text.startswith("title,publisher,issued")

    def test_its_parameters_are_typed_in_the_description_for_programs(self, service: TestClient) -> None:
        paths = service.get("/openapi.json").json()["paths"]
        parameters = {one["name"]: one for one in paths["/queries/timeline"]["get"]["parameters"]}
        assert parameters["entity"]["required"] is True
        assert parameters["since"]["required"] is False
        assert "pattern" in parameters["since"]["schema"]
        (least,) = paths["/queries/corroboration"]["get"]["parameters"]
        assert least["schema"]["type"] == "integer"
        assert {"get", "post"} <= set(paths["/sparql"])

    @pytest.mark.parametrize(
        ("path", "detail"),
        [
            ("corroboration?least=many", "least must be a whole number"),
            ("timeline?entity=Norway&since=June", "since must be a date"),
            ("timeline", "entity"),
            ("timeline?entity=Atlantis", "nothing in the graph is called 'Atlantis'"),
            ("timeline?entity=Norway&entity=Portugal", "one value only"),
            ("documents?colour=red", "no parameter colour; it takes none"),
        ],
    )
    def test_a_wrong_parameter_is_a_problem(self, service: TestClient, path: str, detail: str) -> None:
        response = service.get(f"/queries/{path}")
        assert response.status_code == 400
        assert response.headers["content-type"] == "application/problem+json"
        assert detail in response.json()["detail"]

    def test_an_unknown_one_is_not_found(self, service: TestClient) -> None:
        assert service.get("/queries/unheard-of").status_code == 404

    def test_a_value_is_never_read_as_sparql(self, tmp_path: Path) -> None:
        file = tmp_path / "echo.rq"
        file.write_text(
            "#+ summary: Echo\n#+ description: Says it again\n#+ tags: test\n"
            "#+ parameter: word\n#+   type: literal\n#+   summary: A word\n#+   example: x\n"
            "SELECT ?word {\n  #+ values: word\n}\n"
        )
        service = TestClient(create_app(MemoryStore(), {"echo": load_query(file)}))
        attack = 'x" } UNION { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } #'
        response = service.get("/queries/echo", params={"word": attack})
        assert response.json()["results"]["bindings"][0]["word"]["value"] == attack


class TestFailures:
    def service(self, error: Exception) -> TestClient:
        class Failing(MemoryStore):
            def query(self, text: str, *, dataset: Dataset | None = None) -> Result:  # noqa: ARG002
                raise error

        return TestClient(create_app(Failing()), raise_server_exceptions=False)

    @pytest.mark.parametrize(
        ("error", "status"), [(StoreError("gone"), 503), (GraphError("bad"), 500), (ZeroDivisionError("secret"), 500)]
    )
    def test_each_is_a_problem(self, error: Exception, status: int) -> None:
        response = self.service(error).get("/sparql", params={"query": "ASK {}"})
        assert response.status_code == status
        assert response.headers["content-type"] == "application/problem+json"
        assert "secret" not in response.text


class TestRunning:
    def test_a_new_generation_is_served_without_a_restart(self, tmp_path: Path, demo_file: Path) -> None:
        with Writer.open(tmp_path) as writer:
            writer.publish()
            with running(EmbeddedStore(tmp_path)) as service:
                assert service.saved("documents") == []
                writer.load(demo_file)
                writer.publish()
                assert len(service.saved("documents")) == 2

    def test_a_slow_query_holds_nobody_up(self) -> None:
        graph, link = NamedNode("urn:g"), NamedNode("urn:p")
        store = MemoryStore(Quad(NamedNode(f"urn:{n}"), link, Literal(n % 7), graph) for n in range(4000))
        slow = "SELECT (COUNT(*) AS ?pairs) { ?a <urn:p> ?x . ?b <urn:p> ?x }"
        with running(store) as service:
            began = threading.Event()
            took: list[float] = []

            def ask() -> None:
                began.set()
                start = time.monotonic()
                httpx.post(f"{service.url}/sparql", data={"query": slow}, timeout=60).raise_for_status()
                took.append(time.monotonic() - start)

            thread = threading.Thread(target=ask)
            thread.start()
            began.wait()
            waits = []
            while thread.is_alive():
                start = time.monotonic()
                assert service.ask("ASK {}")
                waits.append(time.monotonic() - start)
            thread.join()
        assert len(waits) > 2
        assert sorted(waits)[len(waits) // 2] < took[0] / 2

    def test_it_asks_the_graph_over_a_real_connection(self, demo: MemoryStore) -> None:
        with running(demo) as service:
            response = httpx.get(f"{service.url}/queries/documents", headers={"Accept": "text/csv"})
        assert response.text.count("\n") == 3
