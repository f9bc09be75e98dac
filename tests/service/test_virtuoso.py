"""The service in front of Virtuoso, where Debian's package of it is installed."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from pyoxigraph import RdfFormat, Store, serialize

from kg.engine import ReaderPool
from kg.service import READERS_NEED, create_app
from kg.service.settings import Settings
from tests.service.running import serving

SERVER, CLIENT = shutil.which("virtuoso-t"), shutil.which("isql-vt")
SETTINGS = Settings(seconds=3, rows=50, readers=2)
CONFIGURATION = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = {sql}
ServerThreads = 10
NumberOfBuffers = 2000
MaxDirtyBuffers = 1000
DirsAllowed = .
[HTTPServer]
ServerPort = {http}
ServerThreads = 4
[SPARQL]
DefaultQuery = ASK {{}}
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (SERVER and CLIENT), reason="needs Virtuoso: apt install virtuoso-opensource-7-bin"),
]


@pytest.fixture(scope="module")
def virtuoso(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso that holds the demonstration graph."""
    assert SERVER
    assert CLIENT
    folder = tmp_path_factory.mktemp("virtuoso")
    with ExitStack() as stack:
        sql, http = (stack.enter_context(socket.create_server(("127.0.0.1", 0))).getsockname()[1] for _ in range(2))
    (folder / "virtuoso.ini").write_text(CONFIGURATION.format(sql=sql, http=http))
    quads = Store()
    quads.bulk_load(path=demo_file, format=RdfFormat.TRIG)
    (folder / "demo.nq").write_bytes(serialize(iter(quads), format=RdfFormat.N_QUADS) or b"")
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen([SERVER, "-f", "-c", "virtuoso.ini"], cwd=folder, stdout=output, stderr=output)
    try:
        address = f"http://127.0.0.1:{http}/sparql"
        _wait_for(address, process)
        load = "DB.DBA.TTLP(file_to_string_output('demo.nq'), '', 'urn:none', 512);\ncheckpoint;\n"
        done = subprocess.run([CLIENT, f"127.0.0.1:{sql}", "dba", "dba"], input=load, capture_output=True, text=True, check=True)
        assert "Error" not in done.stdout + done.stderr
        yield address
    finally:
        process.kill()
        process.wait()


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(address, params={"query": "ASK {}"})
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("Virtuoso does not start")


@pytest.fixture(scope="module")
def service(virtuoso: str) -> Iterator[httpx.Client]:
    pool = ReaderPool(virtuoso, SETTINGS.limits, prepare=READERS_NEED)
    with serving(create_app(pool, settings=SETTINGS)) as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client


def test_saved_queries_find_what_they_find_elsewhere(service: httpx.Client) -> None:
    assert len(service.get("/queries/documents").json()["results"]["bindings"]) == 2
    accusations = service.get("/queries/who-claims-what", params={"speaker": "Norway"}).json()["results"]["bindings"]
    assert [row["polarity"]["value"] for row in accusations] == ["Denied", "Denied"]


def test_triples_come_as_triples(service: httpx.Client) -> None:
    norway = "https://w3id.org/treatygraph/id/state/norway"
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?s {{ <{norway}> }} GRAPH ?g {{ ?s ?p ?o }} }}"
    response = service.get("/sparql", params={"query": query}, headers={"Accept": "application/n-triples"})
    assert response.text.splitlines()
    assert all(line.startswith(f"<{norway}>") for line in response.text.splitlines())


def test_the_same_limits_hold(service: httpx.Client) -> None:
    many = service.get("/sparql", params={"query": "SELECT * { GRAPH ?g { ?s ?p ?o } } LIMIT 60"})
    assert (many.status_code, "50 rows" in many.json()["detail"]) == (413, True)
    endless = (
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c . ?d ?e ?f . ?h ?i ?j } FILTER(STR(?a) < STR(?f) && STR(?d) < STR(?j)) }"
    )
    late = service.get("/sparql", params={"query": endless})
    assert (late.status_code, "3 seconds" in late.json()["detail"]) == (503, True)


def test_calls_and_changes_are_refused(service: httpx.Client) -> None:
    call = service.get("/sparql", params={"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"})
    assert (call.status_code, "is refused here" in call.json()["detail"]) == (400, True)
    assert service.post("/sparql", data={"update": "CLEAR ALL"}).status_code == 403


def test_the_line_of_a_mistake_is_told(service: httpx.Client) -> None:
    assert service.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"}).json()["line"] == 2
