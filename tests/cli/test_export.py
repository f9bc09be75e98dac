"""`kg export`"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse

from kg.errors import ExchangeError, StoreError

Run = Callable[..., Result]
FORMATS = {"nquads": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}


@pytest.fixture(scope="module")
def quads(demo_file: Path) -> set[Quad]:
    return set(parse(path=demo_file))


@pytest.mark.parametrize("name", FORMATS)
def test_every_quad_is_written(run: Run, tmp_path: Path, quads: set[Quad], name: str) -> None:
    out = tmp_path / "graph"
    run("export", "--as", name, "--out", str(out))
    assert set(parse(out.read_bytes(), FORMATS[name])) == quads


def test_turtle_merges_the_graphs(run: Run, tmp_path: Path, quads: set[Quad]) -> None:
    out = tmp_path / "graph.ttl"
    run("export", "--as", "turtle", "--out", str(out))
    merged = {Quad(quad.subject, quad.predicate, quad.object, DefaultGraph()) for quad in quads}
    assert set(parse(out.read_bytes(), RdfFormat.TURTLE)) == merged


def test_json_ld_is_json_with_a_context(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "graph.jsonld"
    run("export", "--as", "jsonld", "--out", str(out))
    assert {"@context", "@graph"} <= json.loads(out.read_text(encoding="utf-8")).keys()


def test_the_graph_goes_to_standard_output_unless_a_file_is_named(run: Run) -> None:
    assert run("export").stdout.count("\n") == 910


def test_the_order_is_the_same_whatever_the_store(run: Run, demo_directory: Path, oxigraph_demo: str) -> None:
    written = {run("export", "--store", str(store)).stdout for store in (demo_directory, oxigraph_demo)}
    assert written == {run("export").stdout}


def test_an_export_says_how_much_it_wrote(run: Run, tmp_path: Path) -> None:
    done = run("export", "--as", "csv", "--about", "Norway", "--document", "tromso-doubts", "--out", str(tmp_path / "some.csv"))
    assert re.match(r"4 evidence in .*some\.csv", done.stderr)


def test_an_export_that_fails_leaves_no_file(run: Run, tmp_path: Path) -> None:
    before = tmp_path / "graph.csv"
    before.write_text("of yesterday")
    with pytest.raises(ExchangeError, match="no evidence that fits"):
        run("export", "--as", "csv", "--document", "unheard-of", "--out", str(before))
    assert [file.name for file in tmp_path.iterdir()] == ["graph.csv"]
    assert before.read_text() == "of yesterday"


def test_the_help_lists_the_forms(run: Run) -> None:
    assert {"csv", "nquads", "rdf12"} <= set(re.findall(r"\w+(?=:)", run("export", "--help").stdout))


def test_a_file_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        run("export", "--out", str(tmp_path / "nowhere" / "graph.nq"))
