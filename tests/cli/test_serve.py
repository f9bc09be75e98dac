"""`kg serve`"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from click.testing import Result

from kg.client import Client
from kg.errors import ResourceError, StoreError

Run = Callable[..., Result]
SERVE = "import typer; from kg.cli.serve import serve; typer.run(serve)"


@pytest.fixture
def served(oxigraph_demo: str) -> Iterator[Client]:
    """The service in a process of its own, in front of a SPARQL server, as docker-compose.yml runs it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "--store", oxigraph_demo, "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONWARNINGS": "ignore"})
    try:
        with closing(Client(f"http://127.0.0.1:{port}")) as client:
            deadline = time.monotonic() + 30
            while time.monotonic() < deadline and process.poll() is None:
                try:
                    httpx.get(f"{client.url}/health").raise_for_status()
                    break
                except httpx.HTTPError:
                    time.sleep(0.1)
            yield client
    finally:
        process.terminate()
        process.wait()


def test_it_serves_in_front_of_a_sparql_server(served: Client) -> None:
    assert served.ask("ASK { ?s ?p ?o }")
    assert len(served.saved("documents")) == 2


def test_a_store_that_is_not_there_is_named_before_anything_starts(run: Run, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder or file"):
        run("serve", "--store", str(tmp_path / "nowhere"))


def test_a_folder_of_queries_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="no such folder of queries"):
        run("serve", "--queries", str(tmp_path / "nowhere"))
