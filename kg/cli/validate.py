"""`kg validate`: does a graph keep its promises?"""

from __future__ import annotations

from contextlib import closing
from itertools import groupby
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from kg.cli.stores import DEFAULT_STORE
from kg.graph.validate import Finding, Report
from kg.graph.validate import validate as validate_graph
from kg.store import open_store
from kg.store.base import quads

#: Findings that are printed; the count of the others follows.
SHOWN: Final = 100


def validate(
    graph: Annotated[Path, typer.Argument(help="A store's folder, or an .nq, .trig, .ttl or .jsonld file.")] = Path(
        DEFAULT_STORE
    ),
) -> None:
    """Check a graph against the SHACL shapes of the ontology; exit with 1 if it breaks a promise."""
    report = _report(graph)
    show_report(report, Console())
    if not report.conforms:
        raise typer.Exit(1)


def _report(graph: Path) -> Report:
    if not graph.is_dir():
        return validate_graph(graph)
    with closing(open_store(graph)) as store:
        return validate_graph(quads(store))


def show_report(report: Report, console: Console) -> None:
    """Print what was found, document by document."""
    for place, findings in groupby(report.findings[:SHOWN], key=_place):
        console.print(place, style="bold", markup=False, highlight=False, soft_wrap=True)
        for finding in findings:
            console.print(f"  {finding.promise}", markup=False, highlight=False, soft_wrap=True)
            value = f", which has {finding.value}" if finding.value else ""
            console.print(f"    {finding.node}{value}", style="dim", markup=False, highlight=False, soft_wrap=True)
    if len(report.findings) > SHOWN:
        console.print(f"… and {len(report.findings) - SHOWN} more")
    console.print(report.summary, style="green" if report.conforms else "red", highlight=False)


def _place(finding: Finding) -> str:
    return finding.document or finding.graph
