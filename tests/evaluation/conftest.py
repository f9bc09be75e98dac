"""What the tests of evaluation share: the demonstration graph judged by gold that disagrees with it in some places."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluation import Gold, evaluate, load_golds
from kg.evaluation.judging import Evaluation
from kg.store import MemoryStore

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def golds() -> tuple[Gold, ...]:
    """Gold of the report on doubts, then of that on the signing."""
    return load_golds(DATA / "gold", DATA)


@pytest.fixture(scope="session")
def evaluation(demo: MemoryStore, golds: tuple[Gold, ...]) -> Evaluation:
    return evaluate(demo, golds)
