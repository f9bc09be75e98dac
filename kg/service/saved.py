"""Saved queries as addresses: one for each, with its parameters typed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from inspect import Parameter as Argument
from inspect import Signature
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse

from kg.engine import Engine
from kg.errors import QueryError
from kg.queries import Parameter, ParameterType, SavedQuery
from kg.service import pages
from kg.service.answers import ROW_TYPES, Saved
from kg.service.negotiation import choose
from kg.service.responses import respond

#: What may be given for each type, in words and as JSON Schema.
_KINDS: Final[Mapping[ParameterType, tuple[str, dict[str, Any]]]] = {
    ParameterType.ENTITY: ("an IRI, a prefixed name, an id such as state/norway, or a name", {}),
    ParameterType.IRI: ("an absolute IRI", {"format": "iri"}),
    ParameterType.LITERAL: ("a text", {}),
    ParameterType.DATE: ("a day, month or year", {"pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
    ParameterType.INTEGER: ("a whole number", {"type": "integer"}),
}


def router(engine: Engine, queries: Mapping[str, SavedQuery]) -> APIRouter:
    """Return the list of saved queries, and the address that runs each."""
    routes = APIRouter(prefix="/queries", tags=["Saved queries"])

    @routes.get("", summary="List the saved queries", responses={200: {"content": {"text/html": {}}}})
    def listed(request: Request) -> Response:
        if choose(request.headers.get("accept"), ["application/json", "text/html"]) == "text/html":
            return HTMLResponse(pages.queries(queries.values()), headers={"Vary": "Accept"})
        return JSONResponse([describe(query) for query in queries.values()], headers={"Vary": "Accept"})

    for query in queries.values():
        routes.add_api_route(
            f"/{query.name}",
            _endpoint(engine, query),
            summary=query.summary,
            description=query.description,
            operation_id=query.name,
            response_class=Response,
            responses={200: {"content": {media_type: {} for media_type in ROW_TYPES}}},
        )
    return routes


def describe(query: SavedQuery) -> dict[str, Any]:
    """Return what a program needs to know of a saved query."""
    return {
        "name": query.name,
        "path": f"/queries/{query.name}",
        "summary": query.summary,
        "description": query.description,
        "tags": list(query.tags),
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type.value,
                "summary": parameter.summary,
                "example": parameter.example,
                "default": parameter.default,
                "required": parameter.required,
            }
            for parameter in query.parameters
        ],
        "sparql": query.text,
    }


def _endpoint(engine: Engine, query: SavedQuery) -> Callable[..., Awaitable[Response]]:
    """Make the function that runs the query; its signature, which FastAPI reads, is made from the parameters."""

    async def run(request: Request, **_: str | None) -> Response:
        given = [(name, value) for name, value in request.query_params.multi_items() if value]  # Forms send empty fields.
        if len(dict(given)) < len(given):
            raise QueryError("a parameter can have one value only")
        question = Saved(query, tuple(sorted(given)), request.headers.get("accept"))
        return await respond(engine, question, request)

    first = Argument("request", Argument.POSITIONAL_OR_KEYWORD, annotation=Request)
    signature = Signature([first, *(_argument(parameter) for parameter in query.parameters)])
    run.__signature__ = signature  # type: ignore[attr-defined]  # how inspect is told of a signature made at run time
    return run


def _argument(parameter: Parameter) -> Argument:
    """Describe a parameter to FastAPI; whether a value is of its type is for the saved query itself to judge."""
    kind, schema = _KINDS[parameter.type]
    about = Query(description=f"{parameter.summary}: {kind}", examples=[parameter.example], json_schema_extra=schema)
    default = Argument.empty if parameter.required else parameter.default
    return Argument(parameter.name, Argument.KEYWORD_ONLY, default=default, annotation=Annotated[str, about])
