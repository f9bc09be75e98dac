"""What passes between the service and its readers: messages of known length, some with an open file beside them."""

from __future__ import annotations

import array
import os
import pickle
import socket
from collections.abc import Iterator
from typing import Any, Final

_LENGTH: Final = 4  # bytes
_READ: Final = 1 << 14  # enough for most; more would be set aside and given back each time
_FILE: Final = socket.CMSG_SPACE(array.array("i").itemsize)


def pack(message: object) -> bytes:
    """Write a message down, with its length before it. Both ends are this program, so that what arrives can be trusted."""
    payload = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return len(payload).to_bytes(_LENGTH, "big") + payload


def send(connection: socket.socket, message: object, file: int | None = None) -> None:
    """Send a message, and an open file with its first byte; blocks until all is sent."""
    data = pack(message)
    if file is not None:
        sent = socket.send_fds(connection, [data], [file])
        data = data[sent:]
    connection.sendall(data)


def receive(connection: socket.socket, *, only: bool = False) -> Any:
    """Wait for the next message and read no further, or more quickly if it is the `only` one under way.

    Raises EOFError at the end of the connection.
    """
    data = _some(connection, _READ if only else _LENGTH)
    while len(data) < _LENGTH:
        data += _some(connection, _LENGTH - len(data))
    end = _LENGTH + int.from_bytes(data[:_LENGTH], "big")
    while len(data) < end:
        data += _some(connection, end - len(data))
    return pickle.loads(memoryview(data)[_LENGTH:])


def _some(connection: socket.socket, size: int) -> bytes:
    piece = connection.recv(size)
    if not piece:
        raise EOFError
    return piece


class Inbox:
    """Gathers what comes in over a connection that does not block."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._data = b""
        self.files: list[int] = []  #: that came along, oldest first; whoever takes one out closes it
        self.ended = False

    def messages(self) -> Iterator[Any]:
        """Yield what has come in whole; `ended` tells afterwards whether that was the last."""
        try:
            data, ancillary, _, _ = self._connection.recvmsg(_READ, _FILE)
        except BlockingIOError:
            return
        except OSError:  # The other end is gone, and left something unread.
            data, ancillary = b"", []
        for level, kind, content in ancillary:
            if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
                self.files.extend(array.array("i", content))
        self.ended = not data
        self._data += data
        while len(self._data) >= _LENGTH:
            end = _LENGTH + int.from_bytes(self._data[:_LENGTH], "big")
            if len(self._data) < end:
                return
            payload, self._data = self._data[_LENGTH:end], self._data[end:]
            yield pickle.loads(payload)

    def close(self) -> None:
        """Let go of files that nobody took."""
        for file in self.files:
            os.close(file)
        self.files.clear()
