"""Judging a graph by gold files: what of it is right, what is missing, and how far its confidences can be trusted."""

from __future__ import annotations

from kg.evaluation.figures import Figures, figures
from kg.evaluation.gold import Fact, Gold, GoldEntity, GoldStatement
from kg.evaluation.goldfiles import load_golds
from kg.evaluation.judging import Judgement, evaluate
from kg.evaluation.mistakes import Mistake, MistakeKind, mistakes
from kg.evaluation.reliability import Reliability, reliability

__all__ = [
    "Fact",
    "Figures",
    "Gold",
    "GoldEntity",
    "GoldStatement",
    "Judgement",
    "Mistake",
    "MistakeKind",
    "Reliability",
    "evaluate",
    "figures",
    "load_golds",
    "mistakes",
    "reliability",
]
