"""The service as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from kg.queries import SavedQuery, saved_queries
from kg.service import pages, problems, saved, sparql
from kg.store import Store


def create_app(store: Store, queries: Mapping[str, SavedQuery] | None = None) -> FastAPI:
    """Make a web application that answers from the store; without `queries`, with the bundled saved queries.

    It only reads. Whoever opened the store closes it.
    """
    release = version("treatygraph")
    app = FastAPI(
        title="treatygraph",
        version=release,
        description="A knowledge graph of treaties, states and people in which every assertion leads back to its words.",
        docs_url=None,  # These pages would fetch their scripts from elsewhere.
        redoc_url=None,
    )
    problems.install(app)
    app.include_router(sparql.router(store))
    app.include_router(saved.router(store, saved_queries() if queries is None else queries))

    @app.get("/", response_class=HTMLResponse, include_in_schema=False)
    def front() -> str:
        return pages.front(store.status(), release)

    @app.get("/health", tags=["Service"], summary="Whether the service can answer, and from what")
    def health() -> dict[str, str | int | None]:
        status = store.status()
        return {"status": "ok", "version": release, "generation": status.generation, "triples": status.quads}

    return app
