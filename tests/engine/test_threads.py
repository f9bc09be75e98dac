"""An engine in this process: limits, and what happens beyond them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from queue import Queue
from threading import Event
from typing import IO, ClassVar

import pytest

from kg.engine import Answer, Limits, Spool, ThreadEngine
from kg.engine.spool import SMALL
from kg.errors import NotAcceptable, Overloaded, QueryError, QueryTimeout, QueryTooLarge
from kg.service.answers import Sparql
from kg.store import MemoryStore, Status, Store

EVERYTHING = "SELECT ?s ?o { ?s <urn:p> ?o }"


@dataclass(frozen=True)
class Waiting:
    """A question that has its answer once the test says so."""

    steady: bool = False
    release: ClassVar[Event] = Event()

    def answer(self, store: Store, out: Spool) -> str:  # noqa: ARG002
        self.release.wait(20)
        out.write(b"at last")
        return "text/plain"


@asynccontextmanager
async def engine(store: MemoryStore, limits: Limits) -> AsyncIterator[ThreadEngine]:
    made = ThreadEngine(store, limits)
    try:
        yield made
    finally:
        Waiting.release.set()
        await made.close()


def ask(store: MemoryStore, question: Sparql, limits: Limits = Limits()) -> tuple[Answer, bytes]:  # noqa: B008
    async def run() -> tuple[Answer, bytes]:
        async with engine(store, limits) as made:
            answer = await made.ask(question)
            try:
                return answer, b"".join(answer.chunks())
            finally:
                answer.close()

    return asyncio.run(run())


@pytest.fixture(autouse=True)
def held_back() -> None:
    Waiting.release.clear()


def test_a_small_answer_stays_in_memory(thousands: MemoryStore) -> None:
    answer, body = ask(thousands, Sparql("ASK { <urn:1> ?p ?o }", "text/csv"))
    assert (answer.media_type, answer.size, answer.body) == ("text/csv", len(body), b"true")
    assert answer.stamp == thousands.stamp()


def test_a_large_answer_lies_in_a_file(thousands: MemoryStore) -> None:
    answer, body = ask(thousands, Sparql(EVERYTHING, "text/tab-separated-values"))
    assert not isinstance(answer.body, bytes)
    assert (len(body), body.count(b"\n")) == (answer.size, 5001)


def test_triples_are_counted(thousands: MemoryStore) -> None:
    answer, _ = ask(thousands, Sparql("CONSTRUCT WHERE { ?s <urn:p> ?o }"))
    assert answer.rows == 5000


@pytest.mark.parametrize(
    ("limits", "question"),
    [
        (Limits(bytes=1000), Sparql(EVERYTHING)),
        (Limits(bytes=100_000), Sparql(EVERYTHING)),
        (Limits(rows=4999), Sparql("CONSTRUCT WHERE { ?s <urn:p> ?o }")),
    ],
)
def test_an_answer_beyond_a_limit_is_refused_with_the_limit(thousands: MemoryStore, limits: Limits, question: Sparql) -> None:
    with pytest.raises(QueryTooLarge, match=r"more than (1000 bytes|100000 bytes|4999 rows)"):
        ask(thousands, question, limits)


def test_errors_of_the_question_are_the_callers(thousands: MemoryStore) -> None:
    with pytest.raises(QueryError) as caught:
        ask(thousands, Sparql("ASK {"))
    assert caught.value.line == 1
    with pytest.raises(NotAcceptable):
        ask(thousands, Sparql("ASK {}", "image/png"))


def test_a_question_past_its_deadline_is_given_up(thousands: MemoryStore) -> None:
    async def run() -> None:
        async with engine(thousands, Limits(seconds=60)) as made:
            with pytest.raises(QueryTimeout, match=r"0\.05 seconds"):
                await made.ask(Waiting(), seconds=0.05)

    asyncio.run(run())


def test_one_more_than_can_wait_is_turned_away(thousands: MemoryStore) -> None:
    async def run() -> None:
        async with engine(thousands, Limits(readers=1, queue=1)) as made:
            waiting = [asyncio.create_task(made.ask(Waiting())) for _ in range(2)]
            await asyncio.sleep(0)
            with pytest.raises(Overloaded) as caught:
                await made.ask(Waiting())
            assert caught.value.retry_after >= 1
            Waiting.release.set()
            assert [answer.body for answer in await asyncio.gather(*waiting)] == [b"at last"] * 2

    asyncio.run(run())


def test_it_says_what_it_holds(thousands: MemoryStore) -> None:
    async def run() -> Status:
        async with engine(thousands, Limits()) as made:
            return await made.status()

    assert asyncio.run(run()) == Status(5000)


def test_a_limit_of_nothing_is_no_limit() -> None:
    with pytest.raises(ValueError, match="more than nothing"):
        Limits(seconds=0)


@dataclass(frozen=True)
class Large:
    """A question whose answer goes to a file, which it shows, once the test says so."""

    steady: bool = False
    release: ClassVar[Event] = Event()
    bodies: ClassVar[Queue[IO[bytes]]] = Queue()

    def answer(self, store: Store, out: Spool) -> str:  # noqa: ARG002
        self.release.wait(20)
        out.write(b"large" * SMALL)
        body = out.body()
        assert not isinstance(body, bytes)
        self.bodies.put(body)
        return "text/plain"


def test_the_file_of_an_answer_that_nobody_waits_for_is_closed(thousands: MemoryStore) -> None:
    async def run() -> None:
        async with engine(thousands, Limits(seconds=0.05)) as made:
            with pytest.raises(QueryTimeout):
                await made.ask(Large())
            Large.release.set()

    asyncio.run(run())
    body = Large.bodies.get(timeout=20)
    while not body.closed:  # by the thread that wrote it
        time.sleep(0.01)
