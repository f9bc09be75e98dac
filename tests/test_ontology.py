"""The ontology files: every term is documented, nothing that is used is undefined, and the files agree with each other."""

import json
import re
from collections import defaultdict
from pathlib import Path

import pyshacl
import pytest
from pyoxigraph import Literal, NamedNode
from rdflib import Graph
from rdflib.collection import Collection

from kg.graph import PREFIXES, TG, TGF, vocabulary
from kg.graph.jsonld import read_context
from kg.resources import folder
from kg.terms import term
from kg.vocabulary import ALIGNMENTS, FIELDS, ONTOLOGY, SHAPES, read_turtle
from tools.ontology_usage import unused, usage

HOME = folder("ontology")
PACKAGE = Path(__file__).parent.parent / "kg"
# What the graph contract promises, in its own order.
PROMISED_PROPERTIES = """
    party signatory dateSigned placeSigned replaces covers ratifiedBy withdrawnBy violatedBy mediatedBy
    holdsOfficeIn memberOf alliedWith metWith visited suppliedArmsTo supports sanctioned accused threatened attacked
    cooperatesWith
"""
PROMISED_CLASSES = """
    Person State Organization Place Agreement DefencePact PartnershipAgreement PeaceAgreement ArmsControlAgreement
    TradeAgreement CooperationAgreement AccessAgreement Memorandum Convention Declaration
"""
PROMISED_RECORD = """
    Document Mention Assertion Evidence refersTo evidenceFor polarity modality when where confidence officeTitle sha256
    Affirmed Denied Actual Alleged Planned Hypothetical
"""
PROMISED_FIELDS = """
    MutualDefence Consultation NonAggression Neutrality MilitaryCooperation MilitaryTechnology MilitaryAccess
    JointExercises ArmsControl ArmsTransfer Intelligence Security Ceasefire PrisonerExchange Border
    DiplomaticRelations Politics Trade Investment Finance Economy Energy NuclearEnergy Transport Technology Space
    Science Education Culture Health Agriculture Environment Migration HumanRights Justice Media Maritime Humanitarian
"""

Facts = dict[NamedNode, dict[NamedNode, list[object]]]


def facts(file: str) -> Facts:
    found: Facts = defaultdict(lambda: defaultdict(list))
    for quad in read_turtle(HOME / file):
        if isinstance(quad.subject, NamedNode):
            found[quad.subject][quad.predicate].append(quad.object)
    return found


TERMS = {node: told for node, told in facts(ONTOLOGY).items() if node.value.startswith(TG)}
CONCEPTS = {node: told for node, told in facts(FIELDS).items() if node.value.startswith(TGF)}
PROPERTIES = {
    node: told
    for node, told in TERMS.items()
    if {term("owl:ObjectProperty"), term("owl:DatatypeProperty")} & set(told[term("rdf:type")])
}


def names_in(text: str, prefix: str) -> set[str]:
    return set(re.findall(rf"(?<![\w/]){prefix}:([A-Za-z]\w*)", text))


def test_the_ontology_says_what_it_is_who_made_it_and_on_what_terms() -> None:
    header = facts(ONTOLOGY)[NamedNode("https://w3id.org/treatygraph/ontology")]
    for needed in (
        *("owl:versionIRI", "owl:versionInfo", "dcterms:license", "dcterms:title", "dcterms:description", "dcterms:creator"),
        *("dcterms:issued", "dcterms:modified", "vann:preferredNamespacePrefix", "vann:preferredNamespaceUri"),
    ):
        assert header[term(needed)], needed
    assert facts(ONTOLOGY)[NamedNode("https://w3id.org/treatygraph")][term("schema:name")] == [Literal("treatygraph")]


@pytest.mark.parametrize("node", TERMS, ids=lambda node: node.value.removeprefix(TG))
def test_every_term_has_a_label_a_comment_an_example_and_a_home(node: NamedNode) -> None:
    for needed in ("rdfs:label", "rdfs:comment", "skos:example"):
        (text,) = TERMS[node][term(needed)]
        assert isinstance(text, Literal)
        assert text.language == "en"
        assert text.value.strip()
    assert TERMS[node][term("rdfs:isDefinedBy")] == [NamedNode("https://w3id.org/treatygraph/ontology")]


def test_every_term_has_a_status_and_those_of_the_contract_are_stable() -> None:
    statuses = {node.value.removeprefix(TG): told[term("vs:term_status")] for node, told in TERMS.items()}
    assert [name for name, found in statuses.items() if found not in ([Literal("stable")], [Literal("testing")])] == []
    stable = {name for name, found in statuses.items() if found == [Literal("stable")]}
    assert stable == set(f"{PROMISED_PROPERTIES} {PROMISED_CLASSES} {PROMISED_RECORD}".split())


@pytest.mark.parametrize("node", PROPERTIES, ids=lambda node: node.value.removeprefix(TG))
def test_every_property_has_one_domain_and_one_range(node: NamedNode) -> None:
    # Two rdfs:domain statements would mean both at once; alternatives are one owl:unionOf.
    assert len(PROPERTIES[node][term("rdfs:domain")]) == 1
    assert len(PROPERTIES[node][term("rdfs:range")]) == 1


def test_the_statement_properties_are_those_of_the_contract() -> None:
    assert list(vocabulary().properties) == PROMISED_PROPERTIES.split()
    symmetric = {name for name, known in vocabulary().properties.items() if known.symmetric}
    assert symmetric == {"alliedWith", "metWith", "cooperatesWith"}
    assert all(vocabulary().properties[name].domain == vocabulary().properties[name].range for name in symmetric)


def test_the_classes_are_those_of_the_contract() -> None:
    assert set(vocabulary().classes) == set(PROMISED_CLASSES.split())


def test_the_fields_are_those_of_the_contract() -> None:
    assert set(vocabulary().fields) == set(PROMISED_FIELDS.split())


@pytest.mark.parametrize("node", CONCEPTS, ids=lambda node: node.value.removeprefix(TGF))
def test_every_field_is_labelled_defined_and_in_its_place(node: NamedNode) -> None:
    told = CONCEPTS[node]
    assert len(told[term("skos:prefLabel")]) == len(told[term("skos:definition")]) == 1
    assert told[term("skos:inScheme")] == [NamedNode("https://w3id.org/treatygraph/field")]
    for broader in told[term("skos:broader")]:
        assert node in CONCEPTS[broader][term("skos:narrower")]
    for narrower in told[term("skos:narrower")]:
        assert node in CONCEPTS[narrower][term("skos:broader")]
    assert bool(told[term("skos:broader")]) != bool(told[term("skos:topConceptOf")])


def test_the_top_fields_are_those_without_a_broader_one() -> None:
    scheme = facts(FIELDS)[NamedNode("https://w3id.org/treatygraph/field")]
    assert set(scheme[term("skos:hasTopConcept")]) == {node for node, told in CONCEPTS.items() if not told[term("skos:broader")]}


@pytest.mark.parametrize("file", [FIELDS, SHAPES, ALIGNMENTS, "context.jsonld"])
def test_no_file_uses_a_term_or_field_that_is_undefined(file: str) -> None:
    text = (HOME / file).read_text(encoding="utf-8")
    assert names_in(text, "tg") <= vocabulary().terms
    assert names_in(text, "tgf") <= set(vocabulary().fields)


@pytest.mark.parametrize(
    ("values", "shape"),
    [
        ("tg:Polarity", "EvidencePolarity"),
        ("tg:Modality", "EvidenceModality"),
        ("tg:Standing", "EntryStanding"),
        ("tg:Laterality", "CompositionLaterality"),
    ],
)
def test_a_shape_allows_just_the_values_that_there_are(values: str, shape: str) -> None:
    graph = Graph().parse(HOME / ONTOLOGY).parse(HOME / SHAPES)
    [(listed, allowed)] = graph.query(
        f"""PREFIX owl: <http://www.w3.org/2002/07/owl#> PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX tg: <{TG}>
        SELECT ?listed ?allowed {{
            {values} owl:equivalentClass/owl:oneOf ?listed .
            <https://w3id.org/treatygraph/shape#{shape}> sh:in ?allowed }}"""
    )
    assert list(Collection(graph, listed)) == list(Collection(graph, allowed))


def test_every_term_is_used_by_a_query_a_frame_the_code_or_a_test() -> None:
    found = usage()
    assert set(found) == vocabulary().terms
    assert unused(found) == []


def test_a_term_that_nothing_uses_is_named(tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries" / "who.rq").write_text("SELECT ?who { ?what tg:party ?who ; tg:partyCount 2 }")
    found = usage(tmp_path)
    assert found["party"] == {"query": ["queries/who.rq"]}
    assert set(unused(found)) == vocabulary().terms - {"party", "partyCount"}


def test_no_code_uses_a_term_that_is_undefined() -> None:
    used = {name for file in PACKAGE.rglob("*.py") for name in names_in(file.read_text(encoding="utf-8"), "tg")}
    assert used
    assert used <= vocabulary().terms


def test_the_namespaces_of_the_ontology_are_written_down_once_in_the_code() -> None:
    homes = {file.name for file in PACKAGE.rglob("*.py") if f'"{TG}"' in file.read_text(encoding="utf-8")}
    assert homes == {"terms.py"}


def test_the_shapes_are_well_formed_shapes() -> None:
    verdict, _, text = pyshacl.validate(Graph(), shacl_graph=Graph().parse(HOME / SHAPES), meta_shacl=True)
    assert verdict, text


def test_every_shape_says_in_words_what_it_promises() -> None:
    shapes = Graph().parse(HOME / SHAPES)
    silent = shapes.query(
        """PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT ?shape WHERE { ?shape a ?kind . FILTER (?kind IN (sh:NodeShape, sh:PropertyShape))
        FILTER NOT EXISTS { ?shape sh:message|(sh:sparql/sh:message) ?words } }"""
    )
    assert list(silent) == []


def test_the_context_has_a_word_for_every_term() -> None:
    words = set(read_context(HOME / "context.jsonld").words)
    assert {TG + name for name in vocabulary().terms} <= words


def test_the_context_knows_the_prefixes_of_the_code() -> None:
    definition = json.loads((HOME / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    assert {name: definition.get(name) for name in PREFIXES} == dict(PREFIXES)


RELATIONS = {term(f"skos:{kind}Match") for kind in ("exact", "close", "broad", "narrow", "related")}


def test_only_mapping_relations_lead_outside() -> None:
    for node, told in facts(ALIGNMENTS).items():
        if node in TERMS or node in CONCEPTS:
            assert set(told) <= RELATIONS


def outside(names: str) -> dict[str, set[str]]:
    """Where the alignments lead from each of these terms."""
    found = facts(ALIGNMENTS)
    return {name: {str(o) for r in RELATIONS for o in found[NamedNode(TG + name)][r]} for name in names.split()}


def test_every_statement_property_has_a_nearest_outside_term() -> None:
    assert [name for name, found in outside(PROMISED_PROPERTIES).items() if not found] == []


@pytest.mark.parametrize("scheme", ["wikidata.org", "schema.org", "prov#", "2009/11/sem/", "PLOVER", "CAMEO", "ATOP"])
def test_the_alignments_lead_to_each_of(scheme: str) -> None:
    assert any(scheme in target for found in outside(" ".join(vocabulary().terms)).values() for target in found)


def test_every_code_of_others_has_a_notation_and_is_led_to() -> None:
    found = facts(ALIGNMENTS)
    codes = {node for node, told in found.items() if term("skos:Concept") in told[term("rdf:type")]}
    led_to = {target for told in found.values() for relation in [*RELATIONS, term("skos:broader")] for target in told[relation]}
    assert [node for node in codes if len(found[node][term("skos:notation")]) != 1 or node not in led_to] == []


def test_the_five_obligations_of_atop_are_met_by_fields() -> None:
    found = facts(ALIGNMENTS)
    codes = {target for node in CONCEPTS for relation in RELATIONS for target in found[node][relation]}
    notations = {str(value) for code in codes if isinstance(code, NamedNode) for value in found[code][term("skos:notation")]}
    assert {f'"{code}"' for code in ("DEFENSE", "OFFENSE", "NEUTRAL", "NONAGG", "CONSUL")} <= notations


def test_the_obligations_are_a_collection_of_fields() -> None:
    obligations = facts(FIELDS)[NamedNode("https://w3id.org/treatygraph/field/obligations")]
    assert len(obligations[term("skos:member")]) == 4
    assert set(obligations[term("skos:member")]) <= set(CONCEPTS)
