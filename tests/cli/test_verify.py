"""`kg verify`"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def published(run: Run, tmp_path: Path) -> Path:
    file = tmp_path / "some.trig"
    run("export", "--as", "nanopub", "--document", "tromso-doubts", "--out", str(file))
    return file


def test_what_was_exported_is_whole(run: Run, published: Path) -> None:
    done = run("verify", str(published))
    assert (done.exit_code, done.stdout) == (0, "10 whole, 0 of them signed; 0 broken\n")


def test_a_changed_word_breaks_what_rests_on_it(run: Run, published: Path) -> None:
    published.write_text(published.read_text(encoding="utf-8").replace("no weapons", "weapons"), encoding="utf-8")
    done = run("verify", str(published))
    assert done.exit_code == 1
    assert "the content was changed" in done.stdout
    assert done.stdout.endswith("9 whole, 0 of them signed; 1 broken\n")


def test_an_empty_file_is_not_whole(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.trig").touch()
    assert run("verify", str(tmp_path / "empty.trig")).exit_code == 1
