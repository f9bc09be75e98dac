"""Errors say what was wrong, where, and which document they are about."""

from __future__ import annotations

import inspect
import pickle

import pytest

from kg import errors
from kg.errors import (
    ExtractionError,
    GraphError,
    InputError,
    KgError,
    QueryError,
    QueryTimeout,
    ResourceError,
    ValidationError,
    document_context,
)
from kg.model import Document, Span

EVERY_ERROR = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, Exception)]


@pytest.mark.parametrize("kind", EVERY_ERROR, ids=lambda kind: kind.__name__)
def test_every_error_belongs_to_the_tree_and_says_what_it_is_for(kind: type[Exception]) -> None:
    assert issubclass(kind, KgError)
    assert inspect.getdoc(kind)


def test_an_error_names_its_document_and_its_characters() -> None:
    assert str(KgError("odd", document="report-7", span=Span(3, 9))) == "odd (document report-7, characters 3 to 9)"
    assert str(KgError("odd", span=Span(3, 9))) == "odd (characters 3 to 9)"
    assert str(KgError("odd")) == "odd"


def test_an_input_error_names_its_source_and_the_reason() -> None:
    error = InputError("inbox/a.txt", "empty")
    assert (error.source, error.reason) == ("inbox/a.txt", "empty")
    assert str(error) == "inbox/a.txt: empty"


def test_a_resource_error_names_file_and_line() -> None:
    assert str(ResourceError("frames/party.toml", "unknown key", line=12)) == "frames/party.toml, line 12: unknown key"
    assert str(ResourceError("frames/party.toml", "lacks version")) == "frames/party.toml: lacks version"


def test_a_validation_error_carries_the_report() -> None:
    error = ValidationError("the graph breaks promises", ("one", "two"))
    assert error.report == ("one", "two")
    assert isinstance(error, GraphError)


def test_a_query_error_says_where_the_query_is_wrong() -> None:
    error = QueryTimeout("too slow", line=3, column=4)
    assert isinstance(error, QueryError)
    assert (error.line, error.column) == (3, 4)


class TestDocumentContext:
    def test_an_error_raised_inside_gets_the_documents_name(self) -> None:
        with pytest.raises(ExtractionError, match=r"odd \(document report-7\)"), document_context(Document("report-7", "text")):
            raise ExtractionError("odd")

    def test_an_error_that_names_a_document_keeps_it(self) -> None:
        with pytest.raises(ExtractionError, match="document other"), document_context(Document("report-7", "text")):
            raise ExtractionError("odd", document="other")

    def test_what_treatygraph_cannot_explain_passes_unchanged(self) -> None:
        with pytest.raises(ZeroDivisionError), document_context(Document("report-7", "text")):
            raise ZeroDivisionError


@pytest.mark.parametrize(
    "error",
    [
        InputError("inbox/a.txt", "empty"),
        QueryTimeout("too slow", line=3, column=4),
        ValidationError("the graph breaks promises", ("one", "two")),
        KgError("odd", document="report-7", span=Span(3, 9)),
    ],
    ids=lambda error: type(error).__name__,
)
def test_an_error_crosses_into_another_process_whole(error: KgError) -> None:
    arrived = pickle.loads(pickle.dumps(error))
    assert (type(arrived), str(arrived), vars(arrived)) == (type(error), str(error), vars(error))
