"""Running a command as a user would, on the demonstration graph."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from kg.cli.backup import backup, restore
from kg.cli.export import export
from kg.cli.query import query
from kg.cli.serve import serve
from kg.cli.token import token
from kg.cli.verify import verify
from kg.cli.why import why

Run = Callable[..., Result]


@pytest.fixture
def run(demo_file: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with arguments, and perhaps standard input; errors are raised."""
    app = typer.Typer()
    for command in (query, why, export, serve, verify, token, backup, restore):
        app.command()(command)
    monkeypatch.setenv("KG_STORE", str(demo_file))
    monkeypatch.setenv("COLUMNS", "100")

    def invoke(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, arguments, input=stdin, catch_exceptions=False)

    return invoke
