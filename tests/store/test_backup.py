"""Backups: whole or refused, made beside a writer, and put back all or nothing."""

from __future__ import annotations

import shutil
import sqlite3
import tarfile
from pathlib import Path

import pytest

from kg.errors import Busy, StoreError
from kg.store import EmbeddedStore, Writer
from kg.store.backup import back_up, restore, verify


@pytest.fixture
def store(tmp_path: Path, demo_directory: Path) -> Path:
    """A store with a graph, readings, decisions, and a build under way."""
    directory = tmp_path / "store"
    shutil.copytree(demo_directory, directory)
    with sqlite3.connect(directory / "readings.sqlite") as readings:
        readings.execute("CREATE TABLE reading (document TEXT)")
        readings.execute("INSERT INTO reading VALUES ('one')")
    readings.close()
    (directory / "decisions").mkdir()
    (directory / "decisions" / "review.csv").write_text("verdict\n")
    return directory


@pytest.fixture
def file(store: Path, tmp_path: Path) -> Path:
    back_up(store, tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


def test_what_is_restored_is_what_was_backed_up(file: Path, store: Path, tmp_path: Path) -> None:
    manifest = restore(file, tmp_path / "again")
    assert (manifest.generation, manifest.quads) == (1, 910)
    assert EmbeddedStore(tmp_path / "again").status() == EmbeddedStore(store).status()
    with sqlite3.connect(tmp_path / "again" / "readings.sqlite") as readings:
        assert readings.execute("SELECT document FROM reading").fetchall() == [("one",)]
    readings.close()
    assert (tmp_path / "again" / "decisions" / "review.csv").read_text() == "verdict\n"
    with Writer.open(tmp_path / "again") as writer:
        assert writer.publish() == 2


def test_it_is_made_beside_a_writer_of_what_is_published(store: Path, tmp_path: Path) -> None:
    with Writer.open(store) as writer:
        writer.update("CLEAR ALL")
        assert back_up(store, tmp_path / "backup.tar").quads == 910
        writer.publish()
        assert back_up(store, tmp_path / "backup.tar").quads == 0
    assert sorted(entry.name for entry in store.iterdir() if entry.name.startswith(".")) == []


def test_a_store_is_not_replaced_without_being_told(file: Path, store: Path) -> None:
    with Writer.open(store) as writer:
        writer.update("CLEAR ALL")
        writer.publish()
    served = EmbeddedStore(store)
    assert served.status().quads == 0
    with pytest.raises(StoreError, match="there already"):
        restore(file, store)
    restore(file, store, replace=True)
    assert served.status().quads == 910


def test_a_store_that_is_written_is_not_replaced(file: Path, store: Path) -> None:
    with Writer.open(store), pytest.raises(Busy):
        restore(file, store, replace=True)
    assert EmbeddedStore(store).status().quads == 910


def rewritten(file: Path, *, change: str | None = None, leave_out: str | None = None, add: str | None = None) -> Path:
    """The backup with one member changed, left out, or added."""
    other = file.with_name("other.tar")
    with tarfile.open(file) as source, tarfile.open(other, "w") as target:
        for member in source:
            content = source.extractfile(member)
            assert content is not None
            if member.name == leave_out:
                continue
            data = content.read()
            if member.name == change:
                data = data[:-1] + bytes([data[-1] ^ 1])
            (file.parent / "member").write_bytes(data)
            target.add(file.parent / "member", member.name)
        if add:
            target.add(file.parent / "member", add)
    return other


@pytest.mark.parametrize(
    "damage",
    [
        {"change": "readings.sqlite"},
        {"leave_out": "decisions/review.csv"},
        {"leave_out": "manifest.json"},
        {"add": "../../evil"},
        {"add": "readings.sqlite"},
        {"change": "manifest.json"},
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(file: Path, tmp_path: Path, damage: dict[str, str]) -> None:
    with pytest.raises(StoreError, match=r"other\.tar"):
        restore(rewritten(file, **damage), tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("content", [b"", b"nothing of the kind", b"\0" * 2048])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(StoreError, match="no whole backup"):
        verify(tmp_path / "file")


def test_a_cut_off_one_is_refused(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20_000])
    with pytest.raises(StoreError):
        verify(file)


def test_there_must_be_something_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        back_up(tmp_path, tmp_path / "backup.tar")
    assert not (tmp_path / "backup.tar").exists()
