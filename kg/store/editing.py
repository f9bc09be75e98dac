"""Changing the graph that a service serves: one change at a time, in a process that may die without harm."""

from __future__ import annotations

import sys
import time
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from subprocess import Popen
from threading import Lock
from typing import Final, Protocol

from kg.errors import Busy, KgError, QueryTimeout, QueryTooLarge
from kg.store.base import Store
from kg.store.changes import Change, Outcome
from kg.store.embedded import EmbeddedStore
from kg.store.memory import MemoryStore
from kg.store.seclusion import seclude
from kg.store.writer import Writer

_START: Final = "import sys; sys.path[:] = {path!r}; from kg.store.editing import serve; serve(int(sys.argv[1]), sys.argv[2])"
_PATIENCE: Final = 0.05  # seconds between two looks at whether another writer has finished


class Editor(Protocol):
    """Makes changes, each whole or not at all."""

    def change(self, change: Change) -> Outcome:
        """Make a change and publish it; blocks.

        Raises QueryError if it is malformed or refused, QueryTimeout if it takes too long, Busy if somebody else writes
        to the store all the while, StoreError if it cannot be written.
        """

    def close(self) -> None:
        """Let go of the process that makes changes."""


class DiskEditor:
    """Changes a store on disk through its one writer, in a process of its own that is killed at the deadline.

    What a killed writer had not published is gone; the graph is as it was. Unless updates may call other servers, it works
    `alone`, kept from the network.
    """

    def __init__(self, directory: Path, seconds: float, *, alone: bool = True) -> None:
        self._directory, self._seconds, self._helper = directory, seconds, _Helper(alone)

    def change(self, change: Change) -> Outcome:
        return self._helper.run(self._directory, change, self._seconds)

    def close(self) -> None:
        self._helper.close()


class MemoryEditor:
    """Changes a graph in memory, in place. What a client wrote is first read in a process of its own, for at most `seconds`."""

    def __init__(self, store: MemoryStore, seconds: float) -> None:
        self._store, self._seconds, self._helper = store, seconds, _Helper(alone=True)

    def change(self, change: Change) -> Outcome:
        self._helper.run(None, change, self._seconds)
        return self._store.change(change)

    def close(self) -> None:
        self._helper.close()


def editor_of(store: Store, seconds: float, *, alone: bool = True) -> Editor | None:
    """Return what changes a store, each change within so many seconds; None for one that belongs to somebody else."""
    match store:
        case EmbeddedStore():
            return DiskEditor(store.directory, seconds, alone=alone)
        case MemoryStore():
            return MemoryEditor(store, seconds)
        case _:
            return None


class _Helper:
    """The process that changes are made in: started when it is needed, and again after its end."""

    def __init__(self, alone: bool) -> None:
        self._turn, self._alone = Lock(), alone
        self._ends: tuple[Popen[bytes], Connection] | None = None

    def run(self, directory: Path | None, change: Change, seconds: float) -> Outcome:
        deadline = time.monotonic() + seconds
        if not self._turn.acquire(timeout=seconds):
            raise Busy("other changes are being made; try again in a moment", retry_after=5)
        try:
            self._ends = self._ends or _start(self._alone)
            connection = self._ends[1]
            try:
                connection.send((directory, change, deadline - time.monotonic()))
                if not connection.poll(max(deadline - time.monotonic(), 0)):
                    self._end()
                    raise QueryTimeout(f"the change was not made within {seconds:g} seconds, and was given up")
                outcome: Outcome | KgError = connection.recv()
            except (EOFError, OSError) as error:
                self._end()
                raise QueryTooLarge("what was sent is nested too deep, or takes too much memory; nothing was changed") from error
        finally:
            self._turn.release()
        if isinstance(outcome, KgError):
            raise outcome
        return outcome

    def close(self) -> None:
        with self._turn:
            self._end()

    def _end(self) -> None:
        if self._ends:
            process, connection = self._ends
            self._ends = None
            connection.close()
            process.kill()
            process.wait()


def _start(alone: bool) -> tuple[Popen[bytes], Connection]:
    """Start a Python of its own rather than a fork or `multiprocessing`: neither our threads nor our main module go there."""
    ours, theirs = Pipe()
    with theirs:
        command = [sys.executable, "-c", _START.format(path=sys.path), str(theirs.fileno()), "alone" if alone else "connected"]
        return Popen(command, pass_fds=[theirs.fileno()], start_new_session=True), ours


def serve(handle: int, network: str) -> None:
    """Make changes until the other end of the connection is gone; "alone" without a way to any network."""
    if network == "alone":
        seclude()
    connection = Connection(handle)
    with suppress(EOFError):
        while True:
            directory, change, seconds = connection.recv()
            try:
                outcome: Outcome | KgError = _make(directory, change, seconds)
            except KgError as error:
                # Its traceback would keep the store open, and locked.
                outcome = error.with_traceback(None)
                outcome.__cause__ = outcome.__context__ = None
            connection.send(outcome)


def _make(directory: Path | None, change: Change, seconds: float) -> Outcome:
    if directory is None:
        change.check()
        return Outcome.CHANGED
    with _writer(directory, time.monotonic() + seconds / 2) as writer:
        outcome = writer.change(change)
        if outcome is not Outcome.MISSING:
            writer.publish()
        return outcome


def _writer(directory: Path, deadline: float) -> Writer:
    """Open the store for writing, if need be after another writer has finished."""
    while True:
        try:
            return Writer.open(directory)
        except Busy:
            if time.monotonic() > deadline:
                raise
            time.sleep(_PATIENCE)
