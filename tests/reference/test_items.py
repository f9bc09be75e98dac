"""What second sources say of the bundled Wikidata items, and what the record keeps of it."""

import csv
import importlib
import json
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).parents[2] / "tools"
NAMES = {
    "states": "Ruritania",
    "organizations": "Elbe League",
    "places": "Strelsau",
    "agreements": "Elbe Pact",
    "persons": "Rudolf Elphberg",
}


@pytest.fixture
def items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the tool, over tables with the items Q11 to Q15 and no record."""
    monkeypatch.syspath_prepend(str(TOOLS))
    tool = importlib.import_module("items")
    for number, (table, name) in enumerate(NAMES.items(), 11):
        row = {"id": f"{table}/{name.lower().replace(' ', '-')}", "qid": f"Q{number}", "name": name, "names": ""}
        (tmp_path / f"{table}.csv").write_text(tool.sheet.text([row]), encoding="utf-8")
    monkeypatch.setattr(tool, "BUNDLED", tmp_path)
    monkeypatch.setattr(tool, "RECORD", tmp_path / "confirmed.csv")
    return tool


def table(path: Path, *rows: tuple[str, str]) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("qid", "name"), *rows])
    return f"{path.stem}={path}"


def test_each_item_is_confirmed_or_listed_with_what_the_sources_say(
    items: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = (("Q11", "Ruritania (state)"), ("Q12", "Zenda Union"), ("Q13", "Old Strelsau"), ("Q99", "Elbe Pact"))
    assert items.main(["check", table(tmp_path / "gazetteer.csv", *rows)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "contradicted\torganizations/elbe-league\tQ12\tZenda Union",
        "alike\tplaces/strelsau\tQ13\tOld Strelsau",
        "elsewhere\tagreements/elbe-pact\tQ14\tQ99",
        "unconfirmed\tpersons/rudolf-elphberg\tQ15\t",
        "1 confirmed, 1 contradicted, 1 alike, 1 elsewhere, 1 unconfirmed",
    ]


@pytest.mark.parametrize("name", ["Elphberg, Rudolf", "RUDOLF ELPHBERG", "Rúdolf Elphberg"])
def test_accents_case_and_order_do_not_hinder(items: ModuleType, tmp_path: Path, name: str) -> None:
    source = table(tmp_path / "who.csv", ("http://www.wikidata.org/entity/Q15", name))
    assert items.main(["record", source]) == 0
    assert {row["id"]: row["source"] for row in items.sheet.read(items.RECORD)}["persons/rudolf-elphberg"] == "who"


def test_a_later_source_adds_to_the_record_and_a_changed_item_leaves_it(items: ModuleType, tmp_path: Path) -> None:
    items.main(["record", table(tmp_path / "first.csv", ("Q11", "Ruritania"), ("Q13", "Strelsau"))])
    places = tmp_path / "places.csv"
    places.write_text(places.read_text(encoding="utf-8").replace("Q13", "Q23"), encoding="utf-8")
    items.main(["record", table(tmp_path / "second.csv", ("Q11", "Ruritania"))])
    assert [(row["qid"], row["source"], bool(row["date"])) for row in items.sheet.read(items.RECORD)] == [
        ("Q14", "", False),
        ("Q12", "", False),
        ("Q15", "", False),
        ("Q23", "", False),
        ("Q11", "first|second", True),
    ]


def test_the_share_fails_at_an_item_that_nobody_looked_at(
    items: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    items.main(["record", table(tmp_path / "first.csv", ("Q11", "Ruritania"))])
    assert items.main(["share"]) == 0
    states = tmp_path / "states.csv"
    states.write_text(states.read_text(encoding="utf-8").replace("Q11", "Q21"), encoding="utf-8")
    capsys.readouterr()
    assert items.main(["share"]) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "not in the record\tstates/ruritania\tQ21",
        "in the record only\tstates/ruritania\tQ11",
    ]


def test_sources_may_be_folders_of_tables_and_json(items: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "atlas"
    folder.mkdir()
    features = [
        {"properties": {"wikidata": "Q13", "name": {"de": "Strelsau"}}},
        {"properties": {"wikidata": "Q11", "name": "Ruritania"}},
    ]
    (folder / "places.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    (folder / "bodies.jsonl").write_text('{"id": "Q12", "label": "The Elbe League"}\n', encoding="utf-8")
    (folder / "deeds.tsv").write_text("pact_id\tpact\tof_id\tof\nQ14\tElbe Pact\tQ11\tRuritania\n", encoding="utf-8")
    (folder / "notes.txt").write_text("Q15 Rudolf Elphberg", encoding="utf-8")
    items.main(["record", f"atlas={folder}"])
    assert {row["qid"] for row in items.sheet.read(items.RECORD) if row["source"] == "atlas"} == {"Q11", "Q12", "Q13", "Q14"}


def test_a_wrong_call_explains_itself(items: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert items.main(["check"]) == items.main(["share", "x=y"]) == items.main([]) == 2
    assert "python tools/items.py" in capsys.readouterr().err


def test_every_bundled_item_is_in_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(TOOLS))
    assert importlib.import_module("items").main(["share"]) == 0
