"""The service as a whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from kg.engine import Engine, ThreadEngine
from kg.queries import SavedQuery, saved_queries
from kg.service import graphstore, pages, problems, reconciliation, saved, schema, sparql
from kg.service.compression import Compression
from kg.service.description import Descriptions
from kg.service.gate import Gate
from kg.service.journal import MEDIA_TYPE, Journal
from kg.service.methods import Methods
from kg.service.settings import Settings
from kg.store import Store
from kg.store.editing import Editor, editor_of

_EXPOSED = ("Allow", "ETag", "Location", "Retry-After", "X-Query-Id")


class Service:
    """The web application: what must be fast on a short way of its own, everything else by FastAPI.

    What is to hold for every request, such as a log, is laid around the whole as plain ASGI.
    """

    def __init__(self, api: FastAPI, endpoint: sparql.Endpoint, settings: Settings, journal: Journal) -> None:
        self.api, self._endpoint = api, endpoint
        app: ASGIApp = Compression(Methods(self._route, api.routes), settings.compress_bytes)
        if settings.origins:
            app = CORSMiddleware(
                app, allow_origins=settings.origins, allow_methods=["*"], allow_headers=["*"], expose_headers=_EXPOSED
            )
        app = Gate(app, settings, journal)
        if settings.proxies:
            app = ProxyHeadersMiddleware(app, trusted_hosts=[*settings.proxies])  # type: ignore[arg-type, assignment]
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    async def _route(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/sparql":
            await self._endpoint(scope, receive, send)
        else:
            await self.api(scope, receive, send)


def create_app(
    source: Store | Engine,
    queries: Mapping[str, SavedQuery] | None = None,
    settings: Settings | None = None,
    editor: Editor | None = None,
) -> Service:
    """Make a web application that answers from an engine; without `queries`, with the bundled saved queries.

    A store is asked in threads of this process, and changed in its place where the settings know a token; beside an
    engine an editor does that. Whoever opened a store closes it; engine and editor end with the application.
    """
    settings = settings or Settings()
    engine = source if isinstance(source, Engine) else ThreadEngine(source, settings.limits)
    if editor is None and settings.tokens and not isinstance(source, Engine):
        editor = editor_of(source, settings.update_seconds, alone=not settings.services)
    release = version("treatygraph")
    descriptions, journal = Descriptions(engine, settings, release, writable=editor is not None), Journal(settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await engine.start()
        descriptions.count()
        yield
        if editor:
            editor.close()
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
    schema.install(app)
    endpoint = sparql.Endpoint(engine, editor, descriptions, settings)
    app.include_router(sparql.router(endpoint))
    app.include_router(graphstore.router(engine, editor, settings))
    app.include_router(saved.router(engine, saved_queries() if queries is None else queries))
    app.include_router(reconciliation.router(engine))

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    async def front() -> str:
        return pages.front(await engine.status(), release)

    @app.get("/.well-known/void", tags=["Service"], summary="What the graph holds, as VoID", response_class=Response)
    async def void(request: Request) -> Response:
        return await descriptions.respond(request)

    @app.get("/health", tags=["Service"], summary="Whether the service lives, what it answers from, and within which limits")
    async def health() -> dict[str, Any]:
        status = await engine.status()
        about = {"status": "ok", "version": release, "generation": status.generation, "triples": status.quads}
        return {**about, "limits": settings.shown()}

    @app.get("/ready", tags=["Service"], summary="Whether the service can answer now; 503 if not")
    async def ready() -> dict[str, str]:
        await engine.status()
        return {"status": "ready"}

    @app.get("/metrics", tags=["Service"], summary="Counts for Prometheus", response_class=Response)
    async def metrics() -> Response:
        status = await engine.status()
        return Response(journal.metrics(status.quads, status.generation), media_type=MEDIA_TYPE)

    return Service(app, endpoint, settings, journal)
