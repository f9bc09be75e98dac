"""The published generations of a store on disk: numbered folders, and a file that says which one is current.

store/
├── writer/          what the one writer works on; thrown away and taken afresh from the current generation
├── writer.lock      held by the writer, with its process number in it
├── generations/
│   ├── 41/          never changed once it has its number
│   └── 42/
└── current          "42"
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import StoreError

#: How many generations are kept: the current one, and the one before it for readers that are about to open it.
KEPT: Final = 2


@dataclass(frozen=True, slots=True)
class Generations:
    """The generations below a store's folder."""

    store: Path

    @property
    def folder(self) -> Path:
        return self.store / "generations"

    def path(self, number: int) -> Path:
        return self.folder / str(number)

    def current(self) -> int | None:
        """Read which generation is current; None before the first is published."""
        try:
            return int((self.store / "current").read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.store / 'current'} does not say which generation is current: {error}") from error

    def stamp(self) -> tuple[int, int] | None:
        """Tell one publication from every other, even that of a store made anew in the same place."""
        try:
            pointer = os.stat(f"{self.store}/current")  # noqa: PTH116 (asked with every query; a Path costs more than the answer)
        except FileNotFoundError:
            return None
        return pointer.st_ino, pointer.st_mtime_ns

    def next(self) -> int:
        return max([self.current() or 0, *self._numbers()]) + 1

    def draft(self, number: int) -> Path:
        """Clear the place where a generation is made ready before it gets its number."""
        draft = self._draft(number)
        if draft.exists():
            shutil.rmtree(draft)
        return draft

    def publish(self, number: int) -> None:
        """Give a finished draft its number and make it current: a reader sees the old generation or the new, whole."""
        self._draft(number).rename(self.path(number))
        _sync(self.folder)
        pointer = self.store / "current.draft"
        with pointer.open("w", encoding="ascii") as file:
            file.write(str(number))
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.store / "current")
        _sync(self.store)

    def tidy(self) -> None:
        """Remove drafts, what was numbered but never became current, and all but the last generations."""
        current = self.current() or 0
        kept = sorted(number for number in self._numbers() if number <= current)[-KEPT:]
        for entry in self.folder.iterdir():
            if entry.is_dir() and entry.name not in {str(number) for number in kept}:
                shutil.rmtree(entry)

    def _draft(self, number: int) -> Path:
        return self.folder / f"{number}.draft"

    def _numbers(self) -> list[int]:
        return [int(entry.name) for entry in self.folder.iterdir() if entry.name.isdecimal()]


def _sync(folder: Path) -> None:
    """Write a folder's entries through to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
