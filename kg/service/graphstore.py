"""The SPARQL 1.1 graph store protocol: whole graphs by their names, read by anybody, written with a token."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import uuid4

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from pyoxigraph import NamedNode, QueryTriples, RdfFormat
from starlette.datastructures import UploadFile

from kg.engine import Engine, Spool
from kg.errors import NotFound, QueryError
from kg.service.answers import GRAPH_TYPES, not_acceptable, write_answer
from kg.service.negotiation import choose
from kg.service.responses import respond
from kg.service.settings import Settings
from kg.service.tokens import require_token
from kg.store import Dataset, Store
from kg.store.changes import Change, Delete, Outcome, Part, Patch, Post, Put
from kg.store.editing import Editor

_UPDATE: Final = "application/sparql-update"
_MULTIPART: Final = "multipart/form-data"
#: Forms that hold one graph, best first; what it is called stands in the address.
_TYPES: Final = tuple(kind for kind, form in GRAPH_TYPES.items() if form not in {"trig", "nquads"})
_PARTS: Final = 1000
_STATUS: Final = {Outcome.CREATED: 201, Outcome.CHANGED: 204, Outcome.MISSING: 404}


@dataclass(frozen=True, slots=True)
class WholeGraph:
    """All triples of a graph; None is the graph without a name."""

    graph: str | None
    accept: str | None = None

    @property
    def steady(self) -> bool:
        return True

    def answer(self, store: Store, out: Spool) -> str:
        chosen = choose(self.accept, _TYPES)
        if chosen is None:
            raise not_acceptable(self.accept, _TYPES)
        if self.graph is not None and not store.query(f"ASK {{ GRAPH {NamedNode(self.graph)} {{}} }}"):
            raise NotFound(f"there is no graph {self.graph}")
        dataset = Dataset((), unnamed=True) if self.graph is None else Dataset((self.graph,))
        triples = store.query("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", dataset=dataset)
        assert isinstance(triples, QueryTriples)
        write_answer(triples, GRAPH_TYPES[chosen], out)
        return chosen


def router(engine: Engine, editor: Editor | None, settings: Settings) -> APIRouter:
    """Return the routes of the graph store: `/graphs?graph=IRI`, `/graphs?default`, and `/graphs/…` for what is called so."""
    routes = APIRouter(tags=["Graph store"])

    async def read(request: Request) -> Response:
        graph = _named(request, settings)
        return await respond(engine, WholeGraph(graph, request.headers.get("accept")), request)

    async def write(request: Request) -> Response:
        require_token(request, settings)
        if editor is None:
            raise HTTPException(403, "this service changes only a store of its own: a folder, neither a file nor another server")
        created = None
        if request.method == "POST" and not request.query_params and request.url.path.rstrip("/").endswith("/graphs"):
            graph: str | None = (created := f"{_address(request, settings)}/{uuid4()}")
        else:
            graph = _named(request, settings)
        change = await _change(request, graph, settings)
        outcome = await run_in_threadpool(editor.change, change)
        if outcome is Outcome.MISSING:
            raise NotFound(f"there is no graph {graph}")
        headers = {"Location": created} if created else {}
        return Response(status_code=_STATUS[outcome], headers=headers)

    for path, parameters, kind in (("/graphs", _WHICH, "indirect"), ("/graphs/{name:path}", [_NAME], "direct")):
        about: dict[str, Any] = {"response_class": Response}
        routes.add_api_route(
            path,
            read,
            methods=["GET"],
            summary="Read a graph",
            operation_id=f"graph_get_{kind}",
            openapi_extra={"parameters": parameters},
            responses={200: {"content": {media_type: {} for media_type in _TYPES}}, 404: {"description": "No such graph"}},
            **about,
        )
        for method, summary, responses in _WRITING:
            routes.add_api_route(
                path,
                write,
                methods=[method],
                summary=summary,
                operation_id=f"graph_{method.lower()}_{kind}",
                openapi_extra={"parameters": parameters, "security": [{"token": []}], **_BODY.get(method, {})},
                status_code=204,
                responses={status: {"description": text} for status, text in responses.items()},
                **about,
            )
    return routes


async def _change(request: Request, graph: str | None, settings: Settings) -> Change:
    if request.method == "DELETE":
        return Delete(graph)
    if request.method == "PATCH":
        if _media_type(request.headers.get("content-type")) != _UPDATE:
            raise HTTPException(415, f"a patch is an update, sent as {_UPDATE}", {"Accept-Patch": _UPDATE})
        try:
            return Patch(graph, (await request.body()).decode(), settings.services)
        except UnicodeDecodeError as error:
            raise HTTPException(400, f"the patch is not UTF-8: {error.reason} at byte {error.start}") from error
    parts = await _parts(request, graph)
    return Put(graph, parts) if request.method == "PUT" else Post(graph, parts)


async def _parts(request: Request, graph: str | None) -> tuple[Part, ...]:
    media_type = _media_type(request.headers.get("content-type"))
    if media_type != _MULTIPART:
        return (Part(_checked(media_type), await request.body(), graph),)
    async with request.form(max_files=_PARTS, max_fields=_PARTS) as form:
        found = []
        for name, value in form.multi_items():
            if not isinstance(value, UploadFile):
                raise HTTPException(400, f"the part {name!r} is no file; give each part a file name and a type")
            kind = _media_type(value.content_type)
            ending = RdfFormat.from_extension((value.filename or "").rpartition(".")[2]) if not kind else None
            found.append(Part(_checked(kind or (ending.media_type if ending else "")), await value.read(), graph))
    return tuple(found)


def _checked(media_type: str) -> str:
    if media_type not in _TYPES:
        raise HTTPException(415, f"send a graph as {', '.join(_TYPES)}, not as {media_type or 'something untyped'}")
    return media_type


def _media_type(header: str | None) -> str:
    return (header or "").partition(";")[0].strip().lower()


def _named(request: Request, settings: Settings) -> str | None:
    """Return the IRI of the graph that a request is about, None for the graph without a name."""
    query = request.query_params
    if name := request.path_params.get("name"):
        if query:
            raise HTTPException(400, f"the address names the graph {name!r} already; leave its parameters out")
        return _address(request, settings)
    given = query.getlist("graph")
    if set(query) - {"graph", "default"} or len(query.multi_items()) != 1 or query.get("default"):
        raise HTTPException(400, "say which graph: ?graph= with its IRI, or ?default; and nothing else")
    if not given:
        return None
    try:
        return NamedNode(given[0]).value
    except ValueError as error:
        raise QueryError(f"{given[0]!r} is no absolute IRI") from error


def _address(request: Request, settings: Settings) -> str:
    """Return the address under which the client knows what it asks for, in its own spelling."""
    path = request.scope.get("raw_path", request.url.path.encode()).decode("ascii", "replace").partition("?")[0].rstrip("/")
    own = urlsplit(str(request.url))
    return f"{settings.public_url or f'{own.scheme}://{own.netloc}'}{path}"


_WHICH: Final = [
    {"name": "graph", "in": "query", "description": "The graph's IRI", "schema": {"type": "string", "format": "iri"}},
    {
        "name": "default",
        "in": "query",
        "description": "Instead: the graph without a name",
        "schema": {"type": "string", "maxLength": 0},
        "allowEmptyValue": True,
    },
]
_NAME: Final = {
    "name": "name",
    "in": "path",
    "required": True,
    "description": "The rest of the graph's name",
    "schema": {"type": "string"},
}
_DENIED: Final[dict[int | str, str]] = {
    400: "Malformed",
    401: "No token, or an unknown one",
    403: "Nobody may",
    415: "No form of RDF",
}
_WRITING: Final[tuple[tuple[str, str, dict[int | str, str]], ...]] = (
    ("PUT", "Replace a graph, or make one", {201: "Made", 204: "Replaced", **_DENIED}),
    ("POST", "Add to a graph, or make one", {201: "Made; without a graph's name, Location says which", 204: "Added", **_DENIED}),
    ("DELETE", "Take a graph out", {204: "Gone", 404: "There was none", **_DENIED}),
    ("PATCH", "Update a graph", {201: "Made", 204: "Updated", **_DENIED}),
)
_DATA: Final = {
    "requestBody": {"required": True, "content": {kind: {"schema": {"type": "string"}} for kind in (*_TYPES, _MULTIPART)}}
}
_BODY: Final[dict[str, dict[str, Any]]] = {
    "PUT": _DATA,
    "POST": _DATA,
    "PATCH": {"requestBody": {"required": True, "content": {_UPDATE: {"schema": {"type": "string"}}}}},
}
