"""An engine of reader processes: a question past its deadline is killed with its reader, and nobody else notices.

Readers stand ready before they are needed, and one that is lost is replaced at once. A question that takes long goes on at
low priority beside the others, and another reader takes the place of its own.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from kg.engine import frames
from kg.engine.answering import out_of_memory
from kg.engine.base import Answer, Limits, Question
from kg.engine.counting import Count
from kg.engine.nursery import Nursery
from kg.errors import KgError, Overloaded, QueryTimeout, StoreError
from kg.store import Status
from kg.store.embedded import stamp_of
from kg.store.generations import Generations

#: After how many seconds a question is one that takes long, and how much less its reader then matters.
LINGERING: Final = 0.25
_NICENESS: Final = 10
#: How often a question is asked again whose reader was killed by somebody else.
_TRIES: Final = 3
_RETRY: Final = 1.0  # seconds until a store that could not be opened is tried again


class _Job:
    """A question on its way to an answer."""

    def __init__(self, message: bytes, future: asyncio.Future[Answer], seconds: float) -> None:
        self.message, self.future, self.seconds = message, future, seconds
        self.begun = time.monotonic()
        self.deadline = self.begun + seconds
        self.reader: _Reader | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.tries = 0


class _Reader:
    """The service's end of a reader."""

    def __init__(self, nursery: Nursery) -> None:
        self.nursery = nursery
        self.connection = nursery.reader()
        self.inbox = frames.Inbox(self.connection)
        self.process: int | None = None
        self.job: _Job | None = None
        self.lingering = False


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
        self._store, self._prepare = store, prepare
        self._generations = Generations(Path(store)) if Path(store).is_dir() else None
        self._in_memory = in_memory or Path(store).is_file()
        self._nursery: Nursery | None = None
        self._coming: Nursery | None = None  # with a newer generation, once it has loaded it
        self._mark: tuple[int, int] | None = None  # of the generation that was last begun to load
        self._stamp: str | None = None  # of the readers
        self._nurseries: set[Nursery] = set()
        self._closing: set[asyncio.Future[None]] = set()
        self._readers: set[_Reader] = set()
        self._idle: list[_Reader] = []
        self._waiting: deque[_Job] = deque()
        self._ready: asyncio.Future[None] | None = None

    async def start(self) -> None:
        if self._ready is None:
            self._ready = asyncio.get_running_loop().create_future()
            self._mark = self._generations.stamp() if self._generations else None
            self._nursery = self._nursery or self._new_nursery()
            self._fill()
        try:
            await asyncio.shield(self._ready)
        except KgError:
            await self.close()
            raise

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        if self._ready is None or not self._ready.done():
            await self.start()
        if self._in_memory:
            self._follow()
        allowed = min(seconds or self.limits.seconds, self.limits.seconds)
        loop = asyncio.get_running_loop()
        job = _Job(frames.pack(question), loop.create_future(), allowed)
        if self._idle:
            self._give(self._idle.pop(), job)
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
        if self._in_memory:
            self._follow()  # Here too, as whoever keeps answers may never come to ask.
            return self._stamp
        return stamp_of(self._generations.stamp()) if self._generations else None

    async def close(self) -> None:
        self._ready = None
        self._dismiss(StoreError("the service is stopping"))
        for reader in list(self._readers):
            self._forget(reader)
        self._nursery = self._coming = None
        self._close_unused()
        await asyncio.gather(*self._closing)

    # How questions find readers.

    def _give(self, reader: _Reader, job: _Job) -> None:
        reader.job, job.reader, job.begun = job, reader, time.monotonic()
        try:
            sent = reader.connection.send(job.message)
        except OSError:
            sent = 0
        if sent < len(job.message):  # It is dying, which will be heard of; or the question is longer than any pipe.
            asyncio.get_running_loop().add_writer(reader.connection, self._push, reader, job.message[sent:])

    def _push(self, reader: _Reader, rest: bytes) -> None:
        """Send on what the connection did not take at once."""
        loop = asyncio.get_running_loop()
        loop.remove_writer(reader.connection)
        try:
            sent = reader.connection.send(rest)
        except OSError:
            return
        if sent < len(rest):
            loop.add_writer(reader.connection, self._push, reader, rest[sent:])

    def _late(self, job: _Job) -> None:
        """Let a question go on at low priority, or end it when its time is over."""
        if job.future.done():
            return
        now, reader = time.monotonic(), job.reader
        if now < job.deadline:
            if reader and now >= job.begun + LINGERING:
                self._linger(reader)
            wake = job.deadline if reader and reader.lingering else min(job.deadline, (job.begun if reader else now) + LINGERING)
            job.timer = asyncio.get_running_loop().call_later(wake - now, self._late, job)
        elif reader:
            self._fail(job, QueryTimeout(f"the query ran for {job.seconds:g} seconds, the most it may, and was stopped"))
            self._kill(reader)
        else:
            self._waiting.remove(job)
            self._fail(job, Overloaded(f"the query waited {job.seconds:g} seconds for others, and its turn did not come"))

    def _linger(self, reader: _Reader) -> None:
        reader.lingering = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, reader.process or 0, _NICENESS)
        self._fill()

    def _drop(self, job: _Job) -> None:
        """Spend no more work on a question whose asker has gone."""
        if job.reader and job.reader.job is job:
            self._kill(job.reader)
        elif job in self._waiting:
            self._waiting.remove(job)
        elif not job.future.cancelled() and not job.future.exception():
            job.future.result().close()

    @staticmethod
    def _fail(job: _Job, error: KgError) -> None:
        if not job.future.done():
            job.future.set_exception(error)

    # How readers come and go.

    def _new_nursery(self) -> Nursery:
        nursery = Nursery(self._store, self.limits, in_memory=self._in_memory, prepare=self._prepare)
        self._nurseries.add(nursery)
        return nursery

    def _fill(self) -> None:
        """Have as many readers as there should be, not counting those that take long, unless these are as many again."""
        mine = [reader for reader in self._readers if reader.nursery is self._nursery]
        quick = sum(not reader.lingering for reader in mine)
        for _ in range(min(self.limits.readers - quick, 2 * self.limits.readers - len(mine))):
            if self._nursery:
                self._connect(self._nursery)

    def _connect(self, nursery: Nursery) -> None:
        try:
            reader = _Reader(nursery)
        except OSError:  # The nursery was killed; its readers live on until they have nothing to do.
            if nursery is not self._nursery:
                self._coming = None
                return
            nursery = self._nursery = self._new_nursery()
            reader = _Reader(nursery)
        self._readers.add(reader)
        asyncio.get_running_loop().add_reader(reader.connection, self._hear, reader)

    def _follow(self) -> None:
        """Have a newer generation loaded as soon as there is one; the one before is served until that is done."""
        mark = self._generations.stamp() if self._generations else None
        if mark != self._mark and self._nursery and not self._coming:
            self._mark = mark
            self._coming = self._new_nursery()
            self._connect(self._coming)

    def _hear(self, reader: _Reader) -> None:
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

    def _welcome(self, reader: _Reader, process: int, stamp: str | None) -> None:
        reader.process = process
        if reader.nursery is self._coming:
            self._nursery, self._coming = self._coming, None
            for old in list(self._idle):
                self._forget(old)
            self._close_unused()
            self._fill()
        if reader.nursery is self._nursery:
            self._stamp = stamp
        if self._ready and not self._ready.done():
            self._ready.set_result(None)
        self._free(reader)

    def _deliver(self, reader: _Reader, message: Any) -> None:
        job, reader.job = reader.job, None
        body: Any = None
        if not isinstance(message, KgError):
            media_type, size, stamp, rows, body = message
            if body is None:
                body = os.fdopen(reader.inbox.files.pop(0), "rb", buffering=0)
        if job and not job.future.done():
            if isinstance(message, KgError):
                job.future.set_exception(message)
            else:
                job.future.set_result(Answer(media_type, body, size, stamp, rows))
        elif body is not None and not isinstance(body, bytes):
            body.close()
        self._free(reader)

    def _free(self, reader: _Reader) -> None:
        """Give a reader the next question, or let it go if another stands in its place."""
        if reader.lingering or reader.nursery is not self._nursery:
            self._forget(reader)
            self._fill()
        elif self._waiting:
            self._give(reader, self._waiting.popleft())
        else:
            self._idle.append(reader)

    def _kill(self, reader: _Reader) -> None:
        if reader.process:
            with suppress(ProcessLookupError):
                os.kill(reader.process, signal.SIGKILL)
        reader.job = None
        self._forget(reader)
        self._fill()

    def _lose(self, reader: _Reader, ended_by: int) -> None:
        """See to the question of a reader that has died: it is at fault itself, or is asked once more."""
        job = reader.job
        self._forget(reader)
        if job and not job.future.done():
            job.reader, job.tries = None, job.tries + 1
            if ended_by in {signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS}:
                self._fail(job, out_of_memory(self.limits))
            elif ended_by == signal.SIGXCPU or job.tries >= _TRIES:
                self._fail(job, StoreError("the reader of this query was stopped from outside, time and again"))
            else:
                self._waiting.appendleft(job)
        self._fill()

    def _give_up(self, reader: _Reader, error: KgError) -> None:
        """See to a store that cannot be opened: whoever waits is told so unless other readers are left, and it is tried again."""
        if reader.nursery is self._coming:
            self._coming = None
            self._mark = None
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
            self._fail(job, error)
        self._waiting.clear()

    def _forget(self, reader: _Reader) -> None:
        """Hang up: an idle reader ends then by itself."""
        if reader not in self._readers:
            return
        self._readers.discard(reader)
        if reader in self._idle:
            self._idle.remove(reader)
        loop = asyncio.get_running_loop()
        loop.remove_reader(reader.connection)
        loop.remove_writer(reader.connection)
        reader.connection.close()
        reader.inbox.close()
        self._close_unused()

    def _close_unused(self) -> None:
        """End nurseries that are asked no more and have no reader left at work."""
        used = {self._nursery, self._coming, *(reader.nursery for reader in self._readers)}
        for nursery in self._nurseries - used:
            self._nurseries.discard(nursery)
            closing = asyncio.get_running_loop().run_in_executor(None, nursery.close)
            self._closing.add(closing)
            closing.add_done_callback(self._closing.discard)
