"""The service's description for programs (OpenAPI): beside what the routes say, what holds for all of them."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from kg.service.problems import MEDIA_TYPE

_TEXT: Final = {"type": "string"}
_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["title", "status", "detail"],
    "properties": {
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "line": {"type": "integer", "description": "of the query, from 1"},
        "column": {"type": "integer", "description": "of the query, from 1"},
        "excerpt": {"type": "string", "description": "the line at fault, with a caret below the place"},
    },
}
_REFUSAL: Final = {
    "description": "A problem (RFC 9457)",
    "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}, "text/plain": {"schema": _TEXT}},
}


def install(app: FastAPI) -> None:
    """Let the description say that every refusal is a problem, and how a token is given."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to change it


def _described(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    for path in found["paths"].values():
        for operation in path.values():
            responses: dict[str, Any] = operation["responses"]
            responses.pop("422", None)  # FastAPI's own word for what is answered here as 400.
            for status, response in responses.items():
                if status >= "4":
                    response["content"] = _REFUSAL["content"]
            responses["default"] = _REFUSAL
    components = found.setdefault("components", {})
    kept = {name: schema for name, schema in components.get("schemas", {}).items() if "ValidationError" not in name}
    components["schemas"] = {**kept, "Problem": _PROBLEM}
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer", "description": "made by `kg token`"}}
    return found
