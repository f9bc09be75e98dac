"""Connections that never send, never end, or never read; and too many of them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import httpx
import pytest

from kg.service import create_app
from kg.service.serving import config
from kg.service.settings import Settings
from kg.store import MemoryStore
from tests.service.running import serving

SHORT = Settings(head_seconds=0.3, body_seconds=0.3, write_seconds=0.3, header_bytes=4096, url_bytes=2000)


@contextmanager
def running(settings: Settings) -> Iterator[tuple[str, int]]:
    app = create_app(MemoryStore(), settings=settings)
    with serving(config(app, settings)) as address:
        url = httpx.URL(address)
        yield url.host, url.port or 0


def answer_to(place: tuple[str, int], *pieces: bytes) -> bytes:
    """Send the pieces, and return what comes until the server hangs up."""
    with socket.create_connection(place, timeout=20) as connection:
        for piece in pieces:
            connection.sendall(piece)
        received = b""
        while data := connection.recv(65536):
            received += data
    return received


def send_without_end(connection: socket.socket) -> None:
    while True:
        connection.sendall(b" ")


def cut_off(connection: socket.socket) -> bool:
    try:
        return connection.recv(1000)[:12] in {b"HTTP/1.1 408", b""}
    except ConnectionError:
        return True


@pytest.fixture(scope="module")
def place() -> Iterator[tuple[str, int]]:
    with running(SHORT) as place:
        yield place


def test_a_client_that_says_nothing_is_cut_off(place: tuple[str, int]) -> None:
    assert answer_to(place).startswith(b"HTTP/1.1 408")


def test_a_client_that_never_ends_its_head_is_cut_off(place: tuple[str, int]) -> None:
    assert answer_to(place, b"GET / HTTP/1.1\r\n", b"Host: x\r\n").startswith(b"HTTP/1.1 408")


def test_a_head_that_dribbles_after_an_answer_is_cut_off_too(place: tuple[str, int]) -> None:
    with socket.create_connection(place, timeout=20) as connection:
        connection.sendall(b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(10_000).startswith(b"HTTP/1.1 200")
        connection.sendall(b"GET /ready HTTP/1.1\r\n")
        assert connection.recv(10_000).startswith(b"HTTP/1.1 408")


def test_a_body_that_never_comes_is_given_up(place: tuple[str, int]) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK"
    answer = answer_to(place, head)
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"application/problem+json" in answer


def test_a_large_head_is_refused(place: tuple[str, int]) -> None:
    head = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + b"X: yyyyyyyyyyyyyyyyyyyyyyyyy\r\n" * 200 + b"\r\n"
    assert answer_to(place, head).startswith(b"HTTP/1.1 4")  # 431; of what h11 would not hold at all, it says 400


def test_a_client_that_does_not_read_is_cut_off(place: tuple[str, int]) -> None:
    numbers = " ".join(str(number) for number in range(1000))
    query = f"SELECT ('{'x' * 500}' AS ?x) {{ VALUES ?a {{ {numbers} }} VALUES ?b {{ 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 }} }}"
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(query)}\r\n\r\n"
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(20)
        connection.connect(place)
        connection.sendall(head.encode() + query.encode())
        with pytest.raises(ConnectionError):  # Written to a connection that the server has dropped.
            send_without_end(connection)
    assert answer_to(place, b"GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("limit", ["connections", "client_connections"])
def test_more_connections_than_allowed_are_turned_away_until_others_end(limit: str) -> None:
    with running(Settings(**{limit: 3})) as place:
        with ExitStack() as stack:
            for _ in range(3):
                connection = stack.enter_context(socket.create_connection(place, timeout=20))
                connection.sendall(b"GET /ready HTTP/1.1\r\nHost: x\r\n\r\n")
                assert connection.recv(1000).startswith(b"HTTP/1.1 200")
            refused = answer_to(place)
            assert refused.startswith(b"HTTP/1.1 503")
            assert b"Retry-After" in refused
        while not answer_to(place, b"GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").startswith(b"HTTP/1.1 200"):
            pass  # The server hears of their end a moment later.


@pytest.mark.slow
def test_two_hundred_dribbling_clients_hold_nobody_up() -> None:
    with running(Settings(head_seconds=3)) as place, ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(place, timeout=20)) for _ in range(190)]
        for letter in "GET / HTTP/1.1":
            for connection in slow:
                with suppress(ConnectionError):  # The server has cut some off already.
                    connection.sendall(letter.encode())
            assert httpx.get(f"http://{place[0]}:{place[1]}/ready").status_code == 200
        assert all(cut_off(connection) for connection in slow)
