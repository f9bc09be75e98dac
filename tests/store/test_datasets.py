"""The graphs that a request names, written into its update."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store.base import Dataset
from kg.store.datasets import with_dataset
from kg.store.syntax import syntax_error

ONE = Dataset(("urn:g",), ("urn:h",))
USING = "USING <urn:g> USING NAMED <urn:h> "


@pytest.mark.parametrize(
    ("update", "written"),
    [
        ("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", f"INSERT {{ ?s ?p ?o }} {USING}WHERE {{ ?s ?p ?o }}"),
        ("DELETE {?s ?p 1}INSERT {?s ?p 2}where{?s ?p 1}", f"DELETE {{?s ?p 1}}INSERT {{?s ?p 2}}{USING}where{{?s ?p 1}}"),
        ("DELETE WHERE { ?s ?p ?o }", f"DELETE {{ ?s ?p ?o }} {USING}WHERE {{ ?s ?p ?o }}"),
        (
            "DELETE # WHERE {\nWHERE { GRAPH ?g { ?s ?p 'WHERE }' } }",
            f"DELETE # WHERE {{\n{{ GRAPH ?g {{ ?s ?p 'WHERE }}' }} }} {USING}WHERE {{ GRAPH ?g {{ ?s ?p 'WHERE }}' }} }}",
        ),
        ("INSERT DATA { <urn:a> <urn:b> 'x} WHERE {' }", "INSERT DATA { <urn:a> <urn:b> 'x} WHERE {' }"),
        ("PREFIX where: <urn:where:> CLEAR GRAPH where:where", "PREFIX where: <urn:where:> CLEAR GRAPH where:where"),
        (
            "CLEAR ALL ; INSERT { ?s ?p ?o } WHERE { { SELECT * WHERE { ?s ?p ?o } } } ; DELETE WHERE { ?s ?p ?o }",
            f"CLEAR ALL ; INSERT {{ ?s ?p ?o }} {USING}WHERE {{ {{ SELECT * WHERE {{ ?s ?p ?o }} }} }} ; "
            f"DELETE {{ ?s ?p ?o }} {USING}WHERE {{ ?s ?p ?o }}",
        ),
    ],
)
def test_they_are_written_before_each_pattern(update: str, written: str) -> None:
    found = with_dataset(update, ONE)
    assert found == written
    assert syntax_error(update, update=True) is None
    assert syntax_error(found, update=True) is None


@pytest.mark.parametrize("word", ["WITH", "USING"])
def test_an_update_that_names_its_own_is_refused_with_the_place(word: str) -> None:
    update = {
        "WITH": "# first\n WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "USING": "\n DELETE { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }",
    }[word]
    with pytest.raises(QueryError, match=word) as caught:
        with_dataset(update, ONE)
    assert (caught.value.line, caught.value.column) == (2, update.split("\n")[1].index(word) + 1)


def test_a_graph_without_an_iri_is_refused() -> None:
    with pytest.raises(QueryError, match="no absolute IRI"):
        with_dataset("DELETE WHERE { ?s ?p ?o }", Dataset(("g> WHERE { } ; DROP ALL #",)))


@given(st.text(alphabet="WHERwherDELETdelt ?<>{}'\"#.:\\\n", max_size=60))
def test_any_text_is_read(text: str) -> None:
    with suppress(QueryError):
        with_dataset(text, ONE)
