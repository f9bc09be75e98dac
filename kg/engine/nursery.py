"""The process that forks readers: small, single-threaded, with everything loaded that readers need.

The service sends it one end of a connection for each reader that it wants. When a reader dies, its last message is
written here: the signal that ended it. When the service is gone, so are all readers.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module

from kg.engine import frames
from kg.engine.base import Limits
from kg.engine.reader import serve
from kg.errors import KgError
from kg.store import EmbeddedStore, Store, open_store
from kg.store.seclusion import seclude

_START = "import sys; sys.path[:] = {path!r}; from kg.engine.nursery import main; main()"


class Nursery:
    """The service's end of a nursery."""

    def __init__(self, store: str, limits: Limits, *, in_memory: bool, prepare: Sequence[str]) -> None:
        self._control, other = socket.socketpair()
        with other:
            command = [sys.executable, "-c", _START.format(path=sys.path)]
            self._popen = subprocess.Popen(command, stdin=other.fileno(), start_new_session=True)
        frames.send(self._control, (store, limits, in_memory, tuple(prepare)))

    @property
    def process(self) -> int:
        """Its process number."""
        return self._popen.pid

    def reader(self) -> socket.socket:
        """Ask for a reader and return the connection to it, which does not block; raises OSError if the nursery is dead."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"1"], [theirs.fileno()])
            except OSError:
                ours.close()
                raise
        ours.setblocking(False)
        return ours

    def close(self) -> None:
        """End the nursery and all its readers; returns when they are gone."""
        self._control.close()
        self._popen.wait()


def main() -> None:
    """Run a nursery whose control connection is standard input."""
    control = socket.socket(fileno=os.dup(0))
    store, limits, in_memory, prepare = frames.receive(control)
    for module in prepare:
        import_module(module)
    source: Store | str | KgError = store
    if in_memory:
        try:
            opened = open_store(store, limits.services)
            source = opened.in_memory() if isinstance(opened, EmbeddedStore) else opened
        except KgError as error:
            source = error
    if not limits.services and not store.startswith(("http://", "https://")):
        seclude()  # Readers have no reason to call anybody, whatever they are asked.
    gc.freeze()  # So that readers share what is loaded.
    _Forks(control, source, limits).run()


class _Forks:
    """Forks readers, and reaps them."""

    def __init__(self, control: socket.socket, source: Store | str | KgError, limits: Limits) -> None:
        self._control, self._source, self._limits = control, source, limits
        self._readers: dict[int, socket.socket] = {}
        self._woken, waker = socket.socketpair()
        self._woken.setblocking(False)
        waker.setblocking(False)
        self._waker = waker
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)

    def run(self) -> None:
        while True:
            ready, _, _ = select.select([self._control, self._woken], [], [])
            if self._woken in ready:
                self._woken.recv(4096)
                self._reap()
            if self._control in ready:
                data, wanted, _, _ = socket.recv_fds(self._control, 1, 1)
                if not data:
                    return self._end()
                for handle in wanted:
                    self._fork(socket.socket(fileno=handle))

    def _fork(self, connection: socket.socket) -> None:
        if isinstance(self._source, KgError):
            with connection:
                frames.send(connection, self._source)
            return
        child = os.fork()
        if child:
            self._readers[child] = connection
            return
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for other in (self._control, self._woken, self._waker, *self._readers.values()):
                other.close()
            serve(connection, self._source, self._limits)
        finally:
            os._exit(0)

    def _reap(self) -> None:
        while self._readers:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                return
            with self._readers.pop(child) as connection:
                try:
                    frames.send(connection, os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0)
                except OSError:
                    continue  # Nobody waits for the news.

    def _end(self) -> None:
        for child in self._readers:
            os.kill(child, signal.SIGKILL)
        for child in self._readers:
            os.waitpid(child, 0)
