"""The bundled knowledge base says what is so.

surfaces.csv, holders.csv and signings.csv are spot checks, written from general knowledge and not from the tables they check.
"""

import csv
import itertools
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from lemminflect import getAllLemmas
from rdflib import Graph, Namespace
from rdflib.namespace import RDFS

from kg.reference import AgreementKind, NameKind, Reference, Status, load
from kg.resources import folder

FIRM = (NameKind.NAME, NameKind.ADJECTIVE, NameKind.PEOPLE, NameKind.SEAT)

#: How many members a body has.
SIZES = {
    "united-nations": 193,
    "nato": 32,
    "european-union": 27,
    "asean": 11,
    "osce": 57,
    "council-of-europe": 46,
    "arab-league": 22,
    "african-union": 55,
    "commonwealth-of-nations": 56,
    "international-criminal-court": 125,
    "organisation-for-the-prohibition-of-chemical-weapons": 193,
    "brics": 11,
    "shanghai-cooperation-organisation": 10,
    "opec": 12,
    "ecowas": 12,
    "gulf-cooperation-council": 6,
    "csto": 6,
    "g7": 7,
    "oecd": 38,
    "schengen-area": 29,
    "international-atomic-energy-agency": 180,
    "international-labour-organization": 187,
    "international-maritime-organization": 176,
    "international-civil-aviation-organization": 193,
    "unesco": 194,
    "pacific-islands-forum": 18,
    "caricom": 15,
    "mercosur": 5,
    "apec": 21,
    "comesa": 21,
    "rcep": 15,
    "eurasian-economic-union": 5,
    "southern-african-development-community": 16,
    "warsaw-pact": 7,
}

#: Offices that one person at a time holds.
SINGLE = frozenset(
    {"president", "prime minister", "foreign minister", "secretary of state", "chancellor", "king", "secretary-general"}
)


def checks(file: str) -> list[tuple[str, ...]]:
    with (Path(__file__).parent / file).open(encoding="utf-8", newline="") as handle:
        return [tuple(row) for row in csv.reader(handle)][1:]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load()


@pytest.fixture(scope="module")
def names(reference: Reference) -> dict[tuple[str, str], set[str]]:
    """What each surface form names, by form and kind of name."""
    found: dict[tuple[str, str], set[str]] = {}
    for surface, kind, id_ in reference.names():
        found.setdefault((surface, kind), set()).add(id_)
    return found


@pytest.mark.parametrize(("surface", "kind", "id_"), checks("surfaces.csv"))
def test_a_surface_form_names_what_a_reader_takes_it_for(
    names: dict[tuple[str, str], set[str]], surface: str, kind: str, id_: str
) -> None:
    assert id_ in names[surface, kind]


@pytest.mark.parametrize(("day", "title", "of", "person"), checks("holders.csv"))
def test_who_held_an_office_on_a_day(reference: Reference, day: str, title: str, of: str, person: str) -> None:
    holder = reference.office_holder(title, of, date.fromisoformat(day))
    assert holder is not None
    assert holder.name == person


@pytest.mark.parametrize(("organization", "size"), SIZES.items())
def test_a_body_has_all_its_members(reference: Reference, organization: str, size: int) -> None:
    body = next(known for known in reference.organizations if known.id == f"organization/{organization}")
    assert len(body.members) == size


@pytest.mark.parametrize(("agreement", "signed", "place", "parties"), checks("signings.csv"))
def test_who_agreed_when_and_where(reference: Reference, agreement: str, signed: str, place: str, parties: str) -> None:
    known = next(entry for entry in reference.agreements if entry.id == f"agreement/{agreement}")
    assert known.signed is not None
    assert known.signed.value == signed
    assert known.place == (f"place/{place}" if place else None)
    assert "|".join(sorted(party.split("/")[1] for party in known.parties)) == parties


def test_no_agreement_has_a_party_that_was_not_there_yet_or_no_more(reference: Reference) -> None:
    lives = {state.id: state for state in reference.states if state.began or state.ended}
    assert [
        (agreement.id, state.id)
        for agreement in reference.agreements
        for party in agreement.parties
        if (state := lives.get(party)) and agreement.signed
        if (state.began and agreement.signed.year < state.began.year)
        or (state.ended and agreement.signed.year > state.ended.year)
    ] == []


def test_what_moscow_signed_before_1991_russia_did_not_sign(reference: Reference) -> None:
    early = [agreement for agreement in reference.agreements if agreement.signed and agreement.signed.year < 1991]
    assert len(early) > 100
    assert [agreement.id for agreement in early if "state/russia" in agreement.parties] == []


def test_an_agreement_is_of_a_class_of_the_ontology() -> None:
    terms = Namespace("https://w3id.org/treatygraph/ontology#")
    ontology = Graph().parse(folder("ontology") / "treatygraph.ttl")
    assert {terms[kind] for kind in AgreementKind} == set(ontology.subjects(RDFS.subClassOf, terms.Agreement))


def test_the_id_of_an_agreement_ends_with_its_year(reference: Reference) -> None:
    dated = [agreement for agreement in reference.agreements if agreement.signed]
    assert [
        agreement.id for agreement in dated if agreement.signed and not agreement.id.endswith(f"-{agreement.signed.year}")
    ] == []


def test_a_name_of_an_agreement_is_no_name_of_anything_else_and_no_plain_word(reference: Reference) -> None:
    owners: dict[str, set[str]] = {}
    for surface, _, id_ in reference.names():
        owners.setdefault(surface, set()).add(id_)
    forms = {name for name in reference.names() if name.id.startswith("agreement/")}
    others = [name for name in forms if any(not owner.startswith("agreement/") for owner in owners[name.surface])]
    firm = [name for name in forms if name.kind is NameKind.NAME]
    assert others == []
    assert [name for name in firm if len(owners[name.surface]) > 1] == []
    assert [name for name in firm if getAllLemmas(name.surface.lower())] == []


def test_every_surface_form_has_a_letter(reference: Reference) -> None:
    assert [name for name in reference.names() if not re.search(r"[^\W\d_]", name.surface)] == []


def test_capitals_of_sovereign_states_are_seats_and_places(reference: Reference, names: dict[tuple[str, str], set[str]]) -> None:
    capitals = {state.capital: state for state in reference.states if state.status is Status.SOVEREIGN and state.capital}
    places = {place.id: place for place in reference.places}
    assert [id_ for id_ in capitals if id_ not in names[places[id_].name, NameKind.CAPITAL]] == []
    assert [id_ for id_, state in capitals.items() if not state.seats] == []


def test_what_only_the_context_decides_is_no_firm_name(names: dict[tuple[str, str], set[str]]) -> None:
    shortenings = [(surface, id_) for surface, kind, id_ in checks("surfaces.csv") if kind == NameKind.SHORTENING]
    assert shortenings
    assert [surface for surface, id_ in shortenings for kind in FIRM if id_ in names.get((surface, kind), ())] == []


def test_every_member_of_the_united_nations_has_an_item_a_capital_and_a_demonym_or_name(reference: Reference) -> None:
    by_id = {state.id: state for state in reference.states}
    united_nations = next(body for body in reference.organizations if body.id == "organization/united-nations")
    members = [by_id[id_] for id_ in united_nations.members]
    assert len(members) == 193
    assert [state.id for state in members if not (state.qid and state.capital and state.iso2)] == []
    assert [state.id for state in members if state.status is not Status.SOVEREIGN] == []


def test_historic_states_have_years_and_end_before_they_are_history(reference: Reference) -> None:
    historic = [state for state in reference.states if state.status is Status.HISTORIC]
    assert len(historic) >= 15
    assert [state.id for state in historic if not (state.began and state.ended and state.began.year < state.ended.year)] == []


def test_territories_name_a_parent_unless_they_are_disputed(reference: Reference) -> None:
    without = {state.id for state in reference.states if state.status is Status.TERRITORY and not state.parent}
    assert without == {"state/western-sahara"}


def test_no_surface_form_silently_names_two_states(reference: Reference) -> None:
    owners = {(surface, id_) for surface, kind, id_ in reference.names() if kind in FIRM and id_.startswith("state/")}
    assert [surface for surface, count in Counter(surface for surface, _ in owners).items() if count > 1] == []


def test_wikidata_items_are_well_formed_and_unique(reference: Reference) -> None:
    items = [entry.qid for entry in reference.by_id.values() if entry.qid]
    assert len(items) > 1000
    assert [item for item in items if not re.fullmatch(r"Q[1-9]\d*", item)] == []
    assert [item for item, count in Counter(items).items() if count > 1] == []


def test_names_are_written_as_news_writes_them(reference: Reference) -> None:
    assert [name for name in reference.names() if re.search(r"[;&]\w+;|[\[\]{}<>]|\bnote\b|\s\s|\u2019", name.surface)] == []


def test_no_two_persons_hold_a_single_office_at_the_same_time(reference: Reference) -> None:
    held = [office for office in reference.offices if office.title in SINGLE]
    starts = {office: date.fromisoformat(office.began.value) for office in held if office.began and len(office.began.value) == 10}
    clashes = [
        (later.person, earlier.person)
        for later, earlier in itertools.permutations(held, 2)
        if (later.of, later.title) == (earlier.of, earlier.title) and later.person != earlier.person
        if later in starts and earlier.held_on(starts[later])
    ]
    assert clashes == []


def test_every_person_has_an_office(reference: Reference) -> None:
    holders = {office.person for office in reference.offices}
    assert [person.id for person in reference.persons if person.id not in holders] == []
