"""What can be asked of entities: every statement property, and what the file lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import QueryError, ResourceError
from kg.model import Kind
from kg.service.reconciliation.properties import FILE, named, properties
from kg.vocabulary import vocabulary


def test_every_statement_property_can_be_asked_for_from_both_ends() -> None:
    assert set(vocabulary().properties) <= set(properties())
    assert properties()["^party"].kinds == {Kind.STATE, Kind.ORGANIZATION}
    assert properties()["^party"].ends == {Kind.AGREEMENT}
    assert "^metWith" not in properties()
    assert "^dateSigned" not in properties()


def test_a_property_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(QueryError, match=r"no property 'colour'; there are party, \^party"):
        named("colour")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('id = "capital"', 'id = "party"', "there is a property 'party' already"),
        ('name = "capital"\n', "", "a property lacks name"),
        ('kinds = ["Person"]', 'kinds = ["Dragon"]', "Dragon is none of the kinds"),
        ("tg:capital ?value", "tg:capital ?town", "speaks of"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "properties.toml"
    file.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ResourceError, match=reason) as caught:
        properties(file)
    assert caught.value.line
