"""`kg reference`: rebuild the knowledge base from a SPARQL endpoint."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from kg.reference.refresh import Summary

reference = typer.Typer(no_args_is_help=True)


@reference.callback()
def main() -> None:
    """The knowledge base of states, bodies, places, persons, offices and agreements."""


@reference.command()
def refresh(
    folder: Annotated[Path, typer.Argument(help="Where the tables go; what `kg build --reference` is given.")],
    endpoint: Annotated[
        str, typer.Option("--from", metavar="ENDPOINT", help="The address of a SPARQL endpoint with Wikidata's model.")
    ],
) -> None:
    """Rebuild the knowledge base from a SPARQL endpoint, merged with the bundled one: all of it, or nothing."""
    from kg.reference.refresh import Endpoint
    from kg.reference.refresh import refresh as refresh_tables

    errors = Console(stderr=True)
    with errors.status("asking") as status, closing(Endpoint(endpoint)) as source:
        summary = refresh_tables(source, folder, watch=lambda name, count: status.update(f"{name}: {count:,}"))
    _print_summary(summary, folder)


def _print_summary(summary: Summary, folder: Path) -> None:
    table = Table(box=None, pad_edge=False)
    for heading in ("table", "bundled", "changed", "added"):
        table.add_column(heading, justify="left" if heading == "table" else "right")
    for name, before in summary.before.items():
        table.add_row(name, f"{before:,}", f"{summary.changed[name]:,}", f"{summary.after[name] - before:,}")
    console = Console()
    console.print(table)
    console.print(
        f"{summary.left_out:,} names or entries left out, as they would stand for two things; the tables lie in {folder}",
        highlight=False,
        soft_wrap=True,
    )
