"""What a script of one's own gets from a service."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kg.client import Client
from kg.errors import QueryError, StoreError
from kg.notebook import LocalService, serve_in_background
from kg.store import Dataset, MemoryStore, Result

ARMS = "assertion/ab593e13974feda8b1d2"


@pytest.fixture(scope="module")
def kg(demo_file: Path) -> Iterator[Client]:
    with serve_in_background(demo_file) as service, Client(service.url) as client:
        yield client


def test_rows_hold_python_values(kg: Client) -> None:
    query = """PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
    SELECT (7 AS ?whole) (0.5 AS ?part) (1e3 AS ?double) (true AS ?yes) ("2023-05-12"^^xsd:date AS ?day)
      ("2023-05"^^xsd:gYearMonth AS ?month) ("Tromsø"@en AS ?text) (<urn:a> AS ?iri) ?open {}"""
    (row,) = kg.query(query)
    assert row == {
        "whole": 7,
        "part": 0.5,
        "double": 1000.0,
        "yes": True,
        "day": date(2023, 5, 12),
        "month": "2023-05",
        "text": "Tromsø",
        "iri": "urn:a",
        "open": None,
    }


def test_a_literal_that_does_not_look_like_its_type_stays_text(kg: Client) -> None:
    query = 'SELECT ("June"^^<http://www.w3.org/2001/XMLSchema#date> AS ?day) {}'
    assert kg.query(query) == [{"day": "June"}]


def test_rows_become_a_frame_with_their_columns(kg: Client) -> None:
    frame = kg.saved("who-signed-what").frame()
    assert list(frame.columns)[:3] == ["agreementName", "signatoryName", "signed"]
    assert len(frame) == 3


def test_no_rows_become_a_frame_with_columns(kg: Client) -> None:
    assert list(kg.query("SELECT ?a ?b { ?a <urn:nothing> ?b }").frame().columns) == ["a", "b"]


def test_a_yes_or_no(kg: Client) -> None:
    assert kg.ask("ASK { ?s ?p ?o }") is True
    assert kg.ask("ASK { ?s <urn:nothing> ?o }") is False


def test_saved_queries_can_be_found_and_run(kg: Client) -> None:
    names = [query["name"] for query in kg.saved_queries()]
    assert "corroboration" in names
    assert {row["publishers"] for row in kg.saved("corroboration", least=2)} == {2}


def test_why_gives_every_evidence(kg: Client) -> None:
    told = kg.why(ARMS)
    assert [(row["polarity"], row["modality"], row["speakerName"]) for row in told] == [
        ("Affirmed", "Alleged", "Ruritania"),
        ("Denied", "Actual", "Norway"),
    ]
    assert all(row["words"] and row["publisher"] for row in told)


def test_a_refused_query_says_where(kg: Client) -> None:
    with pytest.raises(QueryError) as caught:
        kg.query("SELECT *\nWHERE nonsense")
    assert caught.value.line == 2


@pytest.mark.parametrize("ask", ["query", "ask"])
def test_triples_are_no_rows(kg: Client, ask: str) -> None:
    with pytest.raises(QueryError, match="cannot be written as"):
        getattr(kg, ask)("CONSTRUCT WHERE { ?s ?p ?o }")


def test_rows_and_yes_or_no_are_not_mixed_up(kg: Client) -> None:
    with pytest.raises(QueryError, match="only a SELECT"):
        kg.query("ASK {}")
    with pytest.raises(QueryError, match="only an ASK"):
        kg.ask("SELECT * {}")


def test_an_unknown_saved_query_is_refused(kg: Client) -> None:
    with pytest.raises(QueryError, match="Not Found"):
        kg.saved("unheard-of")


def test_a_service_that_is_not_there_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Client(f"http://127.0.0.1:{port}") as client, pytest.raises(StoreError, match="kg serve"):
        client.ask("ASK {}")


def test_a_service_that_cannot_answer_says_why() -> None:
    class Gone(MemoryStore):
        def query(self, text: str, *, dataset: Dataset | None = None) -> Result:  # noqa: ARG002
            raise StoreError("the disk is gone")

    service = LocalService(Gone())
    service.start()
    with service, pytest.raises(StoreError, match="the disk is gone"):
        service.ask("ASK {}")
