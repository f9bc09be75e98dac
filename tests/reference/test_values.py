"""An office says for sure, for maybe, or not at all."""

from datetime import date

import pytest

from kg.model import PartialDate
from kg.reference import Office


def office(began: str, ended: str = "") -> Office:
    return Office(
        "person/someone",
        ("president", "leader"),
        "state/somewhere",
        PartialDate(began) if began else None,
        PartialDate(ended) if ended else None,
    )


@pytest.mark.parametrize(
    ("began", "ended", "day", "held"),
    [
        ("2004-03-09", "", date(2004, 3, 8), False),
        ("2004-03-09", "", date(2004, 3, 9), True),
        ("2004-03-09", "", date(2040, 1, 1), True),
        ("2004-03-09", "2008-05-07", date(2008, 5, 6), True),
        ("2004-03-09", "2008-05-07", date(2008, 5, 7), False),
        ("2004", "2008", date(2004, 12, 30), False),
        ("2004", "2008", date(2004, 12, 31), True),
        ("2004", "2008", date(2007, 12, 31), True),
        ("2004", "2008", date(2008, 1, 1), False),
        ("2004-03", "2008-05", date(2004, 3, 31), True),
        ("2004-03", "2008-05", date(2004, 3, 30), False),
        ("2004-03", "2008-05", date(2008, 4, 30), True),
        ("2004-03", "2008-05", date(2008, 5, 1), False),
        ("", "2008-05", date(2008, 1, 1), False),
    ],
)
def test_an_office_is_held_only_on_the_days_that_are_sure(began: str, ended: str, day: date, held: bool) -> None:
    assert office(began, ended).held_on(day) is held


def test_the_first_title_is_the_usual_one() -> None:
    assert office("2004").title == "president"
