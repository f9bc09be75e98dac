"""Several processes that talk to clients at one address; the system deals connections out among them.

Each is a whole service with its share of the readers. One that dies is replaced; when this process is told to stop they
finish what they have begun, and when it is killed they end too.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from tempfile import TemporaryDirectory
from threading import Thread
from types import FrameType
from typing import Final

from prometheus_client.multiprocess import mark_process_dead

from kg.errors import StoreError
from kg.service.plan import Plan
from kg.service.serving import listener, run

#: A worker that ends sooner than this after its start would end again.
_SETTLED: Final = 10.0
#: Where workers lay their counts side by side, so that each can tell those of all (prometheus-client reads it at import).
_COUNTS: Final = "PROMETHEUS_MULTIPROC_DIR"


def run_workers(plan: Plan, number: int, host: str, port: int) -> int:
    """Serve with so many workers until SIGTERM or SIGINT and return the exit code; raises StoreError if they cannot start."""
    listener(host, port).close()  # Somebody else's server would share its address with ours without a word.
    with listener(host, port, shared=True) as reserved, TemporaryDirectory(prefix="kg-counts-") as counts:
        os.environ[_COUNTS] = counts
        fleet = _Fleet(plan.share(number), number, host, reserved.getsockname()[1])
        try:
            return fleet.run()
        finally:
            del os.environ[_COUNTS]


class _Fleet:
    """The workers, and what they are started with."""

    def __init__(self, plan: Plan, number: int, host: str, port: int) -> None:
        self._given = (plan, host, port)
        self._number, self._stopping = number, False
        self._workers: dict[int, tuple[BaseProcess, float]] = {}

    def run(self) -> int:
        before = {one: signal.signal(one, self._stop) for one in (signal.SIGTERM, signal.SIGINT)}
        code = 0
        try:
            while len(self._workers) < self._number:
                self._start()
            while self._workers:
                wait([process.sentinel for process, _ in self._workers.values()], timeout=1)
                code = self._see_to_the_dead() or code
        finally:
            self._stop()
            for process, _ in self._workers.values():
                process.join()
            for one, handler in before.items():
                signal.signal(one, handler)
        return code

    def _start(self) -> None:
        process = get_context("spawn").Process(target=_serve, args=self._given)
        process.start()
        self._workers[process.sentinel] = process, time.monotonic()

    def _see_to_the_dead(self) -> int:
        """Replace workers that have ended, or stop with the exit code of one that cannot even start."""
        code = 0
        for sentinel, (process, begun) in list(self._workers.items()):
            if process.is_alive():
                continue
            del self._workers[sentinel]
            mark_process_dead(process.pid)  # type: ignore[no-untyped-call]
            if self._stopping:
                continue
            if time.monotonic() - begun < _SETTLED:
                code = abs(process.exitcode or 1)
                self._stop()
            else:
                self._start()
        return code

    def _stop(self, _: int | None = None, __: FrameType | None = None) -> None:
        self._stopping = True
        for process, _begun in self._workers.values():
            if process.is_alive():
                process.terminate()


def _serve(plan: Plan, host: str, port: int) -> None:
    """Be a worker."""
    parent = parent_process()
    if parent:
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    try:
        run(plan.service(), plan.settings, listener(host, port, shared=True))
    except StoreError as error:
        sys.exit(f"kg: {error}")


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
