"""An evaluation as JSON."""

from __future__ import annotations

import json

from kg.evaluation import figures, mistakes
from kg.evaluation.judging import Evaluation
from kg.evaluation.report import as_json


def test_everything_is_of_types_that_json_knows(evaluation: Evaluation) -> None:
    report = as_json(figures(evaluation), mistakes(evaluation))
    again = json.loads(json.dumps(report))
    assert again["facts"]["tp"] == 22
    assert again["per property"]["covers"]["gold"] == 3
    assert again["reliability"]["bins"][-1]["count"] == 19
    assert [one["kind"] for one in again["mistakes"]] == ["modality", "speaker", "missed", "wrong", "missed"]


def test_mistakes_are_left_out_where_nobody_asks(evaluation: Evaluation) -> None:
    assert "mistakes" not in as_json(figures(evaluation))
