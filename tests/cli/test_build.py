"""`kg build`: what it prints, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kg.cli import app, main
from kg.cli.build import ProgressWatcher
from kg.store import open_store

Run = Callable[..., Result]
REPORT = "Kenya and Uganda sign border pact\n\nNAIROBI, May 6, 2031 - Kenya and Uganda signed a border agreement on Tuesday.\n"
MAIN = "from kg.cli import main; main()"


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one article; the working directory lies beside it."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KG_STORE", raising=False)
    monkeypatch.delenv("KG_BASE", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    return folder


@pytest.fixture
def kg() -> Run:
    def invoke(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, ["build", *arguments, "--workers", "1"], input=stdin, catch_exceptions=False)

    return invoke


def counts(result: Result) -> dict[str, int]:
    """Return the numbers of the summary by their names."""
    rows = [line.rsplit(maxsplit=1) for line in result.stdout.splitlines()]
    return {row[0].strip(): int(row[1].replace(",", "")) for row in rows if len(row) == 2 and row[1].replace(",", "").isdigit()}


def test_a_folder_becomes_a_store_and_the_summary_says_so(kg: Run, inbox: Path) -> None:
    result = kg(str(inbox))
    assert result.exit_code == 0
    found = counts(result)
    assert (found["documents read"], found["left out"], found["documents in the graph"]) == (1, 0, 1)
    assert min(found["entities"], found["assertions"], found["evidence"], found["quads"]) > 0
    assert "generation 1 in store" in result.stdout
    with closing(open_store("store")) as store:
        assert store.status().quads == found["quads"]


def test_a_second_build_reads_nothing_twice(kg: Run, inbox: Path) -> None:
    kg(str(inbox))
    result = kg(str(inbox))
    assert (counts(result)["documents read"], counts(result)["unchanged since they were read"]) == (0, 1)
    assert "generation 2" in result.stdout


def test_store_file_and_base_are_chosen_by_options(kg: Run, inbox: Path) -> None:
    result = kg(str(inbox), "--store", "here/graph", "--out", "graph.nq", "--base", "http://127.0.0.1/id/")
    assert result.exit_code == 0
    assert "in here/graph and in graph.nq" in result.stdout
    assert "<http://127.0.0.1/id/document/report>" in Path("graph.nq").read_text(encoding="utf-8")


def test_standard_input_is_named_by_a_dash(kg: Run, inbox: Path) -> None:
    assert inbox.exists()
    result = kg("-", stdin=REPORT)
    assert result.exit_code == 0
    assert counts(result)["documents read"] == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b" \n", "empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 80, "PNG"),
        ("absent.txt", None, "no such file"),
        ("records.jsonl", b'{"title": "no text"}\n', 'no "text"'),
        ("dates.jsonl", b'{"text": "Kenya and Uganda signed a border agreement on Tuesday.", "issued": "soon"}\n', "no date"),
        ("notes.docx", b"PK\x03\x04" + b"\x00" * 80, "unsupported|archive|ZIP|zip|Word"),
        ("large.txt", REPORT.encode() * 400, "larg|bytes"),
        (
            "german.txt",
            ("Kenia und Uganda haben am Dienstag in Nairobi ein Grenzabkommen unterzeichnet. " * 12).encode(),
            "English",
        ),
    ],
)
def test_what_has_to_be_left_out_is_named_with_the_reason(
    kg: Run, inbox: Path, tmp_path: Path, name: str, content: bytes | None, reason: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    result = kg(str(inbox), str(file), "--largest", "20000")
    assert result.exit_code == 1
    [line] = [line for line in result.stderr.splitlines() if "left out" in line]
    assert name in line
    assert any(part in line for part in reason.split("|"))
    assert (counts(result)["documents read"], counts(result)["left out"]) == (1, 1)


def test_names_in_brackets_are_printed_as_they_are(kg: Run, inbox: Path, tmp_path: Path) -> None:
    result = kg(str(inbox), str(tmp_path / "[bold]report[/bold].txt"))
    assert "[bold]report[/bold].txt" in result.stderr


def test_a_store_that_cannot_be_made_ends_with_two(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("store").write_text("in the way")
    monkeypatch.setattr(sys, "argv", ["kg", "build", str(inbox), "--workers", "1"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "kg: store" in capsys.readouterr().err


def test_no_input_ends_with_two() -> None:
    result = CliRunner().invoke(app, ["build"])
    assert result.exit_code == 2
    assert "Missing argument" in result.stderr


def test_an_interruption_ends_with_130_and_says_that_nothing_is_lost(
    kg: Run, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(_: ProgressWatcher, __: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(ProgressWatcher, "stage", pressed)
        result = kg(str(inbox))
    assert result.exit_code == 130
    assert "goes on from here" in result.stderr
    assert counts(kg(str(inbox)))["unchanged since they were read"] == 1


@pytest.mark.slow
def test_ctrl_c_in_a_terminal_leaves_no_half_built_graph(inbox: Path, tmp_path: Path) -> None:
    for i in range(400):
        (inbox / f"report-{i}.txt").write_text(REPORT * 20, encoding="utf-8")
    arguments = [sys.executable, "-c", MAIN, "build", str(inbox), "--workers", "1", "--out", "graph.nq"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ})
    while process.poll() is None and not (tmp_path / "store" / "readings.sqlite-wal").exists():
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130, errors
    assert not (tmp_path / "graph.nq").exists()
