"""Errors as the web knows them: application/problem+json (RFC 9457), with line and column where a query is at fault."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from kg.errors import KgError, QueryError, QueryTimeout, StoreError

MEDIA_TYPE = "application/problem+json"


def problem(status: int, detail: str, **more: int | str | None) -> JSONResponse:
    """Write a problem; members without a value are left out."""
    content = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JSONResponse({key: value for key, value in content.items() if value is not None}, status, media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make every error of the service a problem."""

    @app.exception_handler(KgError)
    def explained(_: Request, error: KgError) -> JSONResponse:
        match error:
            case QueryTimeout() | StoreError():
                return problem(503, str(error))
            case QueryError():
                return problem(400, str(error), line=error.line, column=error.column)
            case _:
                return problem(500, str(error))

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        response = problem(error.status_code, error.detail)
        response.headers.update(error.headers or {})
        return response

    @app.exception_handler(RequestValidationError)
    def malformed(_: Request, error: RequestValidationError) -> JSONResponse:
        complaints = (f"{one['loc'][-1]}: {one['msg']}" for one in error.errors())
        return problem(400, "; ".join(complaints))

    @app.exception_handler(Exception)
    def unforeseen(_: Request, error: Exception) -> JSONResponse:
        return problem(500, f"something went wrong in the service ({type(error).__name__}); its log says more")
