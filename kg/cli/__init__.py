"""The command line: one module per command, and what they share."""

from __future__ import annotations

import sys

import typer
from rich.console import Console
from rich.markup import escape

from kg.cli.backup import backup, restore
from kg.cli.build import build
from kg.cli.evaluate import evaluate_graph
from kg.cli.export import export
from kg.cli.link import link
from kg.cli.query import query
from kg.cli.reference import reference
from kg.cli.review import review
from kg.cli.serve import serve
from kg.cli.status import status
from kg.cli.token import token
from kg.cli.validate import validate
from kg.cli.verify import verify
from kg.cli.why import why
from kg.errors import KgError

app = typer.Typer(
    name="kg",
    help="News in, a knowledge graph out in which every assertion leads back to its words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (build, query, why, review, link, serve, export, verify, validate, status, token, backup, restore):
    app.command()(command)
app.command("evaluate")(evaluate_graph)
app.add_typer(reference, name="reference")


def main() -> None:
    """Run a command; what treatygraph can explain is explained, with exit code 2."""
    try:
        app()
    except KgError as error:
        Console(stderr=True).print("[bold red]kg:[/]", escape(str(error)), highlight=False, soft_wrap=True)
        sys.exit(2)
