"""`kg status`: what a store holds."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app, main


def status(store: Path) -> dict[str, int]:
    result = CliRunner().invoke(app, ["status", "--store", str(store)], catch_exceptions=False)
    assert result.exit_code == 0
    rows = [line.split() for line in result.stdout.splitlines()[1:]]
    return {kind: int(count.replace(",", "")) for kind, count in rows}


def test_it_counts_what_a_store_holds_of_each_kind(demo_directory: Path) -> None:
    found = status(demo_directory)
    assert found["Document"] == 2
    assert {"Mention", "Person", "State", "Place", "Agreement"} <= set(found)
    assert found["Evidence"] >= found["Assertion"]


def test_it_names_the_generation_and_the_size(demo_directory: Path) -> None:
    result = CliRunner().invoke(app, ["status", "--store", str(demo_directory)])
    assert result.stdout.startswith("generation 1, ")
    assert "quads" in result.stdout.splitlines()[0]


def test_a_file_is_a_store_too(demo_file: Path, demo_directory: Path) -> None:
    assert status(demo_file) == status(demo_directory)


def test_a_store_that_is_not_there_ends_with_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["kg", "status", "--store", str(tmp_path / "nowhere")])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "no such folder or file" in capsys.readouterr().err
