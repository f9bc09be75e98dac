"""Writing a store: one writer, whole generations, nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import QueryBoolean

from kg.errors import StoreError
from kg.store import EmbeddedStore, Writer

ONE, TWO = "https://example.org/graph/one", "https://example.org/graph/two"


def says(word: str, graph: str = ONE) -> bytes:
    return f'<https://example.org/s> <https://example.org/says> "{word}" <{graph}> .\n'.encode()


def heard(store: EmbeddedStore, word: str) -> bool:
    answer = store.query(f'ASK {{ ?s ?p "{word}" }}')
    assert isinstance(answer, QueryBoolean)
    return bool(answer)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    with Writer.open(tmp_path) as writer:
        writer.replace(ONE, says("first"))
        writer.publish()
    return tmp_path


def in_another_process(store: Path, script: str) -> subprocess.Popen[str]:
    """Start a process that runs the script with `writer` open on the store."""
    code = f"""
import time
from pathlib import Path
from kg.store import Writer
writer = Writer.open(Path({str(store)!r}))
{script}
print("ready", flush=True)
time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_what_is_written_is_seen_once_it_is_published(published: Path) -> None:
    reader = EmbeddedStore(published)
    with Writer.open(published) as writer:
        writer.replace(ONE, says("second"))
        assert heard(reader, "first")
        assert writer.publish() == 2
        assert heard(reader, "second")
        assert not heard(reader, "first")


def test_replacing_a_graph_leaves_the_others_alone(published: Path) -> None:
    with Writer.open(published) as writer:
        writer.replace(TWO, says("other", TWO))
        writer.replace(ONE, says("second"))
        writer.publish()
    reader = EmbeddedStore(published)
    assert heard(reader, "other")
    assert heard(reader, "second")


def test_a_dropped_graph_is_gone(published: Path) -> None:
    with Writer.open(published) as writer:
        writer.replace(TWO, says("other", TWO))
        writer.drop(ONE)
        assert writer.graphs() == [TWO]
        writer.publish()
    assert not heard(EmbeddedStore(published), "first")


def test_dropping_what_is_not_there_does_nothing(published: Path) -> None:
    with Writer.open(published) as writer:
        writer.drop(TWO)
        assert writer.graphs() == [ONE]


def test_quads_are_added_in_bulk(tmp_path: Path) -> None:
    with Writer.open(tmp_path / "store") as writer:
        writer.add(says("one") + says("two", TWO))
        writer.add(says("three"))
        assert writer.graphs() == [ONE, TWO]
        writer.publish()
    assert heard(EmbeddedStore(tmp_path / "store"), "three")


def test_malformed_quads_are_not_added_and_spoil_the_writer(tmp_path: Path) -> None:
    with Writer.open(tmp_path / "store") as writer:
        with pytest.raises(StoreError, match="line 1"):
            writer.add(b"this is no quad\n")
        with pytest.raises(StoreError, match="half-way"):
            writer.publish()


def test_a_file_is_loaded_in_bulk(tmp_path: Path) -> None:
    (tmp_path / "two.nq").write_bytes(says("one") + says("two", TWO))
    with Writer.open(tmp_path / "store") as writer:
        writer.load(tmp_path / "two.nq")
        assert writer.graphs() == [ONE, TWO]


def test_quads_of_another_graph_are_refused_and_change_nothing(published: Path) -> None:
    with Writer.open(published) as writer:
        with pytest.raises(StoreError, match="name another graph"):
            writer.replace(ONE, says("second") + says("stray", TWO))
        writer.publish()
    assert heard(EmbeddedStore(published), "first")


def test_malformed_quads_are_refused_with_their_line(published: Path) -> None:
    with Writer.open(published) as writer, pytest.raises(StoreError, match="line 2 of the quads"):
        writer.replace(ONE, says("second") + b"<no quad\n")


def test_a_graph_must_be_named_by_an_iri(published: Path) -> None:
    with Writer.open(published) as writer, pytest.raises(StoreError, match="cannot name a graph"):
        writer.drop("one")


def test_nothing_can_be_published_after_a_change_failed_half_way(published: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.nq").write_bytes(says("half") + b"<no quad\n")
    with Writer.open(published) as writer:
        with pytest.raises(StoreError, match=r"broken\.nq, line 2"):
            writer.load(tmp_path / "broken.nq")
        with pytest.raises(StoreError, match="starts from generation 1"):
            writer.publish()


def test_what_was_not_published_is_gone_for_the_next_writer(published: Path) -> None:
    with Writer.open(published) as writer:
        writer.replace(ONE, says("second"))
    with Writer.open(published) as writer:
        assert writer.base == 1
        writer.publish()
    assert heard(EmbeddedStore(published), "first")


def test_a_closed_writer_says_so(published: Path) -> None:
    with Writer.open(published) as writer:
        pass
    with pytest.raises(StoreError, match="closed"):
        writer.publish()


def test_a_second_writer_is_told_who_holds_the_store(published: Path) -> None:
    with Writer.open(published), pytest.raises(StoreError, match=f"process {os.getpid()} is writing"):
        Writer.open(published)


def test_a_writer_in_another_process_is_named_by_its_number(published: Path) -> None:
    other = in_another_process(published, "")
    try:
        with pytest.raises(StoreError, match=f"process {other.pid} is writing"):
            Writer.open(published)
    finally:
        kill(other)


def test_a_writer_killed_before_it_publishes_leaves_the_old_generation(published: Path) -> None:
    reader = EmbeddedStore(published)
    kill(in_another_process(published, f"writer.replace({ONE!r}, {says('second')!r})"))
    assert heard(reader, "first")
    with Writer.open(published) as writer:
        assert writer.base == 1
        assert writer.publish() == 2
    assert heard(reader, "first")
    assert not heard(reader, "second")


def test_a_writer_killed_after_it_published_leaves_the_new_generation(published: Path) -> None:
    reader = EmbeddedStore(published)
    kill(in_another_process(published, f"writer.replace({ONE!r}, {says('second')!r}); writer.publish(); writer.drop({ONE!r})"))
    assert heard(reader, "second")
    with Writer.open(published) as writer:
        assert writer.graphs() == [ONE]


def test_a_writer_killed_between_two_steps_of_publishing_leaves_the_old_generation(published: Path) -> None:
    # As far as it got: the draft has its number, but nothing says yet that it is current.
    (published / "generations" / "2").mkdir()
    (published / "generations" / "3.draft").mkdir()
    assert heard(EmbeddedStore(published), "first")
    with Writer.open(published) as writer:
        writer.publish()
    assert heard(EmbeddedStore(published), "first")


def test_only_the_last_two_generations_are_kept(published: Path) -> None:
    with Writer.open(published) as writer:
        for _ in range(4):
            last = writer.publish()
    kept = sorted(entry.name for entry in (published / "generations").iterdir())
    assert kept == [str(last - 1), str(last)]


def test_a_store_can_be_made_where_there_is_no_folder_yet(tmp_path: Path) -> None:
    with Writer.open(tmp_path / "new" / "store") as writer:
        assert writer.base is None
        assert writer.publish() == 1


def test_a_store_cannot_be_made_inside_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here")
    with pytest.raises(StoreError, match="cannot be made a store"):
        Writer.open(tmp_path / "file")
