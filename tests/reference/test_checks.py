"""Each way to break a table is refused, with file and line."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ResourceError
from kg.reference import load
from kg.reference.table import Row


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "words"),
    [
        ("states.csv", ",Q1,RU", ",1065,RU", 2, "no Wikidata item"),
        ("states.csv", "id,qid", "qid,id", 1, "header row"),
        ("states.csv", "sovereign", "kingdom", 2, "none of sovereign"),
        ("states.csv", ",1815,1918,", ",,1918,", 3, "needs the years"),
        ("states.csv", "1815", "1815-13", 3, "no date"),
        ("states.csv", "place/strelsau,Strelsau", "place/zenda,Strelsau", 2, "place/zenda"),
        ("states.csv", "1918,state/ruritania", "1918,state/zenda", 3, "state/zenda"),
        ("states.csv", "Graustarkian", "Ruritanian", 3, "already names state/ruritania"),
        ("states.csv", ",Graustark,,Graus", ",,,Graus", 3, "column name is empty"),
        ("states.csv", "Ruritanian|Ruritanians", "Ruritanian||Ruritanians", 2, "empty, padded or repeated"),
        ("states.csv", "Ruritanian|Ruritanians", "Ruritanian | Ruritanians", 2, "empty, padded or repeated"),
        ("organizations.csv", "league,Q3", "league,Q1", 2, "already the Wikidata item of state/ruritania"),
        ("organizations.csv", "union", "club", 2, "none of union"),
        ("organizations.csv", ",state/ruritania\n", ",state/zenda\n", 2, "state/zenda"),
        ("places.csv", "place/hentzau", "place/strelsau", 3, "stands twice"),
        ("places.csv", "place/hentzau", "place/Hentzau", 3, "is no id"),
        ("places.csv", "place/hentzau", "state/hentzau", 3, "is no id"),
        ("places.csv", "city,state/ruritania\n", "city,state/zenda\n", 2, "state/zenda"),
        ("places.csv", "Hentzau,,,city", "-,,,city", 3, "no letter"),
        ("states.csv", ",Strelsau,Kingdom", ",-,Kingdom", 2, "no letter"),
        ("organizations.csv", ",LES,", ",LES|5+1,", 2, "'5+1' in column names has no letter"),
        ("agreements.csv", "agreement/elbe-accord", "agreement/elbe-pact-1895", 3, "stands twice"),
        ("agreements.csv", "agreement/elbe-accord", "organization/elbe-accord", 3, "is no id"),
        ("agreements.csv", "-1895,Q6", "-1895,Q4", 2, "already the Wikidata item of place/strelsau"),
        ("agreements.csv", "DefencePact", "Pact", 2, "none of DefencePact"),
        ("agreements.csv", "state/ruritania|", "state/zenda|", 2, "state/zenda"),
        ("agreements.csv", "|organization/league", "|person/rudolf-elphberg", 2, "person/rudolf-elphberg"),
        ("agreements.csv", "|organization/league", "|state/ruritania", 2, "repeated part"),
        ("agreements.csv", "place/hentzau", "place/zenda", 2, "place/zenda"),
        ("agreements.csv", "1895-05", "May 1895", 2, "no date"),
        ("agreements.csv", ",Elbe Accord", ",Elbe Pact", 3, "already names agreement/elbe-pact-1895"),
        ("agreements.csv", "Pact of the Elbe", "LES", 2, "already names organization/league"),
        ("persons.csv", "King Rudolf", "Elbe Pact", 2, "already names agreement/elbe-pact-1895"),
        ("agreements.csv", ",,,,Pact", ",,,,Elbe Pact", 3, "in shortenings already names agreement/elbe-pact-1895"),
        ("agreements.csv", ",,,,Pact", ",,,,Hentzau", 3, "in shortenings already names place/hentzau"),
        ("persons.csv", ",King Rudolf,Elphberg|Elfberg", ",King Rudolf,", 2, "column family is empty"),
        ("offices.csv", "person/rudolf-elphberg", "person/sapt", 2, "person/sapt"),
        ("offices.csv", "organization/league", "place/strelsau", 4, "place/strelsau"),
        ("offices.csv", "king|leader", "King|leader", 2, "small letters"),
        ("offices.csv", "king|leader", "", 2, "small letters"),
        ("offices.csv", "1899,1900", "1900,1899", 4, "before it begins"),
        ("offices.csv", "1899,1900", "1899,1900,", 4, "6 cells instead of 5"),
    ],
)
def test_a_broken_row_is_refused_by_file_and_line(folder: Path, file: str, old: str, new: str, line: int, words: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ResourceError) as refusal:
        load(folder)
    assert (Path(refusal.value.file).name, refusal.value.line) == (file, line)
    assert words in refusal.value.reason


def test_a_missing_file_is_refused(folder: Path) -> None:
    (folder / "persons.csv").unlink()
    with pytest.raises(ResourceError, match=r"persons\.csv: cannot be read"):
        load(folder)


def row(cell: str) -> Row:
    return Row(Path("some.csv"), 2, {"qid": cell, "date": cell, "id": cell, "names": cell})


@given(st.text())
def test_any_cell_is_read_or_refused(cell: str) -> None:
    some = row(cell)
    for read in (some.qid, lambda: some.date("date"), lambda: some.id("state"), lambda: some.many("names")):
        with suppress(ResourceError):
            read()


@given(st.text(st.characters(exclude_categories=["L"], exclude_characters="|"), min_size=1))
def test_what_has_no_letter_is_no_name(cell: str) -> None:
    with pytest.raises(ResourceError):
        row(cell).many("names")


@given(st.lists(st.text("abc é'-", min_size=1).map(str.strip).filter(lambda name: set(name) & set("abcé")), unique=True))
def test_names_between_bars_come_back_as_written(names: list[str]) -> None:
    assert row("|".join(names)).many("names") == tuple(names)
