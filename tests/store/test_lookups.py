"""Which queries are sure to be look-ups."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.lookups import is_lookup
from kg.store.syntax import syntax_error

LOOKUPS = (
    "SELECT * { <urn:x> ?p ?o }",
    "select ?p ?o where { graph ?g { <urn:x> ?p ?o } } limit 20",
    "PREFIX tg: <https://w3id.org/treatygraph/ontology#>\nSELECT ?e WHERE { ?e tg:evidenceFor <urn:a> . }",
    "PREFIX : <urn:p:> ASK { <urn:x> a <urn:y> }",
    'SELECT $s { $s <urn:label> "Norway"@en }',
    'PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> SELECT ?s ?p { ?s ?p "2024"^^xsd:gYear }',
    "SELECT * { GRAPH <urn:g> { <urn:x> <urn:p> ?o } }",
)
OTHERS = (
    "SELECT * { ?s ?p ?o }",
    "SELECT * { ?s <urn:p> ?o }",  # however few or many these are
    "SELECT * { <urn:x> ?p ?o . ?o ?q ?r }",
    "SELECT DISTINCT ?p { <urn:x> ?p ?o }",  # may read a million rows to give one
    "SELECT (COUNT(*) AS ?n) { <urn:x> ?p ?o }",
    "SELECT * { <urn:x> ?p ?o } ORDER BY ?o",
    "SELECT * { <urn:x> ?p ?o } OFFSET 1000000",
    "SELECT * { <urn:x> ?p ?p }",
    "SELECT * { GRAPH ?p { <urn:x> ?p ?o } }",
    "SELECT * { <urn:x> ?p $p }",
    "SELECT * { <urn:x> <urn:p>+ ?o }",
    "SELECT * { <urn:x> <urn:p>/<urn:q> ?o }",
    "SELECT * { <urn:x> ?p ?o FILTER(?o > 3) }",
    "SELECT * FROM <urn:g> { <urn:x> ?p ?o }",
    "SELECT * { SERVICE <urn:x> { <urn:x> ?p ?o } }",
    "SELECT * { <urn:x> ?p ?o } # and so on",
    "SELECT * { <urn:x> ?p ?o } VALUES ?o { 1 }",
    "CONSTRUCT WHERE { <urn:x> ?p ?o }",
    "INSERT DATA { <urn:x> <urn:p> 1 }",
    "SELECT * { <urn:x> ?p ?o" + " " * 3000 + "}",
    "",
)


@pytest.mark.parametrize("query", LOOKUPS)
def test_one_pattern_with_a_named_end_is_a_look_up(query: str) -> None:
    assert is_lookup(query)
    assert syntax_error(query) is None


@pytest.mark.parametrize("query", OTHERS)
def test_everything_else_is_none(query: str) -> None:
    assert not is_lookup(query)


TOKENS = (
    "SELECT",
    "ASK",
    "*",
    "?a",
    "?b",
    "{",
    "}",
    "<urn:x>",
    "GRAPH",
    ".",
    "/",
    "+",
    "LIMIT",
    "3",
    "DISTINCT",
    "a",
    '"x"',
    "(",
)


@given(st.lists(st.sampled_from(TOKENS), max_size=14).map(" ".join))
def test_no_look_up_names_nothing_or_nests(query: str) -> None:
    if is_lookup(query):
        assert query.count("{") <= 2
        assert "<" in query or '"' in query
        assert not {"/", "+", "(", "DISTINCT"} & set(query.split())
