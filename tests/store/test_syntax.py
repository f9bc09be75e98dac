"""What a query's text gives away before it is evaluated."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.syntax import explain, refuse_service, syntax_error, uses

CALLS = (
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?v . SeRvIcE ?v { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> ASK { SERVICE:a { ?s ?p ?o } }",
    "PREFIX SERVIBE: <urn:x> PREFIX : <http://127.0.0.1:9/> ASK { SERVICE:a { ?s ?p ?o } }",
    "PREFIX service: <http://127.0.0.1:9/> ASK { SERVICE service:a { ?s ?p ?o } }",
    "ASK { ?s ?p 1SERVICE<http://127.0.0.1:9/>{ ?s ?p ?o } }",
    "ASK { ?s ?p true.SERVICE<http://127.0.0.1:9/>{} }",
    "ASK { ?s ?p 'x'SERVICE<http://127.0.0.1:9/>{} }",
    "ASK { ?s ?p ?o FILTER EXISTS { SERVICE <http://127.0.0.1:9/> {} } }",
    "ASK { { SELECT * { OPTIONAL { SERVICE <http://127.0.0.1:9/> {} } } } }",
    "ASK { ?s ?p ?o # a remark\n SERVICE # another\n <http://127.0.0.1:9/> {} }",
    'ASK { ?s ?p ?o FILTER(?s<?o#>"""\n) SERVICE <http://127.0.0.1:9/> {} #"""\n }',
    "ASK { SER\\u0056ICE <http://127.0.0.1:9/> {} }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
)
HARMLESS = (
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { $SERVICE ?p 'the SERVICE <http://x/> {}' }",
    'SELECT * { ?s ?p """SERVICE\n<http://x/> {}""" }',
    "PREFIX service: <urn:service#> SELECT * { service:a service:SERVICE ?o }",
    "PREFIX ex: <urn:> SELECT * { ex:service ex:pre.service _:SERVICE }",
    "SELECT * { <http://example.org/SERVICE> ?p 'x'@en-service } # SERVICE <http://x/> {}",
    "SELECT * { ?s ?p ?o }",
)


@pytest.mark.parametrize("query", CALLS)
def test_a_query_that_calls_another_server_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        refuse_service(query)


def test_the_refusal_says_what_is_refused_and_where() -> None:
    with pytest.raises(QueryError, match="SERVICE, which is refused") as caught:
        refuse_service(CALLS[0])
    assert caught.value.line == 1


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_service_elsewhere_is_no_call(query: str) -> None:
    refuse_service(query)


def test_an_error_elsewhere_is_not_taken_for_a_call() -> None:
    with pytest.raises(QueryError, match="line 2") as caught:
        refuse_service("SELECT * { ?service ?p ?o\n FOO BAR }")
    assert "refused" not in str(caught.value)


@given(st.text(alphabet="SERVICEserviceFROMfrom ?<>{}'\"#.:\\\n", max_size=60))
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    with suppress(QueryError):
        refuse_service(text)


@given(st.text(max_size=80))
def test_a_quoted_text_is_never_a_call(text: str) -> None:
    literal = text.translate({ord(c): f"\\u{ord(c):04X}" for c in '\\"\n\r'})
    if not any(c in text for c in '\\"\n\r'):
        refuse_service(f'ASK {{ ?s ?p "{literal} SERVICE <http://x/> {{}}" }}')


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
        ("SELECT * from NAMED <urn:g> { GRAPH ?g { ?s ?p ?o } }", True),
        ("ASK FROM <urn:g> {}", True),
        ("SELECT ?from { ?from ?p 'FROM <urn:g>' } # FROM", False),
        ("PREFIX from: <urn:from> SELECT * { from:a ?p ?o }", False),
        ("SELECT * { ?s ?p ?o }", False),
    ],
)
def test_whether_a_query_names_its_graphs(query: str, named: bool) -> None:
    assert uses(query, "FROM") is named


@pytest.mark.parametrize(
    ("query", "line", "column", "reason"),
    [
        ("SELECT *\nWHERE {\n  ?s ?p ?o .\n  nonsense }", 4, None, "not valid at or before"),
        ("", 1, 1, "empty"),
        ("SELECT * { ?s ?p ?o", 1, 20, "ends too early"),
        ("SELECT * { foo:bar ?p ?o }", 1, None, "the prefix foo: is not declared"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 1, None, "this is an update (INSERT)"),
        ("PREFIX x: <urn:x>\nDELETE WHERE { ?s ?p ?o }", 2, None, "this is an update (DELETE)"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", 1, None, "variable that is unbound"),
    ],
)
def test_a_syntax_error_is_placed_and_put_into_words(query: str, line: int, column: int | None, reason: str) -> None:
    error = syntax_error(query)
    assert error is not None
    assert error.line == line
    assert column in (None, error.column)
    assert reason in error.message


def test_a_valid_query_has_no_error() -> None:
    assert syntax_error("SELECT * { ?s ?p ?o }") is None


def test_a_complaint_without_a_place_is_passed_on() -> None:
    error = explain("MALFORMED QUERY: no", "SELEKT")
    assert (error.line, error.column) == (None, None)
    assert "MALFORMED QUERY: no" in error.message


def test_another_servers_way_to_name_the_place_is_understood() -> None:
    error = explain("Parse error: at line 2, column 7.", "SELECT *\n WHERE FOO")
    assert (error.line, error.column) == (2, 7)
