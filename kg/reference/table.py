"""Rows of a CSV file whose cells are read with checks; every complaint names file and line."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING, NamedTuple, NoReturn, TypeVar

from kg.errors import ResourceError
from kg.model import PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from enum import StrEnum
    from pathlib import Path

_PADDED = re.compile(r"^\s|\s$|\s\||\|\s")
_QID = re.compile(r"Q[1-9]\d*")
_ID = re.compile(r"(state|organization|place|agreement|person)/[a-z0-9]+(-[a-z0-9]+)*")
_Choice = TypeVar("_Choice", bound="StrEnum")


class Row(NamedTuple):
    """One line of a table, by column."""

    file: Path
    line: int
    cells: dict[str, str]

    def text(self, column: str) -> str:
        cell = self.cells[column] or self.fail(f"column {column} is empty; fill it in")
        self._require_letters(column, (cell,))
        return cell

    def optional(self, column: str) -> str | None:
        return self.cells[column] or None

    def many(self, column: str) -> tuple[str, ...]:
        """Return what stands between bars: "Kyiv|Kiev" is two names."""
        cell = self.cells[column]
        if not cell:
            return ()
        parts = tuple(cell.split("|"))
        if len(set(parts)) < len(parts) or "" in parts or _PADDED.search(cell):
            self.fail(f"column {column} has an empty, padded or repeated part: {cell!r}")
        self._require_letters(column, parts)
        return parts

    def id(self, kind: str) -> str:
        cell = self.text("id")
        if not _ID.fullmatch(cell) or not cell.startswith(f"{kind}/"):
            self.fail(f"{cell!r} is no id; write {kind}/some-name in small letters without accents")
        return cell

    def qid(self) -> str | None:
        cell = self.cells["qid"]
        if cell and not _QID.fullmatch(cell):
            self.fail(f"{cell!r} is no Wikidata item; write it like Q1065, or leave it empty")
        return cell or None

    def date(self, column: str) -> PartialDate | None:
        cell = self.cells[column]
        if not cell:
            return None
        try:
            return PartialDate(cell)
        except ValueError:
            self.fail(f"{cell!r} in column {column} is no date; write 2024-06-19, 2024-06 or 2024")

    def choice(self, column: str, choices: type[_Choice]) -> _Choice:
        try:
            return choices(self.cells[column])
        except ValueError:
            self.fail(f"{self.cells[column]!r} in column {column} is none of {', '.join(choices)}")

    def _require_letters(self, column: str, parts: tuple[str, ...]) -> None:
        """A dash or a number names nothing; what has no name has an empty cell."""
        for part in parts:
            if not any(map(str.isalpha, part)):
                self.fail(f"{part!r} in column {column} has no letter; leave out what is no word")

    def fail(self, reason: str) -> NoReturn:
        raise ResourceError(self.file, reason, line=self.line)


def rows(file: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """Yield the rows of a CSV file that has exactly these columns in its header row.

    Raises ResourceError if the file is missing or a row has too many or too few cells.
    """
    try:
        handle = file.open(encoding="utf-8", newline="")
    except OSError as error:
        raise ResourceError(file, f"cannot be read ({error.strerror}); a knowledge base is a folder of six tables") from error
    with handle:
        reader = csv.reader(handle)
        header = tuple(next(reader, ()))
        if header != columns:
            raise ResourceError(file, f"the header row must be {','.join(columns)}", line=1)
        for cells in reader:
            if len(cells) != len(columns):
                raise ResourceError(file, f"has {len(cells)} cells instead of {len(columns)}", line=reader.line_num)
            yield Row(file, reader.line_num, dict(zip(columns, cells, strict=False)))
