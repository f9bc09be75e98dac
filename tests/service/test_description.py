"""What the service says of itself and of its graph."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import QuerySolutions, RdfFormat, Store, parse

from kg.service import create_app
from kg.service.settings import Settings
from kg.service.tokens import new_token
from kg.store import MemoryStore

PREFIXES = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>
PREFIX tg: <https://w3id.org/treatygraph/ontology#>
"""


def described(service: TestClient, path: str = "/sparql") -> Store:
    response = service.get(path, headers={"Accept": "application/n-triples"})
    assert response.status_code == 200
    store = Store()
    store.extend(parse(response.content, RdfFormat.N_TRIPLES))
    return store


def values(store: Store, pattern: str) -> set[str]:
    found = store.query(f"{PREFIXES} SELECT ?x {{ {pattern} }}")
    assert isinstance(found, QuerySolutions)
    return {row["x"].value for row in found}


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_the_graph_is_counted(any_service: TestClient, path: str) -> None:
    store = described(any_service, path)
    dataset = "http://testserver/.well-known/void#dataset"
    assert values(store, f"<{dataset}> void:triples ?x") == {"910"}
    assert values(store, "?part void:class tg:Document ; void:entities ?x") == {"2"}
    assert values(store, "?part void:property tg:evidenceFor ; void:triples ?x") == {"24"}
    assert values(store, "?x a sd:Service ; sd:endpoint <http://testserver/sparql>") == {"http://testserver/sparql"}


def test_it_says_what_the_service_can_do_and_no_more(demo: MemoryStore) -> None:
    sd = "http://www.w3.org/ns/sparql-service-description#"
    closed = described(TestClient(create_app(demo)))
    assert values(closed, "?s sd:supportedLanguage ?x") == {f"{sd}SPARQL11Query"}
    assert values(closed, "?s sd:feature ?x") == {f"{sd}UnionDefaultGraph"}
    settings = Settings(tokens=(new_token()[1],), services=("https://example.org/sparql",), public_url="https://kg.example.org")
    opened = described(TestClient(create_app(demo, settings=settings)))
    assert values(opened, "?s sd:supportedLanguage ?x") == {f"{sd}SPARQL11Query", f"{sd}SPARQL11Update"}
    assert values(opened, "?s sd:feature ?x") == {f"{sd}UnionDefaultGraph", f"{sd}BasicFederatedQuery"}
    assert values(opened, "?s sd:endpoint ?x") == {"https://kg.example.org/sparql"}


def test_a_client_that_knows_it_already_is_told_so(service: TestClient) -> None:
    tag = service.get("/sparql").headers["etag"]
    assert service.get("/sparql", headers={"If-None-Match": tag}).status_code == 304


def test_it_has_only_forms_of_rdf(service: TestClient) -> None:
    assert service.get("/sparql", headers={"Accept": "text/csv"}).status_code == 406
    assert service.get("/sparql").headers["content-type"] == "text/turtle; charset=utf-8"


def test_another_state_of_the_graph_is_counted_anew() -> None:
    token, digest = new_token()
    with TestClient(create_app(MemoryStore(), settings=Settings(tokens=(digest,)))) as service:
        assert values(described(service), "?d a void:Dataset ; void:triples ?x") == {"0"}
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/turtle"}
        service.put("/graphs?graph=urn:g", content="<urn:a> a <urn:b> .", headers=headers)
        assert values(described(service), "?d a void:Dataset ; void:triples ?x") == {"1"}
