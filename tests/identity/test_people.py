"""Persons of different reports are one where name and context say so, candidates where they do not, and never mixed up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kg.identity import Resolution, resolve
from kg.model import Kind
from kg.reference import load

Reports = Callable[..., Any]


def told(report: Reports, name: str, person: str, office: str | None = None, state: str = "Kenya", year: int = 2031) -> Any:
    """Make a report that names a person, perhaps with an office in a state."""
    r = report(name, date(year, 5, 8))
    r.local = r.person(person)
    r.state(state)
    if office:
        r.holds(r.local, office, state)
    return r


def resolved(*reports: Any) -> tuple[Resolution, list[str]]:
    resolution = resolve([r.reading() for r in reports], load())
    return resolution, [resolution.ids[r.reading().document.id, r.local] for r in reports]


def candidates(resolution: Resolution) -> set[frozenset[str]]:
    return {frozenset((link.entity, link.target)) for link in resolution.links if not link.accepted}


def tiers(resolution: Resolution, entity: str) -> set[tuple[str, str]]:
    """Return the names of an entity with the tier that decided."""
    return {(i.name, i.tier) for i in resolution.identifications if i.entity == entity}


@pytest.mark.parametrize(
    ("one", "other", "tier"),
    [
        ("Torvald Quist", "Torvald QUIST", "kg.identity.name.v1"),
        ("Ada Wekesa", "Wekesa Ada", "kg.identity.name.v1"),
        ("Ada Wekesa", "President Ada Wekesa", "kg.identity.name.v1"),
        ("Ada Wekesa", "Ada N. Wekesa", "kg.identity.alias.v1"),
        ("Ada Wekesa", "A. Wekesa", "kg.identity.alias.v1"),
        ("Dmitry Quistov", "Dmitri Quistoff", "kg.identity.transliteration.v1"),
        ("Mohammed Quist", "Muhammad Quist", "kg.identity.transliteration.v1"),
        ("Ada Wekesa", "Wekesa", "kg.identity.context.v1"),
    ],
)
def test_one_person_of_one_office_is_one_and_it_is_said_why(report: Reports, one: str, other: str, tier: str) -> None:
    resolution, [first, second] = resolved(told(report, "a", one, "president"), told(report, "b", other, "president"))
    assert first == second
    assert {t for _, t in tiers(resolution, first)} == {"kg.identity.name.v1", tier}
    assert all(i.reason and 0 < i.confidence <= 1 for i in resolution.identifications)


def test_the_documents_are_named_where_context_decided(report: Reports) -> None:
    resolution, [first, _] = resolved(told(report, "a", "Ada Wekesa", "president"), told(report, "b", "Wekesa", "president"))
    [found] = [i for i in resolution.identifications if i.entity == first and i.name == "Wekesa"]
    assert found.documents == ("b",)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"person": "Ada Wekesa"}, {"person": "Ruth Wekesa"}, id="two given names"),
        pytest.param(
            {"person": "Ada Wekesa", "office": "president"}, {"person": "Ruth Wekesa", "office": "president"}, id="one office"
        ),
        pytest.param({"person": "Wekesa"}, {"person": "Wekesa"}, id="two family names alone"),
        pytest.param({"person": "Ada Wekesa"}, {"person": "Wekesa"}, id="a family name without an office"),
        pytest.param(
            {"person": "Ada Wekesa", "office": "president"},
            {"person": "Wekesa", "office": "president", "state": "Uganda"},
            id="a family name in another state",
        ),
        pytest.param(
            {"person": "Ada Wekesa", "office": "president"},
            {"person": "Wekesa", "office": "president", "year": 1999},
            id="a family name of another time",
        ),
    ],
)
def test_who_shares_no_more_than_a_family_name_stays_apart(report: Reports, one: dict[str, Any], other: dict[str, Any]) -> None:
    resolution, [first, second] = resolved(told(report, "a", **one), told(report, "b", **other))
    assert first != second
    assert not candidates(resolution)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            {"person": "Ada Wekesa", "office": "president"},
            {"person": "Ada Wekesa", "office": "president", "state": "Peru"},
            id="presidents of two states",
        ),
        pytest.param({"person": "Ada Wekesa", "year": 1931}, {"person": "Ada Wekesa", "year": 2031}, id="a lifetime apart"),
        pytest.param(
            {"person": "Dmitry Quistov", "office": "president"},
            {"person": "Dmitri Quistoff", "office": "president", "state": "Peru"},
            id="spellings in two states",
        ),
        pytest.param({"person": "Ada Wekesa"}, {"person": "Ada N. Wekesa"}, id="a shorter name and the same state around"),
    ],
)
def test_what_is_not_sure_becomes_two_that_may_be_one(report: Reports, one: dict[str, Any], other: dict[str, Any]) -> None:
    resolution, [first, second] = resolved(told(report, "a", **one), told(report, "b", **other))
    assert first != second
    assert candidates(resolution) == {frozenset((first, second))}
    [link] = [link for link in resolution.links if not link.accepted]
    assert 0 < link.confidence < 0.6
    assert link.reason.startswith("kg.identity.")


def test_a_family_name_that_fits_two_is_a_candidate_of_both(report: Reports) -> None:
    resolution, [ada, ruth, alone] = resolved(
        told(report, "a", "Ada Wekesa", "trade minister"),
        told(report, "b", "Ruth Wekesa", "foreign minister"),
        told(report, "c", "Wekesa", "minister"),
    )
    assert len({ada, ruth, alone}) == 3
    assert candidates(resolution) == {frozenset((ada, alone)), frozenset((ruth, alone))}


def test_presidents_known_by_one_name_alone_are_one_in_the_same_years(report: Reports) -> None:
    _, [first, second, later] = resolved(
        told(report, "a", "Wekesa", "president"),
        told(report, "b", "Wekesa", "president", year=2032),
        told(report, "c", "Wekesa", "president", year=2060),
    )
    assert first == second != later


def test_two_persons_of_one_report_stay_two(report: Reports) -> None:
    r = told(report, "a", "Ada Wekesa", "president")
    other = r.person("A. Wekesa")
    r.holds(other, "president", "Kenya")
    resolution, [first] = resolved(r)
    assert resolution.ids["a", other] != first


@pytest.mark.parametrize(("name", "other"), [("Masoud Pezeshkian", "Masud Pezeshkyan"), ("Ilham Aliyev", "Ilham Aliev")])
def test_somebody_known_is_known_in_another_romanisation(report: Reports, name: str, other: str) -> None:
    [known] = load().find(name)
    [office, *_] = load().offices_of(known)
    state = load().by_id[office.of].name
    resolution, [found] = resolved(told(report, "a", other, office.title, state, 2024))
    assert found == known
    assert (other, "kg.identity.transliteration.v1") in tiers(resolution, found)


def test_somebody_known_is_only_a_candidate_where_nothing_else_agrees(report: Reports) -> None:
    resolution, [found] = resolved(told(report, "a", "Masud Pezeshkyan", state="Peru"))
    assert found == "person/masud-pezeshkyan"
    assert candidates(resolution) == {frozenset((found, "person/masoud-pezeshkian"))}


def test_a_family_name_with_an_office_is_whoever_held_it_then(report: Reports) -> None:
    resolution, [found] = resolved(told(report, "a", "Kishida", "prime minister", "Japan", 2023))
    assert found == "person/fumio-kishida"
    assert tiers(resolution, found) == {("Kishida", "kg.identity.context.v1")}


def test_a_namesake_of_somebody_known_in_another_state_and_time_is_somebody_else(report: Reports) -> None:
    r = report("a", date(1931, 5, 8))
    r.local = r.thing(Kind.PERSON, "Fumio Kishida", reference="person/fumio-kishida")
    r.holds(r.local, "president", "Peru")
    resolution, [found] = resolved(r)
    assert found == "person/fumio-kishida-peru"
    assert candidates(resolution) == {frozenset((found, "person/fumio-kishida"))}


def test_the_order_of_the_reports_does_not_matter(report: Reports) -> None:
    reports = [
        told(report, "a", "Ada Wekesa", "president"),
        told(report, "b", "A. Wekesa", "president"),
        told(report, "c", "Wekesa", "president"),
        told(report, "d", "Ada Wekesa", "president", "Peru"),
    ]
    one, other = resolved(*reports)[0], resolved(*reversed(reports))[0]
    assert dict(one.ids) == dict(other.ids)
    assert set(one.links) == set(other.links)
    assert set(one.identifications) == set(other.identifications)
