"""Answers in every form that fits them."""

from __future__ import annotations

import json

import pytest
from pyoxigraph import RdfFormat, parse

from kg.errors import QueryError
from kg.store import MemoryStore
from kg.store.formats import GRAPH_FORMATS, ROW_FORMATS, write

NORWAY = "<https://w3id.org/treatygraph/id/state/norway>"


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_rows_are_written_in_every_form_of_rows(demo: MemoryStore, name: str) -> None:
    written = write(demo.query('SELECT ("Tromsø" AS ?place) {}'), name).decode()
    assert "place" in written
    assert "Tromsø" in written


@pytest.mark.parametrize("name", ROW_FORMATS)
def test_a_yes_is_written_in_every_form_of_rows(demo: MemoryStore, name: str) -> None:
    assert b"true" in write(demo.query("ASK {}"), name)


@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_triples_are_written_once_in_every_form_of_triples(demo: MemoryStore, name: str) -> None:
    written = write(demo.query(f"DESCRIBE {NORWAY}"), name)
    triples = [(quad.subject, quad.predicate, quad.object) for quad in parse(written, GRAPH_FORMATS[name])]
    assert len(triples) == len(set(triples)) > 2


def test_turtle_uses_the_prefixes_that_people_know(demo: MemoryStore) -> None:
    assert "a tg:State" in write(demo.query(f"DESCRIBE {NORWAY}"), "turtle").decode()


def test_json_is_the_w3cs(demo: MemoryStore) -> None:
    written = json.loads(write(demo.query("SELECT (1 AS ?one) {}"), "json"))
    assert written["results"]["bindings"][0]["one"]["value"] == "1"


@pytest.mark.parametrize(("query", "name"), [("ASK {}", "turtle"), (f"DESCRIBE {NORWAY}", "csv"), ("ASK {}", "pdf")])
def test_a_form_that_does_not_fit_is_refused_with_those_that_do(demo: MemoryStore, query: str, name: str) -> None:
    with pytest.raises(QueryError, match=f"cannot be written as {name}; choose"):
        write(demo.query(query), name)


def test_what_is_written_can_be_read_again(demo: MemoryStore) -> None:
    written = write(demo.query(f"CONSTRUCT WHERE {{ {NORWAY} ?p ?o }}"), "turtle")
    assert {str(quad.subject) for quad in parse(written, RdfFormat.TURTLE)} == {NORWAY}
