"""What people decide is read from tables, checked line by line, and kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.linking.decisions import FILE, Decision, Judgment, kept_decisions, merge, read_decisions, write_decisions

DAY = date(2031, 5, 6)
BASE = "https://w3id.org/treatygraph/id/"
HEAD = "entity,candidate,judgment,author,reason"
ENTITIES = {"person/ada", "person/bo"}
ITEM = "http://www.wikidata.org/entity/Q1"


def read(tmp_path: Path, *lines: str, head: str = HEAD, author: str = "") -> list[Decision]:
    file = tmp_path / "decisions.csv"
    file.write_text("\n".join((head, *lines)) + "\n", encoding="utf-8")
    return read_decisions(file, ENTITIES, BASE, author, DAY)


def decision(judgment: str, candidate: str = ITEM, entity: str = "person/ada", author: str = "N. N.") -> Decision:
    return Decision(entity, candidate, Judgment(judgment), author, DAY, "")


def test_judgments_are_read_and_rows_without_one_passed_over(tmp_path: Path) -> None:
    read_ones = read(
        tmp_path,
        "person/ada,Q1,matched,N. N.,seen  it",
        f"{BASE}person/bo,https://other.example/2,Rejected,M. M.,",
        "person/bo,https://other.example/3,,,",
        "",
    )
    assert [(one.entity, one.candidate, one.judgment, one.author, one.reason, one.line) for one in read_ones] == [
        ("person/ada", ITEM, "matched", "N. N.", "seen it", 2),
        ("person/bo", "https://other.example/2", "rejected", "M. M.", "", 3),
    ]
    assert read_ones[0].decided == DAY


def test_a_table_of_openrefine_is_read(tmp_path: Path) -> None:
    """Tabs, a byte order mark, columns in another order, more of them, and its word for what is undecided."""
    head = "\ufeffJudgment\textra\tcandidate\tentity"
    lines = ("matched\tx\tQ1\tperson/ada", "none\tx\tQ2\tperson/bo")
    (one, other) = read(tmp_path, *lines, head=head, author="N. N.")
    assert (one.judgment, one.author) == (Judgment.MATCHED, "N. N.")
    assert other.judgment is Judgment.NONE


def test_what_is_new_names_no_item_however_many_rows_say_so(tmp_path: Path) -> None:
    (one,) = read(tmp_path, "person/ada,Q1,new,N. N.,", "person/ada,Q2,new,N. N.,")
    assert one.candidate == ""


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        (["person/eve,Q1,matched,N. N.,"], 2, "'person/eve' is no entity of this graph"),
        (["person/ada,Q1,maybe,N. N.,"], 2, "'maybe' is none of the judgments matched, rejected, new, none"),
        (["person/ada,,matched,N. N.,"], 2, "matched needs a candidate"),
        (["person/ada,Lind,matched,N. N.,"], 2, "neither an address"),
        (["person/ada,http://a b,matched,N. N.,"], 2, "is no IRI"),
        (["person/ada,Q1,matched,,"], 2, "nobody is named as the author"),
        (["person/ada,Q1,matched"], 2, "has 3 cells instead of 5"),
        (["person/ada,Q1,matched,N. N.,", "person/ada,Q1,rejected,N. N.,"], 3, "line 2 decides otherwise"),
        (["person/ada,Q1,matched,N. N.,", "person/ada,Q2,matched,N. N.,"], 3, f"cannot be {ITEM[:-1]}2 as line 2 stands"),
        (["person/ada,Q1,matched,N. N.,", "person/bo,Q1,matched,N. N.,"], 3, "person/bo cannot be"),
        (["person/ada,Q1,matched,N. N.,", "person/ada,,new,N. N.,"], 3, "cannot be new"),
        (["person/ada,,new,N. N.,", "person/ada,Q1,matched,N. N.,"], 3, "cannot be http"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, lines: list[str], line: int, reason: str) -> None:
    with pytest.raises(ResourceError) as caught:
        read(tmp_path, *lines)
    assert caught.value.line == line
    assert reason in caught.value.reason


def test_a_table_without_the_columns_it_needs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="line 1: the header row lacks candidate"):
        read(tmp_path, head="entity,judgment")
    with pytest.raises(ResourceError, match="cannot be read"):
        read_decisions(tmp_path / "nowhere.csv")


def test_two_knowledge_bases_may_have_an_item_each(tmp_path: Path) -> None:
    assert len(read(tmp_path, "person/ada,Q1,matched,N. N.,", "person/ada,https://other.example/1,matched,N. N.,")) == 2


@pytest.mark.parametrize(
    ("kept", "fresh", "left"),
    [
        ([decision("rejected")], [decision("matched")], [decision("matched")]),
        ([decision("matched")], [decision("none")], []),
        ([decision("matched")], [decision("new", "")], [decision("new", "")]),
        ([decision("new", "")], [decision("matched")], [decision("matched")]),
        ([decision("matched", ITEM + "2")], [decision("matched")], [decision("matched")]),
        ([decision("matched", entity="person/bo")], [decision("matched")], [decision("matched")]),
        ([decision("rejected", ITEM + "2")], [decision("matched")], [decision("matched"), decision("rejected", ITEM + "2")]),
    ],
)
def test_a_fresh_decision_takes_the_place_of_what_it_contradicts(
    kept: list[Decision], fresh: list[Decision], left: list[Decision]
) -> None:
    assert merge(kept, fresh) == left


def test_decisions_are_kept_as_a_table_that_can_be_read_again(tmp_path: Path) -> None:
    made = [Decision("person/ada", ITEM, Judgment.MATCHED, "N. N.", DAY, 'said "yes", twice', "Ada", "Ada Lind")]
    assert kept_decisions(tmp_path) == []
    write_decisions(tmp_path, made)
    (again,) = kept_decisions(tmp_path)
    assert again.place == made[0].place
    assert (again.reason, again.label, again.name, again.decided) == (made[0].reason, "Ada", "Ada Lind", DAY)
    assert [file.name for file in (tmp_path / FILE).parent.iterdir()] == ["links.csv"]


def test_a_table_that_somebody_broke_is_named_with_its_line(tmp_path: Path) -> None:
    write_decisions(tmp_path, [decision("matched")])
    with (tmp_path / FILE).open("a") as file:
        file.write("person/bo,,Q7,,matched,N. N.,yesterday,\n")
    with pytest.raises(ResourceError, match=r"links\.csv, line 3: 'yesterday'.*is no day"):
        kept_decisions(tmp_path)
