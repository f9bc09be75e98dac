"""Bodies and places of different reports: other spellings, initials, and names that anybody may bear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.identity import Resolution, resolve
from kg.model import Kind
from kg.reference import load

Reports = Callable[..., Any]


def named(report: Reports, document: str, kind: Kind, name: str, state: str | None = None) -> Any:
    r = report(document)
    r.local = r.thing(kind, name)
    if state:
        r.state(state)
    return r


def resolved(*reports: Any) -> tuple[Resolution, list[str]]:
    resolution = resolve([r.reading() for r in reports], load())
    return resolution, [resolution.ids[r.reading().document.id, r.local] for r in reports]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Lakes Co-operation Organisation", "Lakes Cooperation Organization"),
        ("The Lakes Bank", "Lakes Bank"),
        ("Quist & Sons", "Quist and Sons"),
    ],
)
def test_a_body_is_one_in_british_and_american_spelling(report: Reports, one: str, other: str) -> None:
    _, ids = resolved(named(report, "a", Kind.ORGANIZATION, one), named(report, "b", Kind.ORGANIZATION, other))
    assert len(set(ids)) == 1


@pytest.mark.parametrize("name", ["Ministry of Finance", "People's Party", "Foreign Ministry"])
def test_a_body_whose_name_any_state_has_is_known_in_its_document_only(report: Reports, name: str) -> None:
    resolution, [one, other] = resolved(*(named(report, d, Kind.ORGANIZATION, name) for d in ("a", "b")))
    assert one != other
    assert {i.tier for i in resolution.identifications} == {"kg.identity.local.v1"}


def test_a_body_known_in_other_english_has_the_id_of_the_knowledge_base(report: Reports) -> None:
    resolution, [found] = resolved(named(report, "a", Kind.ORGANIZATION, "Shanghai Co-operation Organization"))
    assert found == "organization/shanghai-cooperation-organisation"
    assert [i.tier for i in resolution.identifications] == ["kg.identity.alias.v1"]


def test_initials_are_the_body_whose_initials_they_are(report: Reports) -> None:
    r = named(report, "a", Kind.ORGANIZATION, "Lakes Fisheries Commission of Norland")
    short = r.thing(Kind.ORGANIZATION, "LFCN")
    other = named(report, "b", Kind.ORGANIZATION, "LFCN")
    resolution, [full, later] = resolved(r, other)
    assert resolution.ids["a", short] == full == later


def test_initials_that_fit_two_bodies_are_neither(report: Reports) -> None:
    r, s = (named(report, d, Kind.ORGANIZATION, f"Lakes {w} Compact") for d, w in (("a", "Fisheries"), ("b", "Forestry")))
    for each in (r, s):
        each.thing(Kind.ORGANIZATION, "LFC")
    resolution, [fish, wood] = resolved(r, s)
    short = "organization/lfc"
    assert {frozenset((link.entity, link.target)) for link in resolution.links if not link.accepted} == {
        frozenset((short, fish)),
        frozenset((short, wood)),
    }


def test_a_place_in_another_romanisation_is_one_where_its_state_is_named(report: Reports) -> None:
    resolution, [found] = resolved(named(report, "a", Kind.PLACE, "Khartum", "Sudan"))
    assert found == "place/khartoum"
    assert ("Khartum", "kg.identity.transliteration.v1") in {(i.name, i.tier) for i in resolution.identifications}
    resolution, [alone] = resolved(named(report, "a", Kind.PLACE, "Khartum", "Peru"))
    assert alone == "place/khartum"
    assert [(link.entity, link.target) for link in resolution.links if not link.accepted] == [(alone, found)]


def test_an_unknown_place_is_one_in_two_spellings_in_reports_on_one_state(report: Reports) -> None:
    _, [one, other, far] = resolved(
        named(report, "a", Kind.PLACE, "Quistoff", "Sudan"),
        named(report, "b", Kind.PLACE, "Quistov", "Sudan"),
        named(report, "c", Kind.PLACE, "Qistoff", "Peru"),
    )
    assert one == other != far
