"""The service in a process of its own, under what brings others down: runaway queries, kills, floods, new generations."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from kg.store import EmbeddedStore, Writer

pytestmark = pytest.mark.slow

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
SERVE = "from kg.cli import main; main()"


@pytest.fixture
def store(demo_directory: Path, tmp_path: Path) -> Path:
    return shutil.copytree(demo_directory, tmp_path / "store")


class Served:
    """A running service and a client of it."""

    def __init__(self, process: subprocess.Popen[bytes], client: httpx.AsyncClient) -> None:
        self.process, self.client = process, client

    async def ask(self, query: str, seconds: float = 60) -> httpx.Response:
        return await self.client.get("/sparql", params={"query": query}, timeout=seconds)

    async def count(self) -> int:
        response = await self.ask(COUNT)
        assert response.status_code == 200, response.text
        return int(response.json()["results"]["bindings"][0]["n"]["value"])

    def below(self) -> list[int]:
        """The process numbers of all that the service started."""
        found = [self.process.pid]
        for parent in found:
            children = Path(f"/proc/{parent}/task/{parent}/children")
            found += [int(number) for number in children.read_text().split()] if children.exists() else []
        return found[1:]


@asynccontextmanager
async def served(store: Path, *options: str, **settings: object) -> AsyncIterator[Served]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {f"KG_{name.upper()}": str(value) for name, value in settings.items()}
    command = [sys.executable, "-c", SERVE, "serve", "--store", str(store), "--port", str(port), *options]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=environment)
    limits = httpx.Limits(max_connections=None)
    try:
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", limits=limits, timeout=60) as client:
            service = Served(process, client)
            await until(lambda: answers(service))
            yield service
    finally:
        process.terminate()
        process.wait()


async def answers(service: Served) -> bool:
    assert service.process.poll() is None, "the service did not start"
    try:
        return (await service.ask("ASK {}")).status_code == 200
    except httpx.TransportError:
        return False


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await holds():
            await asyncio.sleep(0.05)


def alive(process: int) -> bool:
    """Does it run still? One that has ended and waits for its parent does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_runaway_query_is_stopped_on_time_and_fifty_clients_do_not_notice(store: Path) -> None:
    async def run() -> None:
        async with served(store, seconds=2, cache_bytes=0) as service:
            began = time.monotonic()
            runaway = asyncio.create_task(service.ask(RUNAWAY))
            counted = await asyncio.gather(*(service.count() for _ in range(50)))
            assert not runaway.done()
            stopped = await runaway
            assert stopped.status_code == 503
            assert "2 seconds" in stopped.json()["detail"]
            assert time.monotonic() - began < 30
            assert set(counted) == {910}

    asyncio.run(run())


def test_a_client_that_leaves_frees_its_reader(store: Path) -> None:
    async def run() -> None:
        async with served(store, readers=1, seconds=600) as service:
            for _ in range(4):  # Twice as many as could go on.
                with pytest.raises(httpx.ReadTimeout):
                    await service.ask(RUNAWAY, seconds=0.7)
            assert (await service.ask(COUNT, seconds=30)).status_code == 200

    asyncio.run(run())


def test_a_query_that_takes_too_much_memory_is_a_problem(store: Path) -> None:
    async def run() -> None:
        async with served(store, memory=64 << 20) as service:
            refused, *counted = await asyncio.gather(service.ask(GREEDY), *(service.count() for _ in range(20)))
            assert isinstance(refused, httpx.Response)
            assert (refused.status_code, refused.headers["content-type"]) == (413, "application/problem+json")
            assert "64 MiB" in refused.json()["detail"]
            assert counted == [910] * 20

    asyncio.run(run())


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the processes of the service in /proc")
def test_readers_killed_under_load_fail_nobody(store: Path) -> None:
    async def run() -> None:
        async with served(store, cache_bytes=0) as service:
            asked = [asyncio.create_task(service.count()) for _ in range(200)]
            for _ in range(5):
                await asyncio.sleep(0.1)
                for reader in service.below()[1:3]:
                    os.kill(reader, signal.SIGKILL)
            assert await asyncio.gather(*asked) == [910] * 200

    asyncio.run(run())


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds the processes of the service in /proc")
def test_a_killed_service_takes_its_readers_along_and_leaves_the_store_whole(store: Path) -> None:
    async def run() -> None:
        async with served(store, seconds=600) as service:
            asked = [asyncio.create_task(service.ask(RUNAWAY)) for _ in range(2)]
            await asyncio.gather(*(service.count() for _ in range(20)))
            processes = service.below()
            assert len(processes) > 2
            service.process.kill()
            await asyncio.gather(*asked, return_exceptions=True)

            async def gone() -> bool:
                return not any(alive(process) for process in processes)

            await until(gone)
        assert EmbeddedStore(store).status().quads == 910
        async with served(store) as again:
            assert await again.count() == 910

    asyncio.run(run())


@pytest.mark.parametrize("options", [(), ("--in-memory",)], ids=["disk", "memory"])
def test_generations_published_under_load_reach_two_services_and_fail_nobody(store: Path, options: tuple[str, ...]) -> None:
    def publish(times: int) -> None:
        with Writer.open(store) as writer:
            for number in range(times):
                writer.add(f"<urn:s> <urn:p> <urn:o{number}> <urn:new> .\n".encode())
                writer.publish()

    async def run() -> None:
        async with served(store, *options) as one, served(store, *options, cache_bytes=0) as other:
            publishing = asyncio.create_task(asyncio.to_thread(publish, 4))
            seen: set[int] = set()
            async with asyncio.timeout(60):
                while not publishing.done() or [await one.count(), await other.count()] != [914, 914]:
                    seen |= set(await asyncio.gather(*(service.count() for service in (one, other) * 5)))
            assert seen <= set(range(910, 915))

    asyncio.run(run())


def test_more_than_can_be_answered_are_turned_away_politely(store: Path) -> None:
    async def run() -> None:
        async with served(store, readers=1, queue=5, cache_bytes=0) as service:
            responses = await asyncio.gather(*(service.ask(COUNT) for _ in range(60)))
            refused = [response for response in responses if response.status_code == 503]
            assert {response.status_code for response in responses} <= {200, 503}
            assert all(int(response.headers["retry-after"]) >= 1 for response in refused)
            assert await service.count() == 910

    asyncio.run(run())
