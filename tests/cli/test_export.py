"""`kg export`"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from kg.errors import StoreError

Run = Callable[..., Result]
FORMATS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}


@pytest.fixture(scope="module")
def quads(demo_file: Path) -> set[Quad]:
    return set(parse(path=demo_file))


@pytest.mark.parametrize("name", FORMATS)
def test_every_quad_is_written(run: Run, tmp_path: Path, quads: set[Quad], name: str) -> None:
    out = tmp_path / "graph"
    run("export", "--format", name, "--out", str(out))
    assert set(parse(out.read_bytes(), FORMATS[name])) == quads


def test_turtle_merges_the_graphs(run: Run, tmp_path: Path, quads: set[Quad]) -> None:
    out = tmp_path / "graph.ttl"
    run("export", "--format", "turtle", "--out", str(out))
    merged = {Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads}
    assert set(parse(out.read_bytes(), RdfFormat.TURTLE)) == merged


def test_json_ld_is_json_with_a_context(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "graph.jsonld"
    run("export", "--format", "jsonld", "--out", str(out))
    assert {"@context", "@graph"} <= json.loads(out.read_text(encoding="utf-8")).keys()


def test_the_graph_goes_to_standard_output_unless_a_file_is_named(run: Run) -> None:
    assert run("export").stdout.count("\n") == 910


def test_the_order_is_the_same_whatever_the_store(run: Run, demo_directory: Path, oxigraph_demo: str) -> None:
    written = {run("export", "--store", str(store)).stdout for store in (demo_directory, oxigraph_demo)}
    assert written == {run("export").stdout}


def test_a_file_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        run("export", "--out", str(tmp_path / "nowhere" / "graph.nq"))
