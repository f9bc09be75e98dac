"""Counting rows as they are written, from the bytes alone: the engine below hands over none, and knows no limit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.engine.spool import Spool


class CountedRows:
    """Passes what a writer of rows writes on to a spool, and tells it of each row; raises QueryTooLarge beyond the limit.

    Quotation marks tell what is structure and what is text, so a row that holds what looks like others counts as one.
    """

    def __init__(self, out: Spool, form: str) -> None:
        self._out, self._count = out, _COUNTS[form]
        self._rows = _HEADINGS.get(form, 0)
        self._rest = b""  # what the next piece is needed for
        self._quoted = False

    def write(self, data: bytes) -> int:
        self._rows += self._count(self, self._rest + data)
        self._out.count(max(self._rows, 0))
        return self._out.write(data)

    def flush(self) -> None:
        self._out.flush()

    def _json(self, data: bytes) -> int:
        if b"\\" in data:
            if (len(data) - len(data.rstrip(b"\\"))) % 2:
                kept, data = data[-1:], data[:-1]
            else:
                kept = b""
            data = data.replace(b"\\\\", b"").replace(b'\\"', b"")
        else:
            kept = b""
        outside = self._unquoted(data)
        found = sum(part.count(b",{") + part.count(b"[{") for part in outside)
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
_COUNTS: Final[dict[str, Callable[[CountedRows, bytes], int]]] = {
    "json": CountedRows._json,
    "csv": CountedRows._csv,
    "tsv": CountedRows._tsv,
    "xml": CountedRows._xml,
}
#: Lines that are no rows.
_HEADINGS: Final = {"csv": -1, "tsv": -1}
