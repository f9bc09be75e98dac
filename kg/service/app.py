"""The service as a whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from starlette.types import Receive, Scope, Send

from kg.engine import Engine, ThreadEngine
from kg.queries import SavedQuery, saved_queries
from kg.service import pages, problems, reconciliation, saved, sparql
from kg.store import Store


class Service:
    """The web application: what must be fast on a short way of its own, everything else by FastAPI.

    What is to hold for every request, such as a log, is laid around the whole as plain ASGI.
    """

    def __init__(self, api: FastAPI, endpoint: sparql.Endpoint) -> None:
        self.api, self._endpoint = api, endpoint

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/sparql":
            await self._endpoint(scope, receive, send)
        else:
            await self.api(scope, receive, send)


def create_app(source: Store | Engine, queries: Mapping[str, SavedQuery] | None = None) -> Service:
    """Make a web application that answers from an engine; without `queries`, with the bundled saved queries.

    A store is asked in threads of this process. It only reads. Whoever opened a store closes it; an engine starts and
    ends with the application.
    """
    engine = source if isinstance(source, Engine) else ThreadEngine(source)
    release = version("treatygraph")

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await engine.start()
        yield
        await engine.close()

    app = FastAPI(
        title="treatygraph",
        version=release,
        description="A knowledge graph of treaties, states and people in which every assertion leads back to its words.",
        docs_url=None,  # These pages would fetch their scripts from elsewhere.
        redoc_url=None,
        lifespan=lifespan,
    )
    problems.install(app)
    endpoint = sparql.Endpoint(engine)
    app.include_router(sparql.router(endpoint))
    app.include_router(saved.router(engine, saved_queries() if queries is None else queries))
    app.include_router(reconciliation.router(engine))

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def front() -> str:
        return pages.front(await engine.status(), release)

    @app.get("/health", tags=["Service"], summary="Whether the service can answer, and from what")
    async def health() -> dict[str, str | int | None]:
        status = await engine.status()
        return {"status": "ok", "version": release, "generation": status.generation, "triples": status.quads}

    return Service(app, endpoint)
