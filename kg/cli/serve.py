"""`kg serve`: put the graph on the web."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.stores import DEFAULT_STORE, StoreOption
from kg.queries import saved_queries
from kg.store import EmbeddedStore, open_store


def serve(
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 is all of this machine's.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8000,
    queries: Annotated[list[Path] | None, typer.Option(help="A folder with more saved queries.")] = None,
    in_memory: Annotated[
        bool,
        typer.Option("--in-memory", envvar="KG_IN_MEMORY", help="Answer from a copy in memory; it takes 0.5 GB a million quads."),
    ] = False,
    readers: Annotated[
        int | None, typer.Option("--readers", "--workers", help="How many processes answer queries, each one at a time.")
    ] = None,
    seconds: Annotated[float | None, typer.Option(help="How long one query may take.")] = None,
) -> None:
    """Answer SPARQL and saved queries over HTTP until stopped; limits are settings, such as KG_ROWS."""
    # Here, as the web framework takes a second to load, and other commands do without.
    from kg.engine import CachingEngine, Engine, LookupEngine, ReaderPool
    from kg.service import READERS_NEED, create_app
    from kg.service.answers import is_lookup
    from kg.service.serving import run
    from kg.service.settings import Settings
    from kg.store.editing import DiskEditor

    settings = Settings.read(readers=readers, seconds=seconds)
    known = saved_queries(*queries or ())
    engine: Engine = ReaderPool(store, settings.limits, in_memory=in_memory, prepare=READERS_NEED)
    editor = None
    if not Path(store).is_file():
        opened = open_store(store)  # So that what cannot be served is named before anything starts.
        if isinstance(opened, EmbeddedStore):
            engine = LookupEngine(engine, opened, is_lookup)
    if settings.tokens and Path(store).is_dir():
        editor = DiskEditor(Path(store), settings.update_seconds, alone=not settings.services)
    run(create_app(CachingEngine(engine, settings.cache_bytes), known, settings, editor), settings, host, port)
