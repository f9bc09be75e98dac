"""An engine's answer as a response, with a tag by which a client can ask whether it still holds (RFC 9110, section 8.8.3)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any, Final

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.engine import Answer, Engine, Limits, Question

#: What the log says of a client that left before its answer was there; nobody receives it.
GONE: Final = 499
#: After how many seconds it is worth while to look whether a client is still there.
_PATIENCE: Final = 0.1
_VARY: Final = (b"vary", b"Accept")


class AnswerResponse(Response):
    """Sends an answer that is known to be whole, and lets go of it whatever happens to the client."""

    def __init__(self, answer: Answer, tag: str | None, limits: Limits) -> None:
        self.status_code, self.background, self.body = 200, None, b""
        self._answer = answer
        self.raw_headers = [(b"content-type", _content_type(answer.media_type)), (b"content-length", b"%d" % answer.size), _VARY]
        self.raw_headers.append((b"x-query-limits", _announced(limits)))
        if tag:
            self.raw_headers.append((b"etag", tag.encode()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        answer = self._answer
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if isinstance(answer.body, bytes) or scope["method"] == "HEAD":
                body = answer.body if isinstance(answer.body, bytes) and scope["method"] != "HEAD" else b""
                await send({"type": "http.response.body", "body": body})
                return
            for chunk in answer.chunks():
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        finally:
            answer.close()


async def respond(engine: Engine, question: Question, request: Request) -> Response:
    """Ask, and make a response of the answer; to a client that has this very answer, only say so.

    Raises the errors of `Engine.ask`, which become problems. Stops the work when the client leaves before it is done.
    """
    held = request.headers.get("if-none-match")
    answer = engine.kept(question)
    state = answer.stamp if answer else engine.stamp() if held and question.steady else None
    if held and state and (tag := _tag(question, state)) in held:
        return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})
    try:
        answer = answer or await _attended(engine.ask(question), request.receive)
    except ClientDisconnect:
        return Response(status_code=GONE)
    steady = _tag(question, answer.stamp) if answer.stamp and question.steady else None
    return AnswerResponse(answer, steady, engine.limits)


async def _attended(asked: Coroutine[Any, Any, Answer], receive: Receive) -> Answer:
    """Wait for an answer; if that takes long, watch whether the client is still there, and raise ClientDisconnect if not."""
    loop, waiting = asyncio.get_running_loop(), asyncio.current_task()
    watching: list[asyncio.Task[None]] = []
    left = False

    async def watch() -> None:
        nonlocal left
        while (await receive())["type"] != "http.disconnect":
            continue
        left = True
        if waiting:
            waiting.cancel()

    timer = loop.call_later(_PATIENCE, lambda: watching.append(loop.create_task(watch())))
    try:
        return await asked
    except asyncio.CancelledError:
        if left and waiting and not waiting.uncancel():
            raise ClientDisconnect from None
        raise
    finally:
        timer.cancel()
        for task in watching:
            task.cancel()


@cache
def _announced(limits: Limits) -> bytes:
    """What a query may cost, so that a client knows when to ask for less."""
    return f"seconds={limits.seconds:g}, rows={limits.rows}, bytes={limits.bytes}, memory={limits.memory}".encode()


@cache
def _content_type(media_type: str) -> bytes:
    return (f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type).encode()


@lru_cache(maxsize=1024)
def _tag(question: Question, stamp: str) -> str:
    """A weak tag: what it stands for may be compressed on its way."""
    return f'W/"{stamp}-{blake2b(repr(question).encode(), digest_size=12).hexdigest()}"'
