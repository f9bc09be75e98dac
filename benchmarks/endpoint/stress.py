"""How the service bears what would bring others down: a runaway query, hours of mixed load, new generations under load."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Event, Thread
from typing import Final
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

from benchmarks.endpoint import load
from benchmarks.endpoint.data import AGGREGATE, ROWS, RUNAWAY, Data
from benchmarks.endpoint.servers import Server
from kg.store import Writer

_DEADLINE: Final = 2  # seconds that the service is started with for the runaway query
_EVERY: Final = 10.0  # seconds between two generations, and between two looks at memory


@dataclass(frozen=True)
class Runaway:
    """What became of a query without end, and of the clients beside it."""

    status: int
    seconds: float
    detail: str
    cpu_after: float  # share of one core that the service uses 0.2 s later, with nobody asking
    beside: load.Load


def runaway(server: Server, data: Data, clients: int) -> Runaway:
    """Let a query run into its deadline, first alone, then beside quick clients."""
    status, seconds, detail = _ask(server.url, RUNAWAY)
    time.sleep(0.2)
    before, began = server.cpu(), time.monotonic()
    time.sleep(0.5)
    cpu = max(server.cpu() - before, 0.0) / (time.monotonic() - began)
    wrk = load.started(server.url, data.entity_queries(), _DEADLINE * 3, clients)
    time.sleep(0.5)
    for _ in range(2):
        _ask(server.url, RUNAWAY)
    output, _ = wrk.communicate()
    return Runaway(status, seconds, detail, cpu, load.read(output))


@dataclass(frozen=True)
class Mixed:
    """A long mixed load: requests and failures, generations published meanwhile, and megabytes as time went on."""

    load: load.Load
    generations: int
    memory: tuple[float, ...]

    @property
    def growth(self) -> float:
        """By what share memory grew from the second quarter of the time to the last."""
        quarter = max(len(self.memory) // 4, 1)
        early, late = self.memory[quarter : 2 * quarter] or self.memory[:1], self.memory[-quarter:]
        return (sum(late) / len(late)) / (sum(early) / len(early)) - 1


def mixed(server: Server, data: Data, seconds: float, *, publish: bool) -> Mixed:
    """Ask for entities, provenance, and now and then for aggregates and many rows; publish generations meanwhile."""
    queries = list(_mixture(data))
    wrk = load.started(server.url, queries, seconds)
    over, generations, memory = Event(), [0], []

    def generate() -> None:
        while publish and not over.wait(_EVERY):
            with Writer.open(data.store) as writer:
                writer.publish()
            generations[0] += 1

    publishing = Thread(target=generate)
    publishing.start()
    try:
        while wrk.poll() is None:
            memory.append(server.memory())
            over.wait(min(_EVERY, seconds / 12))
    finally:
        over.set()
        publishing.join()
    output, _ = wrk.communicate()
    return Mixed(load.read(output), generations[0], tuple(memory))


def _mixture(data: Data) -> Iterator[str]:
    provenance = data.provenance_queries()
    for number, query in enumerate(data.entity_queries()):
        yield query
        if number % 4 == 0:
            yield provenance[number % len(provenance)]
        if number % 250 == 0:
            yield AGGREGATE
        if number % 250 == 125:
            yield ROWS


def _ask(url: str, query: str) -> tuple[int, float, str]:
    began = time.monotonic()
    try:
        with urlopen(f"{url}?query={quote(query, safe='')}", timeout=120) as response:
            status, detail = response.status, "an answer"
    except HTTPError as error:
        status, detail = error.code, json.loads(error.read()).get("detail", "")
    return status, time.monotonic() - began, detail
