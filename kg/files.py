"""Files that appear under their name only when they are whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import StoreError


@contextmanager
def whole_or_not(out: Path | None) -> Iterator[IO[bytes]]:
    """Open a file that appears under its name only when it is whole; without a name what is written goes nowhere.

    Raises StoreError if it cannot be written.
    """
    if out is None:
        with Path(os.devnull).open("wb") as nowhere:
            yield nowhere
        return
    part = out.with_name(out.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(out)
    except OSError as error:
        raise StoreError(f"{out}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
