"""The SPARQL 1.1 protocol, for queries: what may be asked how, and what is refused."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import parse_qsl

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.types import Receive, Scope, Send

from kg.engine import Engine
from kg.service import problems
from kg.service.answers import GRAPH_TYPES, ROW_TYPES, Sparql
from kg.service.responses import respond
from kg.store import Dataset

_METHODS: Final = ("GET", "HEAD", "POST")
_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"

_GRAPHS: Final = [
    {
        "name": name,
        "in": "query",
        "description": f"A graph of the query's dataset, as {kind}; may be given more than once",
        "schema": {"type": "array", "items": {"type": "string", "format": "iri"}},
    }
    for name, kind in (("default-graph-uri", "part of its default graph"), ("named-graph-uri", "a named graph"))
]
_ASK: Final[dict[str, Any]] = {
    "parameters": [{"name": "query", "in": "query", "required": True, "schema": {"type": "string"}}, *_GRAPHS],
}
_POST: Final[dict[str, Any]] = {
    "parameters": _GRAPHS,
    "requestBody": {
        "required": True,
        "content": {
            _QUERY: {"schema": {"type": "string"}},
            _FORM: {"schema": {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}},
        },
    },
}
_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {media_type: {} for media_type in (*ROW_TYPES, *GRAPH_TYPES)}},
    400: {"description": "The query is malformed; the problem says at which line and column"},
    406: {"description": "The answer has no form that the client accepts"},
}


class Endpoint:
    """Answers at `/sparql`. As an ASGI application it does without FastAPI, whose own way costs more than a look-up."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            if request.method not in _METHODS:
                raise HTTPException(405, headers={"Allow": ", ".join(_METHODS)})
            response = await self.respond(request)
        except Exception as error:  # noqa: BLE001 (whatever it is, the client gets a problem)
            response = problems.response_to(error)
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """Read a request and answer it; raises what `problems.response_to` makes a problem of."""
        if request.method == "POST":
            parameters = await _posted(request)
        else:
            parameters = _parameters(request.scope["query_string"])
        text, dataset = _read(parameters)
        return await respond(self._engine, Sparql(text, request.headers.get("accept"), dataset), request)


def router(endpoint: Endpoint) -> APIRouter:
    """Return the routes of the SPARQL endpoint, which describe it to programs."""
    routes = APIRouter(tags=["SPARQL"])

    async def ask(request: Request) -> Response:
        return await endpoint.respond(request)

    about: dict[str, Any] = {"response_class": Response, "responses": _RESPONSES, "summary": "Ask the graph"}
    routes.add_api_route("/sparql", ask, methods=["GET"], operation_id="sparql_get", openapi_extra=_ASK, **about)
    routes.add_api_route("/sparql", ask, methods=["POST"], operation_id="sparql_post", openapi_extra=_POST, **about)
    return routes


async def _posted(request: Request) -> list[tuple[str, str]]:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = await request.body()
    if media_type == _FORM:
        return _parameters(body)
    if media_type == _QUERY:
        beside = [(name, value) for name, value in _parameters(request.scope["query_string"]) if name != "query"]
        return [("query", _decode(body)), *beside]
    if media_type == _UPDATE:
        raise _read_only()
    raise HTTPException(415, f"post a query as {_QUERY} or {_FORM}, not as {media_type or 'something untyped'}")


def _read(parameters: list[tuple[str, str]]) -> tuple[str, Dataset | None]:
    """Return the query, and the dataset if the request names one."""
    if any(name == "update" for name, _ in parameters):
        raise _read_only()
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        raise HTTPException(400, f"a request asks one query, as the parameter `query`; this one asks {len(queries)}")
    default = tuple(value for name, value in parameters if name == "default-graph-uri")
    named = tuple(value for name, value in parameters if name == "named-graph-uri")
    return queries[0], Dataset(default, named) if default or named else None


def _parameters(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_decode(encoded), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the request's parameters are not UTF-8: {error.reason}") from error


def _decode(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"the request is not UTF-8: {error.reason} at byte {error.start}") from error


def _read_only() -> HTTPException:
    return HTTPException(403, "this service only reads; change the graph with `kg build`, which publishes it anew")
