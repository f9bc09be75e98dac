"""Trusty URIs: the codes are those of the specification and of other implementations, and any change shows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import ExchangeError
from kg.exchange.trusty import UNKNOWN, artifact_code

CONTENT = rf"""
@prefix sub: <https://example.org/np/{UNKNOWN}#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://example.org/> .
sub:one {{
    ex:river ex:length "1233"^^xsd:integer, "1,233 km", "1233 km"@en, "zwölfhundert\nund mehr \\ weniger"@DE ;
        ex:flows ex:sea , sub:part .
}}
sub:two {{ <https://example.org/np/{UNKNOWN}> ex:says "𝒜 and ｚ", "z" ; ex:of sub:one . sub:one ex:of ex:river . }}
"""
QUADS = list(parse(CONTENT.encode(), RdfFormat.TRIG))
#: What nanopub 2.0.1 from PyPI, an implementation by other people, gives for this content.
CODE = "RAbPF4AakyNgSQcu1TIjs5A6apQw4dqSROuK0jBOp4zR8"


def test_content_with_every_kind_of_value_has_the_code_that_another_implementation_gives() -> None:
    assert artifact_code(QUADS) == CODE


def test_the_code_in_the_place_of_the_unknown_one_changes_nothing() -> None:
    named = list(parse(CONTENT.replace(UNKNOWN, CODE).encode(), RdfFormat.TRIG))
    assert artifact_code(named, CODE) == CODE


def test_nothing_has_the_code_that_the_specification_gives_for_nothing() -> None:
    assert artifact_code([]) == "RA47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU"


@given(st.permutations(QUADS))
def test_the_order_does_not_matter_nor_does_saying_it_twice(quads: list[Quad]) -> None:
    assert artifact_code([*quads, quads[0]]) == CODE


@given(st.integers(0, len(QUADS) - 1), st.text())
def test_any_other_value_gives_another_code(place: int, value: str) -> None:
    old = QUADS[place]
    changed = Quad(old.subject, old.predicate, Literal(value), old.graph_name)
    if changed not in QUADS:
        assert artifact_code([*QUADS[:place], changed, *QUADS[place + 1 :]]) != CODE


def test_a_language_a_type_and_a_graph_count() -> None:
    node = NamedNode("https://example.org/")
    values = [Literal("1"), Literal("1", language="en"), Literal("1", datatype=node), node]
    codes = {artifact_code([Quad(node, node, value, graph)]) for value in values for graph in (node, DefaultGraph())}
    assert len(codes) == 8


def test_blank_nodes_have_no_place() -> None:
    node = NamedNode("https://example.org/")
    with pytest.raises(ExchangeError, match="must have an IRI"):
        artifact_code([Quad(BlankNode("b"), node, node, node)])
