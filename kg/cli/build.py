"""`kg build`: read documents and build, or add to, the graph."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from kg.cli.stores import DEFAULT_STORE
from kg.documents import Limits, Refusal
from kg.graph import DEFAULT_BASE
from kg.reference import VARIABLE, load

if TYPE_CHECKING:
    from kg.build import Summary


class ProgressWatcher:
    """Shows a build going on: documents as they are read, refusals as they come, stages after them."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task = progress.add_task("reading", total=None)

    def document(self, document: str) -> None:
        self._progress.update(self._task, advance=1, description=f"reading {document}")

    def refused(self, refusal: Refusal) -> None:
        why = escape(f"{refusal.source}: {refusal.reason}")
        self._progress.console.print("[red]left out[/]", why, highlight=False, soft_wrap=True)

    def stage(self, name: str) -> None:
        self._progress.update(self._task, description=name)


def build(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT…", help="Files, folders, globs; - for standard input.")],
    store: Annotated[
        Path, typer.Option(envvar="KG_STORE", help="The folder of the store; made if it is not there, added to if it is.")
    ] = Path(DEFAULT_STORE),
    out: Annotated[Path | None, typer.Option(help="Write the whole graph to this N-Quads file too.")] = None,
    base: Annotated[
        str | None, typer.Option(envvar="KG_BASE", help=f"What the IRIs of resources begin with; at first {DEFAULT_BASE}.")
    ] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that read documents.")] = max(1, (os.cpu_count() or 1) - 1),
    model: Annotated[
        str | None,
        typer.Option(envvar="KG_MODEL", help="A folder with a language model, or a spaCy pipeline by folder or name."),
    ] = None,
    reference: Annotated[
        Path | None,
        typer.Option(envvar=VARIABLE, help="A folder with a knowledge base, such as `kg reference refresh` makes."),
    ] = None,
    largest: Annotated[int, typer.Option(help="Bytes above which a source is left out.")] = Limits.largest,
) -> None:
    """Read text, HTML or JSONL and build the graph; exit with 1 if something had to be left out."""
    if reference is not None:
        os.environ[VARIABLE] = str(reference)  # so that the processes that read have it too
        load()  # a malformed one is told now, not once for every document
    from kg.build import build as build_graph  # here, as it takes a second to load, and other commands do without

    errors = Console(stderr=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
    ) as progress:
        try:
            summary = build_graph(
                inputs,
                store=store,
                out=out,
                base=base,
                workers=workers,
                limits=Limits(largest=largest),
                stdin=sys.stdin.buffer,
                watcher=ProgressWatcher(progress),
                model=model,
            )
        except KeyboardInterrupt:
            errors.print("interrupted: what was read is kept, nothing was published; the same command goes on from here")
            raise typer.Exit(130) from None
    _print_summary(summary, store, out)
    if summary.refusals:
        raise typer.Exit(1)


def _print_summary(summary: Summary, store: Path, out: Path | None) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    for name, value in (
        ("documents read", summary.read),
        ("unchanged since they were read", summary.unchanged),
        ("left out", len(summary.refusals)),
        ("documents in the graph", summary.documents),
        ("entities", summary.entities),
        ("assertions", summary.assertions),
        ("evidence", summary.evidence),
        ("quads", summary.quads),
    ):
        table.add_row(name, f"{value:,}")
    console = Console()
    console.print(table)
    written = f" and in {out}" if out else ""
    console.print(f"generation {summary.generation} in {store}{written}", highlight=False, soft_wrap=True)
