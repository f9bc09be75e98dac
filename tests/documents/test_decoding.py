"""Bytes become text without a change, or are refused with what they are."""

from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import Refusal
from kg.documents.decoding import decode
from kg.errors import InputError
from kg.model import Document

STORY = "Pact signed\r\n4 May 2021\r\n\r\nThe two ministers signed the pact in “Café Klow” — and left.\r\n"


def test_the_text_is_the_file_to_the_last_byte(read: Callable[..., Document]) -> None:
    document = read(STORY)
    assert document.text == STORY


def test_a_utf_8_byte_order_mark_stays_so_that_the_hash_is_the_files(read: Callable[..., Document]) -> None:
    document = read(codecs.BOM_UTF8 + STORY.encode())
    assert document.text == "\ufeff" + STORY
    assert document.title == "Pact signed"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "cp1252"])
def test_other_encodings_are_recognised(read: Callable[..., Document], encoding: str) -> None:
    assert read(STORY.encode(encoding)).text == STORY


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n...", "a PDF file"),
        (b"PK\x03\x04rest", "a zip archive or an office document"),
        (b"\xff\xd8\xff\xe0rest", "a JPEG image"),
        (b"\x89PNG\r\n\x1a\nrest", "a PNG image"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a WebP image"),
        (b"\x1f\x8b\x08rest", "a gzip file"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"text\x00text", "NUL bytes"),
        (STORY.encode("utf-16-le"), "NUL bytes"),
        (STORY.encode("utf-16")[:-1], "broken UTF-16"),
        ("a\x00b".encode("utf-16"), "NUL characters"),
        (b"\x01\x02\x03 text", "control characters"),
        (STORY.encode()[:-60] + b"\xe2\x80", "not UTF-8 (byte"),
        ("Договор подписан в Москве 4 мая 2021 года".encode("cp1251"), "no other encoding is plain"),
        ("Vertrag \x81 unterzeichnet 4 May 2021".encode("latin-1"), "no other encoding is plain"),
        ("Price ¶¤¦ of pike 4 May 2021".encode("latin-1"), "no other encoding is plain"),
    ],
)
def test_what_is_no_plain_text_is_refused(read: Callable[..., Refusal], content: bytes, reason: str) -> None:
    refusal = read(content)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def page(encoding: str) -> bytes:
    sentence = "The ministers met in the Café Klow and said that they would sign the accord on fishing in the lake."
    return f'<html><head><meta charset="{encoding}"></head><body><p>4 May 2021</p><p>{sentence}</p></body></html>'.encode(
        "cp1250"
    )


def test_a_page_is_read_in_the_encoding_that_it_declares() -> None:
    assert "Café" in decode(page("windows-1250"), "page.html", page=True)


@pytest.mark.parametrize("encoding", ["hex", "idna", "x-unknown"])
def test_a_declared_encoding_that_is_none_is_refused(encoding: str) -> None:
    with pytest.raises(InputError, match="unknown"):
        decode(page(encoding), "page.html", page=True)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=["Cc"])))
def test_every_utf_8_text_comes_back_as_it_was(text: str) -> None:
    try:
        assert decode(text.encode(), "file") == text
    except InputError:
        assert text.startswith(("BZh", "%PDF-", "GIF8", "ID3", "OggS", "{\\rtf", "PK"))


@given(st.binary())
def test_bytes_are_decoded_or_refused(content: bytes) -> None:
    try:
        text = decode(content, "file", page=True)
    except InputError:
        return
    assert text.encode()[:1] in (content[:1], text[:1].encode())
    assert "\x00" not in text
