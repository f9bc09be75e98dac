"""`kg validate` prints what is wrong and says so with its exit code."""

from pathlib import Path

import pytest
import typer
from faults import FAULTS, GOOD
from rich.console import Console
from typer.testing import CliRunner

from kg.cli.validate import SHOWN, show_report, validate
from kg.graph import Finding, Report, sorted_nquads


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command()(validate)
    return app


def test_a_good_graph_exits_with_zero(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(sorted_nquads(GOOD))
    result = CliRunner().invoke(app, [str(tmp_path / "graph.nq")])
    assert result.exit_code == 0
    assert "Broken promises: none." in result.output


def test_a_broken_graph_exits_with_one_and_names_promise_and_node(app: typer.Typer, tmp_path: Path) -> None:
    fault = FAULTS["a digest in capitals"]
    (tmp_path / "graph.nq").write_bytes(sorted_nquads(fault.graph()))
    result = CliRunner().invoke(app, [str(tmp_path / "graph.nq")])
    assert result.exit_code == 1
    assert "sixty-four lower-case hexadecimal digits" in result.output
    assert fault.plus[0].subject.value in result.output


def test_a_shacl_report_is_written_and_each_promise_counted(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(sorted_nquads(FAULTS["a digest in capitals"].graph()))
    result = CliRunner().invoke(app, [str(tmp_path / "graph.nq"), "--report", str(tmp_path / "report.ttl")])
    assert result.exit_code == 1
    assert "tgs:DocumentDigest is broken 1 time" in result.output
    assert "tgs:DocumentDigest" in (tmp_path / "report.ttl").read_text(encoding="utf-8")


@pytest.mark.slow
def test_two_processes_find_what_one_does(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(sorted_nquads(FAULTS["two modalities"].graph()))
    one, two = (CliRunner().invoke(app, [str(tmp_path / "graph.nq"), "--workers", workers]).output for workers in "12")
    assert one == two
    assert "modality" in one


def test_very_many_findings_are_counted_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    findings = tuple(Finding("urn:g", "urn:d", "Shape", "Things are so.", f"urn:node-{n:04}") for n in range(SHOWN + 7))
    show_report(Report(1, findings), Console())
    printed = capsys.readouterr().out
    assert "and 7 more" in printed
    assert f"urn:node-{SHOWN:04}" not in printed
