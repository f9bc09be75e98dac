"""What the knowledge base knows stands in the reference graph, in terms that documents' statements do not use."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph import TG, Known, Names, Tenure, reference_quads, vocabulary
from kg.graph.reference import known_facts
from kg.model import Entity, Kind, PartialDate
from kg.reference import load
from kg.terms import term

NAMES = Names()
GRAPH = NAMES.shared_graph("reference")
BHUTAN = Entity("state/bhutan", Kind.STATE, "Bhutan", ("Kingdom of Bhutan",))
FACTS = [
    Known(BHUTAN, wikidata="Q917", capital="place/thimphu", iso2="BT", iso3="BTN"),
    Known(Entity("place/thimphu", Kind.PLACE, "Thimphu")),
    Tenure("person/ada-lind", "state/bhutan", "Envoy", PartialDate("2031-05"), PartialDate("2032")),
]


def test_an_entity_has_its_labels_its_wikidata_item_and_its_capital() -> None:
    quads = reference_quads(FACTS, NAMES)
    node = NAMES.entity("state/bhutan")
    assert Quad(node, term("skos:exactMatch"), NamedNode("http://www.wikidata.org/entity/Q917"), GRAPH) in quads
    assert Quad(node, term("tg:capital"), NAMES.entity("place/thimphu"), GRAPH) in quads
    assert {quad.object.value for quad in quads if quad.subject == node and quad.predicate == term("skos:altLabel")} == {
        "Kingdom of Bhutan"
    }


def test_a_state_has_its_iso_codes() -> None:
    quads = reference_quads(FACTS, NAMES)
    node = NAMES.entity("state/bhutan")
    assert Quad(node, term("tg:isoAlpha2"), Literal("BT"), GRAPH) in quads
    assert Quad(node, term("tg:isoAlpha3"), Literal("BTN"), GRAPH) in quads


def test_an_agreement_has_its_registration_numbers() -> None:
    treaty = Known(Entity("agreement/lake-treaty", Kind.AGREEMENT, "Lake Treaty"), registrations=("UNTS I-7", "ATOP 3210"))
    numbers = {quad.object for quad in reference_quads([treaty], NAMES) if quad.predicate == term("tg:registrationNumber")}
    assert numbers == {Literal("UNTS I-7"), Literal("ATOP 3210")}


def test_a_well_known_agreement_is_known_by_its_number() -> None:
    [known] = known_facts({"agreement/genocide-convention-1948"}, load())
    assert isinstance(known, Known)
    assert known.registrations == ("UNTS I-1021",)


def test_a_tenure_has_holder_office_and_dates() -> None:
    tenure = NAMES.tenure("person/ada-lind", "state/bhutan", "Envoy", PartialDate("2031-05"))
    told = {quad.predicate: quad.object.value for quad in reference_quads(FACTS, NAMES) if quad.subject == tenure}
    assert told[term("tg:officeTitle")] == "Envoy"
    assert told[term("tg:since")] == "2031-05"
    assert told[term("tg:until")] == "2032"


def test_no_statement_property_is_used() -> None:
    used = {quad.predicate.value.removeprefix(TG) for quad in reference_quads(FACTS, NAMES)}
    assert not used & set(vocabulary().properties)


def test_what_is_no_wikidata_item_is_refused() -> None:
    with pytest.raises(GraphError, match="Q408"):
        reference_quads([Known(BHUTAN, wikidata="P31")], NAMES)
