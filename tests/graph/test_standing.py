"""What evidence for a statement comes to when all of it is taken together."""

import pytest
from pyoxigraph import NamedNode

from kg.graph.standing import Told, dates, standing
from kg.model import Modality, PartialDate, Polarity


def told(modality: str, *, denied: bool = False, stands: bool = False, when: str | None = None) -> Told:
    polarity = Polarity.DENIED if denied else Polarity.AFFIRMED
    return Told(NamedNode("urn:evidence"), polarity, Modality(modality), stands, PartialDate(when) if when else None)


STATED, CLAIMED, ALLEGED = told("Actual", stands=True), told("Actual"), told("Alleged")
PLANNED, POSSIBLE, DENIED = told("Planned"), told("Hypothetical"), told("Actual", denied=True)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        pytest.param([STATED], "Stated", id="a document states it"),
        pytest.param([STATED, PLANNED, POSSIBLE], "Stated", id="stated, and planned before"),
        pytest.param([CLAIMED], "Claimed", id="only somebody else says so"),
        pytest.param([ALLEGED], "Claimed", id="alleged"),
        pytest.param([STATED, DENIED], "Disputed", id="stated and denied"),
        pytest.param([ALLEGED, DENIED], "Disputed", id="alleged and denied"),
        pytest.param([PLANNED], "Announced", id="planned"),
        pytest.param([PLANNED, DENIED], "Announced", id="planned, and not done so far"),
        pytest.param([DENIED], "Rejected", id="only denied"),
        pytest.param([POSSIBLE, DENIED], "Rejected", id="possible, and denied"),
        pytest.param([POSSIBLE], "Possible", id="possible"),
    ],
)
def test_what_evidence_comes_to(evidence: list[Told], expected: str) -> None:
    assert standing(evidence) == expected
    assert standing(reversed(evidence)) == expected


def test_only_the_evidence_that_counts_dates_it() -> None:
    stated, claimed = told("Actual", stands=True, when="2031-05-04"), told("Alleged", when="2031-04")
    planned, denied = told("Planned", when="2032"), told("Actual", denied=True, when="2030")
    assert dates([stated, claimed, planned, denied]) == [PartialDate("2031-05-04")]
    assert dates([claimed, planned, denied]) == [PartialDate("2031-04")]
    assert dates([planned, denied]) == [PartialDate("2032")]
    assert dates([denied, told("Hypothetical", when="2033")]) == []


def test_dates_that_differ_stay_and_those_that_are_less_exact_go() -> None:
    days = ("2031", "2031-05", "2031-05-04", "2031-05-05", "2030")
    found = dates(told("Actual", stands=True, when=day) for day in days)
    assert [one.value for one in found] == ["2030", "2031-05-04", "2031-05-05"]
