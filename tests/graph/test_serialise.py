"""Quads as files: equal graphs give equal bytes, and every format holds what was handed over."""

import io
import json

import pytest
import river_treaty
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Literal, NamedNode, Quad, RdfFormat, parse
from river_treaty import RUN

from kg.graph import Names, document_quads, export, ontology_quads, run_quads, sorted_nquads
from kg.terms import term

QUADS = [
    *document_quads(river_treaty.reading("one"), Names(), RUN),
    *document_quads(river_treaty.reading("two"), Names(), RUN),
    *run_quads([RUN], {}, Names()),
    *ontology_quads(Names()),
]


def exported(quads: list[Quad], form: RdfFormat) -> bytes:
    out = io.BytesIO()
    export(quads, form, out)
    return out.getvalue()


def canonical(quads: Dataset) -> bytes:
    quads.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted_nquads(quads)


@given(st.permutations(QUADS[:40]))
def test_the_order_of_writing_does_not_matter(quads: list[Quad]) -> None:
    assert sorted_nquads(quads) == sorted_nquads(QUADS[:40])


def test_a_quad_that_is_written_twice_is_one_line() -> None:
    assert sorted_nquads([QUADS[0], QUADS[0]]).count(b"\n") == 1


def test_nothing_gives_no_bytes() -> None:
    assert sorted_nquads([]) == b""


@pytest.mark.parametrize("form", [RdfFormat.N_QUADS, RdfFormat.TRIG, RdfFormat.JSON_LD], ids=str)
def test_a_format_with_named_graphs_gives_back_every_quad(form: RdfFormat) -> None:
    read_back = Dataset(parse(exported(QUADS, form), format=form))
    assert canonical(read_back) == canonical(Dataset(QUADS))


@pytest.mark.parametrize("form", [RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML], ids=str)
def test_a_format_without_named_graphs_gives_back_every_triple(form: RdfFormat) -> None:
    read_back = Dataset(parse(exported(QUADS, form), format=form))
    assert canonical(read_back) == canonical(Dataset(Quad(*quad.triple) for quad in QUADS))


@pytest.mark.parametrize("form", [RdfFormat.TRIG, RdfFormat.TURTLE], ids=str)
def test_turtle_and_trig_are_written_with_prefixes(form: RdfFormat) -> None:
    written = exported(QUADS, form).decode()
    assert "@prefix tg: <https://w3id.org/treatygraph/ontology#> ." in written
    assert "a tg:Evidence" in written


def test_json_ld_speaks_in_the_words_of_the_context() -> None:
    graphs = json.loads(exported(QUADS, RdfFormat.JSON_LD))["@graph"]
    nodes = {node["id"]: node for node in graphs[0]["@graph"]}
    evidence = next(node for node in nodes.values() if node["type"] == "Evidence" and "when" in node)
    assert evidence["polarity"] == "Affirmed"
    assert evidence["confidence"] == "0.9"
    assert evidence["when"] == {"@value": "2031-05-04", "@type": "xsd:date"}
    assert isinstance(nodes[evidence["selector"]]["start"], int)
    assert nodes[evidence["evidenceFor"]]["predicate"] == "metWith"


@given(
    st.sampled_from(["oa:start", "tg:covers", "skos:prefLabel", "rdf:object", "tg:party", "rdfs:seeAlso", "rdf:type"]),
    st.one_of(
        st.builds(Literal, st.text(max_size=5)),
        st.builds(lambda text: Literal(text, language="fr"), st.text(max_size=5)),
        st.builds(lambda text: Literal(text, datatype=term("xsd:integer")), st.sampled_from(["7", "007", "-7", "x", "٣"])),
        st.sampled_from([term("tgf:Trade"), term("tg:Person"), NamedNode("urn:x:y"), NamedNode("https://a.example/tg:b")]),
    ),
)
def test_json_ld_means_the_same_whatever_stands_where(predicate: str, value: Literal | NamedNode) -> None:
    quad = Quad(NamedNode("urn:s"), term(predicate), value, NamedNode("urn:g"))
    assert list(parse(exported([quad], RdfFormat.JSON_LD), format=RdfFormat.JSON_LD)) == [quad]
