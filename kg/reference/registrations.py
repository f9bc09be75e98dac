"""Numbers under which registers of treaties hold well-known agreements, each with the address where it can be checked."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kg.reference.reference import load
from kg.reference.table import rows

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMNS = ("agreement", "register", "number", "source")


@cache
def registrations(folder: Path = Path(__file__).parent) -> Mapping[str, tuple[str, ...]]:
    """Return the numbers of each agreement that has any, with the register's name before them.

    Raises ResourceError that names file and line if a row is malformed or its agreement is not in agreements.csv.

    >>> registrations()["agreement/genocide-convention-1948"]
    ('UNTS I-1021',)
    """
    known = {agreement.id for agreement in load(folder).agreements}
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows(folder / "registrations.csv", COLUMNS):
        agreement, register, number = row.text("agreement"), row.text("register"), row.cells["number"]
        if agreement not in known:
            row.fail(f"agreements.csv has no {agreement}")
        if not re.fullmatch(r"[A-Z]+", register) or not re.fullmatch(r"[A-Z0-9][A-Z0-9./-]*", number):
            row.fail(f"{register!r} and {number!r} are no register and number; write them like UNTS and I-1021")
        if not row.cells["source"].startswith("https://"):
            row.fail("column source needs the address where the number can be checked")
        if f"{register} {number}" in found[agreement]:
            row.fail(f"{register} {number} stands twice")
        found[agreement].append(f"{register} {number}")
    return {agreement: tuple(numbers) for agreement, numbers in found.items()}
