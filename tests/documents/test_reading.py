"""Reading whole calls: documents complete, refusals in place, ids their own."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import RESERVED, Limits, Refusal, read_documents
from kg.graph import RESERVED_GRAPHS
from kg.model import Document

BODY = "The two ministers signed the pact in Strelsau on Tuesday, said a spokesman for the government."
STORY = f"Pact signed at last\nExample Courier | 4 May 2021\n\n{BODY}\n"


def test_a_text_file_becomes_a_complete_document(read: Callable[..., Document]) -> None:
    document = read(STORY, "Lake Pact (1).txt")
    assert document.id == "lake-pact-1"
    assert document.text == STORY
    assert document.sha256 == hashlib.sha256(STORY.encode()).hexdigest()
    assert document.title == "Pact signed at last"
    assert document.publisher == "Example Courier"
    assert document.issued == date(2021, 5, 4)
    assert [str(zone.kind) for zone in document.zones] == ["title", "front", "body"]


def test_a_text_without_a_title_has_none(read: Callable[..., Document]) -> None:
    assert read(f"{BODY}\n\n{BODY} It was 4 May 2021.").title is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("---\n***\n", "empty"),
        (f"Pact signed at last\n\n{BODY}", 'no date of issue found in it; add a date line, or give "issued" in JSONL'),
        (
            "4 мая 2021 2021-05-04\n\nМинистры двух стран подписали в понедельник договор о рыболовстве.",
            "not English (looks like 'ru')",
        ),
    ],
)
def test_a_text_that_cannot_be_used_is_refused(read: Callable[..., Refusal], content: str, reason: str) -> None:
    refusal = read(content)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def test_a_file_that_is_too_large_is_refused(read: Callable[..., Document | Refusal]) -> None:
    assert isinstance(read(STORY, limits=Limits(largest=len(STORY.encode()))), Document)
    refusal = read(STORY, limits=Limits(largest=len(STORY.encode()) - 1))
    assert isinstance(refusal, Refusal)
    assert "larger than" in refusal.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(STORY)
    path.chmod(0)
    [refusal] = read_documents([str(path)])
    assert isinstance(refusal, Refusal)
    assert "cannot be read (Permission denied)" in refusal.reason


def test_a_broken_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    [refusal] = read_documents([str(tmp_path)])
    assert isinstance(refusal, Refusal)
    assert "cannot be read" in refusal.reason


def test_one_refusal_keeps_nothing_else_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.txt").write_bytes(b"%PDF-1.7")
    (tmp_path / "c.txt").write_text(STORY)
    inputs = [str(tmp_path / "missing"), str(tmp_path)]
    assert [type(found) for found in read_documents(inputs)] == [Refusal, Document, Refusal, Document]


def test_a_file_without_suffix_is_read_by_its_first_bytes(read: Callable[..., Document]) -> None:
    assert read(STORY, "text").title == "Pact signed at last"
    assert read(json.dumps({"text": BODY, "issued": "2021-05-04", "id": "one"}), "records").id == "one"


def test_standard_input_may_be_text_or_records(piped: Callable[..., Document]) -> None:
    assert piped(STORY).id == f"stdin-{hashlib.sha256(STORY.encode()).hexdigest()[:8]}"
    assert piped(json.dumps({"text": BODY, "issued": "2021-05-04", "id": "one"})).id == "one"


def test_a_record_of_standard_input_is_named_by_its_line() -> None:
    [refusal] = read_documents(["-"], stdin=io.BytesIO(b'\n{"text": 1}'))
    assert isinstance(refusal, Refusal)
    assert refusal.source == "<stdin>:2"


def test_the_same_text_twice_is_refused_and_another_under_its_id_is_renamed(tmp_path: Path) -> None:
    for folder, text in (("a", STORY), ("b", STORY), ("c", STORY + BODY), ("d", STORY + BODY)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "Pact.txt").write_text(text)
    first, same, other, same_as_other = read_documents([str(tmp_path)])
    assert isinstance(first, Document)
    assert isinstance(other, Document)
    assert first.id == "pact"
    assert same == Refusal(str(tmp_path / "b/Pact.txt"), f"same text as {tmp_path / 'a/Pact.txt'}; leave one out")
    assert other.id == f"pact-{other.sha256[:8]}"
    assert same_as_other == Refusal(str(tmp_path / "d/Pact.txt"), f"same text as {tmp_path / 'c/Pact.txt'}; leave one out")


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "pact.txt"
    path.write_text(STORY)
    assert [type(found) for found in read_documents([str(path), str(path)])] == [Document, Refusal]


def test_an_id_that_other_texts_have_taken_is_refused(tmp_path: Path) -> None:
    digest = hashlib.sha256((STORY + BODY).encode()).hexdigest()[:8]
    for name, text in (("a/pact.txt", STORY), (f"b/pact-{digest}.txt", STORY), ("c/pact.txt", STORY + BODY)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    *_, refusal = read_documents([str(tmp_path)])
    assert refusal == Refusal(str(tmp_path / "c/pact.txt"), "its id 'pact' is taken by other texts; give it another one")


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_ids_of_other_graphs_are_left_to_them(read: Callable[..., Document], name: str) -> None:
    document = read(STORY, f"{name}.txt")
    assert document.id == f"{name}-{document.sha256[:8]}"


def test_the_ids_that_are_kept_are_those_of_the_shared_graphs() -> None:
    assert RESERVED_GRAPHS <= RESERVED


def test_reading_is_repeatable(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.jsonl"):
        (tmp_path / name).write_text(STORY if name.endswith("txt") else json.dumps({"text": STORY}))
    assert list(read_documents([str(tmp_path)])) == list(read_documents([str(tmp_path)]))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.binary() | st.text().map(str.encode) | st.binary().map(STORY.encode().__add__), st.sampled_from(["x.txt", "x.jsonl", "x"])
)
def test_any_bytes_give_documents_or_refusals(tmp_path: Path, content: bytes, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    for found in read_documents([str(path)]):
        if isinstance(found, Refusal):
            assert found.source.startswith(str(path))
            assert found.reason
        else:
            assert found.issued is not None
            assert all(zone.span.of(found.text) for zone in found.zones)
            assert found.sha256


@given(st.lists(st.text(max_size=8), max_size=3))
def test_any_inputs_give_documents_or_refusals(tmp_path_factory: pytest.TempPathFactory, inputs: list[str]) -> None:
    folder = tmp_path_factory.getbasetemp() / "no-such-folder"
    assert all(isinstance(found, Refusal) for found in read_documents([f"{folder}/{given}" for given in inputs]))
