"""Errors as the web knows them: application/problem+json (RFC 9457), with line and column where a query is at fault."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kg.errors import KgError, NotAcceptable, Overloaded, QueryError, QueryTimeout, QueryTooLarge, StoreError

MEDIA_TYPE: Final = "application/problem+json"

_log = logging.getLogger(__name__)


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None, /, **more: int | str | None) -> JSONResponse:
    """Write a problem; members without a value are left out."""
    content = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    given = {key: value for key, value in content.items() if value is not None}
    return JSONResponse(given, status, headers, media_type=MEDIA_TYPE)


def response_to(error: Exception) -> Response:
    """Make the problem of an error, and log what is nobody's fault but the service's."""
    match error:
        case Overloaded():
            return problem(503, str(error), {"Retry-After": str(error.retry_after)})
        case QueryTimeout() | StoreError():
            return problem(503, str(error))
        case QueryTooLarge():
            return problem(413, str(error))
        case NotAcceptable():
            return problem(406, str(error))
        case QueryError():
            return problem(400, str(error), line=error.line, column=error.column)
        case HTTPException():
            return problem(error.status_code, error.detail, error.headers)
        case RequestValidationError():
            return problem(400, "; ".join(f"{one['loc'][-1]}: {one['msg']}" for one in error.errors()))
        case KgError():
            return problem(500, str(error))
        case _:
            _log.error("a request failed", exc_info=error)
            return problem(500, f"something went wrong in the service ({type(error).__name__}); its log says more")


def install(app: FastAPI) -> None:
    """Make every error of the service a problem."""

    def answered(_: Request, error: Exception) -> Response:
        return response_to(error)

    for kind in (KgError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, answered)
