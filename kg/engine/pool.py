"""An engine of reader processes: a question past its deadline is killed with its reader, and nobody else notices.

Readers stand ready before they are needed, and one that is lost is replaced at once. A question that takes long goes on at
low priority beside the others, and another reader takes the place of its own.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections import deque
from collections.abc import Sequence
from typing import Any, Final

from kg.engine import frames
from kg.engine.answering import out_of_memory
from kg.engine.base import Answer, Limits, Question
from kg.engine.counting import Count
from kg.engine.handles import Job, Reader
from kg.engine.nurseries import Nurseries
from kg.engine.nursery import Nursery
from kg.errors import KgError, Overloaded, QueryTimeout, StoreError
from kg.store import Status

#: After how many seconds a question is one that takes long.
LINGERING: Final = 0.25
#: How often a question is asked whose reader was killed by somebody else.
_TRIES: Final = 3
_RETRY: Final = 1.0  # seconds until a store that could not be opened is tried again


class ReaderPool:
    """Answers from a store's folder, a file, or another server; by copies in memory if so wished, and for files always."""

    def __init__(
        self,
        store: str,
        limits: Limits = Limits(),  # noqa: B008 (it is frozen)
        *,
        in_memory: bool = False,
        prepare: Sequence[str] = (),
    ) -> None:
        self.limits = limits
        self._nurseries = Nurseries(store, limits, in_memory=in_memory, prepare=prepare)
        self._stamp: str | None = None  # of the readers
        self._readers: set[Reader] = set()
        self._idle: list[Reader] = []
        self._waiting: deque[Job] = deque()
        self._ready: asyncio.Future[None] | None = None

    async def start(self) -> None:
        if self._ready is None:
            self._ready = asyncio.get_running_loop().create_future()
            self._nurseries.start()
            self._fill()
        try:
            await asyncio.shield(self._ready)
        except KgError:
            await self.close()
            raise

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        if self._ready is None or not self._ready.done():
            await self.start()
        if self._nurseries.in_memory:
            self._follow()
        allowed = min(seconds or self.limits.seconds, self.limits.seconds)
        loop = asyncio.get_running_loop()
        job = Job(frames.pack(question), loop.create_future(), allowed)
        if self._idle:
            self._idle.pop().give(job)
        elif len(self._waiting) >= self.limits.queue:
            raise Overloaded(f"{len(self._waiting)} questions wait already; ask again in a moment")
        else:
            self._waiting.append(job)
        job.timer = loop.call_later(min(LINGERING, allowed), self._late, job)
        try:
            return await job.future
        except asyncio.CancelledError:
            self._drop(job)
            raise
        finally:
            job.timer.cancel()

    def kept(self, question: Question) -> Answer | None:  # noqa: ARG002
        return None

    async def status(self) -> Status:
        return Count.read(await self.ask(Count()))

    def stamp(self) -> str | None:
        if self._nurseries.in_memory:
            self._follow()  # Here too, as whoever keeps answers may never come to ask.
            return self._stamp
        return self._nurseries.stamp()

    async def close(self) -> None:
        self._ready = None
        self._dismiss(StoreError("the service is stopping"))
        for reader in list(self._readers):
            self._forget(reader)
        await self._nurseries.close()

    # What becomes of questions.

    def _late(self, job: Job) -> None:
        """Let a question go on at low priority, or end it when its time is over."""
        if job.future.done():
            return
        now, reader = time.monotonic(), job.reader
        if now < job.deadline:
            if reader and now >= job.begun + LINGERING:
                reader.linger()
                self._fill()
            wake = job.deadline if reader and reader.lingering else min(job.deadline, (job.begun if reader else now) + LINGERING)
            job.timer = asyncio.get_running_loop().call_later(wake - now, self._late, job)
        elif reader:
            job.fail(QueryTimeout(f"the query ran for {job.seconds:g} seconds, the most it may, and was stopped"))
            self._kill(reader)
        else:
            self._waiting.remove(job)
            job.fail(Overloaded(f"the query waited {job.seconds:g} seconds for others, and its turn did not come"))

    def _drop(self, job: Job) -> None:
        """Spend no more work on a question whose asker has gone."""
        if job.reader and job.reader.job is job:
            self._kill(job.reader)
        elif job in self._waiting:
            self._waiting.remove(job)
        elif not job.future.cancelled() and not job.future.exception():
            job.future.result().close()

    # How readers come and go.

    def _fill(self) -> None:
        """Have as many readers as there should be, not counting those that take long, unless these are as many again."""
        mine = [reader for reader in self._readers if reader.nursery is self._nurseries.current]
        quick = sum(not reader.lingering for reader in mine)
        for _ in range(min(self.limits.readers - quick, 2 * self.limits.readers - len(mine))):
            if self._nurseries.current:
                self._connect(self._nurseries.current)

    def _connect(self, nursery: Nursery) -> None:
        reader = self._nurseries.reader(nursery)
        if reader:
            self._readers.add(reader)
            asyncio.get_running_loop().add_reader(reader.connection, self._hear, reader)

    def _follow(self) -> None:
        """Have a newer generation loaded as soon as there is one; the one before is served until that is done."""
        if self._nurseries.behind() and self._nurseries.coming:
            self._connect(self._nurseries.coming)

    def _hear(self, reader: Reader) -> None:
        for message in reader.inbox.messages():
            match message:
                case int(signal_):
                    self._lose(reader, signal_)
                    return
                case KgError() if reader.process is None:
                    self._give_up(reader, message)
                    return
                case (int(process), stamp):
                    self._welcome(reader, process, stamp)
                case _:
                    self._deliver(reader, message)
        if reader.inbox.ended:
            self._lose(reader, signal.SIGKILL)

    def _welcome(self, reader: Reader, process: int, stamp: str | None) -> None:
        reader.process = process
        if reader.nursery is self._nurseries.coming:
            self._nurseries.promote()
            for old in list(self._idle):
                self._forget(old)
            self._fill()
        if reader.nursery is self._nurseries.current:
            self._stamp = stamp
        if self._ready and not self._ready.done():
            self._ready.set_result(None)
        self._free(reader)

    def _deliver(self, reader: Reader, message: Any) -> None:
        job, reader.job = reader.job, None
        answer = reader.read(message)
        if isinstance(answer, KgError):
            if job:
                job.fail(answer)
        elif job and not job.future.done():
            job.future.set_result(answer)
        else:
            answer.close()
        self._free(reader)

    def _free(self, reader: Reader) -> None:
        """Give a reader the next question, or let it go if another stands in its place."""
        if reader.lingering or reader.nursery is not self._nurseries.current:
            self._forget(reader)
            self._fill()
        elif self._waiting:
            reader.give(self._waiting.popleft())
        else:
            self._idle.append(reader)

    def _kill(self, reader: Reader) -> None:
        reader.kill()
        self._forget(reader)
        self._fill()

    def _lose(self, reader: Reader, ended_by: int) -> None:
        """See to the question of a reader that has died: it is at fault itself, or is asked once more."""
        job = reader.job
        self._forget(reader)
        if job and not job.future.done():
            job.reader, job.tries = None, job.tries + 1
            if ended_by in {signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS}:
                job.fail(out_of_memory(self.limits))
            elif ended_by == signal.SIGXCPU or job.tries >= _TRIES:
                job.fail(StoreError("the reader of this query was stopped from outside, time and again"))
            else:
                self._waiting.appendleft(job)
        self._fill()

    def _give_up(self, reader: Reader, error: KgError) -> None:
        """See to a store that cannot be opened: whoever waits is told so unless other readers are left, and it is tried again."""
        self._nurseries.fail(reader.nursery)
        self._forget(reader)
        if any(one.process for one in self._readers):
            pass
        elif self._ready and not self._ready.done():
            self._ready.set_exception(error)
        else:
            self._dismiss(error)
        asyncio.get_running_loop().call_later(_RETRY, self._fill)

    def _dismiss(self, error: KgError) -> None:
        """Tell all who wait that they wait for nothing."""
        for job in self._waiting:
            job.fail(error)
        self._waiting.clear()

    def _forget(self, reader: Reader) -> None:
        if reader in self._readers:
            self._readers.discard(reader)
            if reader in self._idle:
                self._idle.remove(reader)
            reader.hang_up()
            self._nurseries.tidy(self._readers)
