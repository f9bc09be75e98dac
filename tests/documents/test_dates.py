"""Dates as pages write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.dates import written_dates


def days(text: str) -> list[str]:
    return [str(found.day) for found in written_dates(text)]


@pytest.mark.parametrize(
    "text",
    [
        "4 May 2021",
        "4th of May, 2021",
        "Tue 4 May 2021 18.07 BST",
        "May 4, 2021",
        "MAY 4, 2021",
        "Tuesday, May 4th 2021",
        "04-May-2021",
        "2021-05-04",
        "2021-05-04T18:07:00+02:00",
        "2021/05/04",
        "04.05.2021",
        "05/04/2021, 06:07 PM",
    ],
)
def test_a_full_date_is_read(text: str) -> None:
    assert days(text) == ["2021-05-04"]


@pytest.mark.parametrize("text", ["May 2021", "4 May", "31 February 2021", "2021-13-01", "1/2/3", "12021-05-04", "20210504"])
def test_what_is_no_full_date_is_not(text: str) -> None:
    assert days(text) == []


def test_dates_glued_together_are_two() -> None:
    assert days("05/04/2021May 4, 2021last updated") == ["2021-05-04", "2021-05-04"]


def test_slashes_have_the_month_first() -> None:
    assert days("06/07/2024") == ["2024-06-07"]


def test_slashes_have_the_day_first_where_the_page_shows_it() -> None:
    assert days("06/07/2024 and 19/06/2024") == ["2024-07-06", "2024-06-19"]
    assert days("06/07/2024, that is 6 July 2024") == ["2024-07-06", "2024-07-06"]
    assert days("06/07/2024, that is June 7, 2024, unlike 6 July 2024")[0] == "2024-06-07"


def test_points_have_the_day_first_and_say_nothing_about_slashes() -> None:
    assert days("19.06.2024, 06/07/2024") == ["2024-06-19", "2024-06-07"]


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y", "%b %d, %Y"]),
)
def test_every_day_is_read_in_every_writing(day: date, writing: str) -> None:
    text = f"Signed on {day.strftime(writing)} in Strelsau"
    [found] = written_dates(text)
    assert found.day == day
    assert found.span.of(text) == day.strftime(writing)
