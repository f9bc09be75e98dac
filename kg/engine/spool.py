"""Where an answer is written before anything of it is sent: in memory at first, in a file once it grows, up to a limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import SEEK_END, BytesIO
from tempfile import TemporaryFile
from typing import IO, Final

from kg.errors import QueryTooLarge, StoreError

#: Up to how many bytes stay in memory.
SMALL: Final = 1 << 16


class Spool:
    """Takes an answer's bytes; raises QueryTooLarge beyond its limits, and StoreError where the disk has no room.

    >>> spool = Spool(size=4, rows=10)
    >>> spool.write(b"abc")
    3
    >>> spool.write(b"de")
    Traceback (most recent call last):
    kg.errors.QueryTooLarge: the answer has more than 4 bytes, the limit of this service; ask for less of it, such as with LIMIT
    """

    def __init__(self, size: int, rows: int) -> None:
        self._limit, self._row_limit = size, rows
        self._file: IO[bytes] = BytesIO()
        self.size = 0
        self.rows: int | None = None

    def write(self, data: bytes) -> int:
        grown = self.size + len(data)
        if grown > self._limit:
            raise _too_large(self._limit, "bytes")
        if self.size <= SMALL < grown:
            self._move()
        try:
            self._file.write(data)
        except OSError as error:
            raise _no_room(error) from error
        self.size = grown
        return len(data)

    def flush(self) -> None:
        """Nothing waits: what is written is written."""

    def count(self, rows: int) -> None:
        """Note that so many rows, or triples, have been written so far."""
        if rows > self._row_limit:
            raise _too_large(self._row_limit, "rows")
        self.rows = rows

    @property
    def rows_left(self) -> int:
        """How many rows may still come."""
        return self._row_limit - (self.rows or 0)

    def written(self) -> Iterator[bytes]:
        """Yield again what was written so far."""
        self._file.seek(0)
        try:
            while piece := self._file.read(SMALL):
                yield piece
        finally:
            self._file.seek(0, SEEK_END)

    def body(self) -> bytes | IO[bytes]:
        """Return all that was written, as bytes while that is little; whoever gets a file closes it."""
        if isinstance(self._file, BytesIO):
            return self._file.getvalue()
        try:
            self._file.flush()
        except OSError as error:
            raise _no_room(error) from error
        return self._file

    def close(self) -> None:
        """Throw away what was written."""
        with suppress(OSError):  # What it still had to write, the disk may have no room for; it is closed all the same.
            self._file.close()

    def _move(self) -> None:
        """Go on in a file that has no name, so that nothing of it stays behind whatever happens."""
        assert isinstance(self._file, BytesIO)
        begun = self._file.getvalue()
        try:
            self._file = TemporaryFile(prefix="kg-answer-", buffering=SMALL)  # noqa: SIM115 (`close` is its end)
            self._file.write(begun)
        except OSError as error:
            raise _no_room(error) from error


def _too_large(limit: int, what: str) -> QueryTooLarge:
    return QueryTooLarge(
        f"the answer has more than {limit} {what}, the limit of this service; ask for less of it, such as with LIMIT"
    )


def _no_room(error: OSError) -> StoreError:
    return StoreError(f"there is no room to write the answer down before it is sent: {error.strerror or error}")
