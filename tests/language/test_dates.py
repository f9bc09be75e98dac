"""Dates in a text are found where they stand, and mean what they mean on the day the text was issued."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.dates import DateMention, find_dates

WEDNESDAY = date(2024, 5, 8)


def values(text: str, anchor: date | None = WEDNESDAY) -> list[str]:
    return [mention.value.value for mention in find_dates(text, anchor)]


def words(text: str, mention: DateMention) -> str:
    return text[mention.start : mention.end]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("signed on 3 May 2011", "2011-05-03"),
        ("signed on May 3, 2011", "2011-05-03"),
        ("signed on May 3rd 2011", "2011-05-03"),
        ("signed on the 3rd of May, 2011", "2011-05-03"),
        ("signed on Sept. 9, 2003", "2003-09-09"),
        ("signed on 2011-05-03", "2011-05-03"),
        ("signed at 10:30 on 7 July 2024", "2024-07-07"),
        ("signed in May 2011", "2011-05"),
        ("signed in Feb. 1999", "1999-02"),
        ("signed in the spring of 1998", "1998"),
        ("signed in 1984", "1984"),
        ("the 1984 treaty", "1984"),
        ("a treaty of 1648", "1648"),
    ],
)
def test_a_date_with_its_year_is_the_same_whenever_it_is_read(text: str, value: str) -> None:
    assert values(text) == values(text, date(1990, 1, 1)) == [value]


@pytest.mark.parametrize("text", ["on 3 May 2011", "on May 3, 2011", "on the 3rd of May, 2011", "on 2011-05-03"])
def test_a_full_date_needs_no_day_of_issue(text: str) -> None:
    assert values(text, None) == ["2011-05-03"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        # a day without a year is the nearest one
        ("on May 3", "2024-05-03"),
        ("on 3 May", "2024-05-03"),
        ("on the 7th of May", "2024-05-07"),
        ("on December 30", "2023-12-30"),
        ("on 2 January", "2024-01-02"),
        ("on September 1", "2024-09-01"),
        ("on May 3 last year", "2023-05-03"),
        ("on 3 May this year", "2024-05-03"),
        ("on 3 May next year", "2025-05-03"),
        # a weekday is the last one, today included
        ("on Monday", "2024-05-06"),
        ("on Wednesday", "2024-05-08"),
        ("on Thursday", "2024-05-02"),
        ("on Tuesday evening", "2024-05-07"),
        ("last Wednesday", "2024-05-01"),
        ("last Friday", "2024-05-03"),
        ("next Friday", "2024-05-10"),
        ("next Wednesday", "2024-05-15"),
        ("today", "2024-05-08"),
        ("Yesterday", "2024-05-07"),
        ("tomorrow", "2024-05-09"),
        # a month without a year is the last one, this one included
        ("in March", "2024-03"),
        ("in May", "2024-05"),
        ("in October", "2023-10"),
        ("in late March", "2024-03"),
        ("in mid-April", "2024-04"),
        ("since early October", "2023-10"),
        ("last October", "2023-10"),
        ("last May", "2023-05"),
        ("this April", "2024-04"),
        ("next March", "2025-03"),
        ("next October", "2024-10"),
        ("in March last year", "2023-03"),
        # units of time
        ("last month", "2024-04"),
        ("this month", "2024-05"),
        ("next month", "2024-06"),
        ("last year", "2023"),
        ("this year", "2024"),
        ("next year", "2025"),
        ("three days ago", "2024-05-05"),
        ("two months ago", "2024-03"),
        ("a year ago", "2023"),
        ("ten years ago", "2014"),
        ("a decade ago", "2014"),
        ("two decades ago", "2004"),
        ("half a century ago", "1974"),
        # the week of a weekday, and days beside today
        ("on Tuesday last week", "2024-04-30"),
        ("on Friday of next week", "2024-05-17"),
        ("the day before yesterday", "2024-05-06"),
        ("the day after tomorrow", "2024-05-10"),
        ("on May 3 of last year", "2023-05-03"),
        # seasons and the ends of years name a year
        ("in the spring", "2024"),
        ("in the autumn", "2023"),
        ("last summer", "2023"),
        ("this autumn", "2024"),
        ("before the end of the year", "2024"),
        ("by the end of the month", "2024-05"),
        ("40 years ago", "1984"),
    ],
)
def test_a_relative_date_counts_from_the_day_of_issue(text: str, value: str) -> None:
    assert values(text) == [value]
    assert values(text, None) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("They met on 3 March. The day before, talks had failed.", ["2024-03-03", "2024-03-02"]),
        ("They met on 3 March 2011. Two days later they signed.", ["2011-03-03", "2011-03-05"]),
        ("They met on 3 March and, a day earlier, in Bonn.", ["2024-03-03", "2024-03-02"]),
        ("They met on 3 March. The following day they signed.", ["2024-03-03", "2024-03-04"]),
        ("They met on Monday. The day after, they signed.", ["2024-05-06", "2024-05-07"]),
        ("They met in 1984. Two years later they signed.", ["1984", "1986"]),
        ("They met in March 2011. In May of that year they signed.", ["2011-03", "2011-05"]),
        ("They met in 1984. Two days later they signed.", ["1984", "2024-05-10"]),
    ],
)
def test_a_narrated_date_counts_from_the_date_named_before(text: str, found: list[str]) -> None:
    assert values(text) == found


@pytest.mark.parametrize("text", ["three days before the vote", "a week after the talks", "the day after the ceremony"])
def test_a_date_that_counts_from_an_event_stays_open(text: str) -> None:
    assert values(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("May 26, 1972: They sign, and in October they ratify.", ["1972-05-26", "1972-10"]),
        ("December 3, 1972: They sign, and in May they ratify.", ["1972-12-03", "1973-05"]),
        ("26 May 1972 - They sign. The day before, they had met.", ["1972-05-26", "1972-05-25"]),
        ("May 26, 1972: They sign.\nThey met in October.", ["1972-05-26", "2023-10"]),
    ],
)
def test_an_entry_of_a_timeline_counts_from_its_own_day(text: str, found: list[str]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("text", "behind", "ahead"),
    [
        ("on Friday", "2024-05-03", "2024-05-10"),
        ("on Wednesday", "2024-05-08", "2024-05-08"),
        ("in April", "2024-04", "2025-04"),
        ("in June", "2023-06", "2024-06"),
    ],
)
def test_a_weekday_or_month_tells_what_it_means_in_the_future_too(text: str, behind: str, ahead: str) -> None:
    [mention] = find_dates(text, WEDNESDAY)
    assert (mention.value.value, mention.ahead and mention.ahead.value) == (behind, ahead)


@pytest.mark.parametrize("text", ["on 3 May 2011", "last Friday", "in 1984", "yesterday"])
def test_a_date_that_can_mean_one_day_only_has_no_other_meaning_ahead(text: str) -> None:
    [mention] = find_dates(text, WEDNESDAY)
    assert mention.ahead is None


@pytest.mark.parametrize(
    "text",
    [
        "2,000 troops",
        "1,984 people",
        "2014 soldiers",
        "2014 km of border",
        "$2014",
        "€1999 in cash",
        "1984.5 tonnes",
        "call 2014-555",
        "room 2014b",
        "a 2020-page report",
        "version 2.2011",
        "in the 1990s",
        "they may sign",
        "Theresa May said",
        "he may 3 times",
        "they march on 40 roads",
        "in 12 days",
        "six decades",
        "on May 45",
    ],
)
def test_other_numbers_and_words_are_no_dates(text: str) -> None:
    assert values(text) == []


def test_the_words_of_a_date_are_the_date_alone() -> None:
    text = "It was signed in Oslo on Wednesday, as agreed in May 2023 (not 2022)."
    assert [words(text, mention) for mention in find_dates(text, WEDNESDAY)] == ["Wednesday", "May 2023", "2022"]


PIECES = st.sampled_from(
    [
        *("May", "3", "2011", "March", "31", "February 30", "Monday", "last", "next", "year", "month", "a", "two", "days"),
        *("ago", "later", "the day before", "in", "on", "of", ",", ".", ":", "\n", "2024-05-08", "$", "troops", "yesterday"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_whatever_the_text_dates_lie_in_it_in_order_without_overlap(text: str, anchor: date) -> None:
    found = find_dates(text, anchor)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert all(words(text, mention).strip() == words(text, mention) for mention in found)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1600, 1, 1), date(2099, 12, 31)), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_a_day_written_out_is_that_day_whenever_it_is_read(day: date, anchor: date) -> None:
    forms = (
        day.isoformat(),
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%B} {day.year}",
        f"{day.day} {day:%b} {day.year}",
    )
    assert [values(f"It was signed on {form}.", anchor) for form in forms] == [[day.isoformat()]] * 4


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 1)))
def test_a_weekday_lies_in_the_week_up_to_the_day_of_issue(anchor: date) -> None:
    for name in ("Monday", "Thursday", "Sunday"):
        [value] = values(f"They met on {name}.", anchor)
        assert 0 <= (anchor - date.fromisoformat(value)).days < 7
        assert f"{date.fromisoformat(value):%A}" == name
