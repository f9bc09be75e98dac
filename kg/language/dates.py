"""Dates in the text, resolved against the issue date: days, months, years, weekdays and offsets.

A line that begins with a full date ("May 26, 1972: …") is an entry of a timeline, and its other dates resolve
against that one; "a day earlier" counts from the date named before it. What cannot be resolved is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.language import resolvers as to
from kg.model import PartialDate

_MONTH = (
    r"\b(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"\b(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>1[6-9]\d\d|20\d\d)\b"
_WHICH = r"\b(?P<which>this|last|next)\s"
_WEEKDAY = rf"\b(?P<weekday>{'|'.join(w.title() for w in to.WEEKDAYS)})\b"
_COUNT = (
    rf"\b(?P<count>\d{{1,3}}|{'|'.join(sorted(to.COUNTS, key=len, reverse=True))})[\s-]"
    r"(?:(?P<unit>day|week|month|year|decade)s?|century|centuries)\s"
)
#: "three days before the vote" names no day: only what stands alone does.
_ALONE = r"(?:earlier|later|(?:before|after)(?=\s*(?:[.,;:!?)\]–—-]|$)))"
_MEASURE = r"(?:%|percent|per cent|km|kilometres|miles|metres|meters|tonnes|tons|dollars|euros|people|soldiers|troops|years)"

_SEASON = rf"(?P<season>{'|'.join(to.SEASONS)})"
_ENDS = r"(?:before|by|at|until|towards)\s(?:the\s)?(?:end|close)\sof\s(?:the|this)\s"
_OF_THAT_YEAR = r"\s(?:of\s)?(?:that|(?:the|that)\ssame)\syear\b"
_BEFORE_MONTH = r"\b(?:in|since|by|during|of|until|early|late|mid)[\s-]"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression: where it stands and what it means.

    `ahead` is what it means where it lies in the future; `yearless` is a day and month whose year was only guessed.
    """

    start: int
    end: int
    value: PartialDate
    ahead: PartialDate | None = None
    yearless: bool = False


_I = re.IGNORECASE
#: Tried in this order; what one has claimed, no later one may touch.
_ABSOLUTE: tuple[tuple[re.Pattern[str], to.Resolver], ...] = (
    (re.compile(rf"\b{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)\b"), to.numeric),
    (re.compile(rf"{_MONTH}\s{{1,2}}{_DAY},?\s{{1,2}}{_YEAR}"), to.full),
    (re.compile(rf"{_DAY}\s(?:of\s)?{_MONTH},?\s{_YEAR}"), to.full),
)
_RELATIVE: tuple[tuple[re.Pattern[str], to.Resolver], ...] = (
    (re.compile(rf"{_MONTH}\s{_DAY},?\s(?:of\s)?{_WHICH}year\b"), to.day_of_said_year),
    (re.compile(rf"{_DAY}\s(?:of\s)?{_MONTH}\s(?:of\s)?{_WHICH}year\b"), to.day_of_said_year),
    (re.compile(rf"{_MONTH}\s{_DAY}(?![\d:]|[.,]\d|{_OF_THAT_YEAR})"), to.day_of_nearest_year),
    (re.compile(rf"{_DAY}\s(?:of\s)?{_MONTH}(?!{_OF_THAT_YEAR})"), to.day_of_nearest_year),
    (re.compile(rf"{_MONTH},?\s(?:of\s)?{_YEAR}"), to.month_of_year),
    (re.compile(rf"{_MONTH}\s(?:of\s)?{_WHICH}year\b"), to.month_of_said_year),
    (re.compile(rf"(?:{_WHICH}|{_BEFORE_MONTH})(?:early\s|late\s|mid-)?{_MONTH}(?!\w|{_OF_THAT_YEAR})"), to.bare_month),
    (re.compile(rf"{_WEEKDAY}\s(?:of\s)?(?P<which>this|last|next)\sweek\b"), to.weekday_of_week),
    (re.compile(rf"(?:{_WHICH})?{_WEEKDAY}"), to.weekday),
    (re.compile(r"\b(?P<beyond>the\sday\s(?:before|after)\s)?(?P<near>today|tonight|yesterday|tomorrow)\b", _I), to.near),
    (re.compile(rf"{_COUNT}(?P<way>ago)\b", _I), to.counted),
    (re.compile(r"\b(?P<which>this|last|next)\s(?P<unit>year|month|week)\b", _I), to.said_unit),
    (re.compile(rf"\b(?:{_ENDS}(?P<unit>year|month)|year-end|the\syear\sis\sout)\b", _I), to.end_of_unit),
    (re.compile(rf"\b(?P<which>this|last|past|next|coming|in\sthe|during\sthe)\s{_SEASON}(?!\sof\b|\s\d)", _I), to.season),
    (re.compile(rf"(?<![\w.,$€£-]){_YEAR}(?!\w|-\w|[.,:]\d|\s{_MEASURE}\b)"), to.year),
)  # fmt: skip
#: These count from the date that was named before them.
_NARRATED: tuple[tuple[re.Pattern[str], to.Resolver], ...] = (
    (re.compile(rf"{_MONTH}\s{_DAY}\s(?:of\s)?(?:that|(?:the|that)\ssame)\s(?P<unit>year)\b"), to.day_of_that_year),
    (re.compile(rf"{_DAY}\s(?:of\s)?{_MONTH}\s(?:of\s)?(?:that|(?:the|that)\ssame)\s(?P<unit>year)\b"), to.day_of_that_year),
    (re.compile(rf"{_MONTH}\s(?:of\s)?(?:that|(?:the|that)\ssame)\s(?P<unit>year)\b"), to.month_of_that_year),
    (re.compile(rf"{_COUNT}(?P<way>{_ALONE})\b", _I), to.counted),
    (re.compile(rf"\bthe\sday\s(?P<way>{_ALONE})\b", _I), to.day_beside),
    (re.compile(r"\b(?:the|that)\ssame\sday\b", _I), to.same_day),
    (re.compile(r"\b(?:(?:the|that)\ssame|that)\s(?P<unit>month|year)\b", _I), to.same_unit),
    (re.compile(r"\bthe\s(?P<which>previous|following)\s(?P<unit>year|month|week|day)\b", _I), to.said_unit),
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

    def claim(pattern: re.Pattern[str], resolve: to.Resolver, against: Callable[[re.Match[str]], date | None]) -> None:
        for match in pattern.finditer(line):
            start = match.start("month") if resolve in to.BARE and not match["which"] else match.start()
            taken = any(start < m.end and m.start < match.end() for m in here)
            if not taken and (day := against(match)) is not None and (value := resolve(match, day)):
                yearless = resolve is to.day_of_nearest_year
                here.append(DateMention(start, match.end(), value, _ahead(match, resolve, day), yearless))

    for pattern, resolve in _ABSOLUTE:
        claim(pattern, resolve, lambda _: anchor or date.min)
    leading = next((m for m in here if m.start <= 2 and len(m.value.value) == 10), None)
    timeline = leading is not None and re.match(r"\s?[:–—-]", line[leading.end :]) is not None
    base = date.fromisoformat(leading.value.value) if timeline and leading else anchor
    if base is not None:
        for pattern, resolve in _RELATIVE:
            claim(pattern, to.month_of_entry if timeline and resolve is to.bare_month else resolve, lambda _: base)

        def narrated(match: re.Match[str]) -> date | None:
            """Return the day of the last date before an offset, if that is known as finely as the offset counts."""
            near = [m for m in sorted(here, key=lambda m: m.start) if m.start < match.start()]
            dates, unit = [*([] if timeline else before), *near], to.unit_of(match)
            if unit == "day":
                dates = [m for m in dates if len(m.value.value) == 10]
            if not dates:
                return base
            known = dates[-1].value.value
            return date.fromisoformat(known + "-01-01"[len(known) - 4 :]) if unit == "year" or len(known) > 4 else None

        for pattern, resolve in _NARRATED:
            claim(pattern, resolve, narrated)
    return [replace(m, start=m.start + offset, end=m.end + offset) for m in sorted(here, key=lambda m: m.start)]


def _ahead(match: re.Match[str], resolve: to.Resolver, anchor: date) -> PartialDate | None:
    """Return what a weekday, a month or a season without a year means in a sentence about the future."""
    if resolve is to.weekday and match["which"] is None:
        return PartialDate((anchor + timedelta(-(anchor.weekday() - to.WEEKDAYS[match["weekday"].lower()]) % 7)).isoformat())
    if resolve is to.bare_month and match["which"] is None:
        return to.month_of_entry(match, anchor)
    if resolve is to.season and match["which"].lower() in ("in the", "during the"):
        return PartialDate(f"{anchor.year + (to.SEASONS[match['season'].lower()] < anchor.month - 2):04}")
    return None
