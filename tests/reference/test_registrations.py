"""Registration numbers are read with checks, and those at hand are of agreements that the knowledge base has."""

from pathlib import Path

import pytest

from kg.errors import ResourceError
from kg.reference.registrations import registrations

HEAD = "agreement,register,number,source\n"
ROW = "agreement/lake-treaty,UNTS,I-7,https://register.example/7\n"


@pytest.fixture
def agreement(folder: Path) -> str:
    rows = (folder / "agreements.csv").read_text(encoding="utf-8").splitlines()
    return rows[1].partition(",")[0]


def test_an_agreement_may_have_several_numbers(folder: Path, agreement: str) -> None:
    row = ROW.replace("agreement/lake-treaty", agreement)
    (folder / "registrations.csv").write_text(HEAD + row + row.replace("UNTS,I-7", "ATOP,3210"))
    assert registrations(folder) == {agreement: ("UNTS I-7", "ATOP 3210")}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("AGREEMENT", "agreement/nowhere", "agreements.csv has no agreement/nowhere"),
        ("UNTS", "unts", "no register and number"),
        ("I-7", "seven", "no register and number"),
        ("https://register.example/7", "a book", "needs the address"),
        ("\n", f"\n{ROW.replace('agreement/lake-treaty', 'AGREEMENT')}", "stands twice"),
    ],
)
def test_a_mistake_is_named_with_its_line(folder: Path, agreement: str, old: str, new: str, reason: str) -> None:
    row = ROW.replace("agreement/lake-treaty", "AGREEMENT").replace(old, new, 1).replace("AGREEMENT", agreement)
    (folder / "registrations.csv").write_text(HEAD + row)
    with pytest.raises(ResourceError, match=reason) as caught:
        registrations(folder)
    assert caught.value.line == row.count("\n") + 1


def test_numbers_are_at_hand() -> None:
    assert registrations()["agreement/nuclear-non-proliferation-treaty-1968"] == ("UNTS I-10485",)
