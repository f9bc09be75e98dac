"""The day of issue, as pages show it."""

from __future__ import annotations

import pytest

from kg.documents import zones
from kg.documents.issued import issue_date

LEAD = "The two ministers signed the pact in Strelsau on Tuesday, said a spokesman for the government."


def issued(text: str) -> str | None:
    day = issue_date(text, zones(text))
    return str(day) if day else None


@pytest.mark.parametrize(
    "front",
    [
        "4 May 2021 17:07",
        "Example Courier | 2021-05-04",
        "May 4, 2021 | Example Courier",
        "Published 4 May 2021",
        "Published On 4 May 2021",
        "Tue 4 May 2021 18.07 BST",
        "Published 05/03/2021, 07:56 PM\nUpdated 05/04/2021, 03:52 PM",
        "Published 05/04/2021, 07:56 PM\nUpdated 09/01/2021, 03:52 PM",
        "May 3, 2021 10:21 PM (Updated: May 4, 2021 4:23 am)",
        "05/04/2021May 4, 2021",
        "By Jane Roe, May 4, 2021",
        "Source: Example Agency | 2021-05-04 17:07:15 | Editor: roe",
        "Last updated: 4 May 2021 06:15 PM (GMT)",
    ],
)
def test_the_front_matter_dates_the_page(front: str) -> None:
    assert issued(f"Pact signed at last\n{front}\n\n{LEAD}\n\nIt replaces a treaty of 1 June 1972.") == "2021-05-04"


@pytest.mark.parametrize("head", ["STRELSAU, May 4, 2021 - ", "STRELSAU, 4 May 2021 (Presswire) -- ", "Strelsau, 4 May 2021 - "])
def test_a_dateline_with_a_year_dates_the_page(head: str) -> None:
    assert issued(f"Pact signed at last\n\n{head}{LEAD}") == "2021-05-04"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "Holm walks in Strelsau, May 3, 2021. (Sam Poe/AFP via Getty Images)\n\nIt replaces a treaty of 1 June 1972.",
        "It replaces a treaty of 1972.\n\n© 2021 Example Courier",
        "It replaces a treaty of 1972.\n\n© 2007-2021 Example Courier",
        "It replaces a treaty of 1972.\n\n© 2022 Example Courier",
        "It replaces a treaty that was signed in 2021.",
        "It replaces a treaty that was signed in 2019, and will hold until 2030.",
    ],
    ids=["a caption", "a copyright line", "a range of years", "a later copyright line", "the year spoken of", "the weekday"],
)
def test_a_dateline_without_a_year_takes_it_from(elsewhere: str) -> None:
    assert issued(f"Pact signed at last\n\nSTRELSAU, May 4 (Presswire) - {LEAD}\n\n{elsewhere}") == "2021-05-04"


def test_a_report_of_the_day_before_keeps_the_year_that_it_speaks_of() -> None:
    assert issued(f"Pact signed at last\n\nSTRELSAU, May 5 - {LEAD}\n\nTalks had begun in January 2021.") == "2021-05-05"


def test_a_dateline_without_any_year_on_the_page_dates_nothing() -> None:
    assert issued(f"Pact signed at last\n\nSTRELSAU, May 4 - {LEAD}") is None


def test_a_caption_dates_a_page_without_front_matter() -> None:
    caption = "Anna Holm attends a ceremony in Strelsau on May 4, 2021. (Sam Poe/AFP via Getty Images)"
    assert issued(f"{caption}\n\n{LEAD}\n\nIt runs until 5 May 2026, like the treaty of 1 June 1972.") == "2021-05-04"


def test_at_last_the_latest_day_in_the_text_counts_if_it_is_not_ahead() -> None:
    assert issued(f"{LEAD}\n\nIt was agreed on 4 May 2021, and replaces that of 1 June 1972 until 5 May 2026.") == "2021-05-04"


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        f"{LEAD}\n\n© 2021 Example Courier. All rights reserved.",
        f"{LEAD}\n\n{LEAD}\n\nMost read\n\nTen lakes to swim in\n\n3 May 2021",
        f"{LEAD}\n\nPrivacy Policy: last updated on 1 January 2020.",
    ],
    ids=["no date", "only a year", "another article's date", "a policy's date"],
)
def test_a_page_that_does_not_show_its_date_has_none(text: str) -> None:
    assert issued(text) is None


def test_a_dateline_with_a_day_that_no_calendar_has_dates_nothing() -> None:
    assert issued(f"Pact signed at last\n\nSTRELSAU, February 30 - {LEAD} It was 2021.") is None
