"""The bundled tables are what the source and the additions give."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT.parent / "shared" / "reference"


@pytest.mark.skipif(not SOURCE.is_dir(), reason="the source tables do not lie beside this checkout")
def test_the_bundled_tables_are_up_to_date() -> None:
    command = [sys.executable, str(ROOT / "tools" / "reference.py"), "check", str(SOURCE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout.splitlines()[:5]


@pytest.mark.parametrize("module", ["agreements", "factbook", "items", "sheet", "spelling", "witnesses"])
def test_the_examples_in_the_tools_hold(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "doctest", str(ROOT / "tools" / f"{module}.py")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
