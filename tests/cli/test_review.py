"""`kg review`: from a list of doubts to a graph that knows what was decided."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import QueryBoolean
from typer.testing import CliRunner

from kg.build import build
from kg.cli import app
from kg.errors import ResourceError
from kg.store import open_store

REPORT = (
    "Kenya and Uganda sign border pact\n\nNAIROBI, May 6, 2031 - President Ada Wekesa of Kenya and President Moses Okot of "
    "Uganda signed a border agreement in Nairobi on Tuesday. Rwanda denied that it had supplied missiles to Chad. "
    "Burundi accused Rwanda of supplying missiles to Chad.\n"
)
ARMS = "state:rwanda tg:suppliedArmsTo state:chad"
PREFIXES = """PREFIX tg: <https://w3id.org/treatygraph/ontology#> PREFIX state: <https://w3id.org/treatygraph/id/state/>
PREFIX graph: <https://w3id.org/treatygraph/id/graph/>"""

Review = Callable[..., Result]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    build([str(folder / "report.txt")], store=folder / "store")
    return folder


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A store of its own for each test, with the report beside it."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return tmp_path / "store"


@pytest.fixture
def review(store: Path) -> Review:
    def invoke(*arguments: str, stdin: str | None = None) -> Result:
        return CliRunner().invoke(app, ["review", "--store", str(store), *arguments], input=stdin, catch_exceptions=False)

    return invoke


def holds(store: Path, pattern: str) -> bool:
    with closing(open_store(str(store))) as opened:
        found = opened.query(f"{PREFIXES} ASK {{ {pattern} }}")
        assert isinstance(found, QueryBoolean)
        return bool(found)


def fill_in(sheet: Path, **cells: str) -> list[dict[str, str]]:
    """Decide on the first evidence of the sheet that affirms something."""
    with sheet.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    next(row for row in rows if row["polarity"] == "Affirmed").update(cells)
    with sheet.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return rows


def test_disagreements_are_listed_with_the_words_on_both_sides(review: Review) -> None:
    told = " ".join(review("--by", "disagreement").stdout.split())
    assert "Rwanda – supplied arms to – Chad" in told
    assert "Rwanda denied that it had supplied missiles to Chad." in told
    assert "1 assertions by disagreement" in told


@pytest.mark.parametrize("by", ["uncertainty", "evidence"])
def test_no_more_are_listed_than_asked_for(review: Review, by: str) -> None:
    assert f"2 assertions by {by}" in " ".join(review("--by", by, "--limit", "2").stdout.split())


def test_a_sheet_goes_out_and_comes_back_and_the_graph_follows(review: Review, store: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    review("--by", "disagreement", "--to", str(sheet))
    rows = fill_in(sheet, verdict="accept", scope="statement", reason="seen by observers", author="Ada Editor")
    assert {row["speaker_name"] for row in rows} == {"Burundi", "Rwanda"}
    assert all(row["link"].endswith("document/report") for row in rows)
    assert not holds(store, ARMS)
    assert "decisions taken over 1, kept with the store 1" in " ".join(review("--decisions", str(sheet)).stdout.split())
    assert holds(store, f"GRAPH graph:review {{ {ARMS} }}")
    assert not holds(store, f"GRAPH graph:report {{ {ARMS} }}")
    assert "accepted by Ada Editor" in CliRunner().invoke(app, ["why", "Rwanda", "suppliedArmsTo", "--store", str(store)]).stdout
    assert CliRunner().invoke(app, ["validate", str(store)]).exit_code == 0
    assert "0 assertions" in review("--by", "disagreement").stdout


def test_a_correction_survives_a_new_build_from_the_articles(review: Review, store: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.csv"
    review("--by", "disagreement", "--to", str(sheet))
    right = {"new_object": "state/uganda", "new_modality": "Actual", "scope": "evidence"}
    fill_in(sheet, verdict="correct", reason="a slip of the reader", author="Ada Editor", decided="2031-05-08", **right)
    review("--decisions", str(sheet))
    corrected = """GRAPH graph:report { ?e tg:frame "kg.review.v1" ; tg:evidenceFor ?a . ?a rdf:object state:uganda }
        GRAPH graph:review { ?review <http://www.w3.org/ns/prov#generated> ?e ; tg:verdict tg:Correct }""".replace(
        "rdf:object", "<http://www.w3.org/1999/02/22-rdf-syntax-ns#object>"
    )
    assert holds(store, corrected)
    (tmp_path / "report.txt").write_text(REPORT + "\nTogo waits.\n", encoding="utf-8")
    assert build([str(tmp_path / "report.txt")], store=store).read == 1
    assert holds(store, corrected)
    assert CliRunner().invoke(app, ["validate", str(store)]).exit_code == 0


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"words": "Nobody wrote this."}, "the graph has no such evidence for state/rwanda suppliedArmsTo state/chad"),
        ({"subject": "state/peru", "scope": "statement"}, "the graph has no such evidence for state/peru"),
        ({"verdict": "correct", "new_object": "state/atlantis"}, "nothing in the graph has the id 'state/atlantis'"),
        ({"verdict": "correct", "new_object": "person/ada-wekesa"}, "wants a Organization or State"),
    ],
)
def test_a_decision_about_nothing_is_refused_with_its_line(
    review: Review, store: Path, tmp_path: Path, cells: dict[str, str], reason: str
) -> None:
    sheet = tmp_path / "sheet.csv"
    review("--by", "disagreement", "--to", str(sheet))
    fill_in(sheet, **{"verdict": "reject", "reason": "r", "author": "A", **cells})
    with pytest.raises(ResourceError, match="line ") as caught:
        review("--decisions", str(sheet))
    assert reason in caught.value.reason
    assert not (store / "decisions" / "review.csv").exists()


def test_one_can_decide_at_the_terminal(review: Review, store: Path) -> None:
    told = review("--by", "disagreement", "--ask", "--author", "Ada Editor", stdin="r\nhearsay\n").stdout
    assert "Rwanda – supplied arms to – Chad" in told
    assert holds(store, 'GRAPH graph:review { ?review tg:verdict tg:Reject ; tg:reason "hearsay" }')


def test_skipping_decides_nothing(review: Review, store: Path) -> None:
    assert "nothing was decided" in review("--by", "disagreement", "--ask", "--author", "A", stdin="s\n").stdout
    assert not holds(store, "GRAPH graph:review { ?s ?p ?o }")
