"""What the words of a date mean on the day against which they are read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from kg.model import PartialDate

MONTHS = {name.lower(): i for i in range(1, 13) for name in (calendar.month_name[i], calendar.month_abbr[i])} | {"sept": 9}
WEEKDAYS = {calendar.day_name[i].lower(): i for i in range(7)}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
COUNTS: dict[str, float] = {word: n for n, word in enumerate(_NUMBERS, 1)} | {"a": 1, "an": 1, "half a": 0.5, "a couple of": 2}
#: The month in which each season begins; a winter lies in two years, and so in none.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9}
_SHIFT = {"this": 0, "last": -1, "previous": -1, "past": -1, "next": 1, "following": 1, "coming": 1}

Resolver = Callable[[re.Match[str], date], PartialDate | None]


def _day(year: int, month: int, day: int) -> PartialDate | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return PartialDate(f"{year:04}-{month:02}-{day:02}")


def _month(year: int, month: int) -> PartialDate:
    return PartialDate(f"{year:04}-{month:02}")


def _number(match: re.Match[str]) -> int:
    return MONTHS[match["month"].lower().rstrip(".")]


def full(match: re.Match[str], _: date) -> PartialDate | None:
    return _day(int(match["year"]), _number(match), int(match["day"]))


def numeric(match: re.Match[str], _: date) -> PartialDate | None:
    return _day(int(match["year"]), int(match["number"]), int(match["day"]))


def day_of_said_year(match: re.Match[str], anchor: date) -> PartialDate | None:
    return _day(anchor.year + _SHIFT[match["which"]], _number(match), int(match["day"]))


def day_of_nearest_year(match: re.Match[str], anchor: date) -> PartialDate | None:
    years = [_day(anchor.year + shift, _number(match), int(match["day"])) for shift in (0, -1, 1)]
    return min((y for y in years if y), key=lambda y: abs((date.fromisoformat(y.value) - anchor).days), default=None)


def day_of_that_year(match: re.Match[str], anchor: date) -> PartialDate | None:
    return _day(anchor.year, _number(match), int(match["day"]))


def month_of_that_year(match: re.Match[str], anchor: date) -> PartialDate:
    return _month(anchor.year, _number(match))


def month_of_year(match: re.Match[str], _: date) -> PartialDate:
    return _month(int(match["year"]), _number(match))


def month_of_said_year(match: re.Match[str], anchor: date) -> PartialDate:
    return _month(anchor.year + _SHIFT[match["which"]], _number(match))


def bare_month(match: re.Match[str], anchor: date) -> PartialDate:
    number, which = _number(match), match["which"] or "this"
    if which == "next":
        return _month(anchor.year + (number <= anchor.month), number)
    return _month(anchor.year - (number > anchor.month or (which == "last" and number == anchor.month)), number)


def month_of_entry(match: re.Match[str], entry: date) -> PartialDate:
    """A month in a timeline's entry is the next one after the entry's own date."""
    number = _number(match)
    return _month(entry.year + (number < entry.month), number)


BARE = (bare_month, month_of_entry)


def year(match: re.Match[str], _: date) -> PartialDate:
    return PartialDate(match["year"])


def weekday(match: re.Match[str], anchor: date) -> PartialDate:
    behind, which = (anchor.weekday() - WEEKDAYS[match["weekday"].lower()]) % 7, match["which"] or "this"
    days = 7 - behind if which == "next" else -(behind or (7 if which == "last" else 0))
    return PartialDate((anchor + timedelta(days)).isoformat())


def weekday_of_week(match: re.Match[str], anchor: date) -> PartialDate:
    """ "Tuesday last week", "on Friday of next week": weeks begin on Monday."""
    monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * _SHIFT[match["which"].lower()])
    return PartialDate((monday + timedelta(WEEKDAYS[match["weekday"].lower()])).isoformat())


def near(match: re.Match[str], anchor: date) -> PartialDate:
    days = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}[match["near"].lower()]
    return PartialDate((anchor + timedelta(2 * days if match["beyond"] else days)).isoformat())


def season(match: re.Match[str], anchor: date) -> PartialDate:
    """Return the year of the last such season, or of the next one: no month says more."""
    begins, which = SEASONS[match["season"].lower()], (match["which"] or "").lower()
    if which == "this":
        return PartialDate(f"{anchor.year:04}")
    if which in ("next", "coming"):
        return PartialDate(f"{anchor.year + (begins <= anchor.month):04}")
    return PartialDate(f"{anchor.year - (begins > anchor.month):04}")


def end_of_unit(match: re.Match[str], anchor: date) -> PartialDate:
    """ "before the end of the year", "by the end of the month": some time within it."""
    return _month(anchor.year, anchor.month) if (match["unit"] or "").lower() == "month" else PartialDate(f"{anchor.year:04}")


def said_unit(match: re.Match[str], anchor: date) -> PartialDate | None:
    number, unit = _SHIFT[match["which"].lower()], match["unit"].lower()
    return _moved(anchor, number, unit) if unit != "week" else _month_of_week(anchor, number)


def _month_of_week(anchor: date, number: int) -> PartialDate | None:
    """Return the month in which a whole week lies: "last week" names no day."""
    monday = anchor - timedelta(anchor.weekday()) + timedelta(7 * number)
    sunday = monday + timedelta(6)
    return _month(monday.year, monday.month) if number and monday.month == sunday.month else None


def same_unit(match: re.Match[str], anchor: date) -> PartialDate:
    return PartialDate(f"{anchor.year:04}") if match["unit"].lower() == "year" else _month(anchor.year, anchor.month)


def counted(match: re.Match[str], anchor: date) -> PartialDate | None:
    word = match["count"].lower()
    count = COUNTS.get(word) or int(word)
    back = match["way"].lower() in ("ago", "earlier", "before")
    unit = (match["unit"] or "century").lower()
    if unit in ("decade", "century"):
        count, unit = int(count * (10 if unit == "decade" else 100)), "year"
    return _moved(anchor, -int(count) if back else int(count), unit) if count >= 1 else None


def unit_of(match: re.Match[str]) -> str:
    """Return the unit in which an offset counts: what it counts from must be known as finely."""
    found = match.groupdict().get("unit") or ("year" if "count" in match.re.groupindex else "day")
    return {"decade": "year", "week": "day"}.get(found.lower(), found.lower())


def _moved(anchor: date, number: int, unit: str) -> PartialDate | None:
    months = anchor.year * 12 + anchor.month - 1 + number
    if unit == "year":
        return PartialDate(f"{anchor.year + number:04}") if 1600 <= anchor.year + number <= 2200 else None
    if unit == "month":
        return _month(months // 12, months % 12 + 1)
    return PartialDate((anchor + timedelta(number * (7 if unit == "week" else 1))).isoformat())


def same_day(_: re.Match[str], anchor: date) -> PartialDate:
    return PartialDate(anchor.isoformat())


def day_beside(match: re.Match[str], anchor: date) -> PartialDate:
    return PartialDate((anchor + timedelta(-1 if match["way"].lower() in ("before", "earlier") else 1)).isoformat())
