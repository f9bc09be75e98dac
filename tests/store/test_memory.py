"""Asking a graph, and which graphs a query is asked of."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from kg.errors import QueryError, StoreError
from kg.store import Dataset, EmbeddedStore, MemoryStore, RemoteStore, Store, Writer, open_store
from kg.store.base import rows

GRAPHS = """
<urn:one> { <urn:a> <urn:says> "one", "both" }
<urn:two> { <urn:a> <urn:says> "two", "both" }
"""
SAID = "SELECT DISTINCT ?word {} {{ ?s ?p ?word }} ORDER BY ?word"


@pytest.fixture
def store(tmp_path: Path) -> MemoryStore:
    file = tmp_path / "graphs.trig"
    file.write_text(GRAPHS)
    return MemoryStore.from_file(file)


def said(store: Store, clause: str = "", dataset: Dataset | None = None) -> list[str]:
    result = store.query(SAID.format(clause), dataset=dataset)
    assert isinstance(result, QuerySolutions)
    return [row["word"].value for row in result]


def test_the_default_graph_is_the_union_of_all(store: MemoryStore) -> None:
    assert said(store) == ["both", "one", "two"]


def test_a_query_may_name_its_graphs(store: MemoryStore) -> None:
    assert said(store, "FROM <urn:one>") == ["both", "one"]


def test_a_query_that_names_only_named_graphs_has_an_empty_default_graph(store: MemoryStore) -> None:
    assert said(store, "FROM NAMED <urn:one>") == []


def test_the_request_stands_above_the_query(store: MemoryStore) -> None:
    assert said(store, "FROM <urn:one>", Dataset(default=("urn:two",))) == ["both", "two"]


def test_a_request_that_names_only_named_graphs_has_an_empty_default_graph(store: MemoryStore) -> None:
    dataset = Dataset(named=("urn:one",))
    assert said(store, "", dataset) == []
    graphs = store.query("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }", dataset=dataset)
    assert isinstance(graphs, QuerySolutions)
    assert [row["g"].value for row in graphs] == ["urn:one"]


def test_a_graph_must_be_named_by_an_iri(store: MemoryStore) -> None:
    with pytest.raises(QueryError, match="no absolute IRI"):
        said(store, "", Dataset(default=("one",)))


def test_the_same_statement_in_two_graphs_gives_two_rows(store: MemoryStore) -> None:
    assert len(rows(store, 'SELECT * { ?s ?p "both" }')) == 2


def test_only_a_select_query_gives_rows(store: MemoryStore) -> None:
    with pytest.raises(QueryError, match="SELECT"):
        rows(store, "ASK {}")


def test_a_file_without_graphs_is_refused(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<urn:a> <urn:b> 1 .")
    with pytest.raises(StoreError, match="name their graphs"):
        MemoryStore.from_file(tmp_path / "graph.ttl")


def test_a_selector_chooses_the_kind_of_store(tmp_path: Path) -> None:
    (tmp_path / "graphs.trig").write_text(GRAPHS)
    with Writer.open(tmp_path / "store") as writer:
        writer.publish()
    assert isinstance(open_store(str(tmp_path / "store")), EmbeddedStore)
    assert isinstance(open_store(tmp_path / "graphs.trig"), MemoryStore)
    remote = open_store("http://127.0.0.1:9")
    assert isinstance(remote, RemoteStore)
    remote.close()


def test_a_selector_that_leads_nowhere_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        open_store(tmp_path / "nowhere")


@pytest.mark.parametrize("kind", [EmbeddedStore, MemoryStore, RemoteStore])
def test_every_store_has_what_a_store_has(kind: type) -> None:
    assert all(callable(getattr(kind, name, None)) for name in ("query", "status", "close"))
