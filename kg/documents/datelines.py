"""Datelines: the place, day and agency with which an agency's report begins."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.documents.dates import MONTH, month_number
from kg.documents.lines import plain

_CAPITALS = r"[A-Z][A-Z.'-]+(?:[ /-]{1,2}[A-Z][A-Z.'-]*){0,4}"
_NAME = r"(?!(?:On|In|By|At|Since|Until|From|The) )[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,3}"
_DAY = (
    rf"(?P<month>{MONTH})\s(?P<day>[0-9]{{1,2}})(?:,? (?P<year>(?:19|20)[0-9]{{2}}))?"
    rf"|(?P<day2>[0-9]{{1,2}})\s(?P<month2>{MONTH})(?:,? (?P<year2>(?:19|20)[0-9]{{2}}))?"
)
_AGENCY = r"\((?P<agency>[A-Z][\w.&' -]{1,40})\)|/(?P<agency2>[A-Z][\w.&' -]{1,30})/|\[(?P<agency3>[A-Z][\w.&' -]{1,40})\]"
_DATELINE = re.compile(
    rf"(?:(?P<capitals>{_CAPITALS})(?:, {_NAME})?|(?P<name>{_NAME}(?:, {_NAME})?))?"
    rf"(?: ?\([A-Z][\w .]{{2,30}}\)(?= ?\())?"
    rf"(?:,? ?\(?(?:{_DAY})\)?[.,]?)?"
    rf"(?: ?(?:{_AGENCY}))?"
    r"(?:(?P<dash>\s*--?\s*|:\s+)|(?(agency2)\.?\s+|(?!)))(?=[\"'(]*[A-Z0-9])"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """How far the dateline reaches into its paragraph, and what it says; a year is rarely among it."""

    length: int
    month: int | None
    day: int | None
    year: int | None
    agency: str | None


def dateline(paragraph: str) -> Dateline | None:
    """Read the dateline at the beginning of a paragraph, if there is one.

    A place alone has to be in capitals and be followed by a dash; with a day or an agency any name will do.

    >>> dateline("PARIS, March 3 (Presswire) - The two ministers signed it.")
    Dateline(length=29, month=3, day=3, year=None, agency='Presswire')
    """
    found = _DATELINE.match(plain(paragraph[:160]))
    if found is None:
        return None
    agency = found["agency"] or found["agency2"] or found["agency3"]
    month, day, year = (found[part] or found[part + "2"] for part in ("month", "day", "year"))
    place_alone = len(found["capitals"] or "") > 3 and (found["dash"] or "").startswith(" ")
    if not (agency or (month and (found["capitals"] or found["name"])) or place_alone):
        return None
    return Dateline(
        length=found.end(),
        month=month_number(month) if month else None,
        day=int(day) if day else None,
        year=int(year) if year else None,
        agency=agency,
    )
