"""`kg serve`: put the graph on the web."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.stores import DEFAULT_STORE, StoreOption
from kg.errors import StoreError


def serve(
    store: StoreOption = DEFAULT_STORE,
    host: Annotated[str, typer.Option(help="The address to listen at; 0.0.0.0 is all of this machine's.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8000,
    queries: Annotated[list[Path] | None, typer.Option(help="A folder with more saved queries.")] = None,
    in_memory: Annotated[
        bool,
        typer.Option("--in-memory", envvar="KG_IN_MEMORY", help="Answer from a copy in memory; it takes 0.5 GB a million quads."),
    ] = False,
    readers: Annotated[int | None, typer.Option(help="How many processes answer queries, each one at a time.")] = None,
    seconds: Annotated[float | None, typer.Option(help="How long one query may take.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="How many processes talk to clients; they share out the readers.")] = 1,
) -> None:
    """Answer SPARQL and saved queries over HTTP until stopped; limits are settings, such as KG_ROWS."""
    # Here, as the web framework takes a second to load, and other commands do without.
    from kg.service.plan import Plan
    from kg.service.serving import listener, run
    from kg.service.settings import Settings
    from kg.service.workers import run_workers

    plan = Plan(store, Settings.read(readers=readers, seconds=seconds), tuple(queries or ()), in_memory)
    plan.check()
    if workers == 1:
        run(plan.service(), plan.settings, listener(host, port))
    elif in_memory or Path(store).is_file():
        raise StoreError("each worker would hold a copy of the graph in memory; have one worker and more readers instead")
    else:
        raise typer.Exit(run_workers(plan, workers, host, port))
