"""Identity stands in the links graph, each link with its confidence and reason."""

from dataclasses import replace
from datetime import date

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import GraphError
from kg.graph import Names, link_quads, literals, validate
from kg.model import Identification, Link
from kg.terms import term

NAMES = Names()
ITEM = "http://www.wikidata.org/entity/Q408"
GRAPH = NAMES.shared_graph("links")


def link(*, target: str = ITEM, accepted: bool = True, confidence: float = 0.9, reason: str = "same name") -> Link:
    return Link("state/norland", target, accepted, confidence, reason)


@pytest.mark.parametrize(("accepted", "predicate"), [(True, "owl:sameAs"), (False, "skos:closeMatch")])
def test_an_accepted_link_is_the_same_and_a_candidate_is_close(accepted: bool, predicate: str) -> None:
    quads = link_quads([link(accepted=accepted)], NAMES)
    assert Quad(NAMES.entity("state/norland"), term(predicate), NamedNode(ITEM), GRAPH) in quads


def test_a_link_keeps_its_confidence_and_reason() -> None:
    node = NAMES.link(link())
    quads = link_quads([link()], NAMES)
    assert Quad(node, term("tg:confidence"), Literal("0.9", datatype=term("xsd:decimal")), GRAPH) in quads
    assert Quad(node, term("tg:reason"), Literal("same name"), GRAPH) in quads
    assert Quad(node, term("rdf:object"), NamedNode(ITEM), GRAPH) in quads


def test_a_link_says_who_proposed_it_and_when_and_who_decided() -> None:
    decided = replace(link(), source="https://registry.example/reconcile", on=date(2031, 5, 6), author="N. N.")
    told = {q.predicate: q.object for q in link_quads([decided], NAMES) if q.subject == NAMES.link(decided)}
    assert told[term("dcterms:source")] == NamedNode("https://registry.example/reconcile")
    assert told[term("dcterms:date")] == Literal("2031-05-06", datatype=term("xsd:date"))
    assert told[term("dcterms:creator")] == Literal("N. N.")


def test_a_link_to_another_entity_leads_to_its_iri() -> None:
    quads = link_quads([link(target="state/old-norland")], NAMES)
    assert Quad(NAMES.entity("state/norland"), term("owl:sameAs"), NAMES.entity("state/old-norland"), GRAPH) in quads


def test_of_two_links_between_the_same_two_the_accepted_and_then_the_surer_one_is_kept() -> None:
    candidates = [
        link(accepted=False, confidence=0.99),
        link(confidence=0.6, reason="same office"),
        link(confidence=0.7, reason="same name"),
    ]
    quads = link_quads(candidates, NAMES)
    assert [quad.object.value for quad in quads if quad.predicate == term("tg:reason")] == ["same name"]
    assert term("skos:closeMatch") not in {quad.predicate for quad in quads}


def test_the_order_in_which_links_are_found_does_not_matter() -> None:
    found = [link(confidence=0.5), link(confidence=0.6), link(target="state/x")]
    assert link_quads(found, NAMES) == link_quads(found[::-1], NAMES)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (link(target="http://a b"), "no IRI"),
        (replace(link(), source="no service"), "no IRI"),
        (link(confidence=1.2), "confidence from 0 to 1"),
    ],
)
def test_a_broken_link_is_refused(broken: Link, reason: str) -> None:
    with pytest.raises(GraphError, match=reason):
        link_quads([broken], NAMES)


@pytest.mark.parametrize(("documents", "kept"), [(("b",), {"a", "b"}), ((), set())])
def test_a_name_that_is_identified_twice_for_one_reason_is_identified_once(documents: tuple[str, ...], kept: set[str]) -> None:
    one = Identification("person/ada-lind", "Ada Lind", "kg.identity.name.v1", "the same name in full", 0.98, ("a",))
    quads = link_quads([], NAMES, [one, replace(one, confidence=1.0, documents=documents)])
    told = [(quad.predicate, quad.object) for quad in quads]
    assert [value for predicate, value in told if predicate == term("tg:confidence")] == [literals.confidence(1.0)]
    assert {value for predicate, value in told if predicate == term("oa:hasSource")} == {NAMES.document(name) for name in kept}
    assert validate(quads).conforms
