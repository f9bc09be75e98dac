"""Everything that can go wrong, as a tree.

KgError
├── InputError          a source cannot become a document (file, reason)
├── ResourceError       a bundled or user-written file of knowledge is malformed (file, line)
├── LanguageError       the language model is missing or does not fit
├── ExtractionError     a frame or a reading breaks its own promises
├── GraphError          a graph breaks the contract
│   └── ValidationError the SHACL shapes say so (carries the report)
├── StoreError          the store cannot be opened, written or published
│   └── Busy            somebody else writes to it (when to try again)
├── Overloaded          more is asked at once than can be answered (when to ask again)
├── ExchangeError       the graph cannot be handed on in the form asked for
├── LinkError           an outside service cannot be asked, or cannot be understood
└── QueryError          a query is malformed or refused
    ├── QueryTimeout    a query ran past its deadline
    ├── QueryTooLarge   its answer, or the memory it takes, goes beyond a limit
    ├── NotFound        something it names is not there
    └── NotAcceptable   its answer has none of the forms that are accepted

Every error can carry the document and the span it is about; `document_context` adds them to errors raised deep inside.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from kg.model import Document, Span


class KgError(Exception):
    """Something that treatygraph can explain to its user."""

    def __init__(self, message: str, *, document: str | None = None, span: Span | None = None) -> None:
        super().__init__(message)
        self.message, self.document, self.span = message, document, span

    def __reduce__(self) -> tuple[object, ...]:
        """Cross from one process into another whole, whatever the arguments were that it was made with."""
        return _again, (type(self), self.args), self.__dict__

    def __str__(self) -> str:
        place = [f"document {self.document}"] if self.document else []
        if self.span is not None:
            place.append(f"characters {self.span.start} to {self.span.end}")
        return f"{self.message} ({', '.join(place)})" if place else self.message


def _again(kind: type[KgError], arguments: tuple[object, ...]) -> KgError:
    error = kind.__new__(kind)
    error.args = arguments
    return error


class InputError(KgError):
    """A source cannot become a document: unreadable, empty, too large, not text, not English, no date."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source, self.reason = source, reason


class ResourceError(KgError):
    """A file of knowledge (frame, lexicon, saved query, ontology) is malformed; names file and line."""

    def __init__(self, file: Path | str, reason: str, *, line: int | None = None) -> None:
        super().__init__(f"{file}{f', line {line}' if line else ''}: {reason}")
        self.file, self.reason, self.line = str(file), reason, line


class LanguageError(KgError):
    """The language model is missing, broken, or lacks what the components need."""


class ExtractionError(KgError):
    """A reading breaks its own promises, such as an evidence that points outside its document."""


class GraphError(KgError):
    """A graph breaks the contract."""


class ValidationError(GraphError):
    """The SHACL shapes reject the graph; `report` lists each broken promise."""

    def __init__(self, message: str, report: tuple[str, ...]) -> None:
        super().__init__(message)
        self.report = report


class StoreError(KgError):
    """The store cannot be opened, written or published."""


class Busy(StoreError):  # noqa: N818
    """Somebody else is writing to the store; `retry_after` says in how many seconds to try again."""

    def __init__(self, message: str, *, retry_after: int = 5) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Overloaded(KgError):  # noqa: N818 (it names a state, not a mistake)
    """More is asked at once than can be answered; `retry_after` says in how many seconds to ask again."""

    def __init__(self, message: str, *, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class ExchangeError(KgError):
    """The graph cannot be handed on in the form asked for, or what was handed on is not what it claims to be."""


class LinkError(KgError):
    """An outside service cannot be asked, or answers what cannot be understood; says what to do."""


class QueryError(KgError):
    """A query is malformed or refused; `line` and `column` count from 1, `excerpt` shows the place, where they are known."""

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line, self.column = line, column
        self.excerpt: str | None = None


class QueryTimeout(QueryError):  # noqa: N818 (as TimeoutError's kin, it names what happened)
    """A query ran past its deadline and was stopped."""


class QueryTooLarge(QueryError):  # noqa: N818
    """A query's answer, or the memory that it takes, goes beyond a limit; the message says which."""


class NotFound(QueryError):  # noqa: N818
    """A query is about something by name that is not there."""


class NotAcceptable(QueryError):  # noqa: N818
    """A query's answer has none of the forms that the client accepts."""


@contextmanager
def document_context(document: Document) -> Iterator[None]:
    """Name the document in every KgError that is raised inside and names none."""
    try:
        yield
    except KgError as error:
        error.document = error.document or document.id
        raise
