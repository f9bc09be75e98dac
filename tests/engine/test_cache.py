"""Answers that are kept: which, for how long, and how many."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kg.engine import CachingEngine, Limits, ReaderPool, ThreadEngine
from kg.service.answers import Sparql
from kg.store import EmbeddedStore, MemoryStore, Writer

COUNT = Sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")


def test_what_was_answered_once_is_at_hand(thousands: MemoryStore) -> None:
    async def run() -> None:
        engine = CachingEngine(ThreadEngine(thousands), 1 << 20)
        assert engine.kept(COUNT) is None
        answer = await engine.ask(COUNT)
        assert engine.kept(COUNT) is answer
        assert await engine.ask(Sparql(COUNT.text, "text/csv")) is answer
        assert engine.kept(Sparql(COUNT.text, "application/json")) is None
        await engine.close()

    asyncio.run(run())


@pytest.mark.parametrize("query", ["SELECT (rand() AS ?n) {}", "SELECT (STRUUID() AS ?n) {}", "SELECT (NOW () AS ?n) {}"])
def test_what_changes_by_itself_is_not_kept(thousands: MemoryStore, query: str) -> None:
    async def run() -> None:
        engine = CachingEngine(ThreadEngine(thousands), 1 << 20)
        await engine.ask(Sparql(query))
        assert engine.kept(Sparql(query)) is None
        await engine.close()

    asyncio.run(run())


def test_large_answers_are_not_kept(thousands: MemoryStore) -> None:
    async def run() -> None:
        engine, everything = CachingEngine(ThreadEngine(thousands), 1 << 30), Sparql("SELECT * { ?s ?p ?o }")
        (await engine.ask(everything)).close()
        assert engine.kept(everything) is None
        await engine.close()

    asyncio.run(run())


def test_the_least_lately_asked_for_go_first(thousands: MemoryStore) -> None:
    async def run() -> None:
        engine = CachingEngine(ThreadEngine(thousands), 12_000)
        questions = [Sparql(f"SELECT ({number} AS ?n) {{}}") for number in range(20)]
        for question in questions:
            await engine.ask(questions[0])
            await engine.ask(question)
        kept = [engine.kept(question) is not None for question in questions]
        assert kept[0]
        assert kept[-1]
        assert not any(kept[1:10])
        await engine.close()

    asyncio.run(run())


@pytest.mark.parametrize("in_memory", [None, False, True], ids=["threads", "disk", "memory"])
def test_nothing_is_kept_beyond_its_generation(tmp_path: Path, demo_file: Path, in_memory: bool | None) -> None:
    async def run() -> None:
        with Writer.open(tmp_path) as writer:
            writer.publish()
            limits = Limits(readers=1)
            pool = ReaderPool(str(tmp_path), limits, in_memory=bool(in_memory), prepare=("kg.service.answers",))
            engine = CachingEngine(ThreadEngine(EmbeddedStore(tmp_path)) if in_memory is None else pool, 1 << 20)
            assert (await engine.ask(COUNT)).body == b"n\r\n0\r\n"
            writer.load(demo_file)
            writer.publish()
            async with asyncio.timeout(30):
                while (await engine.ask(COUNT)).body != b"n\r\n910\r\n":
                    await asyncio.sleep(0.01)
            await engine.close()

    asyncio.run(run())
