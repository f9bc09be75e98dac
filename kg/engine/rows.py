"""Counting rows as they are written, from the bytes alone: the engine below hands over none, and knows no limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.engine.spool import Spool


class CountedRows:
    """Passes what a writer of rows writes on to a spool; raises QueryTooLarge when there are more rows than the limit.

    As long as the limit is far off it only reckons how many there may be at most, as that costs next to nothing.
    """

    def __init__(self, out: Spool, form: str) -> None:
        self._out, self._form = out, form
        self._most = 0
        self._exactly: RowCounter | None = None

    def write(self, data: bytes) -> int:
        written = self._out.write(data)
        if self._exactly:
            self._out.count(self._exactly.count(data))
            return written
        self._most += data.count(_SIGNS[self._form]) + 1  # one more may be cut in two by the end of the piece
        if self._most > self._out.rows_left:
            self._exactly = RowCounter(self._form)
            for earlier in self._out.written():
                self._out.count(self._exactly.count(earlier))
        return written

    def flush(self) -> None:
        self._out.flush()


class RowCounter:
    """Counts the rows in a form, piece by piece.

    Quotation marks tell what is structure and what is text, so a row that holds what looks like others counts as one.

    >>> RowCounter("csv").count(b'a,b\\r\\n1,"two\\nlines"\\r\\n')
    1
    """

    def __init__(self, form: str) -> None:
        self._found = _COUNTS[form]
        self._rows = _HEADINGS.get(form, 0)
        self._rest = b""  # what the next piece is needed for
        self._quoted = False

    def count(self, data: bytes) -> int:
        """Count on, and return how many rows there have been so far."""
        self._rows += self._found(self, self._rest + data)
        return max(self._rows, 0)

    def _json(self, data: bytes) -> int:
        kept = data[-1:] if (len(data) - len(data.rstrip(b"\\"))) % 2 else b""
        data = data.removesuffix(kept).replace(b"\\\\", b"").replace(b'\\"', b"")
        found = sum(part.count(b",{") + part.count(b"[{") for part in self._unquoted(data))
        # A row begins with a brace behind a comma or a bracket, which may stand at the end of this piece.
        self._rest = kept or (data[-1:] if not self._quoted and data.endswith((b",", b"[")) else b"")
        return found

    def _csv(self, data: bytes) -> int:
        return sum(part.count(b"\n") for part in self._unquoted(data))

    def _tsv(self, data: bytes) -> int:
        return data.count(b"\n")

    def _xml(self, data: bytes) -> int:
        self._rest = data[-len(_ROW) + 1 :]
        return data.count(_ROW)

    def _unquoted(self, data: bytes) -> list[bytes]:
        """Return what stands outside quotation marks, and remember whether the next piece begins inside."""
        parts = data.split(b'"')
        outside = parts[1 if self._quoted else 0 :: 2]
        self._quoted ^= len(parts) % 2 == 0
        return outside


_ROW: Final = b"<result>"
_COUNTS: Final[dict[str, Callable[[RowCounter, bytes], int]]] = {
    "json": RowCounter._json,
    "csv": RowCounter._csv,
    "tsv": RowCounter._tsv,
    "xml": RowCounter._xml,
}
#: Lines that are no rows.
_HEADINGS: Final = {"csv": -1, "tsv": -1}
#: What there is at least once for each row, but for the first of all.
_SIGNS: Final = {"json": b"},{", "csv": b"\n", "tsv": b"\n", "xml": _ROW}
