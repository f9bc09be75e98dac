"""The project's scorer, where it is at hand, comes to the same figures."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kg.build import build
from kg.evaluation import evaluate, figures, load_golds
from kg.evaluation.report import as_json
from kg.store import open_store

DATA = Path(__file__).parents[1] / "data"
SHARED = Path(__file__).parents[3] / "shared"
SCORER = SHARED / "score" / "score.py"
ARTICLES = sorted([*SHARED.glob("articles/seed-*.txt"), *SHARED.glob("articles/dev-0[1-6].txt")])
pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="the scorer is not part of the project")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def same(scorer: ModuleType, graph: Path, gold: Path, articles: Path) -> dict[str, Any]:
    """Compare every figure of the scorer with ours, and return them."""
    theirs: dict[str, Any] = scorer.score(str(graph), gold, articles)
    ours = as_json(figures(evaluate(open_store(graph), load_golds(gold, articles))))
    for name, value in theirs.items():
        assert ours[name] == value, name
    return theirs


def test_over_the_demonstration_graph(scorer: ModuleType) -> None:
    assert same(scorer, DATA / "demo.trig", DATA / "gold", DATA)["documents"] == 2


def test_over_real_articles_some_of_which_the_graph_lacks(scorer: ModuleType, tmp_path: Path) -> None:
    build([str(file) for file in ARTICLES[1:]], store=tmp_path / "store", out=tmp_path / "graph.nq")
    (tmp_path / "gold").mkdir()
    for file in ARTICLES:
        (tmp_path / "gold" / f"{file.stem}.json").write_bytes((SHARED / "gold" / f"{file.stem}.json").read_bytes())
    found = same(scorer, tmp_path / "graph.nq", tmp_path / "gold", SHARED / "articles")
    assert found["missing"] == [ARTICLES[0].stem]
    assert found["documents"] == len(ARTICLES) - 1
