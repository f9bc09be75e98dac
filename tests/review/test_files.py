"""Decisions as CSV: what comes back, what is kept, and what is told of a mistake."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ResourceError
from kg.model import FieldConcept, Modality, PartialDate, Polarity, Statement
from kg.review import COLUMNS, load, read_decisions, save
from kg.rulings import Correction, Decision, Verdict

HEAD = "verdict,subject,property,object,reason,author,decided"
NOW = datetime(2031, 6, 1, 9, tzinfo=UTC)
PARTY = Statement("agreement/pact", "party", "state/norland")
REJECT = Decision(Verdict.REJECT, PARTY, "an idiom", "Ada Lind", NOW)
NARROW = Decision(
    Verdict.CORRECT,
    PARTY,
    "a namesake, as the photo shows",
    "Ada Lind",
    NOW,
    "report",
    'They said: "We sign,\nand soon."',
    Polarity.AFFIRMED,
    Modality.ALLEGED,
    "person/x",
    Correction("agreement/other", "covers", FieldConcept("Trade"), Polarity.DENIED, Modality.ACTUAL),
)

cells = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).map(str.strip).filter(bool)


def write(tmp_path: Path, *lines: str, head: str = HEAD) -> Path:
    file = tmp_path / "sheet.csv"
    file.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return file


def test_a_store_without_decisions_has_none(tmp_path: Path) -> None:
    assert load(tmp_path) == []


@pytest.mark.parametrize("decision", [REJECT, NARROW], ids=["of a statement", "of an evidence"])
def test_what_is_kept_comes_back_as_it_was(tmp_path: Path, decision: Decision) -> None:
    assert save(tmp_path, [decision]) == 1
    assert load(tmp_path) == [decision]


@settings(max_examples=40, deadline=None)
@given(reason=cells, author=cells, words=st.text(st.characters(exclude_categories=("Cs",)), min_size=1))
def test_any_words_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, reason: str, author: str, words: str) -> None:
    folder = tmp_path_factory.mktemp("store")
    decision = Decision(Verdict.REJECT, PARTY, reason, author, NOW, "report", words)
    save(folder, [decision])
    assert load(folder) == [decision]


def test_a_later_decision_on_the_same_takes_the_earlier_ones_place(tmp_path: Path) -> None:
    accept = Decision(Verdict.ACCEPT, PARTY, "it is so after all", "Bo Krann", NOW)
    assert save(tmp_path, [REJECT, NARROW]) == 2
    assert save(tmp_path, [accept]) == 2
    assert load(tmp_path) == [NARROW, accept]


def test_a_symmetric_statement_is_the_same_in_both_directions(tmp_path: Path) -> None:
    file = write(tmp_path, "accept,state/togo,metWith,state/benin,seen,Ada Lind,2031-06-01")
    [(_, decision)] = read_decisions(file)
    assert decision.statement == Statement("state/benin", "metWith", "state/togo")


def test_rows_without_a_verdict_decide_nothing_and_unknown_columns_are_passed_over(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        ",state/norland,accused,state/estmark,,,,x",
        "reject,state/norland,accused,state/estmark,satire,,,x",
        head=HEAD + ",remarks",
    )
    assert list(read_decisions(file, "Ada Lind", NOW)) == [
        (3, Decision(Verdict.REJECT, Statement("state/norland", "accused", "state/estmark"), "satire", "Ada Lind", NOW))
    ]


def test_the_scope_widens_a_row_to_the_whole_statement(tmp_path: Path) -> None:
    rows = [f"reject,{scope},state/a,accused,state/b,r,A,2031-06-01,report,words" for scope in ("evidence", "statement", "")]
    file = write(tmp_path, *rows, head="verdict,scope,subject,property,object,reason,author,decided,document,words")
    assert [(one.document, one.words) for _, one in read_decisions(file)] == [
        ("report", "words"),
        (None, None),
        ("report", "words"),
    ]


def test_objects_can_be_dates_and_fields(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        "reject,agreement/pact,dateSigned,2031-05,a slip,Ada Lind,2031-06-01",
        "reject,agreement/pact,covers,tgf:Trade,a slip,Ada Lind,2031-06-01T10:00:00+02:00",
    )
    found = [decision for _, decision in read_decisions(file)]
    assert [one.statement.object for one in found] == [PartialDate("2031-05"), FieldConcept("Trade")]
    assert [one.decided for one in found] == [datetime(2031, 6, 1, tzinfo=UTC), datetime(2031, 6, 1, 8, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("maybe,state/a,accused,state/b,r,A,2031-06-01", "verdict must be one of accept, reject, correct, not 'maybe'"),
        ("reject,state/a,admired,state/b,r,A,2031-06-01", "no statement property 'admired'"),
        ("reject,Norland,accused,state/b,r,A,2031-06-01", "subject: 'Norland' is no id"),
        ("reject,2031-05,accused,state/b,r,A,2031-06-01", "subject must be an entity's id"),
        ("reject,agreement/a,covers,tgf:Sorcery,r,A,2031-06-01", "there is no field 'Sorcery'"),
        ("reject,agreement/a,dateSigned,2031-13,r,A,2031-06-01", "no month"),
        ("reject,state/a,accused,state/b,,A,2031-06-01", "needs a reason and an author"),
        ("reject,state/a,accused,state/b,r,,2031-06-01", "needs a reason and an author"),
        ("reject,state/a,accused,state/b,r,A,", "must say when it was decided"),
        ("reject,state/a,accused,state/b,r,A,in June", "'in June' is no date or time"),
        ("correct,state/a,accused,state/b,r,A,2031-06-01", "needs at least one of new_subject"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, row: str, reason: str) -> None:
    file = write(tmp_path, "reject,state/a,accused,state/b,r,A,2031-06-01", row)
    with pytest.raises(ResourceError, match=r"sheet\.csv, line 3") as caught:
        list(read_decisions(file))
    assert reason in caught.value.reason


def test_the_line_is_right_below_a_quotation_of_several_lines(tmp_path: Path) -> None:
    rows = ['reject,state/a,accused,state/b,"one\ntwo",A,2031-06-01', "reject,state/a,admired,state/b,r,A,2031-06-01"]
    with pytest.raises(ResourceError) as caught:
        list(read_decisions(write(tmp_path, *rows)))
    assert caught.value.line == 4


def test_a_column_that_is_missing_and_a_file_that_is_no_csv_are_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="lacks the column reason"):
        list(read_decisions(write(tmp_path, head="verdict,subject,property,object")))
    with pytest.raises(ResourceError, match="is no CSV"):
        list(read_decisions(write(tmp_path, 'reject,"state/a"x,accused,state/b,r,A,2031-06-01')))
    with pytest.raises(ResourceError, match="cannot be read"):
        list(read_decisions(tmp_path / "missing.csv"))
    assert len(set(COLUMNS)) == len(COLUMNS)
