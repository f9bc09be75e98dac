"""`kg serve`"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
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
    """The service in front of a SPARQL server, as docker-compose.yml runs it."""
    with serving(oxigraph_demo) as (client, _):
        yield client


@contextmanager
def serving(store: str) -> Iterator[tuple[Client, subprocess.Popen[bytes]]]:
    """The service in a process of its own."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", SERVE, "--store", store, "--port", str(port)]
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
            yield client, process
    finally:
        process.terminate()
        process.wait()


def test_it_serves_in_front_of_a_sparql_server(served: Client) -> None:
    assert served.ask("ASK { ?s ?p ?o }")
    assert len(served.saved("documents")) == 2


@pytest.mark.slow
def test_it_finishes_what_it_has_begun_when_it_is_stopped(demo_directory: Path) -> None:
    pairs = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } FILTER(SHA512(STR(?c)) < SHA512(STR(?f))) }"
    with serving(str(demo_directory)) as (client, process), ThreadPoolExecutor(1) as thread:
        asked = thread.submit(httpx.get, f"{client.url}/sparql", params={"query": pairs}, timeout=60)
        while "kg_requests_under_way 2.0" not in httpx.get(f"{client.url}/metrics").text:
            assert not asked.done(), "the question was too easy"
        process.terminate()
        assert asked.result().status_code == 200
        assert process.wait(30) in {0, -signal.SIGTERM}


def test_a_store_that_is_not_there_is_named_before_anything_starts(run: Run, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such folder or file"):
        run("serve", "--store", str(tmp_path / "nowhere"))


def test_a_folder_of_queries_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="no such folder of queries"):
        run("serve", "--queries", str(tmp_path / "nowhere"))


def test_workers_would_each_hold_a_copy_in_memory(run: Run, demo_directory: Path) -> None:
    with pytest.raises(StoreError, match="copy of the graph in memory"):
        run("serve", "--workers", "2", "--store", str(demo_directory), "--in-memory")
