"""`kg backup` and `kg restore`: a store as one file that proves itself, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.stores import DEFAULT_STORE
from kg.store import backup as backups

_File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, a tar file.")]
_Store = Annotated[Path, typer.Option("--store", envvar="KG_STORE", help="The store's folder.")]


def backup(
    file: _File,
    store: _Store = Path(DEFAULT_STORE),
    verify: Annotated[bool, typer.Option("--verify", help="Make none, but check the one that is there.")] = False,
) -> None:
    """Back up a store's graph, readings and decisions to a file, while it is served and built."""
    manifest = backups.verify(file) if verify else backups.back_up(store, file)
    typer.echo(f"{file}: generation {manifest.generation}, {manifest.quads:,} quads, {len(manifest.files)} files, verified")


def restore(
    file: _File,
    store: _Store = Path(DEFAULT_STORE),
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of a store that is there already.")] = False,
) -> None:
    """Make a store of a backup, after checking that it is whole."""
    manifest = backups.restore(file, store, replace=replace)
    typer.echo(f"{store}: generation {manifest.generation}, {manifest.quads:,} quads, restored")
