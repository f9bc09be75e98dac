"""Connections that may not outstay their welcome: what uvicorn leaves open is closed here.

uvicorn closes a connection that has been idle after an answer, but waits forever for a request that never comes or comes
byte by byte, and for a client that does not read its answer; and it accepts as many connections as there are.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, Final, cast

from uvicorn.protocols.http.auto import AutoHTTPProtocol

from kg.service.settings import Settings

_BUSY: Final = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n"
_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_LARGE: Final = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


def guarded(settings: Settings) -> type[asyncio.Protocol]:
    """Return uvicorn's way to speak HTTP with limits of time, size and number; the connections of one server count together."""
    clients: Counter[str] = Counter()
    base = cast(Any, AutoHTTPProtocol)  # httptools where that is installed, else h11

    class Guarded(base):  # type: ignore[misc, valid-type]
        """One connection."""

        def connection_made(self, transport: asyncio.Transport) -> None:
            self._peer = (transport.get_extra_info("peername") or ("local",))[0]
            self._counted = False
            self._waiting: asyncio.TimerHandle | None = None
            self._stalled: asyncio.TimerHandle | None = None
            self._head = 0
            super().connection_made(transport)
            if clients.total() >= settings.connections or clients[self._peer] >= settings.client_connections:
                self._refuse(_BUSY)
                return
            clients[self._peer] += 1
            self._counted = True
            self._wait()

        def connection_lost(self, error: Exception | None) -> None:
            self._stop_waiting()
            self.resume_writing()
            if self._counted:
                clients[self._peer] -= 1
                if not clients[self._peer]:
                    del clients[self._peer]
            super().connection_lost(error)

        def data_received(self, data: bytes) -> None:
            if self.transport.is_closing():
                return
            if not self._busy():
                self._wait()
                self._head += len(data)
            super().data_received(data)
            if self._busy():
                self._stop_waiting()
                self._head = 0
            elif self._head > settings.header_bytes:
                self._refuse(_LARGE)

        def pause_writing(self) -> None:
            super().pause_writing()
            self._stalled = self.loop.call_later(settings.write_seconds, self.transport.abort)

        def resume_writing(self) -> None:
            if self._stalled:
                self._stalled.cancel()
                self._stalled = None
            super().resume_writing()

        def _busy(self) -> bool:
            return self.cycle is not None and not self.cycle.response_complete

        def _wait(self) -> None:
            """Begin to wait for a request's head, unless that has begun."""
            if self._waiting is None:
                self._waiting = self.loop.call_later(settings.head_seconds, self._refuse, _SLOW)

        def _stop_waiting(self) -> None:
            if self._waiting:
                self._waiting.cancel()
                self._waiting = None

        def _refuse(self, response: bytes) -> None:
            if not self.transport.is_closing():
                self.transport.write(response)
                self.transport.close()

    return cast(type[asyncio.Protocol], Guarded)
