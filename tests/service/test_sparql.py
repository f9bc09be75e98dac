"""The SPARQL protocol: ways to ask, forms of answers, graphs, errors."""

from __future__ import annotations

import httpx
import pytest
from fastapi.testclient import TestClient
from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results

GRAPHS = "https://w3id.org/treatygraph/id/graph/"
DOCUMENTS = "PREFIX tg: <https://w3id.org/treatygraph/ontology#> SELECT ?d {} {{ ?d a tg:Document }}"
NORWAY = "<https://w3id.org/treatygraph/id/state/norway>"
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"


def documents(response: httpx.Response) -> list[str]:
    assert response.status_code == 200, response.text
    return sorted(row["d"]["value"].rpartition("/")[2] for row in response.json()["results"]["bindings"])


def problem(response: httpx.Response, status: int) -> dict[str, str | int]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    content: dict[str, str | int] = response.json()
    assert content["status"] == status
    return content


class TestWaysToAsk:
    BOTH = ("tromso-doubts", "tromso-signing")

    def test_by_get(self, any_service: TestClient) -> None:
        assert documents(any_service.get("/sparql", params={"query": DOCUMENTS.format("")})) == [*self.BOTH]

    def test_by_a_posted_form(self, any_service: TestClient) -> None:
        assert documents(any_service.post("/sparql", data={"query": DOCUMENTS.format("")})) == [*self.BOTH]

    def test_by_a_posted_query(self, any_service: TestClient) -> None:
        headers = {"Content-Type": f"{QUERY}; charset=utf-8"}
        assert documents(any_service.post("/sparql", content=DOCUMENTS.format(""), headers=headers)) == [*self.BOTH]

    def test_plus_and_percent_are_decoded_once(self, service: TestClient) -> None:
        body = "query=SELECT+(%22a%2Bb%2541+%C3%A9%22+AS+%3Fd)+%7B%7D"
        response = service.post("/sparql", content=body, headers={"Content-Type": FORM})
        assert response.json()["results"]["bindings"][0]["d"]["value"] == "a+b%41 é"


class TestGraphs:
    def test_the_query_names_them(self, any_service: TestClient) -> None:
        query = DOCUMENTS.format(f"FROM <{GRAPHS}tromso-doubts>")
        assert documents(any_service.get("/sparql", params={"query": query})) == ["tromso-doubts"]

    def test_the_request_names_them(self, any_service: TestClient) -> None:
        parameters = {"query": DOCUMENTS.format(""), "default-graph-uri": f"{GRAPHS}tromso-doubts"}
        assert documents(any_service.get("/sparql", params=parameters)) == ["tromso-doubts"]
        assert documents(any_service.post("/sparql", data=parameters)) == ["tromso-doubts"]

    def test_the_request_names_them_beside_a_posted_query(self, any_service: TestClient) -> None:
        response = any_service.post(
            "/sparql",
            params={"default-graph-uri": [f"{GRAPHS}tromso-doubts", f"{GRAPHS}tromso-signing"]},
            content=DOCUMENTS.format(f"FROM <{GRAPHS}tromso-doubts>"),
            headers={"Content-Type": QUERY},
        )
        assert documents(response) == ["tromso-doubts", "tromso-signing"]

    def test_named_graphs_are_those_that_the_request_names(self, any_service: TestClient) -> None:
        query = "PREFIX tg: <https://w3id.org/treatygraph/ontology#> SELECT ?d { GRAPH ?g { ?d a tg:Document } }"
        parameters = {"query": query, "named-graph-uri": f"{GRAPHS}tromso-signing"}
        assert documents(any_service.get("/sparql", params=parameters)) == ["tromso-signing"]

    def test_a_graph_without_an_iri_is_refused(self, service: TestClient) -> None:
        response = service.get("/sparql", params={"query": "ASK {}", "default-graph-uri": "doubts"})
        assert "no absolute IRI" in str(problem(response, 400)["detail"])


class TestForms:
    @pytest.mark.parametrize(
        ("accept", "media_type", "form"),
        [
            ("application/sparql-results+json", "application/sparql-results+json", QueryResultsFormat.JSON),
            ("application/json", "application/json", QueryResultsFormat.JSON),
            ("application/sparql-results+xml", "application/sparql-results+xml", QueryResultsFormat.XML),
            ("application/xml", "application/xml", QueryResultsFormat.XML),
            ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", QueryResultsFormat.TSV),
            ("text/turtle, */*;q=0.1", "application/sparql-results+json", QueryResultsFormat.JSON),
        ],
    )
    def test_rows(self, any_service: TestClient, accept: str, media_type: str, form: QueryResultsFormat) -> None:
        response = any_service.get("/sparql", params={"query": DOCUMENTS.format("")}, headers={"Accept": accept})
        assert response.headers["content-type"] == media_type
        assert response.headers["vary"] == "Accept, Accept-Encoding"
        rows = parse_query_results(response.content, form)
        assert isinstance(rows, QuerySolutions)
        assert len(list(rows)) == 2

    def test_rows_as_csv(self, service: TestClient) -> None:
        response = service.get("/sparql", params={"query": "SELECT (1 AS ?a) {}"}, headers={"Accept": "text/csv"})
        assert response.text.split() == ["a", "1"]

    @pytest.mark.parametrize(
        ("accept", "form"),
        [
            ("*/*", RdfFormat.TURTLE),
            ("application/sparql-results+json, text/turtle;q=0.5", RdfFormat.TURTLE),
            ("application/n-triples", RdfFormat.N_TRIPLES),
            ("application/ld+json", RdfFormat.JSON_LD),
            ("application/rdf+xml", RdfFormat.RDF_XML),
            ("application/n-quads", RdfFormat.N_QUADS),
            ("application/trig", RdfFormat.TRIG),
        ],
    )
    @pytest.mark.parametrize("query", [f"DESCRIBE {NORWAY}", f"CONSTRUCT WHERE {{ {NORWAY} ?p ?o }}"])
    def test_triples(self, any_service: TestClient, query: str, accept: str, form: RdfFormat) -> None:
        response = any_service.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert RdfFormat.from_media_type(response.headers["content-type"]) == form
        assert {str(quad.subject) for quad in parse(response.content, form)} == {NORWAY}

    def test_a_yes_or_no(self, any_service: TestClient) -> None:
        assert any_service.get("/sparql", params={"query": "ASK { ?s ?p ?o }"}).json() == {"head": {}, "boolean": True}

    def test_a_browser_gets_a_table_with_what_was_found_as_text(self, service: TestClient) -> None:
        query = "SELECT ('<b>&amp;' AS ?what) (<https://example.org/a> AS ?where) {}"
        browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        response = service.get("/sparql", params={"query": query}, headers={"Accept": browser})
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert "<td>&lt;b&gt;&amp;amp;</td>" in response.text
        assert '<a href="https://example.org/a">' in response.text

    @pytest.mark.parametrize(
        ("accept", "query"), [("image/png", "ASK {}"), ("text/turtle", "ASK {}"), ("text/csv", f"DESCRIBE {NORWAY}")]
    )
    def test_a_form_that_does_not_fit_is_refused(self, service: TestClient, accept: str, query: str) -> None:
        response = service.get("/sparql", params={"query": query}, headers={"Accept": accept})
        assert f"cannot be written as {accept}" in str(problem(response, 406)["detail"])


class TestErrors:
    def test_a_syntax_error_has_line_and_column(self, any_service: TestClient) -> None:
        found = problem(any_service.get("/sparql", params={"query": "SELECT *\nWHERE { ?s ?p }"}), 400)
        assert (found["line"], found["column"]) == (2, 16)

    @pytest.mark.parametrize("query", ["SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "ASK { service ?s { } }"])
    def test_a_call_to_another_server_is_refused(self, any_service: TestClient, query: str) -> None:
        assert "refused" in str(problem(any_service.post("/sparql", data={"query": query}), 400)["detail"])

    @pytest.mark.parametrize("parameters", [{"queries": "ASK {}"}, {"query": ["ASK {}", "ASK {}"]}])
    def test_a_request_asks_one_query(self, service: TestClient, parameters: dict[str, str | list[str]]) -> None:
        assert "one query" in str(problem(service.get("/sparql", params=parameters), 400)["detail"])

    def test_an_update_is_refused_however_it_comes(self, service: TestClient) -> None:
        update = "INSERT DATA { <urn:a> <urn:b> 1 }"
        ways = (
            service.get("/sparql", params={"update": update}),
            service.post("/sparql", data={"update": update}),
            service.post("/sparql", content=update, headers={"Content-Type": "application/sparql-update"}),
        )
        assert all("only reads" in str(problem(response, 403)["detail"]) for response in ways)
        assert "this is an update" in str(problem(service.post("/sparql", data={"query": update}), 400)["detail"])

    @pytest.mark.parametrize("media_type", ["text/plain", ""])
    def test_a_query_posted_as_something_else_is_refused(self, service: TestClient, media_type: str) -> None:
        problem(service.post("/sparql", content="ASK {}", headers={"Content-Type": media_type}), 415)

    @pytest.mark.parametrize(
        ("media_type", "body"),
        [(QUERY, "ASK {}".encode("utf-16")), (FORM, b"query=ASK+%FF"), (FORM, b"query=\xff")],
    )
    def test_what_is_not_utf_8_is_refused(self, service: TestClient, media_type: str, body: bytes) -> None:
        assert "not UTF-8" in str(
            problem(service.post("/sparql", content=body, headers={"Content-Type": media_type}), 400)["detail"]
        )

    def test_other_methods_are_refused(self, service: TestClient) -> None:
        problem(service.put("/sparql", content="ASK {}"), 405)

    def test_an_address_that_leads_nowhere_is_a_problem_too(self, service: TestClient) -> None:
        problem(service.get("/nowhere"), 404)
