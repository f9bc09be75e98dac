"""The day of issue, where the input does not give it: read off the page, never off the clock or the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from kg.documents.datelines import dateline
from kg.documents.dates import WrittenDate, calendar_day, written_dates, years
from kg.model import Zone, ZoneKind

_UPDATED = re.compile(r"\b(?:updated|modified|edited|revised|amended)\b", re.IGNORECASE)
_AHEAD = re.compile(
    r"\b(?:until|till|by|before|through|from|expires?(?: on)?|expiring(?: on)?|no later than|due on|ends? on)\s*$", re.IGNORECASE
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)[^\n]{0,60}?((?:19|20)[0-9]{2})(?:\s?[-–]\s?((?:19|20)[0-9]{2}))?(?![0-9])", re.IGNORECASE
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile("|".join(_WEEKDAYS))
_SAME_STORY = timedelta(days=2)


def issue_date(text: str, zones: Iterable[Zone]) -> date | None:
    """Return the day on which the page says it was issued.

    In order: the front matter's dates; the dateline, with a year from elsewhere on the page if need be; the latest date
    in a caption; the latest in the text that is not said to lie ahead. Dates of other articles and in footers never count.
    """
    zones = tuple(zones)
    dates = _dates_by_zone(text, zones)
    captions = (found.day for zone, found in dates if zone.kind is ZoneKind.CAPTION)
    told = (found.day for zone, found in dates if zone.kind in (ZoneKind.BODY, ZoneKind.TITLE) and not _lies_ahead(text, found))
    of_issue = _from_front_matter(text, dates) or _from_dateline(text, zones, dates)
    return of_issue or max(captions, default=None) or max(told, default=None)


def later_of(published: date | None, updated: date | None) -> date | None:
    """Choose between a first publication and an update: the update, if it comes within two days.

    Its text is then the one at hand, and "on Wednesday" was written on that day; a later update is housekeeping.

    >>> later_of(date(2021, 5, 3), date(2021, 5, 4)), later_of(date(2021, 5, 3), date(2022, 1, 1))
    (datetime.date(2021, 5, 4), datetime.date(2021, 5, 3))
    """
    if published is None or updated is None:
        return published or updated
    return updated if published <= updated <= published + _SAME_STORY else published


def _dates_by_zone(text: str, zones: tuple[Zone, ...]) -> list[tuple[Zone, WrittenDate]]:
    """Pair every full date with the zone that it stands in."""
    pairs: list[tuple[Zone, WrittenDate]] = []
    remaining = iter(zones)
    zone = next(remaining, None)
    for found in written_dates(text):
        while zone is not None and zone.span.end <= found.span.start:
            zone = next(remaining, None)
        if zone is not None and zone.span.covers(found.span):
            pairs.append((zone, found))
    return pairs


def _from_front_matter(text: str, dates: list[tuple[Zone, WrittenDate]]) -> date | None:
    published = updated = None
    reached = 0
    for zone, found in dates:
        if zone.kind is not ZoneKind.FRONT:
            continue
        label = text[max(zone.span.start, reached) : found.span.start]
        if _UPDATED.search(label):
            updated = max(updated or found.day, found.day)
        else:
            published = published or found.day
        reached = found.span.end
    return later_of(published, updated)


def _from_dateline(text: str, zones: tuple[Zone, ...], dates: list[tuple[Zone, WrittenDate]]) -> date | None:
    for zone, following in pairwise(zones):
        if zone.kind is ZoneKind.FRONT and following.kind is ZoneKind.BODY:
            head = dateline(text[zone.span.start : following.span.start + 2])
            if head and head.month and head.day:
                lead = following.span.of(text)
                candidates = [head.year] if head.year else _plausible_years(text, lead, dates, head.month, head.day)
                return next((day for year in candidates if (day := calendar_day(year, head.month, head.day))), None)
    return None


def _plausible_years(text: str, lead: str, dates: list[tuple[Zone, WrittenDate]], month: int, day: int) -> Iterator[int]:
    """Yield years for a dateline without one, most plausible first.

    Full dates on the page within a week of the dateline come first. Else the report is not older than the latest year that
    it speaks of without looking ahead, nor younger than the copyright line; within that, the weekday that the first paragraph
    names is the dateline's, or the day before.
    """
    for _, found in dates:
        same_year = calendar_day(found.day.year, month, day)
        if same_year and abs(same_year - found.day) <= timedelta(days=7):
            yield found.day.year
    copyrights = [int(match[2] or match[1]) for match in _COPYRIGHT.finditer(text)]
    spoken_of = [year for at, year in years(text) if not _AHEAD.search(text[max(0, at - 20) : at]) and year not in copyrights]
    earliest = max(spoken_of, default=max(copyrights, default=0) - 1)
    between = range(max(copyrights), earliest - 1, -1) if copyrights else range(earliest, earliest + 7) if spoken_of else range(0)
    if weekday := _WEEKDAY.search(lead):
        after = {
            year: (issued.weekday() - _WEEKDAYS.index(weekday[0])) % 7
            for year in between
            if (issued := calendar_day(year, month, day))
        }
        if not copyrights and after.get(earliest) == 1:
            yield earliest
        yield from (year for year in between if after.get(year) == 0)
    yield from between


def _lies_ahead(text: str, found: WrittenDate) -> bool:
    return _AHEAD.search(text[max(0, found.span.start - 30) : found.span.start]) is not None
