"""Calls to other servers: refused however they are spelt, unless they are on a list."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.calls import refuse_calls

KNOWN = "https://example.org/sparql"
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
        refuse_calls(query)


def test_the_refusal_says_what_is_refused_and_where() -> None:
    with pytest.raises(QueryError, match="with SERVICE is refused") as caught:
        refuse_calls(CALLS[0])
    assert caught.value.line == 1


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_service_elsewhere_is_no_call(query: str) -> None:
    refuse_calls(query)


def test_an_error_elsewhere_is_not_taken_for_a_call() -> None:
    with pytest.raises(QueryError, match="line 2") as caught:
        refuse_calls("SELECT * { ?service ?p ?o\n FOO BAR }")
    assert "refused" not in str(caught.value)


@given(st.text(alphabet="SERVICEserviceFROMfrom ?<>{}'\"#.:\\\n", max_size=60))
def test_any_text_is_judged_without_a_crash(text: str) -> None:
    with suppress(QueryError):
        refuse_calls(text)


@given(st.text(max_size=80))
def test_a_quoted_text_is_never_a_call(text: str) -> None:
    literal = text.translate({ord(c): f"\\u{ord(c):04X}" for c in '\\"\n\r'})
    if not any(c in text for c in '\\"\n\r'):
        refuse_calls(f'ASK {{ ?s ?p "{literal} SERVICE <http://x/> {{}}" }}')


UPDATES = (
    "LOAD <http://127.0.0.1:9/>",
    "load silent <http://127.0.0.1:9/> into graph <urn:g>",
    "CLEAR ALL ; LOAD # a remark\n <http://127.0.0.1:9/>",
    "PREFIX load: <http://127.0.0.1:9/> LOAD load:load",
    "BASE <http://127.0.0.1:9/> LOAD<a>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "WITH <urn:g> DELETE { ?s ?p ?o } USING <urn:h> WHERE { OPTIONAL { SERVICE ?s { ?s ?p ?o } } }",
    "INSERT DATA { <urn:a> <urn:b> 'LOAD' } ; LO\\u0041D <http://127.0.0.1:9/>",
    "INSERT DATA { <urn:a> <urn:b> 'x' } ; INSERT { ?s ?p ?o } WHERE { { SELECT * { SERVICE <http://127.0.0.1:9/> {} } } }",
)


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_that_calls_another_server_is_refused(update: str) -> None:
    with pytest.raises(QueryError):
        refuse_calls(update, update=True)
    with pytest.raises(QueryError):
        refuse_calls(update, {KNOWN}, update=True)


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <urn:load> <urn:LOAD> 'LOAD <http://x/>' }",
        "PREFIX load: <urn:load:> INSERT DATA { load:load load:a _:load } # LOAD <http://x/>",
        "DELETE { ?load ?p ?service } WHERE { ?load ?p ?service }",
    ],
)
def test_the_words_elsewhere_in_an_update_are_no_call(update: str) -> None:
    refuse_calls(update, update=True)


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ SERVICE <{KNOWN}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ ?s ?p ?o . service\n\tSilent<{KNOWN}>{{ ?o ?p ?x }} }}",
        f"ASK {{ {{ SERVICE <{KNOWN}> {{ ?s ?p 'SERVICE <http://x/>' }} }} UNION {{ SERVICE <{KNOWN}> {{}} }} }}",
    ],
)
def test_a_server_on_the_list_may_be_called(query: str) -> None:
    refuse_calls(query, {KNOWN})
    with pytest.raises(QueryError):
        refuse_calls(query)


@pytest.mark.parametrize(
    "update",
    [
        f"LOAD <{KNOWN}>",
        f"LOAD SILENT <{KNOWN}> INTO GRAPH <urn:g> ; DROP GRAPH <urn:h>",
        f"CREATE GRAPH <urn:g> ; load<{KNOWN}>into graph<urn:g>",
        f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{KNOWN}> {{ ?s ?p ?o }} }}",
    ],
)
def test_an_update_may_call_a_server_on_the_list(update: str) -> None:
    refuse_calls(update, {KNOWN}, update=True)
    with pytest.raises(QueryError):
        refuse_calls(update, update=True)


@pytest.mark.parametrize(
    "query",
    [
        *CALLS,
        f"ASK {{ SERVICE <{KNOWN}> {{ SERVICE <http://127.0.0.1:9/> {{}} }} }}",
        f"ASK {{ SERVICE <{KNOWN}> {{}} SERVICE ?s {{}} }}",
        f"ASK {{ SERVICE <{KNOWN}/more> {{}} }}",
        f"ASK {{ SERVICE <{KNOWN.upper()}> {{}} }}",
        f"PREFIX k: <{KNOWN}> ASK {{ SERVICE k: {{}} }}",
        "BASE <https://example.org/> ASK { SERVICE <sparql> {} }",
        f"ASK {{ # SERVICE <{KNOWN}>\n SERVICE <http://127.0.0.1:9/> {{}} }}",
        f"ASK {{ SERVICE # <{KNOWN}>\n <http://127.0.0.1:9/> {{}} }}",
        f"ASK {{ ?s ?p 'SERVICE <{KNOWN}>' . SERVICE <http://127.0.0.1:9/> {{}} }}",
        f"ASK {{ SERVICE <{KNOWN[:-1]}\\u0071> {{}} }}",
    ],
)
def test_a_list_opens_the_way_to_no_other_server(query: str) -> None:
    with pytest.raises(QueryError):
        refuse_calls(query, {KNOWN})
