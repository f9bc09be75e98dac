"""Datelines at the beginning of agency reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.datelines import Dateline, dateline


@pytest.mark.parametrize(
    ("head", "month", "day", "year", "agency"),
    [
        ("STRELSAU, May 4 - ", 5, 4, None, None),
        ("STRELSAU/KLOW, May 4 - ", 5, 4, None, None),
        ("STRELSAU, May 4, 2021 (Presswire) -- ", 5, 4, 2021, "Presswire"),
        ("STRELSAU (Presswire) -", None, None, None, "Presswire"),
        ("STRELSAU, Ruritania (Presswire) — ", None, None, None, "Presswire"),
        ("Strelsau (Presswire) – ", None, None, None, "Presswire"),
        ("Strelsau (Ruritania) (Presswire) – ", None, None, None, "Presswire"),
        ("STRELSAU, May 4. /RPA/. ", 5, 4, None, "RPA"),
        ("STRELSAU — ", None, None, None, None),
        ("STRELSAU, Ruritania — ", None, None, None, None),
        ("NEW ZENDA, 4 May 2021 - ", 5, 4, 2021, None),
        ("STRELSAU (4 May 2021) — ", 5, 4, 2021, None),
        ("(Presswire) - ", None, None, None, "Presswire"),
    ],
)
def test_a_dateline_is_read(head: str, month: int | None, day: int | None, year: int | None, agency: str | None) -> None:
    assert dateline(head + "The two ministers signed it.") == Dateline(len(head), month, day, year, agency)


@pytest.mark.parametrize(
    "paragraph",
    [
        "In Strelsau, the two ministers signed it.",
        "Ruritania - and Borduria too - signed it.",
        "Holm - Plek talks resume",
        "EU - Borduria trade is growing.",
        "U.S.-Ruritania talks resumed on Monday.",
        "May 4, 1972: The lake treaty is signed.",
        "On May 4 - The two ministers signed it.",
        "HOLM: We have signed it.",
        "The state (Ruritania) is small.",
        "JOINT STATEMENT",
        "",
    ],
)
def test_other_beginnings_are_no_datelines(paragraph: str) -> None:
    assert dateline(paragraph) is None


@given(st.text())
def test_a_dateline_never_reaches_beyond_its_paragraph(paragraph: str) -> None:
    found = dateline(paragraph)
    assert found is None or 0 < found.length < len(paragraph)
