"""Reading: from what the user names to documents with id, date and zones, or to refusals that say why not."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from typing import BinaryIO

from kg.documents.decoding import decode
from kg.documents.english import other_language
from kg.documents.issued import issue_date
from kg.documents.publishers import publisher
from kg.documents.records import record, record_lines
from kg.documents.slugs import slug
from kg.documents.sources import Form, Source, sources, unreadable
from kg.documents.webpages import webpage
from kg.documents.zoning import zones
from kg.errors import InputError
from kg.model import Document, ZoneKind

#: Ids of the graphs that belong to no document.
RESERVED = frozenset({"corroboration", "links", "ontology", "reference", "review", "runs", "service", "treaties"})
_HEAD = 4096
_PAGE = re.compile(rb"\s*(?:<\?xml|<!--|<!doctype html|<html|<head|<body)", re.IGNORECASE)


@dataclass(frozen=True)
class Limits:
    """How large a source may be, in bytes; of JSONL, how large a line."""

    largest: int = 5_000_000


@dataclass(frozen=True)
class Refusal:
    """A source that could not become a document: the file, "file:line" or "<stdin>", and why."""

    source: str
    reason: str


def read_documents(
    inputs: Sequence[str], *, limits: Limits = Limits(), stdin: BinaryIO | None = None
) -> Iterator[Document | Refusal]:
    """Read files, folders, globs and "-" for standard input, in the order given.

    One unreadable source never keeps the others from being read: what cannot become a document is yielded as a Refusal.
    What the input does not say (title, publisher, date of issue) is looked for on the page itself; a text without any date
    is refused, because "on Friday" would then mean nothing.

    Ids are slugs: of the given id, else of the file's stem, else "stdin-" and a piece of the text's hash. Within a call they
    differ: of two texts under one id the second gets a piece of its hash behind it, and one text twice is refused.

    >>> import io
    >>> page = b"Pact signed\\n\\nSTRELSAU, May 3, 2021 - The two states signed the pact on Monday, said the ministry."
    >>> [document] = read_documents(["-"], stdin=io.BytesIO(page))
    >>> document.title, str(document.issued)
    ('Pact signed', '2021-05-03')
    """
    shelf = _Shelf()
    for source in sources(inputs):
        if isinstance(source, InputError):
            yield Refusal(source.source, source.reason)
            continue
        for label, found in _read(source, limits, stdin):
            try:
                yield shelf.place(_complete(found, label), label) if isinstance(found, Document) else Refusal(label, found.reason)
            except InputError as error:
                yield Refusal(error.source, error.reason)


def _read(source: Source, limits: Limits, stdin: BinaryIO | None) -> Iterator[tuple[str, Document | InputError]]:
    """Yield what a source holds, each with its label; what is missing in a document is not yet looked for."""
    try:
        with _opened(source, stdin) as stream:
            head = stream.read(_HEAD)
            form = source.form or _form_of(head)
            if form is Form.RECORDS:
                yield from _records(source, head, stream, limits)
            else:
                content = head + stream.read(max(0, limits.largest + 1 - len(head)))
                yield source.label, _document(content, form, source, limits)
    except OSError as error:
        yield source.label, InputError(source.label, unreadable(error))
    except InputError as error:
        yield source.label, error


def _opened(source: Source, stdin: BinaryIO | None) -> AbstractContextManager[BinaryIO]:
    if source.path is None:
        return nullcontext(stdin or sys.stdin.buffer)
    return source.path.open("rb")


def _form_of(head: bytes) -> Form:
    """Tell the form of what has no suffix by its first bytes."""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and not head.startswith(b"{\\rtf"):
        return Form.RECORDS
    return Form.PAGE if _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")) else Form.TEXT


def _records(source: Source, head: bytes, stream: BinaryIO, limits: Limits) -> Iterator[tuple[str, Document | InputError]]:
    empty = True
    for number, line in record_lines(head, stream, limits.largest):
        empty = False
        label = f"{source.label}:{number}"
        try:
            if line is None:
                raise InputError(label, f"larger than {limits.largest:,} bytes; split the record or raise the limit")
            yield label, record(line, label, source.stem)
        except InputError as error:
            yield label, error
    if empty:
        raise InputError(source.label, "empty; expected one JSON object per line")


def _document(content: bytes, form: Form, source: Source, limits: Limits) -> Document:
    if len(content) > limits.largest:
        raise InputError(source.label, f"larger than {limits.largest:,} bytes; split it or raise the limit")
    text = decode(content, source.label, page=form is Form.PAGE)
    if form is Form.PAGE and text.strip():
        return webpage(text, source.label, source.stem)
    return Document(source.stem, text)


def _complete(document: Document, label: str) -> Document:
    """Add the zones, and title, publisher and date where the input has none."""
    text = document.text
    if not any(c.isalnum() for c in text):
        raise InputError(label, "empty: no words in it; leave it out")
    divided = zones(text, document.title)
    article = " ".join(z.span.of(text) for z in divided if z.kind in (ZoneKind.TITLE, ZoneKind.BODY)) or text
    if language := other_language(article):
        raise InputError(label, f"not English (looks like {language!r}); translate it or leave it out")
    issued = document.issued or issue_date(text, divided)
    if issued is None:
        raise InputError(label, 'no date of issue found in it; add a date line, or give "issued" in JSONL')
    title = document.title or next((" ".join(z.span.of(text).split()) for z in divided if z.kind is ZoneKind.TITLE), None)
    return replace(
        document,
        id=slug(document.id) if document.id else f"stdin-{document.sha256[:8]}",
        title=title,
        publisher=document.publisher or publisher(text, divided),
        issued=issued,
        zones=divided,
    )


class _Shelf:
    """The ids that are taken in one call, with the text and the source that took them."""

    def __init__(self) -> None:
        self._taken: dict[str, tuple[str, str]] = {}

    def place(self, document: Document, label: str) -> Document | Refusal:
        """Give the document an id of its own; the same text under the same id is refused."""
        for name in (document.id, f"{document.id}-{document.sha256[:8]}"):
            if name in RESERVED:
                continue
            if name not in self._taken:
                self._taken[name] = (document.sha256, label)
                return replace(document, id=name)
            digest, source = self._taken[name]
            if digest == document.sha256:
                return Refusal(label, f"same text as {source}; leave one out")
        return Refusal(label, f"its id {document.id!r} is taken by other texts; give it another one")
