"""Dates in the text, resolved against the issue date: days, months, years, weekdays and offsets.

A line that begins with a full date ("May 26, 1972: …") is an entry of a timeline, and its other dates resolve
against that one; "a day earlier" counts from the date named before it. What cannot be resolved is left alone.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.model import PartialDate

_MONTHS = {name.lower(): i for i in range(1, 13) for name in (calendar.month_name[i], calendar.month_abbr[i])} | {"sept": 9}
_WEEKDAYS = {calendar.day_name[i].lower(): i for i in range(7)}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {word: n for n, word in enumerate(_NUMBERS, 1)} | {"a": 1, "an": 1}
_SHIFT = {"this": 0, "last": -1, "previous": -1, "next": 1, "following": 1}

_MONTH = (
    r"\b(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"\b(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[6-9]\d\d|20\d\d)\b"
_WHICH = r"\b(?P<which>this|last|next)\s"
_COUNT = rf"\b(?P<count>\d{{1,3}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})\s(?P<unit>day|week|month|year)s?\s"
#: "three days before the vote" names no day: only what stands alone does.
_ALONE = r"(?:earlier|later|(?:before|after)(?=\s*(?:[.,;:!?)\]–—-]|$)))"
_MEASURE = r"(?:%|percent|per cent|km|kilometres|miles|metres|meters|tonnes|tons|dollars|euros|people|soldiers|troops|years)"

_BEFORE_MONTH = r"\b(?:in|since|by|during|of|until|early|late|mid)[\s-]"

Resolver = Callable[[re.Match[str], date], PartialDate | None]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression: where it stands and what it means; `ahead` is what it means where it lies in the future."""

    start: int
    end: int
    value: PartialDate
    ahead: PartialDate | None = None


def _day(year: int, month: int, day: int) -> PartialDate | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return PartialDate(f"{year:04}-{month:02}-{day:02}")


def _month(year: int, month: int) -> PartialDate:
    return PartialDate(f"{year:04}-{month:02}")


def _number(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].lower().rstrip(".")]


def _full(match: re.Match[str], _: date) -> PartialDate | None:
    return _day(int(match["year"]), _number(match), int(match["day"]))


def _numeric(match: re.Match[str], _: date) -> PartialDate | None:
    return _day(int(match["year"]), int(match["number"]), int(match["day"]))


def _day_of_said_year(match: re.Match[str], anchor: date) -> PartialDate | None:
    return _day(anchor.year + _SHIFT[match["which"]], _number(match), int(match["day"]))


def _day_of_nearest_year(match: re.Match[str], anchor: date) -> PartialDate | None:
    years = [_day(anchor.year + shift, _number(match), int(match["day"])) for shift in (0, -1, 1)]
    return min((y for y in years if y), key=lambda y: abs((date.fromisoformat(y.value) - anchor).days), default=None)


def _month_of_year(match: re.Match[str], _: date) -> PartialDate:
    return _month(int(match["year"]), _number(match))


def _month_of_said_year(match: re.Match[str], anchor: date) -> PartialDate:
    return _month(anchor.year + _SHIFT[match["which"]], _number(match))


def _bare_month(match: re.Match[str], anchor: date) -> PartialDate:
    number, which = _number(match), match["which"] or "this"
    if which == "next":
        return _month(anchor.year + (number <= anchor.month), number)
    return _month(anchor.year - (number > anchor.month or (which == "last" and number == anchor.month)), number)


def _month_of_entry(match: re.Match[str], entry: date) -> PartialDate:
    """A month in a timeline's entry is the next one after the entry's own date."""
    number = _number(match)
    return _month(entry.year + (number < entry.month), number)


_BARE = (_bare_month, _month_of_entry)


def _year(match: re.Match[str], _: date) -> PartialDate:
    return PartialDate(match["year"])


def _weekday(match: re.Match[str], anchor: date) -> PartialDate:
    behind, which = (anchor.weekday() - _WEEKDAYS[match["weekday"].lower()]) % 7, match["which"] or "this"
    days = 7 - behind if which == "next" else -(behind or (7 if which == "last" else 0))
    return PartialDate((anchor + timedelta(days)).isoformat())


def _near(match: re.Match[str], anchor: date) -> PartialDate:
    days = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}[match["near"].lower()]
    return PartialDate((anchor + timedelta(days)).isoformat())


def _said_unit(match: re.Match[str], anchor: date) -> PartialDate | None:
    return _moved(anchor, _SHIFT[match["which"].lower()], match["unit"].lower())


def _counted(match: re.Match[str], anchor: date) -> PartialDate | None:
    count = _COUNTS.get(match["count"].lower()) or int(match["count"])
    return _moved(anchor, -count if match["way"].lower() in ("ago", "earlier", "before") else count, match["unit"].lower())


def _moved(anchor: date, number: int, unit: str) -> PartialDate | None:
    months = anchor.year * 12 + anchor.month - 1 + number
    if unit == "year":
        return PartialDate(f"{anchor.year + number:04}") if anchor.year + number >= 1600 else None
    if unit == "month":
        return _month(months // 12, months % 12 + 1)
    if unit == "week":
        return None if abs(number) == 0 else PartialDate((anchor + timedelta(7 * number)).isoformat())
    return PartialDate((anchor + timedelta(number)).isoformat())


def _same_day(_: re.Match[str], anchor: date) -> PartialDate:
    return PartialDate(anchor.isoformat())


def _day_beside(match: re.Match[str], anchor: date) -> PartialDate:
    return PartialDate((anchor + timedelta(-1 if match["way"].lower() in ("before", "earlier") else 1)).isoformat())


_I = re.IGNORECASE
#: Tried in this order; what one has claimed, no later one may touch.
_ABSOLUTE: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    (re.compile(rf"\b{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b"), _numeric),
    (re.compile(rf"{_MONTH}\s{{1,2}}{_DAY},?\s{{1,2}}{_YEAR}"), _full),
    (re.compile(rf"{_DAY}\s(?:of\s)?{_MONTH},?\s{_YEAR}"), _full),
)
_RELATIVE: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    (re.compile(rf"{_MONTH}\s{_DAY},?\s{_WHICH}year\b"), _day_of_said_year),
    (re.compile(rf"{_DAY}\s(?:of\s)?{_MONTH}\s{_WHICH}year\b"), _day_of_said_year),
    (re.compile(rf"{_MONTH}\s{_DAY}(?![\d:]|[.,]\d)"), _day_of_nearest_year),
    (re.compile(rf"{_DAY}\s(?:of\s)?{_MONTH}"), _day_of_nearest_year),
    (re.compile(rf"{_MONTH},?\s(?:of\s)?{_YEAR}"), _month_of_year),
    (re.compile(rf"{_MONTH}\s(?:of\s)?{_WHICH}year\b"), _month_of_said_year),
    (re.compile(rf"(?:{_WHICH}|{_BEFORE_MONTH})(?:early\s|late\s|mid-)?{_MONTH}(?!\w)"), _bare_month),
    (re.compile(rf"(?:{_WHICH})?\b(?P<weekday>{'|'.join(w.title() for w in _WEEKDAYS)})\b"), _weekday),
    (re.compile(r"\b(?P<near>today|tonight|yesterday|tomorrow)\b", _I), _near),
    (re.compile(rf"{_COUNT}(?P<way>ago)\b", _I), _counted),
    (re.compile(r"\b(?P<which>this|last|next)\s(?P<unit>year|month|week)\b", _I), _said_unit),
    (re.compile(rf"(?<![\w.,$€£-]){_YEAR}(?!\w|-\w|[.,:]\d|\s{_MEASURE}\b)"), _year),
)  # fmt: skip
#: These count from the date that was named before them.
_NARRATED: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    (re.compile(rf"{_COUNT}(?P<way>{_ALONE})\b", _I), _counted),
    (re.compile(rf"\bthe\sday\s(?P<way>{_ALONE})\b", _I), _day_beside),
    (re.compile(r"\b(?:the|that)\ssame\sday\b", _I), _same_day),
    (re.compile(r"\bthe\s(?P<which>previous|following)\s(?P<unit>year|month|week|day)\b", _I), _said_unit),
)
_BREAKS = re.compile(r"[^\n]+")


def find_dates(text: str, anchor: date | None) -> list[DateMention]:
    """Return the resolved date expressions of a text in order, none overlapping.

    Without an anchor only absolute dates resolve.

    >>> [m.value.value for m in find_dates("Signed on Wednesday, a year after talks in May 2023.", date(2024, 6, 20))]
    ['2024-06-19', '2023-05']
    """
    found: list[DateMention] = []
    for line in _BREAKS.finditer(text):
        found.extend(_in_line(line.group(), line.start(), anchor, found))
    return found


def _in_line(line: str, offset: int, anchor: date | None, before: list[DateMention]) -> list[DateMention]:
    here: list[DateMention] = []

    def claim(pattern: re.Pattern[str], resolve: Resolver, against: Callable[[int], date]) -> None:
        for match in pattern.finditer(line):
            start = match.start("month") if resolve in _BARE and not match["which"] else match.start()
            taken = any(start < m.end and m.start < match.end() for m in here)
            if not taken and (value := resolve(match, against(start))):
                here.append(DateMention(start, match.end(), value, _ahead(match, resolve, against(start))))

    for pattern, resolve in _ABSOLUTE:
        claim(pattern, resolve, lambda _: anchor or date.min)
    leading = next((m for m in here if m.start <= 2 and len(m.value.value) == 10), None)
    timeline = leading is not None and re.match(r"\s?[:–—-]", line[leading.end :]) is not None
    base = date.fromisoformat(leading.value.value) if timeline and leading else anchor
    if base is not None:
        for pattern, resolve in _RELATIVE:
            claim(pattern, _month_of_entry if timeline and resolve is _bare_month else resolve, lambda _: base)
        days = [m for m in before if len(m.value.value) == 10]

        def narrated(start: int) -> date:
            near = [m for m in sorted(here, key=lambda m: m.start) if m.start < start and len(m.value.value) == 10]
            last = (near or ([] if timeline else days))[-1:]
            return date.fromisoformat(last[0].value.value) if last else base

        for pattern, resolve in _NARRATED:
            claim(pattern, resolve, narrated)
    return [replace(m, start=m.start + offset, end=m.end + offset) for m in sorted(here, key=lambda m: m.start)]


def _ahead(match: re.Match[str], resolve: Resolver, anchor: date) -> PartialDate | None:
    """Return what a weekday or a month without a year means in a sentence about the future."""
    if resolve is _weekday and match["which"] is None:
        return PartialDate((anchor + timedelta(-(anchor.weekday() - _WEEKDAYS[match["weekday"].lower()]) % 7)).isoformat())
    if resolve is _bare_month and match["which"] is None:
        return _month(anchor.year + (_number(match) < anchor.month), _number(match))
    return None
