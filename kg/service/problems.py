"""Errors as the web knows them: application/problem+json (RFC 9457), with line and column where a query is at fault."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from kg.errors import Busy, KgError, NotAcceptable, NotFound, Overloaded, QueryError, QueryTimeout, QueryTooLarge, StoreError
from kg.service.negotiation import choose

MEDIA_TYPE: Final = "application/problem+json"

_TYPES: Final = (MEDIA_TYPE, "application/json", "text/plain")
_log = logging.getLogger(__name__)


def problem(
    status: int,
    detail: str,
    headers: Mapping[str, str] | None = None,
    /,
    *,
    accept: str | None = None,
    **more: int | str | None,
) -> Response:
    """Write a problem, as plain text for a client that likes this better; members without a value are left out."""
    content = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    given = {key: value for key, value in content.items() if value is not None}
    if choose(accept, _TYPES) == "text/plain":
        return PlainTextResponse(
            "\n".join((detail, *([f"\n{more['excerpt']}"] if more.get("excerpt") else []), "")), status, headers
        )
    return JSONResponse(given, status, headers, media_type=MEDIA_TYPE)


def response_to(error: Exception, accept: str | None = None) -> Response:
    """Make the problem of an error, and log what is nobody's fault but the service's."""
    match error:
        case Overloaded() | Busy():
            return problem(503, str(error), {"Retry-After": str(error.retry_after)}, accept=accept)
        case QueryTimeout() | StoreError():
            return problem(503, str(error), accept=accept)
        case QueryTooLarge():
            return problem(413, str(error), accept=accept)
        case NotFound():
            return problem(404, str(error), accept=accept)
        case NotAcceptable():
            return problem(406, str(error), accept=accept)
        case QueryError():
            return problem(400, str(error), line=error.line, column=error.column, excerpt=error.excerpt, accept=accept)
        case HTTPException():
            return problem(error.status_code, error.detail, error.headers, accept=accept)
        case RequestValidationError():
            return problem(400, "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors()), accept=accept)
        case ClientDisconnect():
            return problem(400, "the client left before its request was complete")
        case KgError():
            return problem(500, str(error), accept=accept)
        case _:
            _log.error("a request failed", exc_info=error)
            return problem(500, f"something went wrong in the service ({type(error).__name__}); its log says more", accept=accept)


def install(app: FastAPI) -> None:
    """Make every error of the service a problem."""

    def answered(request: Request, error: Exception) -> Response:
        return response_to(error, request.headers.get("accept"))

    for kind in (KgError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, answered)
