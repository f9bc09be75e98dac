"""`kg serve`: put the graph on the web."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from kg.cli.stores import DEFAULT_STORE, StoreOption
from kg.queries import saved_queries
from kg.store import open_store


def serve(
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 is all of this machine's.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8000,
    queries: Annotated[list[Path] | None, typer.Option(help="A folder with more saved queries.")] = None,
) -> None:
    """Answer SPARQL and saved queries over HTTP until stopped."""
    import uvicorn  # here, as the web framework takes a second to load, and other commands do without

    from kg.service import create_app

    with closing(open_store(store)) as opened:
        uvicorn.run(create_app(opened, saved_queries(*queries or ())), host=host, port=port)
