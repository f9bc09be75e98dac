"""The service's end of a reader, and a question on its way to an answer."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from contextlib import suppress
from typing import Any, Final

from kg.engine import frames
from kg.engine.base import Answer
from kg.engine.nursery import Nursery
from kg.errors import KgError

#: How much less than others a reader matters whose question takes long.
_NICENESS: Final = 10


class Job:
    """A question on its way to an answer."""

    def __init__(self, message: bytes, future: asyncio.Future[Answer], seconds: float) -> None:
        self.message, self.future, self.seconds = message, future, seconds
        self.begun = time.monotonic()
        self.deadline = self.begun + seconds
        self.reader: Reader | None = None
        self.timer: asyncio.TimerHandle | None = None
        self.tries = 0

    def fail(self, error: KgError) -> None:
        """Tell the asker why there is no answer, unless it has one or has gone."""
        if not self.future.done():
            self.future.set_exception(error)


class Reader:
    """The service's end of a reader, which stands in a process of its own."""

    def __init__(self, nursery: Nursery) -> None:
        self.nursery = nursery
        self.connection = nursery.reader()
        self.inbox = frames.Inbox(self.connection)
        self.process: int | None = None  #: its number, once it is ready
        self.job: Job | None = None
        self.lingering = False

    def give(self, job: Job) -> None:
        """Send it a question."""
        self.job, job.reader, job.begun = job, self, time.monotonic()
        self._push(job.message)

    def _push(self, data: bytes) -> None:
        """Send what the connection takes, and go on as soon as it takes more."""
        loop = asyncio.get_running_loop()
        loop.remove_writer(self.connection)
        try:
            sent = self.connection.send(data)
        except BlockingIOError:
            sent = 0
        except OSError:  # It is dying, which will be heard of.
            return
        if sent < len(data):
            loop.add_writer(self.connection, self._push, data[sent:])

    def linger(self) -> None:
        """Let its question go on at low priority."""
        self.lingering = True
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.process or 0, _NICENESS)

    def read(self, message: Any) -> Answer | KgError:
        """Make an answer of what it sent, with the file that came along."""
        if isinstance(message, KgError):
            return message
        media_type, size, stamp, rows, body = message
        if body is None:
            body = os.fdopen(self.inbox.files.pop(0), "rb", buffering=0)
        return Answer(media_type, body, size, stamp, rows)

    def kill(self) -> None:
        """End it now, whatever it does."""
        self.job = None
        if self.process:
            with suppress(ProcessLookupError):
                os.kill(self.process, signal.SIGKILL)

    def hang_up(self) -> None:
        """Let it end by itself as soon as it is idle."""
        loop = asyncio.get_running_loop()
        loop.remove_reader(self.connection)
        loop.remove_writer(self.connection)
        self.connection.close()
        self.inbox.close()
