"""An engine that answers in threads of its own process: for small graphs, other servers and tests.

A thread cannot be stopped. A question that runs past its deadline is answered with an error in time, but its work goes on
until it is done; where that must not be, ask readers in processes of their own.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor

from kg.engine.answering import answer
from kg.engine.base import Answer, Limits, Question
from kg.errors import Overloaded, QueryTimeout
from kg.store import Status, Store


class ThreadEngine:
    """Asks a store that is open in this process; whoever opened the store closes it."""

    def __init__(self, store: Store, limits: Limits = Limits()) -> None:  # noqa: B008 (it is frozen)
        self.limits = limits
        self._store = store
        self._threads = ThreadPoolExecutor(limits.readers, thread_name_prefix="kg-reader")
        self._begun = 0

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        if self._begun >= self.limits.readers + self.limits.queue:
            raise Overloaded(f"{self._begun} questions are being answered or wait already; ask again in a moment")
        allowed = min(seconds or self.limits.seconds, self.limits.seconds)
        work = self._threads.submit(answer, question, self._store, self.limits)
        self._begun += 1
        loop = asyncio.get_running_loop()
        work.add_done_callback(lambda _: loop.call_soon_threadsafe(self._end))
        try:
            return await asyncio.wait_for(asyncio.wrap_future(work), allowed)
        except TimeoutError as error:
            work.add_done_callback(_throw_away)
            raise QueryTimeout(f"the query has run for {allowed:g} seconds, and was given up") from error
        except asyncio.CancelledError:
            work.add_done_callback(_throw_away)
            raise

    def kept(self, question: Question) -> Answer | None:  # noqa: ARG002
        return None

    async def status(self) -> Status:
        return await asyncio.wrap_future(self._threads.submit(self._store.status))

    def stamp(self) -> str | None:
        return self._store.stamp()

    async def start(self) -> None:
        """Threads start when they are needed."""

    async def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _end(self) -> None:
        self._begun -= 1


def _throw_away(work: Future[Answer]) -> None:
    """Close an answer that nobody waits for any more."""
    if not work.cancelled() and not work.exception():
        work.result().close()
