"""Where the reconciliation service answers: version 0.2 at /reconcile, the draft of version 1.0 at /reconcile/1.0-draft.

Both are open to pages from everywhere, as the protocol demands.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from itertools import islice
from typing import Annotated, Any, Final

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.routing import APIRoute

from kg.engine import Engine
from kg.errors import KgError
from kg.service.problems import response_to
from kg.service.reconciliation import previews, queries, words
from kg.service.reconciliation.catalogue import Catalogue, Item
from kg.service.reconciliation.extending import columns
from kg.service.reconciliation.facts import Facts
from kg.service.reconciliation.library import Library
from kg.service.reconciliation.matching import Matcher
from kg.service.reconciliation.names import fold
from kg.service.reconciliation.properties import named, properties
from kg.service.reconciliation.words import DRAFT, HERE, Json
from kg.vocabulary import vocabulary

_OPEN: Final = {"Access-Control-Allow-Origin": "*"}
_PREFLIGHT: Final = {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "*"}
_WHATS: Final = "^(entity|property|type)$"
Limit = Annotated[int, Query(ge=1, le=queries.MOST)]
Offset = Annotated[int, Query(ge=0)]


class _OpenRoute(APIRoute):
    """A route that pages of any origin may use, and see the errors of."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def openly(request: Request) -> Response:
            try:
                response = await handle(request)
            except (KgError, HTTPException, RequestValidationError) as error:
                response = response_to(error)
            response.headers.update(_OPEN)
            return response

        return openly


def router(engine: Engine) -> APIRouter:
    """Return the routes of both versions over one graph."""
    library = Library(engine)
    routes = APIRouter(tags=["Reconciliation"], route_class=_OpenRoute)
    _add_02(routes, library)
    _add_10(routes, library)
    for prefix in (HERE, DRAFT):
        _add_shared(routes, library, prefix)

    @routes.options(HERE + "{rest:path}", include_in_schema=False)
    def preflight(rest: str) -> Response:  # noqa: ARG001 (wherever a page may ask, it may ask whether it may)
        return Response(status_code=204, headers=_PREFLIGHT)

    return routes


def _add_02(routes: APIRouter, library: Library) -> None:
    async def answer(request: Request) -> JSONResponse:
        given = request.query_params if request.method == "GET" else await request.form()
        facts = await library.facts()
        if isinstance(asked := given.get("queries"), str):
            return JSONResponse(await _matched(facts, asked))
        if isinstance(asked := given.get("extend"), str):
            extension = queries.extension(asked)
            told = await columns(facts, extension)
            return JSONResponse({"meta": words.meta(told, facts.known), "rows": words.rows_02(told, extension.ids)})
        if request.method == "POST":
            raise HTTPException(400, "post a form with a batch of queries as `queries`, or a data extension query as `extend`")
        return JSONResponse(words.manifest_02(_root(request), facts.known))

    about = "The manifest; with `queries` a batch of queries answered; with `extend` properties of entities (version 0.2)"
    routes.add_api_route(HERE, answer, methods=["GET"], summary=about, operation_id="reconcile_get")
    routes.add_api_route(HERE, answer, methods=["POST"], summary="The same, from a form", operation_id="reconcile_post")

    @routes.get(HERE + "/flyout/{what}", summary="A few words on an entity, property or type (version 0.2)")
    async def flyout(what: Annotated[str, Path(pattern=_WHATS)], id: str) -> Json:
        known = (await library.facts()).known
        if what == "entity":
            return {"id": id, "html": previews.flyout(_item(known, id), known)}
        told = words.property_of(named(id), known) if what == "property" else words.described_type(id, known)
        return {"id": id, "html": previews.few_words(told["name"], told["description"])}


def _add_10(routes: APIRouter, library: Library) -> None:
    @routes.get(DRAFT, summary="The manifest (draft of version 1.0)")
    async def manifest() -> Json:
        return words.manifest_10((await library.facts()).known)

    @routes.post(DRAFT + "/match", summary="A batch of queries, as JSON, answered (draft of version 1.0)")
    async def match(request: Request) -> Json:
        asked = queries.batch_10(await request.body())
        facts = await library.facts()
        found = await Matcher(facts).match(asked)
        return {"results": [{"candidates": [words.candidate_10(one, facts.known) for one in each]} for each in found]}

    @routes.post(DRAFT + "/extend", summary="Properties of entities, as JSON (draft of version 1.0)")
    async def extend(request: Request) -> Json:
        extension = queries.extension(await request.body())
        facts = await library.facts()
        told = await columns(facts, extension)
        return {"meta": words.meta(told, facts.known), "rows": words.rows_10(told, extension.ids)}


def _add_shared(routes: APIRouter, library: Library, home: str) -> None:
    @routes.get(home + "/suggest/entity", summary="Entities whose names, or words in them, begin so")
    async def entities(prefix: str, type: str = "", limit: Limit = 20, cursor: Offset = 0, offset: Offset = 0) -> Json:
        known = (await library.facts()).known
        exact = known.identified(prefix)
        found = dict.fromkeys([*([exact] if exact else []), *islice(known.index.complete(prefix), 10_000)])
        fitting = (known.items[entity] for entity in found if not type or type in known.items[entity].types)
        skipped = max(cursor, offset)
        return {"result": [words.entity(item, known) for item in islice(fitting, skipped, skipped + limit)]}

    @routes.get(home + "/suggest/property", summary="Properties whose names, or words in them, begin so")
    async def property_names(prefix: str, limit: Limit = 20, cursor: Offset = 0, offset: Offset = 0) -> Json:
        known = (await library.facts()).known
        return _some((words.property_of(one, known) for one in properties().values()), prefix, limit, max(cursor, offset))

    @routes.get(home + "/suggest/type", summary="Types whose names, or words in them, begin so")
    async def types(prefix: str, limit: Limit = 20, cursor: Offset = 0, offset: Offset = 0) -> Json:
        known = (await library.facts()).known
        listed = (words.described_type(name, known) for name in vocabulary().classes)
        return _some(listed, prefix, limit, max(cursor, offset))

    @routes.get(home + "/preview", summary="A small page about an entity", response_class=HTMLResponse)
    async def preview(id: str) -> HTMLResponse:
        facts = await library.facts()
        return HTMLResponse(await previews.preview(_item(facts.known, id), facts))

    @routes.get(home + "/extend/propose", summary="Properties that things of a type may have")
    async def propose(type: str = "", limit: Limit | None = None) -> Json:
        known = (await library.facts()).known
        kind = vocabulary().classes.get(type)
        listed = words.proposed(kind.value if kind else "", known)
        return {"type": type, "properties": listed[:limit], **({"limit": limit} if limit else {})}


async def _matched(facts: Facts, asked: str) -> Json:
    batch = queries.batch_02(asked)
    found = await Matcher(facts).match(list(batch.values()))
    return {
        key: {"result": [words.candidate_02(one, facts.known) for one in each]} for key, each in zip(batch, found, strict=True)
    }


def _some(listed: Iterable[Json], prefix: str, limit: int, skipped: int) -> Json:
    """Return those with an id that is the prefix, or a word in their name that begins with it."""
    folded = fold(prefix)
    fitting = (one for one in listed if one["id"] == prefix or f" {fold(one['name'])}".find(f" {folded}") >= 0)
    ordered = sorted(fitting, key=lambda one: bool(one["id"] != prefix))
    return {"result": ordered[skipped : skipped + limit]}


def _item(known: Catalogue, asked: str) -> Item:
    entity = known.identified(asked)
    if entity is None:
        raise HTTPException(404, f"nothing in the graph has the id {asked!r}")
    return known.items[entity]


def _root(request: Request) -> str:
    return str(request.base_url).rstrip("/")
