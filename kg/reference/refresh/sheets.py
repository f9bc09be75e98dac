"""The six tables as rows that can be changed, and who owns which name and which item in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.documents import slug
from kg.reference.table import rows
from kg.reference.tables import (
    AGREEMENT_COLUMNS,
    OFFICE_COLUMNS,
    ORGANIZATION_COLUMNS,
    PERSON_COLUMNS,
    PLACE_COLUMNS,
    STATE_COLUMNS,
)

#: A row of a table, by column; several values in a cell stand between bars.
Cells = dict[str, str]

COLUMNS = {
    "states": STATE_COLUMNS,
    "organizations": ORGANIZATION_COLUMNS,
    "places": PLACE_COLUMNS,
    "agreements": AGREEMENT_COLUMNS,
    "persons": PERSON_COLUMNS,
    "offices": OFFICE_COLUMNS,
}
_FIRM = ("name", "names", "demonym_adjectives", "demonym_nouns", "seats")


class Sheets:
    """The tables of a folder, with what may be added to them without a name or an item standing for two things."""

    def __init__(self, folder: Path) -> None:
        """Read the tables; raises ResourceError if one is missing or malformed."""
        self.tables = {name: [row.cells for row in rows(folder / f"{name}.csv", c)] for name, c in COLUMNS.items()}
        self.left_out = 0
        self._items = {row["qid"]: row for row in self._entries() if row["qid"]}
        self._ids = {row["id"] for row in self._entries()}
        self._owners: dict[str, str] = {}
        for row in self._entries():
            for surface in _surfaces(row, (*_FIRM, "shortenings") if row["id"].startswith("agreement/") else _FIRM):
                self._owners.setdefault(surface, row["id"])

    def _entries(self) -> Iterator[Cells]:
        return (row for name, table in self.tables.items() if name != "offices" for row in table)

    def by_item(self, qid: str, kind: str) -> Cells | None:
        """Return the entry of an item, if it is of this kind ("state", "person", …)."""
        row = self._items.get(qid)
        return row if row is not None and row["id"].startswith(f"{kind}/") else None

    def entry(self, table: str, qid: str, name: str) -> Cells | None:
        """Return the row of an item, made if there is none; None where the item or its name stands for something else.

        A row without an item that alone has the name in its table is taken for the item's.
        """
        kind = table.removesuffix("s")
        if qid in self._items:
            return self.by_item(qid, kind)
        named = [row for row in self.tables[table] if name in _surfaces(row, ("name", "names"))]
        if len(named) == 1 and not named[0]["qid"]:
            named[0]["qid"] = qid
            self._items[qid] = named[0]
            return named[0]
        identifier = f"{kind}/{slug(name)}"
        owner = self._owners.get(name, identifier)
        firm = kind in ("state", "agreement") or owner.startswith("agreement/")
        if identifier in self._ids or named or (firm and owner != identifier) or not _is_name(name):
            self.left_out += 1
            return None
        row = dict.fromkeys(COLUMNS[table], "") | {"id": identifier, "qid": qid, "name": name}
        self.tables[table].append(row)
        self._items[qid] = row
        self._ids.add(identifier)
        self._owners.setdefault(name, identifier)
        return row

    def add(self, row: Cells, column: str, surfaces: Iterable[str]) -> None:
        """Add names to a cell, but for those that stand in the row already or name something else."""
        for surface in surfaces:
            if surface in _surfaces(row, (column, "name")):
                continue
            if not _is_name(surface) or self._owners.setdefault(surface, row["id"]) != row["id"]:
                self.left_out += 1
                continue
            row[column] = f"{row[column]}|{surface}".strip("|")

    def write(self, folder: Path) -> None:
        """Write the tables into a folder."""
        for name, columns in COLUMNS.items():
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(self.tables[name])
            (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8")


def many(cell: str) -> list[str]:
    """Return the values in a cell."""
    return cell.split("|") if cell else []


def _surfaces(row: Cells, columns: Iterable[str]) -> list[str]:
    return [surface for column in columns for surface in many(row.get(column, ""))]


def _is_name(surface: str) -> bool:
    """Can a table hold it as a name: with a letter, no bar, and nothing around it?"""
    return any(map(str.isalpha, surface)) and "|" not in surface and surface == surface.strip()
