"""A process that is kept from the network."""

from __future__ import annotations

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from kg.store.seclusion import seclude

SCRIPT = """
import socket, sys
from pyoxigraph import Store
from kg.store.seclusion import seclude
if sys.argv[1] == "secluded":
    assert seclude()
socket.socketpair()
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[2]))).close()
    print("python reached it")
except PermissionError:
    print("python was refused")
try:
    list(Store().query(f"SELECT * {{ SERVICE <http://127.0.0.1:{sys.argv[2]}/> {{ ?s ?p ?o }} }}"))
except Exception as error:
    print("denied" if "denied" in str(error) else "called")
"""

works_here = subprocess.run(
    [sys.executable, "-c", "from kg.store.seclusion import seclude; raise SystemExit(not seclude())"], check=False
)


@pytest.mark.skipif(works_here.returncode != 0, reason="this system keeps no process from the network")
@pytest.mark.parametrize(
    ("how", "said", "calls"), [("open", ["python reached it", "called"], 1), ("secluded", ["python was refused", "denied"], 0)]
)
def test_neither_python_nor_the_engine_gets_out(how: str, said: list[str], calls: int) -> None:
    called = []

    class Server(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            called.append(self.path)
            self.send_error(500)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Server) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT, how, str(server.server_port)], capture_output=True, text=True, check=True
        )
        server.shutdown()
        thread.join()
    assert run.stdout.splitlines() == said
    assert len(called) == calls


def test_a_system_without_such_filters_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    assert seclude() is False
