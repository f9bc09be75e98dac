"""A reader: a process that answers one question after the other, and that may be killed at any moment."""

from __future__ import annotations

import logging
import os
import resource
import socket
import time
from pathlib import Path
from typing import Final

from kg.engine import frames
from kg.engine.answering import answer
from kg.engine.base import Limits, Question
from kg.errors import KgError, StoreError
from kg.store import Store, open_store

_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_log = logging.getLogger(__name__)


def serve(connection: socket.socket, source: Store | str, limits: Limits) -> None:
    """Answer until the other end hangs up, from a store that is open already or from one still to be opened.

    First says its process number and the state of the graph, or the error that keeps it from opening the store.
    """
    try:
        store = open_store(source, limits.services) if isinstance(source, str) else source
    except KgError as error:
        frames.send(connection, error)
        return
    _bound(limits)
    try:
        frames.send(connection, (os.getpid(), store.stamp()))
        while True:
            _reply(connection, frames.receive(connection, only=True), store, limits)
    except (EOFError, ConnectionError):
        return


def _reply(connection: socket.socket, question: Question, store: Store, limits: Limits) -> None:
    _allow(limits)
    try:
        found = answer(question, store, limits)
    except KgError as error:
        frames.send(connection, error)
    except Exception as error:  # noqa: BLE001 (a reader lives on, and its log tells)
        _log.exception("a question could not be answered")
        frames.send(connection, StoreError(f"something went wrong in a reader ({type(error).__name__}); the log says more"))
    else:
        about = (found.media_type, found.size, found.stamp, found.rows)
        if isinstance(found.body, bytes):
            frames.send(connection, (*about, found.body))
        else:
            frames.send(connection, (*about, None), found.body.fileno())
        found.close()


def _bound(limits: Limits) -> None:
    """Let this process take no more memory than it has now and one question may take, and leave no core behind."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    allowed = _data() + limits.memory
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed if hard == resource.RLIM_INFINITY else min(allowed, hard), hard))


def _allow(limits: Limits) -> None:
    """End this process by itself should a question run on when nobody is left to kill it."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + limits.seconds) + 5, hard))


def _data() -> int:
    """How many bytes of data this process has; where the system does not tell, as if it had none."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[5]) * _PAGE
    except FileNotFoundError:
        return 0
