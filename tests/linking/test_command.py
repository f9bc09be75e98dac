"""`kg link`: asked, decided and published, as a user does it."""

from __future__ import annotations

import csv
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from kg.build import build
from kg.cli.link import link
from kg.errors import LinkError, ResourceError
from kg.graph import validate
from kg.queries import saved_queries
from kg.store import open_store
from kg.store.base import quads, rows

Run = Callable[..., Result]
KB = "https://kb.example/id/"


@pytest.fixture
def run(store: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    app = typer.Typer()
    app.command()(link)
    monkeypatch.setenv("COLUMNS", "200")

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["--store", str(store), *arguments], catch_exceptions=False)

    return invoke


def answers(store: Path, name: str) -> dict[tuple[str, str], str]:
    """What a saved query gives: reasons by name and item."""
    with closing(open_store(store)) as opened:
        found = rows(opened, saved_queries()[name].fill_in({}, lambda _: pytest.fail("nothing is filled in")))
    key = "item" if name == "outside-links" else "candidate"
    return {(row["name"].value, row[key].value): row["reason"].value for row in found}


def decide(review: Path, out: Path, judgments: dict[str, str], author: str = "N. N.") -> None:
    """Fill in the judgments about the first candidates of entities, by id, in a table as it was written for review."""
    with review.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    for row in table:
        row["judgment"], row["author"] = judgments.pop(row["entity"], ""), author
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)


def test_from_asking_to_decisions_that_survive_a_rebuild(run: Run, store: Path, knowledge_base: str, tmp_path: Path) -> None:
    review, decided = tmp_path / "review.csv", tmp_path / "decided.csv"
    asked = run("--service", f"{knowledge_base}/reconcile", "--kind", "person", "--rate", "1000", "--review", str(review))
    assert asked.exit_code == 0
    assert "generation 2" in asked.stdout
    with review.open(encoding="utf-8", newline="") as file:
        one, other, *_ = (row for row in csv.DictReader(file) if row["proposed"] == "sameAs")
    accepted, wrong = ((row["label"], row["candidate"]) for row in (one, other))
    assert "calls it a match" in answers(store, "outside-links")[accepted]
    assert (one["candidate"], one["match"], one["judgment"]) == (KB + one["entity"], "yes", "")
    assert one["label"].split()[-1] in one["context"]
    assert "2024" in one["sources"]

    decide(review, decided, {one["entity"]: "matched", other["entity"]: "rejected"})
    told = run("--decisions", str(decided))
    assert "1 matched, 1 rejected, 0 new, 0 none" in told.stdout
    at_once = answers(store, "outside-links")
    assert at_once[accepted].startswith("decided by N. N. on ")
    assert wrong not in at_once
    build([], store=store)
    assert answers(store, "outside-links") == at_once
    assert wrong not in answers(store, "link-candidates")
    with closing(open_store(store)) as opened:
        assert validate(quad for quad in quads(opened) if str(quad.graph_name).endswith("graph/links>")).conforms


def test_an_item_can_be_filled_in_where_nothing_was_found(run: Run, store: Path, tmp_path: Path) -> None:
    review, decided = tmp_path / "review.csv", tmp_path / "decided.csv"
    assert "rows in" in run("--review", str(review), "--kind", "Organization").stdout
    with review.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert {row["type"] for row in table} == {"Organization"}
    assert all(row["candidate"] == "" for row in table)
    decided.write_text("entity,candidate,judgment\norganization/roscosmos,https://registry.example/roscosmos,matched\n")
    run("--decisions", str(decided), "--author", "N. N.")
    assert ("Roscosmos", "https://registry.example/roscosmos") in answers(store, "outside-links")
    decided.write_text("entity,candidate,judgment\norganization/roscosmos,https://registry.example/roscosmos,none\n")
    run("--decisions", str(decided))
    assert ("Roscosmos", "https://registry.example/roscosmos") not in answers(store, "outside-links")


def test_a_mistake_in_a_table_changes_nothing(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("entity,candidate,judgment,author\nperson/nobody,Q1,matched,N. N.\n")
    with pytest.raises(ResourceError, match=r"bad\.csv, line 2: 'person/nobody' is no entity"):
        run("--decisions", str(tmp_path / "bad.csv"))
    assert not (store / "decisions").exists()


def test_it_wants_to_be_told_what_to_do(run: Run) -> None:
    with pytest.raises(LinkError, match="--service URL asks"):
        run()
