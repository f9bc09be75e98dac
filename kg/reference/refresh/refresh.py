"""One refresh from beginning to end: fetch, merge, check, and only then replace."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import StoreError
from kg.reference.reference import BUNDLED, load_anew
from kg.reference.refresh.endpoint import Endpoint
from kg.reference.refresh.merging import merge
from kg.reference.refresh.sheets import COLUMNS, Cells, Sheets
from kg.reference.refresh.spool import PAGE, Spool


@dataclass(frozen=True, slots=True)
class Summary:
    """What a refresh did: for each table how many rows it had, has, and how many of the old ones changed; `left_out` counts
    names and entries that would have stood for two things."""

    before: Mapping[str, int]
    after: Mapping[str, int]
    changed: Mapping[str, int]
    left_out: int


def refresh(
    endpoint: Endpoint, folder: Path, *, page: int = PAGE, watch: Callable[[str, int], None] = lambda _name, _count: None
) -> Summary:
    """Rebuild the knowledge base from an endpoint into a folder, which then holds either all of it or what it held before.

    The bundled tables are what it is merged with. What was fetched lies beside the folder until the refresh is done, so that
    the next call goes on from there.

    Raises StoreError if the endpoint fails or the folder cannot be written, ResourceError if what came out of it breaks a
    promise of the tables.
    """
    spool = Spool(folder.with_name(f"{folder.name}.fetched"), endpoint, page)
    answers = spool.fetch(watch)
    sheets = Sheets(BUNDLED)
    before = {name: [dict(row) for row in rows] for name, rows in sheets.tables.items()}
    merge(sheets, answers)
    fresh = folder.with_name(f"{folder.name}.part")
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        sheets.write(fresh)
        load_anew(fresh)
        _put(fresh, folder)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    spool.remove()
    return _summary(before, sheets)


def _put(fresh: Path, folder: Path) -> None:
    """Put a folder in the place of another; if that fails, the other is back where it was."""
    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        folder.rename(old)
    try:
        fresh.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _summary(before: Mapping[str, list[Cells]], sheets: Sheets) -> Summary:
    return Summary(
        {name: len(before[name]) for name in COLUMNS},
        {name: len(sheets.tables[name]) for name in COLUMNS},
        {name: sum(old != row for old, row in zip(before[name], sheets.tables[name], strict=False)) for name in COLUMNS},
        sheets.left_out,
    )
