"""`kg evaluate`: judge a graph by gold files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import ResourceError, StoreError

DATA = Path(__file__).parents[1] / "data"


def evaluate(*arguments: str) -> Result:
    command = ["evaluate", "--gold", str(DATA / "gold"), "--articles", str(DATA), *arguments]
    return CliRunner().invoke(app, command, catch_exceptions=False)


def lines(answer: Result) -> list[str]:
    """The lines of an answer, with one space between words."""
    return [" ".join(line.split()) for line in answer.stdout.splitlines()]


def test_figures_are_printed(demo_file: Path) -> None:
    told = lines(evaluate(str(demo_file)))
    assert told[0] == "2 documents judged"
    for line in (
        "all 0.957 0.917 0.936 22 23 24",
        "of agreements 0.938 0.938 0.938 15 16 16",
        "with polarity and modality 0.917 0.880 0.898 22 24 25",
        "covers 0.667 0.667 0.667 2 3 3",
        "party/signed@1 1.000 0.800 0.889 4 4 5",
        "speaker 0.913 21 23",
        "State 1.000 7 1.000 4 0 1",
        "none 0",
    ):
        assert line in told
    assert any(re.match(r"0\.9 to 1\.0 19 0\.9\d\d 0\.947", line) for line in told)
    assert any(line.startswith("expected calibration error 0.041") for line in told)


def test_mistakes_are_listed_on_demand(demo_file: Path) -> None:
    told = lines(evaluate(str(demo_file), "--errors"))
    assert told[told.index("visited") + 1 :][:3] == [
        "missed: 1",
        "Inês Valadão – Tromsø · tromso-signing",
        "Valadão and Aune met in Tromsø on Thursday.",
    ]
    assert "missed: 1" not in lines(evaluate(str(demo_file)))


def test_figures_are_written_as_json(demo_file: Path, tmp_path: Path) -> None:
    evaluate(str(demo_file), "--json", str(tmp_path / "figures.json"), "--errors")
    written = json.loads((tmp_path / "figures.json").read_text())
    assert written["facts"]["f1"] == pytest.approx(44 / 47)
    assert len(written["mistakes"]) == 5


def test_some_articles_can_be_judged_alone(demo_file: Path) -> None:
    assert lines(evaluate(str(demo_file), "--only", "tromso-d"))[:1] == ["1 documents judged"]


def test_any_kind_of_store_can_be_judged(demo_file: Path, demo_directory: Path, oxigraph_demo: str) -> None:
    expected = evaluate(str(demo_file)).stdout
    assert evaluate(str(demo_directory)).stdout == evaluate(oxigraph_demo).stdout == expected


def test_an_article_that_the_graph_lacks_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty.nq").touch()
    told = lines(evaluate(str(tmp_path / "empty.nq")))
    assert told[1] == "not in the graph, so missed whole: tromso-doubts, tromso-signing"


def test_what_cannot_be_read_or_written_is_named(demo_file: Path, tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="holds no gold file nothing"):
        evaluate(str(demo_file), "--only", "nothing")
    with pytest.raises(StoreError, match="cannot be written"):
        evaluate(str(demo_file), "--json", str(tmp_path / "no" / "figures.json"))
