"""`kg validate`: does a graph keep its promises?"""

from __future__ import annotations

import os
from collections import Counter
from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from kg.cli.stores import DEFAULT_STORE
from kg.files import whole_or_not
from kg.graph.findings import write_report
from kg.graph.shapes import Finding
from kg.graph.validate import Report, Seen
from kg.graph.validate import validate as validate_graph
from kg.store import open_store
from kg.store.base import quads

#: Findings that are printed; the count of the others follows.
SHOWN: Final = 100


def validate(
    graph: Annotated[Path, typer.Argument(help="A store's folder, or an .nq, .trig, .ttl or .jsonld file.")] = Path(
        DEFAULT_STORE
    ),
    report: Annotated[Path | None, typer.Option(metavar="FILE.ttl", help="Write a SHACL validation report too.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes that check.")] = max(1, (os.cpu_count() or 1) - 1),
) -> None:
    """Check a graph against the SHACL shapes of the ontology; exit with 1 if it breaks a promise."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as progress:
        task = progress.add_task("checking", total=None)
        found = _report(graph, workers, lambda name: progress.update(task, advance=1, description=f"checked {name}"))
    show_report(found, Console())
    if report is not None:
        with whole_or_not(report) as out:
            write_report(found, out)
    if not found.conforms:
        raise typer.Exit(1)


def _report(graph: Path, workers: int, seen: Seen) -> Report:
    if not graph.is_dir():
        return validate_graph(graph, workers=workers, seen=seen)
    with closing(open_store(graph)) as store:
        return validate_graph(quads(store), workers=workers, ordered=True, seen=seen)


def show_report(report: Report, console: Console) -> None:
    """Print what was found, document by document, and how often each promise is broken."""
    for place, findings in groupby(report.findings[:SHOWN], key=_place):
        console.print(place, style="bold", markup=False, highlight=False, soft_wrap=True)
        for finding in findings:
            console.print(f"  {finding.promise}", markup=False, highlight=False, soft_wrap=True)
            value = f", which has {finding.value}" if finding.value else ""
            console.print(f"    {finding.node}{value}", style="dim", markup=False, highlight=False, soft_wrap=True)
    if len(report.findings) > SHOWN:
        console.print(f"… and {len(report.findings) - SHOWN} more")
    for shape, count in Counter(finding.shape for finding in report.findings).most_common():
        console.print(f"tgs:{shape} is broken {count:,} time{'s' if count > 1 else ''}", highlight=False, soft_wrap=True)
    console.print(report.summary, style="green" if report.conforms else "red", highlight=False)


def _place(finding: Finding) -> str:
    return finding.document or finding.graph
