"""Several processes behind one address."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from kg.errors import StoreError
from kg.service.serving import listener

RUN = "from kg.cli import main; main()"


@contextmanager
def serving(store: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-c", RUN, "serve", "--workers", "2", "--readers", "2", "--store", str(store), "--port", str(port)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ, "KG_LOG_REQUESTS": "0"})
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        process.wait()


def workers(process: int) -> set[int]:
    """The processes that talk to clients, once both do."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return {int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()}


def wait_until(holds: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/ready").is_success
    except httpx.HTTPError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_workers_answer_together_count_together_and_end_together(demo_directory: Path) -> None:
    with serving(demo_directory) as (url, process):
        wait_until(lambda: answers(url))
        for number in range(20):  # each on a connection of its own
            query = f"SELECT ?p {{ <urn:{number}> ?p ?o }}"
            assert httpx.get(f"{url}/sparql", params={"query": query}).is_success
        counted = re.search(r'kg_requests_total\{.*room="sparql".*\} (\S+)', httpx.get(f"{url}/metrics").text)
        assert counted
        assert float(counted[1]) == 20
        both = workers(process.pid)
        assert len(both) == 2
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
        assert not any(Path(f"/proc/{one}").exists() for one in both)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_a_worker_that_dies_is_replaced(demo_directory: Path) -> None:
    with serving(demo_directory) as (url, process):
        wait_until(lambda: answers(url) and len(workers(process.pid)) == 2)
        time.sleep(10)  # one that dies at once would only die again
        before = workers(process.pid)
        os.kill(min(before), signal.SIGKILL)
        wait_until(lambda: len(workers(process.pid)) == 2 and workers(process.pid) != before)
        wait_until(lambda: answers(url))


def test_a_taken_address_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(StoreError, match=r"cannot listen at 127\.0\.0\.1"):
        listener("127.0.0.1", taken.getsockname()[1])
