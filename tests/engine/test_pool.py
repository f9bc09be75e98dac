"""Reader processes: what they answer, and what becomes of those that are killed."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from kg.engine import Answer, Limits, ReaderPool
from kg.errors import Overloaded, QueryError, QueryTimeout, QueryTooLarge, StoreError
from kg.service.answers import Sparql
from kg.store import Status, Writer

COUNT = Sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "text/csv")
EVERYTHING = Sparql("SELECT * { ?s ?p ?o }", "text/tab-separated-values")
RUNAWAY = Sparql("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
GREEDY = Sparql("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i")


@asynccontextmanager
async def pool(store: Path, limits: Limits = Limits(seconds=30), *, in_memory: bool = False) -> AsyncIterator[ReaderPool]:  # noqa: B008
    made = ReaderPool(str(store), limits, in_memory=in_memory, prepare=("kg.service.answers",))
    await made.start()
    try:
        yield made
    finally:
        await made.close()


def body(answer: Answer) -> bytes:
    try:
        return b"".join(answer.chunks())
    finally:
        answer.close()


async def count(engine: ReaderPool) -> int:
    return int(body(await engine.ask(COUNT)).split()[1])


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not holds():
            await asyncio.sleep(0.01)


def readers(engine: ReaderPool) -> list[int]:
    """The process numbers of the readers that stand ready."""
    return [reader.process for reader in engine._idle if reader.process]


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("in_memory", [False, True], ids=["disk", "memory"])
def test_it_answers_from_a_store(demo_directory: Path, in_memory: bool) -> None:
    async def run() -> None:
        async with pool(demo_directory, in_memory=in_memory) as engine:
            assert await count(engine) == 910
            assert await engine.status() == Status(910, 1)
            answer = await engine.ask(COUNT)
            assert (answer.media_type, answer.stamp) == ("text/csv", engine.stamp())

    asyncio.run(run())


def test_it_answers_from_a_file(demo_file: Path) -> None:
    async def run() -> None:
        async with pool(demo_file) as engine:
            assert await asyncio.gather(*(count(engine) for _ in range(20))) == [910] * 20
            assert engine.stamp()

    asyncio.run(run())


def test_it_answers_from_another_server(oxigraph_demo: str) -> None:
    async def run() -> None:
        async with pool(oxigraph_demo) as engine:  # type: ignore[arg-type]
            assert await count(engine) == 910
            assert engine.stamp() is None

    asyncio.run(run())


def test_a_large_answer_arrives_whole(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory) as engine:
            answer = await engine.ask(EVERYTHING)
            assert not isinstance(answer.body, bytes)
            assert answer.size == len(whole := body(answer))
            assert whole.count(b"\n") == 911

    asyncio.run(run())


def test_a_long_question_arrives_whole(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory) as engine:
            text = "x" * 3_000_000
            assert body(await engine.ask(Sparql(f"SELECT (STRLEN('{text}') AS ?n) {{}}", "text/csv"))).split()[1] == b"3000000"

    asyncio.run(run())


def test_errors_are_those_of_the_question(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory, Limits(bytes=100)) as engine:
            with pytest.raises(QueryError) as caught:
                await engine.ask(Sparql("ASK {\n?"))
            assert caught.value.line == 2
            with pytest.raises(QueryTooLarge, match="more than 100 bytes"):
                await engine.ask(EVERYTHING)

    asyncio.run(run())


def test_a_store_that_is_none_keeps_it_from_starting(tmp_path: Path) -> None:
    async def run() -> None:
        with pytest.raises(StoreError, match="no graph has been published"):
            async with pool(tmp_path):
                pass

    asyncio.run(run())


def test_a_question_past_its_deadline_dies_with_its_reader_and_disturbs_nobody(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory, Limits(seconds=60, readers=2)) as engine:
            await until(lambda: len(readers(engine)) == 2)
            before = readers(engine)
            runaway = asyncio.create_task(engine.ask(RUNAWAY, seconds=0.5))
            assert [await count(engine) for _ in range(20)] == [910] * 20
            with pytest.raises(QueryTimeout, match=r"0\.5 seconds"):
                await runaway
            await until(lambda: sum(alive(process) for process in before) == 1)
            await until(lambda: len(readers(engine)) == 2)

    asyncio.run(run())


def test_questions_that_take_long_do_not_take_the_places_of_others(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory, Limits(seconds=60, readers=2)) as engine:
            runaways = [asyncio.create_task(engine.ask(RUNAWAY)) for _ in range(2)]
            assert await count(engine) == 910
            for runaway in runaways:
                runaway.cancel()

    asyncio.run(run())


def test_a_question_whose_asker_leaves_is_stopped(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory, Limits(readers=1)) as engine:
            await until(lambda: len(readers(engine)) == 1)
            (process,) = readers(engine)
            asked = asyncio.create_task(engine.ask(RUNAWAY))
            await until(lambda: not readers(engine))
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked
            await until(lambda: not alive(process))
            assert await count(engine) == 910

    asyncio.run(run())


def test_a_question_that_takes_too_much_memory_dies_alone(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory, Limits(seconds=60, memory=64 << 20)) as engine:
            greedy = asyncio.create_task(engine.ask(GREEDY))
            assert await count(engine) == 910
            with pytest.raises(QueryTooLarge, match="more memory than the 64 MiB"):
                await greedy
            assert await count(engine) == 910

    asyncio.run(run())


def test_a_question_that_overflows_its_reader_is_refused(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory) as engine:
            deep = 30_000
            with pytest.raises(QueryTooLarge, match="nests too deeply"):
                await engine.ask(Sparql(f"SELECT ({'(' * deep}1{')' * deep} AS ?x) {{}}"))
            assert await count(engine) == 910

    asyncio.run(run())


def test_readers_that_somebody_kills_fail_no_question(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory, Limits(readers=2)) as engine:
            asked = [asyncio.create_task(count(engine)) for _ in range(200)]
            for killed in range(3):
                await until(lambda: any(reader.job and reader.process for reader in engine._readers))
                victim = next(reader.process for reader in engine._readers if reader.job and reader.process)
                os.kill(victim, signal.SIGKILL)
                done = 10 * (killed + 1)  # So that no question meets its reader's death each time.
                await until(lambda done=done: sum(one.done() for one in asked) > done)  # type: ignore[misc]
            assert await asyncio.gather(*asked) == [910] * 200

    asyncio.run(run())


def test_the_nursery_may_be_killed_too(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory, Limits(readers=1)) as engine:
            assert engine._nurseries.current is not None
            os.kill(engine._nurseries.current.process, signal.SIGKILL)
            assert await count(engine) == 910
            await until(lambda: len(readers(engine)) == 1)
            os.kill(readers(engine)[0], signal.SIGKILL)
            assert await count(engine) == 910

    asyncio.run(run())


def test_more_than_can_wait_are_turned_away_and_told_when_to_come_again(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory, Limits(readers=1, queue=2)) as engine:
            await until(lambda: len(readers(engine)) == 1)
            asked = [asyncio.create_task(engine.ask(COUNT)) for _ in range(3)]
            await asyncio.sleep(0)
            with pytest.raises(Overloaded) as caught:
                await engine.ask(COUNT)
            assert caught.value.retry_after >= 1
            assert len([body(await one) for one in asked]) == 3

    asyncio.run(run())


def test_a_question_whose_turn_does_not_come_is_told_so(demo_directory: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory, Limits(readers=1, seconds=60)) as engine:
            runaways = [asyncio.create_task(engine.ask(RUNAWAY)) for _ in range(4)]
            await until(lambda: sum(reader.lingering for reader in engine._readers) == 2)
            with pytest.raises(Overloaded, match="its turn did not come"):
                await engine.ask(COUNT, seconds=0.1)
            for runaway in runaways:
                runaway.cancel()

    asyncio.run(run())


@pytest.mark.parametrize("in_memory", [False, True], ids=["disk", "memory"])
def test_a_new_generation_is_served_and_no_question_fails(tmp_path: Path, demo_file: Path, in_memory: bool) -> None:
    async def run() -> None:
        with Writer.open(tmp_path) as writer:
            writer.publish()
            async with pool(tmp_path, Limits(readers=2), in_memory=in_memory) as engine:
                seen, stamps = {await count(engine)}, {engine.stamp()}
                writer.load(demo_file)
                publishing = threading.Thread(target=writer.publish)
                publishing.start()
                async with asyncio.timeout(30):
                    while 910 not in seen:
                        seen |= set(await asyncio.gather(*(count(engine) for _ in range(10))))
                publishing.join()
                stamps.add(engine.stamp())
                assert (seen, len(stamps)) == ({0, 910}, 2)
                assert await engine.status() == Status(910, 2)

    asyncio.run(run())


def test_a_full_disk_is_told_and_survived(demo_directory: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async def run() -> None:
        async with pool(demo_directory) as engine:
            with pytest.raises(StoreError, match="no room to write the answer down"):
                await engine.ask(EVERYTHING)
            assert await count(engine) == 910

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, hard))
    try:
        asyncio.run(run())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
