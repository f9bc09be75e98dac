"""A store to be linked, a knowledge base of the same things behind a reconciliation service, and a rude service."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs

import pytest
from pyoxigraph import NamedNode, Quad

from kg.graph.iris import DEFAULT_BASE
from kg.notebook import LocalService
from kg.store import MemoryStore, open_store
from kg.store.base import quads

#: What the IRIs of the knowledge base begin with.
KB = "https://kb.example/id/"
MANIFEST = {
    "versions": ["0.2"],
    "name": "Rude",
    "identifierSpace": "https://rude.example/",
    "schemaSpace": "https://rude.example/schema#",
    "batchSize": 2,
}


def moved(node: object) -> Any:
    """The same node below the knowledge base's own base."""
    if isinstance(node, NamedNode) and node.value.startswith(DEFAULT_BASE):
        return NamedNode(KB + node.value.removeprefix(DEFAULT_BASE))
    return node


@pytest.fixture(scope="session")
def knowledge_base(sample_store: Path) -> Iterator[str]:
    """The address of a service that knows everything in the samples by IRIs of its own, and nothing of links."""
    store = open_store(sample_store)
    known = [
        Quad(moved(quad.subject), quad.predicate, moved(quad.object), moved(quad.graph_name))
        for quad in quads(store)
        if not str(quad.graph_name).endswith("graph/links>")
    ]
    store.close()
    service = LocalService(MemoryStore(known))
    service.start()
    with service:
        yield service.url


@pytest.fixture
def store(sample_store: Path, tmp_path: Path) -> Path:
    """A store of the samples that a test may change."""
    return Path(shutil.copytree(sample_store, tmp_path / "store"))


@dataclass
class Rude:
    """A service that behaves as it is told, request by request; what is asked of it is kept."""

    address: str = ""
    behaviour: list[Any] = field(default_factory=list)
    asked: list[list[dict[str, Any]]] = field(default_factory=list)
    over: Event = field(default_factory=Event)


@pytest.fixture
def rude() -> Iterator[Rude]:
    """Each request takes the next behaviour: a status with headers, "broken", "cut", "slow", "page", or an answer.

    Without one it answers properly, with one candidate that is called as the query.
    """
    service = Rude()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._behave(MANIFEST)

        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            batch = json.loads(form["queries"][0])
            service.asked.append(list(batch.values()))
            self._behave({key: {"result": [_candidate(query["query"])]} for key, query in batch.items()})

        def _behave(self, proper: object) -> None:
            match service.behaviour.pop(0) if service.behaviour else proper:
                case (int() as status, dict() as headers):
                    self._send(status, b"no", headers)
                case "broken":
                    self._send(200, b'{"q0": {"res', {})
                case "page":
                    self._send(200, b"<html>hello</html>", {"Content-Type": "text/html"})
                case "cut":
                    self.send_response(200)
                    self.send_header("Content-Length", "1000")
                    self.end_headers()
                    self.wfile.write(b"{")
                case "slow":
                    service.over.wait()
                case answer:
                    self._send(200, json.dumps(answer).encode(), {"Content-Type": "application/json"})

        def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        service.address = f"http://127.0.0.1:{server.server_port}"
        yield service
        service.over.set()
        server.shutdown()
        thread.join()


def _candidate(name: str) -> dict[str, Any]:
    return {"id": name, "name": name, "score": 100, "match": True, "type": [{"id": "T"}]}
