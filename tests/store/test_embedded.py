"""Reading a store on disk while somebody else writes it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from kg.errors import StoreError
from kg.store import EmbeddedStore, Status, Writer

GRAPH = "https://example.org/graph"


def numbers(count: int) -> bytes:
    return "".join(f'<https://example.org/{n}> <https://example.org/is> "{n}" <{GRAPH}> .\n' for n in range(count)).encode()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    with Writer.open(tmp_path) as writer:
        writer.replace(GRAPH, numbers(2000))
        writer.publish()
    return tmp_path


def test_a_reader_says_what_it_holds(store: Path) -> None:
    assert EmbeddedStore(store).status() == Status(2000, 1)


def test_a_reader_turns_to_a_newer_generation(store: Path) -> None:
    reader = EmbeddedStore(store)
    reader.status()
    with Writer.open(store) as writer:
        writer.replace(GRAPH, numbers(3))
        writer.publish()
    assert reader.status() == Status(3, 2)


def test_a_reader_notices_a_store_that_is_made_anew(store: Path) -> None:
    reader = EmbeddedStore(store)
    shutil.rmtree(store)
    with Writer.open(store) as writer:
        writer.replace(GRAPH, numbers(5))
        writer.publish()
    assert reader.status() == Status(5, 1)


def test_a_query_that_has_begun_outlives_its_generation(store: Path) -> None:
    reader = EmbeddedStore(store)
    rows = reader.query("SELECT ?n { ?s ?p ?n }")
    assert isinstance(rows, QuerySolutions)
    next(rows)
    with Writer.open(store) as writer:
        writer.drop(GRAPH)
        for _ in range(3):
            writer.publish()
    assert not (store / "generations" / "1").exists()
    assert sum(1 for _ in rows) == 1999
    assert reader.status().quads == 0


def test_several_readers_share_a_generation(store: Path) -> None:
    assert EmbeddedStore(store).status() == EmbeddedStore(store).status()


def test_a_reader_can_be_closed_and_asked_again(store: Path) -> None:
    reader = EmbeddedStore(store)
    reader.close()
    assert reader.status().quads == 2000


def test_a_folder_without_a_published_graph_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no graph has been published"):
        EmbeddedStore(tmp_path)


def test_a_generation_that_is_missing_is_named(store: Path) -> None:
    (store / "current").write_text("7")
    with pytest.raises(StoreError, match="generation 7 cannot be opened"):
        EmbeddedStore(store)


def test_a_garbled_pointer_is_named(store: Path) -> None:
    (store / "current").write_text("seven")
    with pytest.raises(StoreError, match="does not say which generation is current"):
        EmbeddedStore(store)
