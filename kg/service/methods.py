"""HEAD wherever GET is, OPTIONS everywhere, and a true Allow header (RFC 9110, sections 9.3.2, 9.3.7 and 15.5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from starlette.datastructures import MutableHeaders
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Methods:
    """Answers HEAD as GET without its body, and OPTIONS from the routes that an address has."""

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute]) -> None:
        self._app, self._routes = app, routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope.get("method")
        if scope["type"] != "http" or method in {"GET", "POST"}:
            await self._app(scope, receive, self._allowing(scope, send) if method == "POST" else send)
        elif method == "HEAD":
            await self._app({**scope, "method": "GET"}, receive, _without_body(self._allowing(scope, send)))
        elif method == "OPTIONS" and (methods := self._methods(scope)) and "OPTIONS" not in methods:
            allowed = self._allowed(scope).encode()
            await send({"type": "http.response.start", "status": 204, "headers": [(b"allow", allowed)]})
            await send({"type": "http.response.body", "body": b""})
        else:
            await self._app(scope, receive, self._allowing(scope, send))

    def _allowing(self, scope: Scope, send: Send) -> Send:
        async def allow(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 405:
                MutableHeaders(raw=message["headers"])["Allow"] = self._allowed(scope)
            await send(message)

        return allow

    def _allowed(self, scope: Scope) -> str:
        """List the methods of an address, for people; nothing if there is no such address."""
        methods = self._methods(scope)
        return ", ".join(sorted(methods | {"OPTIONS"})) if methods else ""

    def _methods(self, scope: Scope) -> set[str]:
        methods: set[str] = set()
        for route in _leaves(self._routes):
            if route.matches(scope)[0] is not Match.NONE:
                methods |= getattr(route, "methods", None) or set()
        if "GET" in methods:
            methods.add("HEAD")
        return methods


def _leaves(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """Yield the routes themselves, out of the routers in which newer versions of FastAPI keep them."""
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is None:
            yield route
        else:
            yield from _leaves(inner.routes)


def _without_body(send: Send) -> Send:
    async def strip(message: Message) -> None:
        await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

    return strip
