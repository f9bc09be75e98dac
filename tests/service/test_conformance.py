"""The W3C's own tests of a SPARQL service over HTTP, where its test data lies beside the project."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.service import create_app
from kg.service.settings import Settings
from kg.service.tokens import new_token
from kg.store import EmbeddedStore, MemoryStore, Store, Writer
from tests.service.running import serving

W3C = Path(__file__).parents[3] / "shared" / "w3c"
RUNNER, DATA = W3C / "w3c_runner.py", W3C / "rdf-tests" / "sparql" / "sparql11"

pytestmark = pytest.mark.skipif(not RUNNER.is_file(), reason="the W3C's tests are not here")


@contextmanager
def open_to_all(store: Store) -> Iterator[str]:
    """A service to whose every request a token is added, as the tests know of none."""
    token, digest = new_token()
    app = create_app(store, settings=Settings(tokens=(digest,)))
    with serving(_with_token(app, token)) as address:
        yield address


def _with_token(app: ASGIApp, token: str) -> ASGIApp:
    async def pass_on(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope = {**scope, "headers": [*scope["headers"], (b"authorization", f"Bearer {token}".encode())]}
        await app(scope, receive, send)

    return pass_on


@pytest.fixture(scope="module")
def in_memory() -> Iterator[str]:
    with open_to_all(MemoryStore()) as address:
        yield address


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    directory = tmp_path_factory.mktemp("w3c") / "store"
    with Writer.open(directory) as writer:
        writer.publish()
    with open_to_all(EmbeddedStore(directory)) as address:
        yield address


def run(*arguments: str) -> str:
    return subprocess.run([sys.executable, str(RUNNER), *arguments], capture_output=True, text=True, check=True).stdout


def protocol(address: str) -> str:
    return run("protocol", str(DATA / "protocol"), "--query", f"{address}/sparql", "--update", f"{address}/sparql")


def graph_store(address: str) -> str:
    return run("gsp", str(DATA / "graph-store-protocol"), "--gsp", f"{address}/graphs", "--update", f"{address}/sparql")


def description(address: str) -> str:
    return run("sd", "--query", f"{address}/sparql")


SUITES = [(protocol, ["34 of 34"]), (graph_store, ["9 of 9", "4 of 4"]), (description, ["3 of 3"])]


@pytest.mark.parametrize(("suite", "passed"), SUITES)
def test_a_service_in_memory_passes(in_memory: str, suite: Callable[[str], str], passed: list[str]) -> None:
    report = suite(in_memory)
    assert re.findall(r"pass (\d+ of \d+)", report) == passed, report


@pytest.mark.slow
@pytest.mark.parametrize(("suite", "passed"), SUITES)
def test_a_service_on_disk_passes(on_disk: str, suite: Callable[[str], str], passed: list[str]) -> None:
    report = suite(on_disk)
    assert re.findall(r"pass (\d+ of \d+)", report) == passed, report


#: What the engine underneath fails of the tests of queries and updates, entailment (which it does not do) left out.
KNOWN = {
    "agg-empty-group-count-graph",
    "agg-groupconcat-04",
    "agg-groupconcat-06",
    "bnode01",
    "graph",
    "graph-minus",
    "service5",
    "tsv03",
    "zero_or_more_set_end",
    "zero_or_more_set_start",
    "zero_or_one_set_end",
    "zero_or_one_set_start",
}


@pytest.mark.slow
def test_the_engine_fails_what_is_known_and_nothing_else() -> None:
    folders = sorted(str(one.parent.relative_to(DATA)) for one in DATA.glob("*/manifest.ttl") if one.parent.name != "entailment")
    report = run("engine", str(DATA), *folders)
    assert set(re.findall(r"^FAIL \S+ (\S+)", report, re.MULTILINE)) == KNOWN
