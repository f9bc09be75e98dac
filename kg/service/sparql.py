"""The SPARQL 1.1 protocol: what may be asked or changed how, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.types import Receive, Scope, Send

from kg.engine import Engine
from kg.errors import QueryError
from kg.service import problems
from kg.service.answers import GRAPH_TYPES, ROW_TYPES, Sparql
from kg.service.description import Descriptions
from kg.service.responses import respond
from kg.service.settings import Settings
from kg.service.tokens import require_token
from kg.store import Dataset
from kg.store.changes import Update
from kg.store.editing import Editor
from kg.store.syntax import excerpt

_METHODS: Final = ("GET", "HEAD", "POST")
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
#: What a request names graphs with: beside a query, and beside an update.
_ASKED: Final = ("default-graph-uri", "named-graph-uri")
_USED: Final = ("using-graph-uri", "using-named-graph-uri")

Parameters = Sequence[tuple[str, str]]


class Endpoint:
    """Answers at `/sparql`. As an ASGI application it does without FastAPI, whose own way costs more than a look-up."""

    def __init__(self, engine: Engine, editor: Editor | None, descriptions: Descriptions, settings: Settings) -> None:
        self._engine, self._editor, self._descriptions, self._settings = engine, editor, descriptions, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            if request.method not in _METHODS:
                raise HTTPException(405, headers={"Allow": ", ".join(_METHODS)})
            response = await self.respond(request)
        except Exception as error:  # noqa: BLE001 (whatever it is, the client gets a problem)
            response = problems.response_to(error, request.headers.get("accept"))
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """Read a request and answer it; raises what `problems.response_to` makes a problem of."""
        if request.method == "POST":
            parameters = await self._posted(request)
        else:
            parameters = _in_address(request.scope["query_string"])
            if not parameters:
                return await self._descriptions.respond(request)
        if any(name == "update" for name, _ in parameters):
            return await self._update(request, parameters)
        text, dataset = _single("query", parameters), _dataset(parameters, _ASKED)
        request.scope["kg.query"] = text
        try:
            return await respond(self._engine, Sparql(text, request.headers.get("accept"), dataset), request)
        except QueryError as error:
            raise _shown(error, text) from error

    async def _posted(self, request: Request) -> Parameters:
        media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type == _UPDATE:
            require_token(request, self._settings)  # before its body is read
        elif media_type not in (_FORM, _QUERY):
            kinds = f"post a query as {_QUERY} or {_FORM}, an update as {_UPDATE} or {_FORM}"
            raise HTTPException(415, f"{kinds}, not as {media_type or 'something untyped'}")
        body = await request.body()
        beside = _parameters(request.scope["query_string"])
        if media_type == _FORM:
            return [*_parameters(body), *beside]
        kind = "update" if media_type == _UPDATE else "query"
        if any(name in ("query", "update") for name, _ in beside):
            raise HTTPException(400, "a request asks one thing, in its body or in its address")
        return [(kind, _decode(body)), *beside]

    async def _update(self, request: Request, parameters: Parameters) -> Response:
        require_token(request, self._settings)
        if request.method != "POST":
            raise HTTPException(400, "an update is posted")
        if any(name == "query" for name, _ in parameters):
            raise HTTPException(400, "a request asks for a query or for an update, not for both")
        if self._editor is None:
            raise HTTPException(403, "this service changes only a store of its own: a folder, neither a file nor another server")
        text, dataset = _single("update", parameters), _dataset(parameters, _USED)
        request.scope["kg.query"] = text
        try:
            await run_in_threadpool(self._editor.change, Update(text, dataset, self._settings.services))
        except QueryError as error:
            raise _shown(error, text) from error
        return Response(status_code=204)


def router(endpoint: Endpoint) -> APIRouter:
    """Return the routes of the SPARQL endpoint, which describe it to programs."""
    routes = APIRouter(tags=["SPARQL"])

    async def ask(request: Request) -> Response:
        return await endpoint.respond(request)

    about: dict[str, Any] = {"response_class": Response, "responses": _RESPONSES, "summary": "Ask the graph"}
    routes.add_api_route("/sparql", ask, methods=["GET"], operation_id="sparql_get", openapi_extra=_GET, **about)
    routes.add_api_route("/sparql", ask, methods=["POST"], operation_id="sparql_post", openapi_extra=_POST, **about)
    return routes


def _single(kind: str, parameters: Parameters) -> str:
    texts = [value for name, value in parameters if name == kind]
    if len(texts) != 1:
        raise HTTPException(400, f"a request asks one query, as the parameter `query`; this one asks {len(texts)}")
    return texts[0]


def _dataset(parameters: Parameters, names: tuple[str, str]) -> Dataset | None:
    """Return the graphs that the request names, if it does."""
    default = tuple(value for name, value in parameters if name == names[0])
    named = tuple(value for name, value in parameters if name == names[1])
    return Dataset(default, named) if default or named else None


def _shown(error: QueryError, text: str) -> QueryError:
    if error.line and error.column:
        error.excerpt = excerpt(text, error.line, error.column)
    return error


def _parameters(encoded: bytes) -> Parameters:
    try:
        return parse_qsl(_decode(encoded), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the request's parameters are not UTF-8: {error.reason}") from error


@lru_cache(maxsize=1024)
def _in_address(encoded: bytes) -> Parameters:
    """Read an address's parameters; the same few come all the time, and no address is long."""
    return _parameters(encoded)


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the request is not UTF-8: {error.reason} at byte {error.start}") from error


def _graphs(*kinds: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "query",
            "description": f"{kind}; may be given more than once",
            "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
        }
        for name, kind in kinds
    ]


_OF_QUERY: Final = _graphs(
    (_ASKED[0], "A graph of the query's dataset, as part of its default graph"),
    (_ASKED[1], "A graph of the query's dataset, as a named graph"),
)
_OF_UPDATE: Final = _graphs(
    (_USED[0], "A graph that an update looks for data in, as part of its default graph"),
    (_USED[1], "A graph that an update looks for data in, as a named graph"),
)
_TEXT: Final = {"type": "string"}
_GET: Final[dict[str, Any]] = {
    "description": "Without a query: what this service can do, and what it holds, in RDF.",
    "parameters": [{"name": "query", "in": "query", "schema": _TEXT}, *_OF_QUERY],
}
_POST: Final[dict[str, Any]] = {
    "description": "A query, or with a token an update.",
    "parameters": [*_OF_QUERY, *_OF_UPDATE],
    "security": [{}, {"token": []}],
    "requestBody": {
        "required": True,
        "content": {
            _QUERY: {"schema": _TEXT},
            _UPDATE: {"schema": _TEXT},
            _FORM: {"schema": {"type": "object", "properties": {"query": _TEXT, "update": _TEXT}}},
        },
    },
}
_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {media_type: {} for media_type in (*ROW_TYPES, *GRAPH_TYPES)}},
    204: {"description": "The update is done, and published"},
    400: {"description": "Malformed or refused; the problem says at which line and column, and shows the place"},
    401: {"description": "An update without a token, or with an unknown one"},
    403: {"description": "An update where nobody may make one"},
    406: {"description": "The answer has no form that the client accepts"},
    413: {"description": "The request or its answer is larger than this service allows"},
    415: {"description": "Posted as something that is no query and no update"},
    503: {"description": "Out of time, overloaded, or busy; Retry-After says when to ask again"},
}
