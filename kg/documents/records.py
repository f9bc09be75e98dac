"""Records: one JSON object per line, each a document with whatever is known about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO
from urllib.parse import urlsplit

from kg.errors import InputError
from kg.model import Document

_KEYS = "text, id, title, publisher, issued, url"
_NO_URL = re.compile(r"[\x00-\x20<>\"{}|\\^`\x7f]")


def record(line: bytes, label: str, stem: str) -> Document:
    """Read one line; keys other than text, id, title, publisher, issued and url are left alone.

    A document without an id takes the file's stem. Raises InputError for what is no JSON object or has a key of the
    wrong type.
    """
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(label, f"not UTF-8 (byte {error.start} of the line); JSONL has to be UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputError(label, f"not JSON: {error.msg} at column {error.colno}; write one object per line") from error
    except (RecursionError, ValueError) as error:
        raise InputError(label, "JSON nested too deeply or with too long a number; write one flat object per line") from error
    if not isinstance(value, dict):
        raise InputError(label, f"a JSON {_json_type(value)}, not an object; write one object per line with {_KEYS}")
    fields = {key: _text(value, key, label) for key in ("text", "id", "title", "publisher", "issued", "url")}
    text = fields["text"]
    if text is None:
        raise InputError(label, 'no "text"; give the article in the key "text"')
    return Document(
        id=fields["id"] or stem,
        text=text,
        title=_phrase(fields["title"]),
        publisher=_phrase(fields["publisher"]),
        issued=_day(fields["issued"], label),
        url=_url(fields["url"], label),
    )


def record_lines(head: bytes, stream: BinaryIO, largest: int) -> Iterator[tuple[int, bytes | None]]:
    """Yield the number and bytes of every line that is not blank; None stands for a line larger than allowed.

    `head` is what has already been read from the stream.
    """
    number, line, too_long = 0, b"", False
    while True:
        chunk, head = head or stream.read(1 << 16), b""
        *ended, rest = chunk.split(b"\n")
        for part in ended:
            number += 1
            if too_long or len(line) + len(part) > largest:
                yield number, None
            elif (line + part).strip():
                yield number, line + part
            line, too_long = b"", False
        too_long = too_long or len(line) + len(rest) > largest
        line = b"" if too_long else line + rest
        if not chunk:
            break
    if too_long or line.strip():
        yield number + 1, None if too_long else line


def web_address(text: str) -> str | None:
    """Return the address if it is an absolute http or https address, else None.

    >>> web_address(" https://example.org/a "), web_address("example.org/a")
    ('https://example.org/a', None)
    """
    address = text.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and parts.netloc and not _NO_URL.search(address) else None


def _text(record: dict[str, object], key: str, label: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise InputError(label, f'"{key}" is a {_json_type(value)}; it has to be a text')
    if any("\ud800" <= c <= "\udfff" for c in value) or "\x00" in value:
        raise InputError(label, f'"{key}" holds half a character or NUL; correct the escape')
    return value


def _phrase(value: str | None) -> str | None:
    return " ".join(value.split()) or None if value else None


def _day(value: str | None, label: str) -> date | None:
    """Read an ISO date, or the day of an ISO timestamp as it is written there."""
    if not value or not value.strip():
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError as error:
        raise InputError(label, '"issued" is no date; write it as YYYY-MM-DD') from error


def _url(value: str | None, label: str) -> str | None:
    if not value or not value.strip():
        return None
    address = web_address(value)
    if address is None:
        raise InputError(label, '"url" is no http or https address; correct it or leave it out')
    return address


def _json_type(value: object) -> str:
    names = {bool: "truth value", int: "number", float: "number", str: "text", list: "list", dict: "object", type(None): "null"}
    return names[type(value)]
