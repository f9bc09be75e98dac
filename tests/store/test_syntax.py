"""What a query's text gives away before it is evaluated."""

from __future__ import annotations

import pytest

from kg.store.syntax import decode_escapes, excerpt, explain, syntax_error, uses


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


def test_nothing_is_evaluated_to_find_errors() -> None:
    numbers = " ".join(str(number) for number in range(500))
    endless = "".join(f"VALUES ?{name} {{ {numbers} }} " for name in "abcdefghij") + "FILTER(?a + ?b + ?c < 0)"
    assert syntax_error(f"ASK {{ {endless} }}") is None
    assert syntax_error(f"INSERT {{ <urn:a> <urn:b> ?a }} WHERE {{ {endless} }}", update=True) is None


@pytest.mark.parametrize(
    ("update", "line", "column", "reason"),
    [
        ("INSERT DATA { <urn:a> <urn:b> }", 1, 31, "not valid at or before"),
        ("PREFIX x: <urn:x:>\nINSERT DATA { x:a x:b ?c }", 2, 27, "Variables are not allowed"),
        ("# why\nPREFIX x: <urn:x:> CREATE GRAPH x:a ;\nDROP NOTHING", 3, 13, "the update ends too early"),
        ("SELECT * { ?s ?p ?o }", 1, 7, "this is a query (SELECT)"),
        ("INSERT DATA {", 1, 14, "the update ends too early"),
    ],
)
def test_a_mistake_in_an_update_is_placed(update: str, line: int, column: int, reason: str) -> None:
    error = syntax_error(update, update=True)
    assert error is not None
    assert (error.line, error.column) == (line, column)
    assert reason in error.message


@pytest.mark.parametrize("update", ["", "# nothing", "PREFIX x: <urn:x:> VERSION '1.2' CREATE GRAPH x:g", "CLEAR ALL ; DROP ALL"])
def test_a_valid_update_has_no_error(update: str) -> None:
    assert syntax_error(update, update=True) is None


@pytest.mark.parametrize(
    ("text", "line", "column", "shown"),
    [
        ("ASK {", 1, 6, "ASK {\n     ^"),
        ("ASK {\r\n\tFOO }", 2, 2, "\tFOO }\n\t^"),
        ("x" * 200, 1, 101, f"{'x' * 120}\n{' ' * 60}^"),
        ("ASK {}", 9, 1, "\n^"),
    ],
)
def test_a_place_is_shown_in_its_line(text: str, line: int, column: int, shown: str) -> None:
    assert excerpt(text, line, column) == shown


def test_half_of_a_surrogate_pair_is_no_character() -> None:
    assert decode_escapes(r"SER\u0056ICE \uD800 \U0000DFFF \U00110000") == r"SERVICE \uD800 \U0000DFFF \U00110000"
