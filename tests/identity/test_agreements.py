"""Agreements of different reports are one where parties, dates, names and hands say so, and two where they do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from kg.identity import resolve
from kg.reference import load

Reports = Callable[..., Any]


def ids(*told: tuple[Any, str]) -> list[str]:
    """Return the global id of each (report, local agreement)."""
    resolution = resolve([report.reading() for report in dict.fromkeys(r for r, _ in told)], load())
    return [resolution.ids[report.reading().document.id, local] for report, local in told]


def pair(report: Reports, one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Return the ids of two agreements that two reports tell of."""
    found = []
    for name, told in (("first", one), ("second", other)):
        issued = told.pop("issued", date(2031, 5, 8))
        r = report(name, issued)
        found.append((r, r.agreement(told.pop("label"), *told.pop("parties", ()), **told)))
    return ids(*found)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            {"label": "landmark deal", "parties": ("Uganda", "Kenya"), "signed": "2031-05-06"},
            id="same parties and day, other words",
        ),
        pytest.param(
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            {"label": "border pact", "parties": ("Kenya", "Uganda"), "signed": "2031-05"},
            id="the day lies in the month",
        ),
        pytest.param(
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            {"label": "border pact", "parties": ("Kenya", "Uganda"), "signed": "2031", "issued": date(2033, 1, 1)},
            id="the day lies in the year",
        ),
        pytest.param(
            {"label": "Treaty of Kisumu", "signed": "2031-05-06"},
            {"label": "Treaty of Kisumu", "parties": ("Kenya", "Uganda")},
            id="same name",
        ),
        pytest.param(
            {"label": "pact", "by": ("Ada Wekesa", "Moses Okot"), "signed": "2031-05-06"},
            {"label": "accord", "by": ("Moses Okot", "Ada Wekesa"), "signed": "2031-05-06"},
            id="same hands on the same day",
        ),
        pytest.param(
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "issued": date(2031, 5, 1)},
            {"label": "border pact", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            id="expected in one, signed in the other",
        ),
    ],
)
def test_what_two_reports_tell_of_one_agreement_is_one_agreement(
    report: Reports, one: dict[str, Any], other: dict[str, Any]
) -> None:
    first, second = pair(report, dict(one), dict(other))
    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2019-05-06"},
            id="other years",
        ),
        pytest.param(
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-07"},
            id="other days",
        ),
        pytest.param(
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            {"label": "border agreement", "parties": ("Chad", "Sudan"), "signed": "2031-05-06"},
            id="other parties",
        ),
        pytest.param(
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            {"label": "border agreement", "parties": ("Kenya", "Tanzania"), "signed": "2031-05-06"},
            id="one other party",
        ),
        pytest.param(
            {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            {"label": "border agreements", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
            id="one and several",
        ),
        pytest.param(
            {"label": "deal", "parties": ("Kenya", "Uganda"), "signed": "2031", "subtype": "TradeAgreement"},
            {"label": "deal", "parties": ("Kenya", "Uganda"), "signed": "2031", "subtype": "PeaceAgreement"},
            id="other classes",
        ),
        pytest.param(
            {"label": "pact", "parties": ("Kenya", "Uganda"), "by": ("Ada Wekesa", "Moses Okot"), "signed": "2031-05-06"},
            {"label": "pact", "parties": ("Kenya", "Uganda"), "by": ("Ruth Njeri", "John Opio"), "signed": "2031-05-06"},
            id="other hands",
        ),
        pytest.param({"label": "pact"}, {"label": "pact"}, id="nothing but a common noun"),
    ],
)
def test_agreements_that_differ_are_two(report: Reports, one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = pair(report, dict(one), dict(other))
    assert first != second


def test_two_agreements_of_one_report_stay_two(report: Reports) -> None:
    r = report("first")
    trade = r.agreement("trade agreement", "Kenya", "Uganda", signed="2031-05-06")
    border = r.agreement("border agreement", "Kenya", "Uganda", signed="2031-05-06")
    one, other = ids((r, trade), (r, border))
    assert one != other


def test_what_fits_two_that_contradict_each_other_is_a_candidate_of_both(report: Reports) -> None:
    early, late, vague = report("early"), report("late"), report("vague")
    told = [
        (early, early.agreement("border pact", "Kenya", "Uganda", signed="2031-05-06")),
        (late, late.agreement("border pact", "Kenya", "Uganda", signed="2031-06-07")),
        (vague, vague.agreement("border pact", "Kenya", "Uganda", signed="2031")),
    ]
    first, second, third = ids(*told)
    assert len({first, second, third}) == 3
    resolution = resolve([r.reading() for r, _ in told], load())
    assert {frozenset((link.entity, link.target)) for link in resolution.links if not link.accepted} == {
        frozenset((first, third)),
        frozenset((second, third)),
    }


def test_predecessors_of_one_agreement_are_known_by_their_year(report: Reports) -> None:
    found = []
    for name, label in (("first", "1994"), ("second", "accord of 1994")):
        r = report(name)
        later = r.agreement("border pact", "Kenya", "Uganda", signed="2031-05-06")
        earlier = r.agreement(label, signed="1994")
        r.says(later, "replaces", earlier)
        found += [(r, later), (r, earlier)]
    later, earlier, later_too, earlier_too = ids(*found)
    assert later == later_too
    assert earlier == earlier_too != later


def test_predecessors_of_different_years_are_two(report: Reports) -> None:
    found = []
    for name, year in (("first", "1994"), ("second", "2001")):
        r = report(name)
        later = r.agreement("border pact", "Kenya", "Uganda", signed="2031-05-06")
        earlier = r.agreement(year, signed=year)
        r.says(later, "replaces", earlier)
        found.append((r, earlier))
    one, other = ids(*found)
    assert one != other


def test_a_historic_state_and_its_successor_may_be_one_party(report: Reports) -> None:
    one, other = pair(
        report,
        {"label": "border pact", "parties": ("Soviet Union", "Mongolia"), "signed": "1966-01-15"},
        {"label": "border treaty", "parties": ("Russia", "Mongolia"), "signed": "1966-01-15"},
    )
    assert one == other


def test_many_reports_on_one_agreement_are_on_one_however_they_word_it(report: Reports) -> None:
    told = []
    for number in range(150):  # more than are compared all with all
        r = report(f"report-{number:03}", date(2031, 5, 7 + number % 20))
        label = ("border pact", "treaty", "deal")[number % 3]
        by = ("Ada Wekesa", "Moses Okot") if number % 2 else ("Wekesa", "Okot")
        told.append((r, r.agreement(label, "Kenya", "Uganda", signed="2031-05-06" if number % 5 else None, by=by)))
    assert len(set(ids(*told))) == 1


def test_many_agreements_of_one_state_in_one_year_stay_as_many(report: Reports) -> None:
    partners = sorted(state.name for state in load().states if not state.ended)[:100]
    told = []
    for number, partner in enumerate(partners):
        r = report(f"report-{number:03}", date(2031, 5, 9))
        told.append((r, r.agreement("border pact", "Kenya" if partner != "Kenya" else "Uganda", partner, signed="2031-05-06")))
    assert len(set(ids(*told))) == len(told)


def test_a_state_and_a_year_alone_do_not_make_one_agreement(report: Reports) -> None:
    one, other = pair(
        report,
        {"label": "border agreement", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06"},
        {"label": "deal", "parties": ("Kenya",), "signed": "2031"},
    )
    assert one != other


def test_signatories_known_by_one_word_alone_contradict_nobody(report: Reports) -> None:
    one, other = pair(
        report,
        {"label": "border pact", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06", "by": ("Ada Wekesa", "Moses Okot")},
        {"label": "border pact", "parties": ("Kenya", "Uganda"), "signed": "2031-05-06", "by": ("Wekesa", "Okot")},
    )
    assert one == other


def test_the_order_of_the_reports_does_not_matter(report: Reports) -> None:
    first, second, third = report("a"), report("b"), report("c")
    first.agreement("border pact", "Kenya", "Uganda", signed="2031-05-06")
    second.agreement("Treaty of Kisumu", "Kenya", "Uganda", signed="2031-05", aliases=("border pact",))
    third.agreement("treaty", "Kenya", "Uganda", by=("Ada Wekesa", "Moses Okot"), signed="2031")
    third.agreement("trade deal", "Chad", "Sudan")
    readings = [r.reading() for r in (first, second, third)]
    found = [resolve(order, load()) for order in permutations(readings)]
    assert all(dict(other.ids) == dict(found[0].ids) and dict(other.labels) == dict(found[0].labels) for other in found)


def test_an_agreements_id_tells_of_what_it_is(report: Reports) -> None:
    r = report("first")
    told = r.agreement("trade agreement", "Kenya", "Uganda", signed="2031-05-06", subtype="TradeAgreement")
    [identifier] = ids((r, told))
    assert identifier.startswith("agreement/")
    assert all(word in identifier for word in ("kenya", "uganda", "2031", "trade"))


def test_a_well_known_agreement_has_the_id_of_the_knowledge_base(report: Reports) -> None:
    known = next(a for a in load().agreements if len(a.parties) == 2 and a.signed and len(a.signed.value) == 10)
    r = report("first", date(2031, 5, 8))
    local = r.agreement(known.name, *(load().by_id[p].name for p in known.parties), signed=known.signed.value)
    [identifier] = ids((r, local))
    assert identifier == known.id
