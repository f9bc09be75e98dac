"""The servers that are measured, each started for itself, with the same graph."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.endpoint.data import Data

_START: Final = 600  # seconds that a server may take to load the graph
_KG: Final = "from kg.cli import main; main()"


class NotHereError(Exception):
    """A server is not installed, or cannot be."""


@dataclass(frozen=True)
class Server:
    """A running server: where it is asked, and the process that it began with."""

    name: str
    url: str
    process: int

    def processes(self) -> list[int]:
        """The server's process and all below it."""
        found, parents = [self.process], _parents()
        for process in found:
            found += [child for child, parent in parents.items() if parent == process]
        return found

    def cpu(self) -> float:
        """Seconds of processor time that it has used so far, those of processes that have ended not counted."""
        return sum(_cpu(process) for process in self.processes())

    def memory(self) -> float:
        """Megabytes that it holds, what processes share counted once."""
        return sum(_memory(process) for process in self.processes()) / 1024


@contextmanager
def ours(data: Data, *options: str, name: str = "kg serve", **settings: str) -> Iterator[Server]:
    """Our own service; settings are environment variables without their KG_."""
    port = _port()
    command = [sys.executable, "-c", _KG, "serve", "--store", str(data.store), "--port", str(port), *options]
    quiet = {"log_requests": "0"}  # as the others are
    environment = {f"KG_{key.upper()}": value for key, value in {**quiet, **settings}.items()}
    with _running(name, command, f"http://127.0.0.1:{port}/sparql", environment) as server:
        yield server


@contextmanager
def oxigraph(data: Data) -> Iterator[Server]:
    """Oxigraph's own server, on the very files that ours reads."""
    port = _port()
    command = [_binary("oxigraph"), "serve-read-only", "--location", str(data.generation), "--bind", f"127.0.0.1:{port}"]
    with _running("oxigraph serve-read-only", command, f"http://127.0.0.1:{port}/query", {}) as server:
        yield server


@contextmanager
def rdflib_endpoint(data: Data) -> Iterator[Server]:
    """rdflib-endpoint, in an environment of its own that is made when it is first needed."""
    environment = data.folder.parent / "rdflib-endpoint"
    binary = environment / "bin" / "rdflib-endpoint"
    if not binary.exists():
        try:
            subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
            install = [environment / "bin" / "pip", "install", "--quiet", "rdflib-endpoint[cli]", "oxrdflib"]
            subprocess.run(install, check=True)
        except subprocess.CalledProcessError as error:
            raise NotHereError(f"cannot be installed: {error}") from error
    port = _port()
    command = [str(binary), "serve", "--store", "Oxigraph", "--host", "127.0.0.1", "--port", str(port), str(data.file)]
    with _running("rdflib-endpoint, oxrdflib", command, f"http://127.0.0.1:{port}/", {}) as server:
        yield server


@contextmanager
def virtuoso(data: Data) -> Iterator[Server]:
    """Virtuoso, loaded once into a database beside the graph."""
    binary, isql = _binary("virtuoso-t"), _binary("isql-vt")
    folder, port, http = data.folder / "virtuoso", _port(), _port()
    fresh = not folder.exists()
    folder.mkdir(exist_ok=True)
    (folder / "virtuoso.ini").write_text(_VIRTUOSO.format(folder=folder, data=data.folder, port=port, http=http))
    command = [binary, "+foreground", "+configfile", str(folder / "virtuoso.ini"), "+wait"]
    address = f"http://127.0.0.1:{http}/sparql"
    with _running("virtuoso", command, address, {}, cwd=folder) as server:
        if fresh:
            load = f"ld_dir('{data.folder}', 'graph.nq', 'urn:none'); rdf_loader_run(); checkpoint;"
            subprocess.run([isql, str(port), "dba", "dba", f"exec={load}"], check=True, stdout=subprocess.DEVNULL)
        yield server


def _binary(name: str) -> str:
    found = shutil.which(name, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if not found:
        raise NotHereError("is not installed")
    return found


@contextmanager
def _running(
    name: str, command: list[str], url: str, environment: Mapping[str, str], cwd: Path | None = None
) -> Iterator[Server]:
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment}, cwd=cwd
    )
    try:
        _wait(process, url)
        yield Server(name, url, process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NotHereError(f"ended with code {process.returncode} before it answered")
        try:
            with urlopen(f"{url}?query=ASK%7B%7D", timeout=60):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise NotHereError("does not answer")


def _port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _parents() -> dict[int, int]:
    found = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (stat := _read(entry / "stat")):
            found[int(entry.name)] = int(stat.rpartition(")")[2].split()[1])
    return found


def _cpu(process: int) -> float:
    fields = _read(Path(f"/proc/{process}/stat")).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _memory(process: int) -> float:
    lines = _read(Path(f"/proc/{process}/smaps_rollup")).splitlines()
    return sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # It has ended meanwhile.
        return ""


_VIRTUOSO: Final = """[Database]
DatabaseFile = {folder}/virtuoso.db
TransactionFile = {folder}/virtuoso.trx
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = {port}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
DirsAllowed = {data}
ServerThreads = 20
MaxQueryMem = 2G
[HTTPServer]
ServerPort = {http}
ServerThreads = 20
[SPARQL]
ResultSetMaxRows = 1000000
"""
