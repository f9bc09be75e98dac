"""`python -m tools.calibrate` writes what extraction reads."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from kg.extraction.confidence import Trait, calibration

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"


def calibrate(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.calibrate", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.skipif(not (ROOT / "tools").is_dir(), reason="an installed package has no tools")
def test_weights_are_written_and_measured(tmp_path: Path) -> None:
    gold, out = str(DATA / "gold"), str(tmp_path / "confidence.toml")
    done = calibrate("--gold", gold, gold, "--articles", str(DATA), str(DATA), "--out", out)
    assert done.returncode == 0, done.stderr
    assert "in 2 articles" in done.stdout
    assert "same text as" in done.stderr
    assert "corrected, articles left out" in done.stdout
    weights = calibration(tmp_path / "confidence.toml")
    assert set(weights.trait) == set(Trait)
    assert "kg.party.v1" in weights.frame


def test_what_cannot_be_read_is_named() -> None:
    done = calibrate("--gold", str(DATA), "--out", "-")
    assert (done.returncode, "holds no gold file" in done.stderr) == (2, True)
    assert calibrate("--gold", "a", "b", "--articles", "c").returncode == 2
