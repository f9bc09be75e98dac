"""Asking another SPARQL server: Oxigraph's own, with the demonstration graph in it, and servers that misbehave."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pyoxigraph import QueryBoolean, QueryTriples, Triple

from kg.errors import QueryError, QueryTimeout, StoreError
from kg.store import Dataset, MemoryStore, RemoteStore
from kg.store.base import rows
from kg.store.provenance import accounts
from kg.store.resolve import entity

NORWAY = "https://w3id.org/treatygraph/id/state/norway"
SIGNING = "https://w3id.org/treatygraph/id/graph/tromso-signing"
DOUBTS = "https://w3id.org/treatygraph/id/graph/tromso-doubts"
DOCUMENTS = "PREFIX tg: <https://w3id.org/treatygraph/ontology#> SELECT ?document {} {{ ?document a tg:Document }}"


@pytest.fixture
def remote(oxigraph_demo: str) -> Iterator[RemoteStore]:
    with closing(RemoteStore(oxigraph_demo)) as store:
        yield store


def test_it_holds_what_was_loaded(remote: RemoteStore, demo: MemoryStore) -> None:
    assert remote.status() == demo.status()


def test_its_default_graph_is_the_union_of_all(remote: RemoteStore) -> None:
    assert len(rows(remote, DOCUMENTS.format(""))) == 2


def test_a_query_may_name_its_graphs(remote: RemoteStore) -> None:
    assert len(rows(remote, DOCUMENTS.format(f"FROM <{SIGNING}>"))) == 1


def test_the_request_stands_above_the_query(remote: RemoteStore) -> None:
    answer = remote.query(f"ASK FROM <{SIGNING}> {{ ?s ?p <urn:nothing> }}", dataset=Dataset(default=(DOUBTS,)))
    assert isinstance(answer, QueryBoolean)
    assert not answer
    answer = remote.query(f'ASK FROM <{SIGNING}> {{ ?s ?p "The Specimen Courier" }}', dataset=Dataset(default=(DOUBTS,)))
    assert isinstance(answer, QueryBoolean)
    assert answer


def test_triples_come_back_as_triples(remote: RemoteStore) -> None:
    answer = remote.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ <{NORWAY}> }} ?s ?p ?o }}")
    assert isinstance(answer, QueryTriples)
    assert all(isinstance(triple, Triple) and str(triple.subject) == f"<{NORWAY}>" for triple in answer)


def test_names_and_provenance_are_the_same_as_in_memory(remote: RemoteStore, demo: MemoryStore) -> None:
    assert accounts(remote, entity(remote, "Norway")) == accounts(demo, entity(demo, "Norway"))


def test_a_syntax_error_has_its_place(remote: RemoteStore) -> None:
    with pytest.raises(QueryError, match="not valid at or before") as caught:
        remote.query("SELECT *\nWHERE { ?s ?p ?o . nonsense }")
    assert caught.value.line == 2


def test_it_is_never_asked_to_call_another_server(remote: RemoteStore, oxigraph: str) -> None:
    with pytest.raises(QueryError, match="refused"):
        remote.query(f"SELECT * {{ SERVICE <{oxigraph}/query> {{ ?s ?p ?o }} }}")


def test_a_server_that_does_not_answer_is_named() -> None:
    with (
        closing(RemoteStore("http://127.0.0.1:9/")) as store,
        pytest.raises(StoreError, match="cannot be reached"),
    ):
        store.query("ASK {}")


class _Wayward(BaseHTTPRequestHandler):
    """Answers whatever its path asks for: /status/type/body."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        _, status, kind, body = self.path.split("/", 3)
        self.send_response(int(status))
        self.send_header("Content-Type", kind.replace("_", "/"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def wayward() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Wayward) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("/200/text_html/hello", StoreError, "no SPARQL 1.1 endpoint"),
        ("/200/application_sparql-results+json/broken", StoreError, "breaks off its answer or garbles it"),
        ("/500/text_plain/oops", StoreError, "answers 500: oops"),
        ("/404/text_plain/nothing", StoreError, "answers 404"),
        ("/503/text_plain/busy", QueryTimeout, "gave up: busy"),
        ("/400/text_plain/MALFORMED", QueryError, "MALFORMED"),
    ],
)
def test_a_server_that_misbehaves_is_understood(wayward: str, path: str, error: type[Exception], message: str) -> None:
    with closing(RemoteStore(wayward + path)) as store, pytest.raises(error, match=message):
        store.query("ASK {}")


def test_a_path_in_the_address_is_kept(oxigraph_demo: str) -> None:
    with closing(RemoteStore(f"{oxigraph_demo}/query")) as store:
        assert store.query("ASK {}")
