"""The archive keeps what was read, by what it was read from, and says so when it is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.archive import Archive, dump
from kg.errors import StoreError
from kg.model import (
    Document,
    Entity,
    Evidence,
    FieldConcept,
    Kind,
    Mention,
    Modality,
    PartialDate,
    Polarity,
    Reading,
    Run,
    Span,
    Statement,
    Zone,
    ZoneKind,
)

RUN = Run("run-1", "treatygraph 0", "model", datetime(2024, 5, 8, 9, tzinfo=UTC), datetime(2024, 5, 8, 10, tzinfo=UTC))


def reading(name: str, text: str = "Kenya – Uganda: treaty") -> Reading:
    return Reading(
        Document(name, text, "T", "P", date(2024, 5, 8), "https://example.org/a", (Zone(Span(0, 5), ZoneKind.TITLE),)),
        (
            Entity("state#1", Kind.STATE, "Kenya", ("Kenyan",), None, "state/kenya"),
            Entity("agreement#1", Kind.AGREEMENT, "treaty"),
        ),
        (Mention("state#1", Span(0, 5)),),
        (
            Evidence(Statement("agreement#1", "party", "state#1"), Span(0, 9), "kg.party.v1", Polarity.DENIED, confidence=0.5),
            Evidence(Statement("agreement#1", "covers", FieldConcept("Trade")), Span(0, 9), "kg.covers.v1", speaker="state#1"),
            Evidence(
                Statement("agreement#1", "dateSigned", PartialDate("2024-05")),
                Span(0, 9),
                "kg.dateSigned.v1",
                modality=Modality.PLANNED,
                when=PartialDate("2024"),
                where="state#1",
                office_title="x",
            ),
        ),
    )


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive(tmp_path) as opened:
        yield opened


def test_a_reading_comes_back_as_it_was(archive: Archive) -> None:
    archive.put("a", "key", RUN, dump(reading("a")))
    assert list(archive.readings()) == [(reading("a"), RUN.id)]


@settings(max_examples=50, deadline=None)
@given(text=st.text(st.characters(exclude_categories=("Cs",)), max_size=50))
def test_any_text_comes_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    with Archive(tmp_path_factory.mktemp("archive")) as archive:
        archive.put("a", "key", RUN, dump(reading("a", text)))
        [(back, _)] = archive.readings()
    assert back.document.text == text


def test_a_reading_is_held_under_what_it_was_made_from(archive: Archive) -> None:
    assert not archive.holds("a", "key")
    archive.put("a", "key", RUN, dump(reading("a")))
    assert archive.holds("a", "key")
    assert not archive.holds("a", "another key")
    assert not archive.holds("b", "key")


def test_a_later_reading_of_a_document_replaces_the_earlier_one(archive: Archive) -> None:
    archive.put("a", "key", RUN, dump(reading("a")))
    archive.put("a", "new key", RUN, dump(reading("a", "Kenya waits, and Uganda too")))
    [(kept, _)] = archive.readings()
    assert kept.document.text == "Kenya waits, and Uganda too"
    assert not archive.holds("a", "key")


def test_readings_come_in_order_of_their_documents(archive: Archive) -> None:
    for name in ("b", "c", "a"):
        archive.put(name, "key", RUN, dump(reading(name)))
    assert [r.document.id for r, _ in archive.readings()] == ["a", "b", "c"]


def test_only_runs_that_made_something_are_told_of(archive: Archive) -> None:
    later = replace(RUN, id="run-2")
    archive.put("a", "key", RUN, dump(reading("a")))
    assert archive.runs() == {RUN.id: RUN}
    archive.put("a", "new key", later, dump(reading("a")))
    assert archive.runs() == {later.id: later}


def test_digests_are_those_of_one_generation(archive: Archive) -> None:
    assert archive.digests(1) == {}
    archive.set_digests({"urn:a": "1", "urn:b": "2"}, 3)
    assert archive.digests(3) == {"urn:a": "1", "urn:b": "2"}
    assert archive.digests(2) == archive.digests(None) == {}
    archive.set_digests({"urn:a": "9"}, 4)
    assert (archive.digests(3), archive.digests(4)) == ({}, {"urn:a": "9"})


def test_what_was_kept_is_there_when_it_is_opened_again(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.put("a", "key", RUN, dump(reading("a")))
    with Archive(tmp_path) as archive:
        assert archive.holds("a", "key")


def test_a_file_that_is_no_archive_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "readings.sqlite").write_text("not a data base, but long enough to look at" * 50)
    with pytest.raises(StoreError, match="cannot be opened") as caught:
        Archive(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "remove it" in str(caught.value)


def test_a_damaged_reading_is_named(tmp_path: Path) -> None:
    with Archive(tmp_path) as archive:
        archive.put("a", "key", RUN, b'{"document": ')
        with pytest.raises(StoreError, match="the reading of a is damaged"):
            list(archive.readings())


def test_a_closed_archive_lets_go_of_its_file(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.close()
    with pytest.raises(sqlite3.ProgrammingError):
        archive.holds("a", "key")
