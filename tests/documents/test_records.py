"""JSONL: one record per line, mistakes named with file and line."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import Limits, Refusal, read_documents
from kg.documents.records import record_lines
from kg.model import Document

TEXT = "The two ministers signed the pact in Strelsau on Monday, said a spokesman for the government."


def line(**fields: object) -> str:
    return json.dumps({"text": TEXT, "issued": "2021-05-04", **fields}) + "\n"


@pytest.fixture
def read_all(tmp_path: Path) -> Callable[..., list[Document | Refusal]]:
    def read(content: str | bytes, **keywords: int) -> list[Document | Refusal]:
        path = tmp_path / "articles.jsonl"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(read_documents([str(path)], limits=Limits(**keywords)))

    return read


def test_a_record_says_everything_about_its_document(read_all: Callable[..., list[Document]]) -> None:
    record = line(
        id="Lake Pact №1", title=" Pact\nsigned ", publisher="Example Courier", url="https://courier.example/1", more=[1]
    )
    [document] = read_all(record)
    assert document.id == "lake-pact-no1"
    assert document.text == TEXT
    assert document.title == "Pact signed"
    assert document.publisher == "Example Courier"
    assert document.issued == date(2021, 5, 4)
    assert document.url == "https://courier.example/1"


def test_null_and_empty_values_are_as_good_as_none(read_all: Callable[..., list[Document]]) -> None:
    text = f"Pact signed\nExample Courier | 4 May 2021\n\n{TEXT}"
    [document] = read_all(line(text=text, id=None, title="", publisher=None, issued=None, url=" "))
    assert document.id == "articles"
    assert document.title == "Pact signed"
    assert document.publisher == "Example Courier"
    assert document.issued == date(2021, 5, 4)
    assert document.url is None


def test_a_timestamp_gives_its_own_day(read_all: Callable[..., list[Document]]) -> None:
    [document] = read_all(line(issued="2021-05-04T23:30:00-04:00"))
    assert document.issued == date(2021, 5, 4)


def test_blank_lines_count_but_are_no_records(read_all: Callable[..., list[Document | Refusal]], tmp_path: Path) -> None:
    first, second = read_all("\n" + line(id="a") + "  \n\r\n" + "{}\n")
    assert isinstance(first, Document)
    assert second == Refusal(f"{tmp_path / 'articles.jsonl'}:5", 'no "text"; give the article in the key "text"')


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "not JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[1]", "a JSON list, not an object"),
        ("null", "a JSON null, not an object"),
        ('"text"', "a JSON text, not an object"),
        ("[" * 100_000, "nested too deeply"),
        ("1" * 10_000, "too long a number"),
        (b'{"text": "\xff"}', "not UTF-8 (byte 10 of the line)"),
        (line(text=None), 'no "text"'),
        (line(text=7), '"text" is a number'),
        (line(text=" \n"), "empty"),
        (line(id=1.5), '"id" is a number'),
        (line(title=["a"]), '"title" is a list'),
        (line(publisher={}), '"publisher" is a object'),
        (line(url=True), '"url" is a truth value'),
        (line(url="courier.example"), '"url" is no http or https address'),
        (line(url="http://[courier"), '"url" is no http or https address'),
        (line(url="https://a.example/<b>"), '"url" is no http or https address'),
        (line(issued="May 4"), '"issued" is no date; write it as YYYY-MM-DD'),
        (line(issued="2021-02-30"), '"issued" is no date'),
        ('{"text": "half \\ud800"}', "half a character"),
        ('{"text": "nul \\u0000"}', "NUL"),
    ],
)
def test_a_wrong_line_is_refused_and_the_next_is_read(
    read_all: Callable[..., list[Document | Refusal]], content: str | bytes, reason: str, tmp_path: Path
) -> None:
    raw = content.encode() if isinstance(content, str) else content
    refusal, document = read_all(raw.rstrip(b"\n") + b"\n" + line(id="next").encode())
    assert isinstance(refusal, Refusal)
    assert refusal.source == f"{tmp_path / 'articles.jsonl'}:1"
    assert reason in refusal.reason
    assert isinstance(document, Document)


def test_only_the_line_that_is_too_large_is_refused(read_all: Callable[..., list[Document | Refusal]]) -> None:
    found = read_all(line(id="a") + line(id="b", text=TEXT * 50) + line(id="c"), largest=1000)
    assert [one.reason if isinstance(one, Refusal) else one.id for one in found] == [
        "a",
        "larger than 1,000 bytes; split the record or raise the limit",
        "c",
    ]


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_records_is_refused(read_all: Callable[..., list[Refusal]], content: str) -> None:
    [refusal] = read_all(content)
    assert refusal.reason == "empty; expected one JSON object per line"


@given(st.lists(st.binary(max_size=12)), st.integers(0, 30), st.integers(1, 8))
def test_lines_are_those_of_the_file_however_it_is_buffered(parts: list[bytes], head: int, largest: int) -> None:
    content = b"\n".join(parts)
    expected = [
        (number, part if len(part) <= largest else None)
        for number, part in enumerate(content.split(b"\n"), 1)
        if part.strip() or len(part) > largest
    ]
    assert list(record_lines(content[:head], io.BytesIO(content[head:]), largest)) == expected
