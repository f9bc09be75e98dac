"""Dates as pages write them, and which of them is the day of issue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.model import Span

MONTH = (
    r"(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?"
    r"|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?"
    r"|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?"
    r"|DEC(?:EMBER)?)\.?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9])"
_DATE = re.compile(
    rf"(?<![0-9])(?:(?P<iso>{_YEAR}([-/.])[0-9]{{1,2}}\2[0-9]{{1,2}}(?![0-9]))"
    rf"|(?P<numbers>[0-9]{{1,2}}([/.-])[0-9]{{1,2}}\4{_YEAR})"
    rf"|(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?:\s|-|\sof\s){MONTH}[\s,-]{{1,2}}{_YEAR})"
    rf"|(?<![A-Za-z])(?P<month>{MONTH})\s?[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s{_YEAR}"
)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A full date in a text: where it stands and which day it is."""

    span: Span
    day: date


def month_number(name: str) -> int:
    """Return the number of a month by its English name or abbreviation.

    >>> month_number("Sept.")
    9
    """
    return _MONTHS.index(name[:3].lower()) + 1


def written_dates(text: str) -> list[WrittenDate]:
    """Find all full dates in a text, in order.

    "06/07/2024" has the month first, unless the text also shows a date that can only have the day first, or spells out the
    day that the other reading gives.

    >>> [str(found.day) for found in written_dates("Agreed on 3 May 2021; updated 05/04/2021, in force from 2021-06-01")]
    ['2021-05-03', '2021-05-04', '2021-06-01']
    """
    found = list(_DATE.finditer(text))
    spelt = {_spelt(match) for match in found if not match["numbers"]}
    day_first = _has_day_first([match["numbers"] for match in found if match["numbers"]], spelt)
    result = []
    for match in found:
        day = _numeric(match["numbers"], day_first=day_first) if match["numbers"] else _spelt(match)
        if day:
            result.append(WrittenDate(Span(*match.span()), day))
    return result


def years(text: str) -> Iterator[tuple[int, int]]:
    """Yield position and value of every number that looks like a recent year."""
    for match in re.finditer(rf"(?<![0-9,.$€£-])({_YEAR})(?![,.][0-9])", text):
        yield match.start(), int(match[1])


def _spelt(match: re.Match[str]) -> date | None:
    numbers = [int(n) for n in re.findall(r"[0-9]+", match[0])]
    if match["iso"]:
        return calendar_day(*numbers)
    month = re.search(MONTH, match[0])
    return calendar_day(numbers[1], month_number(month[0]), numbers[0]) if month else None


def _has_day_first(numeric: list[str], spelt: set[date | None]) -> bool:
    with_slashes = [numbers for numbers in numeric if "." not in numbers]
    month_first = {_numeric(numbers, day_first=False) for numbers in with_slashes}
    day_first = {_numeric(numbers, day_first=True) for numbers in with_slashes}
    return None in month_first or (not month_first & spelt and bool(day_first & spelt))


def _numeric(numbers: str, *, day_first: bool) -> date | None:
    """Read "6/7/2024"; with points the day is first in any case, and where that is no date the month is."""
    first, second, year = (int(n) for n in re.findall(r"[0-9]+", numbers))
    if day_first or "." in numbers:
        return calendar_day(year, second, first) or calendar_day(year, first, second)
    return calendar_day(year, first, second)


def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return the day, or None for what is in no calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
