"""What was read and how it was named, kept beside the store: a build reads nothing twice, and renames nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import TypeAdapter, ValidationError

from kg.errors import StoreError
from kg.identity import Memory
from kg.model import Reading, Run

_READING = TypeAdapter(Reading)
_RUN = TypeAdapter(Run)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS reading (document TEXT PRIMARY KEY, key TEXT NOT NULL, run TEXT NOT NULL, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS run (id TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS graph (iri TEXT PRIMARY KEY, digest TEXT NOT NULL, generation INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS use (document TEXT, name TEXT, local TEXT, entity TEXT NOT NULL, PRIMARY KEY (document, name, local));
CREATE TABLE IF NOT EXISTS entity (id TEXT PRIMARY KEY, age INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS heir (id TEXT PRIMARY KEY, entity TEXT NOT NULL);
"""


class Archive:
    """Readings by document, runs, and the digests of the graphs that a generation of the store holds.

    A reading is kept under a key that says what it was made from: the document and the version of all that reads.
    """

    def __init__(self, directory: Path) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._file = directory / "readings.sqlite"
        try:
            self._base = sqlite3.connect(self._file, isolation_level=None)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(f"{self._file}: cannot be opened: {error}; remove it to read all documents again") from error

    def holds(self, document: str, key: str) -> bool:
        """Is there a reading of this document, made in this way?"""
        row = self._base.execute("SELECT key FROM reading WHERE document = ?", (document,)).fetchone()
        return row is not None and row[0] == key

    def put(self, document: str, key: str, run: Run, reading: bytes) -> None:
        """Keep a reading, as `dump` gives it, with the run that made it; an older one of the document is gone."""
        self._base.execute("BEGIN")
        self._base.execute("REPLACE INTO reading VALUES (?, ?, ?, ?)", (document, key, run.id, reading))
        self._base.execute("REPLACE INTO run VALUES (?, ?)", (run.id, _RUN.dump_json(run)))
        self._base.execute("COMMIT")

    def readings(self) -> Iterator[tuple[Reading, str]]:
        """Yield every reading with the id of the run that made it, by document.

        Raises StoreError if one was damaged.
        """
        rows = self._base.execute("SELECT document, run, content FROM reading ORDER BY document")
        for document, run, content in rows:
            try:
                yield _READING.validate_json(content), run
            except ValidationError as error:
                raise StoreError(f"{self._file}: the reading of {document} is damaged; remove the file to read again") from error

    def runs(self) -> dict[str, Run]:
        """Return the runs that made the readings at hand, by id."""
        rows = self._base.execute("SELECT content FROM run WHERE id IN (SELECT run FROM reading) ORDER BY id")
        return {run.id: run for run in (_RUN.validate_json(row[0]) for row in rows)}

    def digests(self, generation: int | None) -> dict[str, str]:
        """Return the digest of each graph, if they are those of this generation; else none."""
        return dict(self._base.execute("SELECT iri, digest FROM graph WHERE generation = ?", (generation,)))

    def graphs(self) -> set[str]:
        """Return the graphs that the last build wrote."""
        return {row[0] for row in self._base.execute("SELECT iri FROM graph")}

    def setting(self, name: str) -> str | None:
        """Return what a build is to hold to, such as its base, if an earlier one said so."""
        row = self._base.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, name: str, value: str) -> None:
        """Have later builds hold to this."""
        self._base.execute("REPLACE INTO setting VALUES (?, ?)", (name, value))

    def set_digests(self, digests: dict[str, str], generation: int) -> None:
        """Remember what a published generation holds."""
        self._base.execute("BEGIN")
        self._base.execute("DELETE FROM graph")
        self._base.executemany("INSERT INTO graph VALUES (?, ?, ?)", [(iri, d, generation) for iri, d in digests.items()])
        self._base.execute("COMMIT")

    def memory(self) -> Memory:
        """Return which ids the last published build gave."""
        uses = self._base.execute("SELECT document, name, local, entity FROM use")
        return Memory(
            {(document, name, local): entity for document, name, local, entity in uses},
            dict(self._base.execute("SELECT id, age FROM entity")),
            dict(self._base.execute("SELECT id, entity FROM heir")),
        )

    def set_memory(self, memory: Memory) -> None:
        """Remember which ids a published build gave, in the place of what was remembered before."""
        self._base.execute("BEGIN")
        for table in ("use", "entity", "heir"):
            self._base.execute(f"DELETE FROM {table}")
        self._base.executemany("INSERT INTO use VALUES (?, ?, ?, ?)", ((*use, entity) for use, entity in memory.uses.items()))
        self._base.executemany("INSERT INTO entity VALUES (?, ?)", memory.ages.items())
        self._base.executemany("INSERT INTO heir VALUES (?, ?)", memory.heirs.items())
        self._base.execute("COMMIT")

    def close(self) -> None:
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


def dump(reading: Reading) -> bytes:
    """Return a reading as JSON."""
    return _READING.dump_json(reading)
