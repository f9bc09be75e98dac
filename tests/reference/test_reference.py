"""What can be looked up, on a small made-up knowledge base."""

from datetime import date
from pathlib import Path

import pytest

from kg.model import PartialDate
from kg.reference import AgreementKind, NameKind, Reference, load


@pytest.fixture
def reference(folder: Path) -> Reference:
    return load(folder)


def test_everything_with_an_id_is_found_by_it(reference: Reference) -> None:
    assert {id_: entry.name for id_, entry in reference.by_id.items()} == {
        "state/ruritania": "Ruritania",
        "state/graustark": "Graustark",
        "organization/league": "League of Elbe States",
        "place/strelsau": "Strelsau",
        "place/hentzau": "Hentzau",
        "agreement/elbe-pact-1895": "Elbe Pact",
        "agreement/elbe-accord": "Elbe Accord",
        "person/rudolf-elphberg": "Rudolf Elphberg",
        "person/flavia-elphberg": "Flavia Elphberg",
    }


@pytest.mark.parametrize(
    ("surface", "kind", "id_"),
    [
        ("Elphberg Realm", NameKind.NAME, "state/ruritania"),
        ("Ruritanian", NameKind.ADJECTIVE, "state/ruritania"),
        ("Ruritanians", NameKind.PEOPLE, "state/ruritania"),
        ("Strelsau", NameKind.SEAT, "state/ruritania"),
        ("Strelsau", NameKind.CAPITAL, "place/strelsau"),
        ("Hentzau", NameKind.NAME, "place/hentzau"),
        ("League", NameKind.SHORTENING, "organization/league"),
        ("Elbe Pact", NameKind.NAME, "agreement/elbe-pact-1895"),
        ("Pact of the Elbe", NameKind.NAME, "agreement/elbe-pact-1895"),
        ("Pact", NameKind.SHORTENING, "agreement/elbe-pact-1895"),
        ("Elphberg", NameKind.FAMILY, "person/flavia-elphberg"),
        ("Elfberg", NameKind.FAMILY, "person/rudolf-elphberg"),
    ],
)
def test_each_surface_form_says_how_it_names(reference: Reference, surface: str, kind: NameKind, id_: str) -> None:
    assert (surface, kind, id_) in set(reference.names())


def test_a_capital_is_a_seat_and_a_place(reference: Reference) -> None:
    assert reference.find("Strelsau") == ("state/ruritania", "place/strelsau")


def test_a_shortening_or_family_name_finds_all_it_may_mean(reference: Reference) -> None:
    assert reference.find("Kingdom") == ("state/ruritania", "state/graustark")
    assert reference.find("Pact") == ("agreement/elbe-pact-1895", "agreement/elbe-accord")
    assert reference.find("Elphberg") == ("person/rudolf-elphberg", "person/flavia-elphberg")


def test_an_agreement_says_what_is_known_of_it_and_leaves_out_the_rest(reference: Reference) -> None:
    pact, accord = reference.agreements
    assert pact.kind is AgreementKind.DEFENCE_PACT
    assert pact.parties == ("state/ruritania", "organization/league")
    assert (pact.signed, pact.place) == (PartialDate("1895-05"), "place/hentzau")
    assert (accord.parties, accord.signed, accord.place) == ((), None, None)


def test_the_first_spelling_of_a_family_name_is_the_usual_one(reference: Reference) -> None:
    assert [person.family for person in reference.persons] == ["Elphberg", "Elphberg"]


def test_case_counts_and_the_unknown_is_empty(reference: Reference) -> None:
    assert reference.find("strelsau") == ()
    assert reference.find("Zenda") == ()


def test_an_office_is_found_by_any_of_its_titles_in_any_case(reference: Reference) -> None:
    day = date(1895, 1, 1)
    for title in ("king", "King", "leader"):
        holder = reference.office_holder(title, "state/ruritania", day)
        assert holder is not None
        assert holder.name == "Rudolf Elphberg"


def test_on_the_day_of_a_handover_the_successor_holds_it(reference: Reference) -> None:
    holder = reference.office_holder("leader", "state/ruritania", date(1901, 6, 30))
    assert holder is not None
    assert holder.name == "Flavia Elphberg"


def test_nobody_is_named_when_the_year_alone_does_not_decide(reference: Reference) -> None:
    assert reference.office_holder("president", "organization/league", date(1899, 6, 1)) is None


def test_nobody_is_named_when_two_held_the_office(folder: Path) -> None:
    with (folder / "offices.csv").open("a", encoding="utf-8") as file:
        file.write("person/flavia-elphberg,king,state/ruritania,1890,1899\n")
    assert load(folder).office_holder("king", "state/ruritania", date(1895, 1, 1)) is None


def test_the_offices_of_a_person_come_all_or_by_day(reference: Reference) -> None:
    assert [office.title for office in reference.offices_of("person/flavia-elphberg")] == ["queen", "president"]
    assert [office.title for office in reference.offices_of("person/flavia-elphberg", date(1901, 7, 1))] == ["queen"]
    assert reference.offices_of("person/nobody") == ()


def test_the_knowledge_base_is_read_once(folder: Path) -> None:
    assert load(folder) is load(folder)
