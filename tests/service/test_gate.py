"""What every request passes: its id, limits, its client's turn, methods, compression, origins, and the accounts kept of it."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator
from typing import Final

import pytest
import zstandard
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from kg.service import create_app
from kg.service.journal import JsonLines
from kg.service.negotiation import choose_coding
from kg.service.settings import Settings
from kg.service.turns import Turns
from kg.store import MemoryStore

TEXT = "application/sparql-results+json, text/plain;q=0.5"
ALL = "SELECT * { ?s ?p ?o }"


def client(demo: MemoryStore, address: str = "192.0.2.7", **settings: object) -> TestClient:
    return TestClient(create_app(demo, settings=Settings(**settings)), client=(address, 5000))  # type: ignore[arg-type]


class TestIds:
    def test_every_answer_has_one(self, service: TestClient) -> None:
        first, second = (service.get(path).headers["x-query-id"] for path in ("/health", "/nowhere"))
        assert first != second

    @pytest.mark.parametrize(("given", "kept"), [("mine-1", True), ("x" * 65, False), ("a b", False)])
    def test_the_clients_own_is_kept_if_it_is_one(self, service: TestClient, given: str, kept: bool) -> None:
        assert (service.get("/health", headers={"X-Query-Id": given}).headers["x-query-id"] == given) is kept


class TestLimits:
    @pytest.mark.parametrize("path", ["/sparql", "/health", "/nowhere"])
    def test_a_long_address_is_refused(self, demo: MemoryStore, path: str) -> None:
        response = client(demo, url_bytes=100).get(path, params={"query": "ASK {}" + " " * 100})
        assert (response.status_code, response.headers["content-type"]) == (414, "application/problem+json")

    def test_long_headers_are_refused(self, demo: MemoryStore) -> None:
        assert client(demo, header_bytes=1000).get("/health", headers={"X": "y" * 1000}).status_code == 431

    @pytest.mark.parametrize("announced", [True, False])
    def test_a_large_body_is_refused(self, demo: MemoryStore, announced: bool) -> None:
        def pieces() -> Iterator[bytes]:
            yield from [b"ASK {}"] * 100

        content = b"ASK {}" * 100 if announced else pieces()
        headers = {"Content-Type": "application/sparql-query"}
        response = client(demo, request_bytes=100).post("/sparql", content=content, headers=headers)
        assert (response.status_code, "100 bytes" in response.json()["detail"]) == (413, True)

    def test_a_client_that_asks_too_often_must_wait(self, demo: MemoryStore) -> None:
        service = client(demo, rate=0.01, burst=2)
        statuses = [service.get("/health").status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert int(service.get("/health").headers["retry-after"]) > 10

    def test_a_proxy_that_is_trusted_tells_clients_apart(self, demo: MemoryStore) -> None:
        def statuses(service: TestClient) -> list[int]:
            return [service.get("/health", headers={"X-Forwarded-For": f"198.51.100.{n}"}).status_code for n in range(3)]

        assert statuses(client(demo, rate=0.01, burst=1, proxies=("192.0.2.0/24",))) == [200, 200, 200]
        assert statuses(client(demo, rate=0.01, burst=1, proxies=("203.0.113.1",))) == [200, 429, 429]
        assert statuses(client(demo, rate=0.01, burst=1)) == [200, 429, 429]


class TestTurns:
    def test_a_bucket_fills_at_its_rate(self) -> None:
        now = 0.0
        turns = Turns(rate=2, burst=3, clock=lambda: now)
        assert [turns.take("a") for _ in range(5)] == [0, 0, 0, 1, 1]
        now = 1.0
        assert [turns.take("a") for _ in range(3)] == [0, 0, 1]

    def test_an_ipv6_network_is_one_client(self) -> None:
        turns = Turns(rate=0.1, burst=1, clock=lambda: 0.0)
        assert [turns.take(f"2001:db8::{n:x}") for n in (1, 2)] == [0, 10]
        assert turns.take("2001:db8:0:1::1") == 0

    def test_addresses_are_forgotten_in_the_end(self) -> None:
        turns = Turns(rate=0.1, burst=1, clock=lambda: 0.0)
        assert {turns.take(f"client {n}") for n in range(20_000)} == {0}
        assert turns.take("client 0") == 0
        assert turns.take("client 19999") == 10


class TestMethods:
    @pytest.mark.parametrize("path", ["/", "/health", "/queries", "/queries/documents", "/sparql?query=ASK{}", "/openapi.json"])
    def test_head_is_get_without_a_body(self, service: TestClient, path: str) -> None:
        got, head = service.get(path), service.head(path)
        assert (head.status_code, head.content) == (200, b"")
        same = ("content-type", "vary", "etag", "content-encoding")
        assert [head.headers.get(name) for name in same] == [got.headers.get(name) for name in same]

    @pytest.mark.parametrize(
        ("path", "allowed"),
        [
            ("/health", "GET, HEAD, OPTIONS"),
            ("/sparql", "GET, HEAD, OPTIONS, POST"),
            ("/graphs", "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT"),
        ],
    )
    def test_options_and_refusals_say_what_is_allowed(self, service: TestClient, path: str, allowed: str) -> None:
        options = service.options(path)
        assert (options.status_code, options.headers["allow"]) == (204, allowed)
        refused = service.request("BREW", path)
        assert (refused.status_code, refused.headers["allow"]) == (405, allowed)

    def test_nothing_is_allowed_where_nothing_is(self, service: TestClient) -> None:
        assert service.options("/nowhere").status_code == 404


class TestOrigins:
    HEADERS: Final = {"Origin": "https://editor.example"}
    PREFLIGHT: Final = HEADERS | {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}

    def test_pages_from_elsewhere_get_nothing_unless_told_otherwise(self, service: TestClient) -> None:
        assert "access-control-allow-origin" not in service.get("/health", headers=self.HEADERS).headers

    @pytest.mark.parametrize("origins", [("*",), ("https://editor.example",)])
    def test_pages_from_where_the_settings_say_may_ask(self, demo: MemoryStore, origins: tuple[str, ...]) -> None:
        service = client(demo, origins=origins)
        assert service.get("/sparql?query=ASK{}", headers=self.HEADERS).headers["access-control-allow-origin"] == origins[0]
        preflight = service.options("/sparql", headers=self.PREFLIGHT)
        assert preflight.status_code == 200
        assert "POST" in preflight.headers["access-control-allow-methods"]


class TestCompression:
    @pytest.mark.parametrize("path", ["/sparql", "/openapi.json"])
    def test_a_large_answer_is_compressed_as_the_client_likes(self, service: TestClient, path: str) -> None:
        def get(coding: str) -> tuple[str | None, bytes]:
            with service.stream("GET", path, params={"query": ALL}, headers={"Accept-Encoding": coding}) as response:
                return response.headers.get("content-encoding"), b"".join(response.iter_raw())

        coding, plain = get("identity")
        assert coding is None
        coding, body = get("gzip")
        assert (coding, gzip.decompress(body)) == ("gzip", plain)
        coding, body = get("gzip;q=0.5, zstd")
        assert (coding, zstandard.ZstdDecompressor().decompressobj().decompress(body)) == ("zstd", plain)
        assert len(body) < len(plain) / 2

    def test_a_small_one_is_not(self, service: TestClient) -> None:
        response = service.get("/sparql", params={"query": "ASK {}"}, headers={"Accept-Encoding": "gzip"})
        assert "content-encoding" not in response.headers
        assert response.headers["vary"] == "Accept, Accept-Encoding"

    @pytest.mark.parametrize(
        ("header", "chosen"),
        [
            (None, None),
            ("", None),
            ("*", "zstd"),
            ("gzip, deflate", "gzip"),
            ("GZIP;q=1.0, zstd;q=1.0", "zstd"),
            ("zstd;q=0, *;q=0.1", "gzip"),
            ("identity, gzip;q=0.5", None),
            ("gzip;q=x", None),
            ("br", None),
        ],
    )
    def test_the_best_liked_coding_is_chosen(self, header: str | None, chosen: str | None) -> None:
        assert choose_coding(header, ("zstd", "gzip")) == chosen

    @given(st.text(max_size=40))
    def test_any_header_is_read(self, header: str) -> None:
        assert choose_coding(header, ("zstd", "gzip")) in {"zstd", "gzip", None}


class TestAccounts:
    def test_requests_are_counted_by_room_and_outcome(self, demo: MemoryStore) -> None:
        service = client(demo)
        service.get("/sparql", params={"query": "ASK {}"})
        service.get("/sparql", params={"query": "ASK"})
        service.get("/anything/at/all")
        metrics = service.get("/metrics")
        assert metrics.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert 'kg_requests_total{method="GET",room="sparql",status="200"} 1.0' in metrics.text
        assert 'kg_requests_total{method="GET",room="sparql",status="400"} 1.0' in metrics.text
        assert 'kg_requests_total{method="GET",room="other",status="404"} 1.0' in metrics.text
        assert "kg_triples 910.0" in metrics.text
        assert "kg_requests_under_way 1.0" in metrics.text

    def test_each_request_is_a_line_of_json(self, service: TestClient, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.INFO, "kg.requests"):
            response = service.get("/sparql", params={"query": "ASK {}"})
        line = json.loads(JsonLines().format(caplog.records[-1]))
        assert (line["event"], line["status"], line["path"], line["id"]) == (
            "request",
            200,
            "/sparql",
            response.headers["x-query-id"],
        )
        assert "query" not in line

    def test_a_slow_one_tells_its_query(self, demo: MemoryStore, caplog: pytest.LogCaptureFixture) -> None:
        service = client(demo, slow_seconds=1e-9)
        with caplog.at_level(logging.WARNING, "kg.requests"):
            service.get("/sparql", params={"query": "ASK { 'x' ?p ?o }"})
        line = json.loads(JsonLines().format(caplog.records[-1]))
        assert (line["event"], line["level"], line["query"]) == ("slow request", "warning", "ASK { 'x' ?p ?o }")

    def test_it_is_ready_while_its_store_answers(self, service: TestClient) -> None:
        assert service.get("/ready").json() == {"status": "ready"}


class TestProblems:
    def test_the_place_of_a_mistake_is_shown(self, service: TestClient) -> None:
        problem = service.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"}).json()
        assert problem["excerpt"] == "WHERE { ?s ?p }\n               ^"

    def test_a_client_that_likes_text_gets_text(self, service: TestClient) -> None:
        response = service.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"}, headers={"Accept": TEXT})
        assert response.status_code == 400
        assert response.headers["content-type"].startswith("text/plain")
        assert response.text.endswith("\n\nWHERE { ?s ?p }\n               ^\n")
        assert service.get("/nowhere", headers={"Accept": "text/plain"}).text == "Not Found\n"
