"""Which lines are date lines by their own words."""

from __future__ import annotations

import pytest

from kg.documents.lines import lines
from kg.documents.marks import is_date_line


@pytest.mark.parametrize(
    "text",
    [
        "4 May 2021",
        "Strelsau, 4 May 2021",
        "Example wire | 2021-05-04",
        "May 4, 2021 by Jane Roe",
        "Tuesday, May 4, 2021 at 6:07 PM GMT",
    ],
)
def test_a_date_alone_or_with_a_name_apart_is_a_date_line(text: str) -> None:
    assert is_date_line(lines(text)[0])


@pytest.mark.parametrize(
    "text",
    [
        "Joint statement of 4 May 2021",
        "Ninety fishermen rescued from the lake Tuesday, May 4, 2021",
        "They signed it on 4 May 2021.",
        "Strelsau in May 2021",
        "4 May 2021: Treaty signed",
        "4 May 2021 - Treaty signed",
        "4 May 2021 summit in Klow",
    ],
)
def test_a_date_within_a_title_or_a_sentence_does_not_make_a_date_line(text: str) -> None:
    assert not is_date_line(lines(text)[0])
