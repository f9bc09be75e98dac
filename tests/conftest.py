"""What tests of several stages share: the demonstration graph, that of the samples, and a SPARQL server that is not ours."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kg.build import build
from kg.resources import folder
from kg.store import MemoryStore, Writer

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def demo_file() -> Path:
    """A graph of two invented reports about an invented pact: they agree on most, and contradict each other on some."""
    return DATA / "demo.trig"


@pytest.fixture(scope="session")
def demo(demo_file: Path) -> MemoryStore:
    return MemoryStore.from_file(demo_file)


@pytest.fixture(scope="session")
def demo_directory(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same graph as a store on disk, for reading."""
    directory = tmp_path_factory.mktemp("demo") / "store"
    with Writer.open(directory) as writer:
        writer.load(demo_file)
        writer.publish()
    return directory


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that `kg build seeds` makes of the sample articles."""
    directory = tmp_path_factory.mktemp("samples") / "store"
    summary = build([str(folder("seeds"))], store=directory)
    assert summary.refusals == []
    return directory


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[str]:
    """The address of an empty `oxigraph serve` that takes updates; whoever uses it empties it first."""
    binary = shutil.which("oxigraph", path=Path(sys.executable).parent)
    assert binary is not None, "the dev extras bring it: pip install oxigraph"
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([binary, "serve", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def oxigraph_demo(oxigraph: str, demo_file: Path) -> str:
    """The address of an `oxigraph serve` that holds the demonstration graph."""
    headers = {"Content-Type": "application/trig"}
    httpx.post(f"{oxigraph}/update", content="DROP ALL", headers={"Content-Type": "application/sparql-update"}).raise_for_status()
    httpx.post(f"{oxigraph}/store", content=demo_file.read_bytes(), headers=headers).raise_for_status()
    return oxigraph


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{address}/query", params={"query": "ASK {}"})
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"oxigraph does not answer at {address}")
