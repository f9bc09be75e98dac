"""What services answered, kept beside the store: nothing is asked twice, and a rebuild need not ask at all."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self, TypeVar

from pydantic import TypeAdapter, ValidationError

from kg.errors import StoreError
from kg.linking.protocol import Asked, Candidate
from kg.model import EntityId, Kind

FILE: Final = "links.sqlite"
_T = TypeVar("_T")
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answer (key TEXT PRIMARY KEY, asked TEXT NOT NULL, candidates BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS finding (entity TEXT, service TEXT, content BLOB NOT NULL, PRIMARY KEY (entity, service));
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A candidate by its IRI; `share` is its score as a share of the service's full one, None where it gives no score."""

    target: str
    name: str
    description: str
    types: tuple[str, ...]
    share: float | None
    match: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What a service offers for an entity: asked for by which name, of which types, when; the best offer first."""

    entity: EntityId
    kind: Kind
    service: str
    called: str
    name: str
    types: tuple[str, ...]
    on: date
    offers: tuple[Offer, ...]


_CANDIDATES: Final = TypeAdapter(tuple[Candidate, ...])
_FINDING: Final = TypeAdapter(Finding)


class Findings(AbstractContextManager["Findings"]):
    """Answers by service and question, and the findings that they led to; in a file of the store's folder."""

    def __init__(self, store: Path) -> None:
        self._file = store / FILE
        try:
            self._base = sqlite3.connect(self._file, isolation_level=None)
            self._base.execute("PRAGMA journal_mode=WAL")
            self._base.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise StoreError(f"{self._file}: cannot be opened: {error}; remove it to ask all services again") from error

    def answer(self, service: str, asked: Asked) -> tuple[date, tuple[Candidate, ...]] | None:
        """Return what the service answered to this very question before, and when."""
        row = self._base.execute("SELECT asked, candidates FROM answer WHERE key = ?", (_key(service, asked),)).fetchone()
        return None if row is None else (date.fromisoformat(row[0]), self._read(_CANDIDATES, row[1]))

    def keep_answers(self, service: str, on: date, answers: Iterable[tuple[Asked, tuple[Candidate, ...]]]) -> None:
        """Keep what the service answered, all or nothing."""
        made = [(_key(service, asked), on.isoformat(), _CANDIDATES.dump_json(found)) for asked, found in answers]
        with self._transaction():
            self._base.executemany("REPLACE INTO answer VALUES (?, ?, ?)", made)

    def keep(self, findings: Iterable[Finding]) -> None:
        """Keep what was found for entities, in place of what the same service offered for them before."""
        made = [(one.entity, one.service, _FINDING.dump_json(one)) for one in findings]
        with self._transaction():
            self._base.executemany("REPLACE INTO finding VALUES (?, ?, ?)", made)

    def __iter__(self) -> Iterator[Finding]:
        """Yield every finding, by entity and service."""
        for (content,) in self._base.execute("SELECT content FROM finding ORDER BY entity, service"):
            yield self._read(_FINDING, content)

    def close(self) -> None:
        self._base.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _transaction(self) -> sqlite3.Connection:
        self._base.execute("BEGIN")
        return self._base  # As a context it commits, or rolls back what an exception broke off.

    def _read(self, reader: TypeAdapter[_T], content: bytes) -> _T:
        try:
            return reader.validate_json(content)
        except ValidationError as error:
            raise StoreError(f"{self._file} is damaged; remove it to ask all services again") from error


def findings(store: Path) -> list[Finding]:
    """Return what was found for the entities of a store so far; makes no file."""
    if not (store / FILE).exists():
        return []
    with Findings(store) as kept:
        return list(kept)


def _key(service: str, asked: Asked) -> str:
    question = json.dumps(asked.in_10() | {"types": asked.types}, sort_keys=True)
    return hashlib.sha256(f"{service}\n{question}".encode()).hexdigest()
