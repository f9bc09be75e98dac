"""`kg token`, `kg backup` and `kg restore`"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from kg.errors import StoreError
from kg.service.settings import Settings
from kg.service.tokens import hashed
from kg.store import EmbeddedStore

Run = Callable[..., Result]


def test_a_token_is_printed_with_what_the_service_needs_of_it(run: Run) -> None:
    token, setting = (line.split()[-1] for line in run("token").stdout.splitlines())
    name, _, value = setting.partition("=")
    assert Settings.read({name: value}).tokens == (hashed(token),)
    assert run("token").stdout.split() != [token, setting]


def test_a_store_is_backed_up_checked_and_restored(run: Run, demo_directory: Path, tmp_path: Path) -> None:
    store, file, other = tmp_path / "store", tmp_path / "backup.tar", tmp_path / "other"
    shutil.copytree(demo_directory, store)
    assert "generation 1, 910 quads" in run("backup", str(file), "--store", str(store)).stdout
    assert "verified" in run("backup", str(file), "--verify").stdout
    assert "910 quads, restored" in run("restore", str(file), "--store", str(other)).stdout
    assert EmbeddedStore(other).status().quads == 910
    with pytest.raises(StoreError, match="there already"):
        run("restore", str(file), "--store", str(other))
    run("restore", str(file), "--store", str(other), "--replace")
