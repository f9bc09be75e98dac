"""CSV files as rows of cells, and cells that hold several parts between bars."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str]

NONE = "-"  # in an addition: leave out what the source says


def read(file: Path) -> list[Row]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def text(rows: list[Row]) -> str:
    """Write rows as CSV, with the columns of the first row.

    >>> text([{"id": "place/kyiv", "names": "Kiev"}])
    'id,names\\nplace/kyiv,Kiev\\n'
    """
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()


def split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def chosen(cell: str, otherwise: list[str]) -> list[str]:
    """Return the addition's words, none for "-", or else the source's.

    >>> chosen("Kyiv|Kiev", ["Kyyiv"]), chosen("-", ["none"]), chosen("", ["Riga", ""])
    (['Kyiv', 'Kiev'], [], ['Riga'])
    """
    return [] if cell == NONE else split(cell) or [word for word in otherwise if word]
