"""What every request passes on its way in and out: an id, the limits of a request, its client's turn, log and metrics."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import MutableMapping
from secrets import token_hex
from typing import Any, Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.service.journal import Entry, Journal
from kg.service.problems import response_to
from kg.service.settings import Settings
from kg.service.turns import Turns

_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,64}")


class Gate:
    """Lets requests through to the application that are within the limits, and keeps account of all."""

    def __init__(self, app: ASGIApp, settings: Settings, journal: Journal) -> None:
        self._app, self._settings, self._journal = app, settings, journal
        self._turns = Turns(settings.rate, settings.burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        entry = Entry(_id(scope), scope["method"], scope["path"], (scope.get("client") or ("unknown",))[0])
        begun, status, size = time.perf_counter(), 0, 0

        async def answer(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-query-id", entry.id.encode())]
            else:
                size += len(message.get("body", b""))
            await send(message)

        try:
            with self._journal.under_way():
                await self._pass(scope, receive, answer)
        except HTTPException as refused:
            await response_to(refused, Headers(scope=scope).get("accept"))(scope, receive, answer)
        finally:
            seconds = time.perf_counter() - begun
            self._journal.write(entry, status, size, seconds, scope.get("kg.query"))

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        size, length = 0, b"0"
        for name, value in scope["headers"]:
            size += len(name) + len(value) + 4
            if name == b"content-length":
                length = value
        target = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
        if target > self._settings.url_bytes:
            raise _refused(414, f"an address has at most {self._settings.url_bytes} bytes here; post a longer query")
        if size > self._settings.header_bytes:
            raise _refused(431, f"a request's headers have at most {self._settings.header_bytes} bytes here")
        if length.isdigit() and int(length) > self._settings.request_bytes:
            raise _refused(413, self._too_large())
        if wait := self._turns.take((scope.get("client") or ("unknown",))[0]):
            raise HTTPException(429, f"too many requests from your address; wait {wait} s", {"Retry-After": str(wait)})
        await self._app(scope, _Body(receive, self._settings.request_bytes, self._settings.body_seconds, self._too_large()), send)

    def _too_large(self) -> str:
        return f"a request has at most {self._settings.request_bytes} bytes here"


class _Body:
    """Receives a request's body, within limits of size and time; what comes after it, such as that the client left, freely."""

    def __init__(self, receive: Receive, size: int, seconds: float, complaint: str) -> None:
        self._receive, self._left, self._seconds, self._complaint = receive, size, seconds, complaint
        self._deadline: float | None = None
        self._whole = False

    async def __call__(self) -> MutableMapping[str, Any]:
        if self._whole:
            return await self._receive()
        now = asyncio.get_running_loop().time()
        self._deadline = self._deadline or now + self._seconds
        try:
            message = await asyncio.wait_for(self._receive(), max(self._deadline - now, 0))
        except TimeoutError as error:
            raise _refused(408, f"the request was not complete within {self._seconds:g} seconds") from error
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise _refused(413, self._complaint)
        self._whole = not message.get("more_body", False)
        return message


def _refused(status: int, detail: str) -> HTTPException:
    """What is left of such a request is not worth reading."""
    return HTTPException(status, detail, {"Connection": "close"})


def _id(scope: Scope) -> str:
    """Take the id that the client gave, if it is one, so that its log and ours can be laid side by side."""
    given = next((value for name, value in scope["headers"] if name == b"x-query-id"), b"")
    return given.decode() if _ID.fullmatch(given) else token_hex(8)
