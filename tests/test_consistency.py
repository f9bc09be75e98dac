"""The ontology, and graphs under it, are consistent by the rules of OWL 2 RL (W3C, OWL 2 Profiles, section 4.3)."""

from __future__ import annotations

import re
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from owlrl.OWLRL import OWLRL_Semantics
from pyoxigraph import parse
from rdflib import OWL, Graph
from rdflib.collection import Collection

from kg.graph import PREFIXES
from kg.resources import folder
from kg.store import open_store
from kg.store.base import quads
from kg.vocabulary import FIELDS, ONTOLOGY

PREAMBLE = "".join(f"@prefix {name}: <{namespace}> .\n" for name, namespace in PREFIXES.items()) + "@prefix : <urn:x:> .\n"


def ontology() -> Graph:
    graph = Graph()
    for file in (ONTOLOGY, FIELDS):
        graph.parse(folder("ontology") / file)
    return graph


def contradictions(graph: Graph) -> list[str]:
    """What the rules find wrong: members of nothing, of disjoint classes, or the same as what is different."""
    for lists in list(graph.objects(None, OWL.distinctMembers)):
        # owlrl passes over the last member of a list of different things (rule eq-diff2).
        for one, other in combinations(Collection(graph, lists), 2):
            graph.add((one, OWL.differentFrom, other))
    closure = OWLRL_Semantics(graph, False, False, False)
    closure.closure()
    return list(closure.error_messages)


def test_the_demonstration_graph_is_consistent_with_the_ontology(demo_file: Path) -> None:
    graph = ontology()
    for name in ("demo.trig", "demo-treaties.trig"):
        graph += triples(demo_file.with_name(name))
    assert contradictions(graph) == []


#: What contradicts the ontology, with what the rules must name.
PLANTED = {
    ":two-kinds a tg:Person, tg:State .": ["two-kinds"],
    ":told a tg:Agreement, tg:Evidence .": ["told"],
    ":first-and-last a tg:Person, tg:Field .": ["first-and-last"],
    ":treaty a :Treaty . :Treaty rdfs:subClassOf tg:Agreement, tg:Organization .": ["treaty"],
    ":e1 tg:polarity tg:Affirmed, tg:Denied .": ["#Affirmed", "#Denied"],
    ":e2 tg:modality tg:Planned, tg:Hypothetical .": ["#Planned", "#Hypothetical"],
    ":e3 tg:evidenceFor :pact . :pact a tg:Agreement .": ["pact"],
    ":m tg:refersTo :town, :land . :town a tg:Place . :land a tg:State .": ["town"],
    ":she tg:memberOf :body . :she a tg:Person .": ["she"],
    ":part a tg:PartyRole, tg:Withdrawal .": ["part"],
    ":n tg:standing tg:Stated, tg:Possible .": ["#Stated", "#Possible"],
    ":one owl:sameAs :other ; owl:differentFrom :other .": ["one", "other"],
}


@pytest.fixture(scope="module")
def found() -> list[str]:
    graph = ontology()
    graph.parse(data=PREAMBLE + "\n".join(PLANTED), format="turtle")
    return contradictions(graph)


@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_contradiction_is_found(found: list[str], planted: str) -> None:
    named = PLANTED[planted]
    assert any(all(re.search(rf"{name}\b", message) for name in named) for message in found), found


@pytest.mark.slow
def test_the_graph_of_the_samples_is_consistent_with_the_ontology(sample_store: Path) -> None:
    graph = ontology()
    with closing(open_store(sample_store)) as store:
        kept = (quad for quad in quads(store) if not str(quad.graph_name).endswith("graph/ontology>"))
        graph.parse(data="\n".join(f"{quad.triple} ." for quad in kept), format="nt")
    assert contradictions(graph) == []


def triples(file: Path) -> Graph:
    return Graph().parse(data="\n".join(f"{quad.triple} ." for quad in parse(path=file)), format="nt")
