"""Compressing answers with what the client can read: zstd or gzip (RFC 9110, section 12.5.3)."""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Final, Protocol

import zstandard
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.service.negotiation import choose_coding

_CODINGS: Final = ("zstd", "gzip")
_TEXTUAL: Final = ("text/", "application/json", "application/problem+json", "application/sparql-results", "application/xml")
_RDF: Final = ("application/ld+json", "application/n-triples", "application/n-quads", "application/rdf+xml", "application/trig")


class _Coder(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class Compression:
    """Compresses answers from a size on; smaller ones, pictures and what is compressed already go through as they are."""

    def __init__(self, app: ASGIApp, least: int) -> None:
        self._app, self._least = app, least

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        coding = _best(next((value for name, value in scope["headers"] if name == b"accept-encoding"), b""))
        await self._app(scope, receive, _Sender(send, coding, self._least, body=scope["method"] != "HEAD"))


class _Sender:
    """Passes one answer on; holds its beginning back until it is known whether it will be compressed."""

    def __init__(self, send: Send, coding: str | None, least: int, *, body: bool) -> None:
        self._send, self._coding, self._least, self._body = send, coding, least, body
        self._coder: _Coder | None = None
        self._start: Message | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        if self._start is not None:
            start, self._start = self._start, None
            self._prepare(start, message)
            await self._send(start)
        if self._coder:
            data = self._coder.compress(message.get("body", b""))
            more = message.get("more_body", False)
            message = {**message, "body": data if more else data + self._coder.flush()}
        await self._send(message)

    def _prepare(self, start: Message, first: Message) -> None:
        headers = MutableHeaders(raw=start["headers"])
        media_type = headers.get("content-type", "").partition(";")[0]
        if "content-encoding" in headers or not media_type.startswith(_TEXTUAL + _RDF):
            return
        headers.add_vary_header("Accept-Encoding")
        length = int(headers["content-length"]) if "content-length" in headers else None
        known = length if length is not None else None if first.get("more_body") else len(first.get("body", b""))
        if not self._coding or (known is not None and known < self._least):
            return
        headers["Content-Encoding"] = self._coding
        if "content-length" in headers:
            del headers["content-length"]
        if self._body:
            self._coder = _coder(self._coding)


@lru_cache(maxsize=256)
def _best(accepted: bytes) -> str | None:
    """Choose a coding; the same few headers come all the time."""
    return choose_coding(accepted.decode("latin-1"), _CODINGS)


def _coder(coding: str) -> _Coder:
    if coding == "zstd":
        return zstandard.ZstdCompressor(level=3).compressobj()
    return zlib.compressobj(5, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
