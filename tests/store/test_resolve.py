"""What a person types, and what is meant by it."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import QueryError
from kg.store import MemoryStore
from kg.store.resolve import base_of, entity, statement_property, value

BASE = "https://w3id.org/treatygraph/id/"
NORWAY = NamedNode(BASE + "state/norway")
PREF, ALT = (NamedNode(f"http://www.w3.org/2004/02/skos/core#{name}Label") for name in ("pref", "alt"))


def named(*labels: tuple[str, NamedNode, str]) -> MemoryStore:
    graph = NamedNode("urn:graph")
    return MemoryStore(Quad(NamedNode(iri), kind, Literal(name, language="en"), graph) for iri, kind, name in labels)


@pytest.mark.parametrize(
    "text", [NORWAY.value, f"<{NORWAY.value}>", "state/norway", "Norway", "norway", "NORWAY"], ids=lambda text: text[:20]
)
def test_an_entity_can_be_said_in_many_ways(demo: MemoryStore, text: str) -> None:
    assert entity(demo, text) == NORWAY


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Tromsø Agreement", "agreement/tromso-agreement-on-maritime-safety"),
        ("Aune", "person/sigrid-aune"),
        ("Ruritania takes aim at northern pact", "document/tromso-doubts"),
        ("tromsø", "place/tromso"),
    ],
)
def test_other_names_and_titles_count_too(demo: MemoryStore, text: str, id: str) -> None:
    assert entity(demo, text) == NamedNode(BASE + id)


def test_a_prefixed_name_is_expanded(demo: MemoryStore) -> None:
    assert entity(demo, "tgf:JointExercises") == NamedNode("https://w3id.org/treatygraph/field#JointExercises")


def test_an_id_with_other_letters_is_written_as_the_graph_writes_it(demo: MemoryStore) -> None:
    assert entity(demo, "place/łódź") == NamedNode(BASE + "place/%C5%82%C3%B3d%C5%BA")


def test_an_id_needs_a_graph_that_shows_its_base() -> None:
    assert base_of(MemoryStore()) is None
    with pytest.raises(QueryError, match="use the IRI"):
        entity(MemoryStore(), "state/norway")


def test_a_first_name_stands_above_another_name() -> None:
    store = named(("urn:georgia", PREF, "Georgia"), ("urn:us-state", ALT, "Georgia"))
    assert entity(store, "Georgia") == NamedNode("urn:georgia")


def test_a_name_of_several_things_lists_them() -> None:
    store = named(("urn:x/congo-brazzaville", PREF, "Congo"), ("urn:x/congo-kinshasa", PREF, "Congo"))
    with pytest.raises(QueryError, match=r"urn:x/congo-brazzaville, urn:x/congo-kinshasa"):
        entity(store, "Congo")


def test_an_unknown_name_brings_up_its_neighbours(demo: MemoryStore) -> None:
    with pytest.raises(QueryError, match=r"near it are Norway \(state/norway\)"):
        entity(demo, "Norwa")


def test_a_name_like_no_other_says_just_that(demo: MemoryStore) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is called 'Atlantis'"):
        entity(demo, "Atlantis")


@pytest.mark.parametrize("text", ['" } SERVICE <http://127.0.0.1:9/> { #', "\\", "'''", "} UNION {", 'ü\n\t"x"'])
def test_a_name_is_never_read_as_sparql(demo: MemoryStore, text: str) -> None:
    with pytest.raises(QueryError, match="nothing in the graph is called"):
        entity(demo, text)


def test_what_only_looks_like_an_iri_is_refused(demo: MemoryStore) -> None:
    with pytest.raises(QueryError, match="is no IRI"):
        entity(demo, "http://exa{mple}/")


@pytest.mark.parametrize(
    "text", ["metWith", "tg:metWith", "met with", "Met With", "https://w3id.org/treatygraph/ontology#metWith"]
)
def test_a_property_can_be_said_in_many_ways(demo: MemoryStore, text: str) -> None:
    assert statement_property(demo, text) == NamedNode("https://w3id.org/treatygraph/ontology#metWith")


def test_a_property_that_cannot_be_is_refused(demo: MemoryStore) -> None:
    with pytest.raises(QueryError, match="no property is called 'Met Him'"):
        statement_property(demo, "Met Him")


@pytest.mark.parametrize(("text", "kind"), [("2023-05-12", "date"), ("2023-05", "gYearMonth"), ("2023", "gYear")])
def test_a_date_is_a_date(demo: MemoryStore, text: str, kind: str) -> None:
    assert value(demo, text) == Literal(text, datatype=NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}"))


def test_a_date_that_cannot_be_is_refused(demo: MemoryStore) -> None:
    with pytest.raises(QueryError):
        value(demo, "2023-13")


def test_anything_else_is_an_entity(demo: MemoryStore) -> None:
    assert value(demo, "Norway") == NORWAY
