"""An engine's answer as a response, with a tag by which a client can ask whether it still holds (RFC 9110, section 8.8.3)."""

from __future__ import annotations

from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.engine import Answer, Engine, Question


class AnswerResponse(Response):
    """Sends an answer that is known to be whole, and lets go of it whatever happens to the client."""

    def __init__(self, answer: Answer, headers: dict[str, str]) -> None:
        super().__init__(media_type=answer.media_type, headers={**headers, "Content-Length": str(answer.size)})
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        try:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            if scope["method"] != "HEAD":
                for chunk in self._answer.chunks():
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            self._answer.close()


async def respond(engine: Engine, question: Question, request: Request) -> Response:
    """Ask, and make a response of the answer; to a client that has this very answer, only say so.

    Raises the errors of `Engine.ask`, which become problems.
    """
    state = engine.stamp() if question.steady else None
    held = request.headers.get("if-none-match")
    if state and held and (tag := _tag(question, state)) in held:
        return Response(status_code=304, headers={"ETag": tag, "Vary": "Accept"})
    answer = await engine.ask(question)
    sent = {"Vary": "Accept"}
    if question.steady and answer.stamp:
        sent["ETag"] = _tag(question, answer.stamp)
    return AnswerResponse(answer, sent)


def _tag(question: Question, stamp: str) -> str:
    """A weak tag: what it stands for may be compressed on its way."""
    return f'W/"{stamp}-{blake2b(repr(question).encode(), digest_size=12).hexdigest()}"'
