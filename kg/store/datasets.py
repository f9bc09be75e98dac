"""The dataset that a request names beside an update, written into the update itself (SPARQL 1.1 Protocol, section 2.2.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import QueryError
from kg.store.base import Dataset

#: What an update is made of, as far as words and braces outside names, strings and comments are concerned.
_TOKEN: Final = re.compile(
    r'''\#[^\r\n]*
    | """(?:[^"\\]|\\.|"(?!""))*+""" | \'\'\'(?:[^'\\]|\\.|'(?!''))*+\'\'\'
    | "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+'
    | <[^<>"{}|^`\\\s]*>
    | [?$]\w+ | @[\w-]+
    | [\w.-]*:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*
    | (?P<word>\w+) | (?P<open>\{) | (?P<close>\}) | \S''',
    re.VERBOSE | re.DOTALL,
)


def with_dataset(text: str, dataset: Dataset) -> str:
    """Let every DELETE and INSERT of an update look for its data in the graphs of a request, `using-graph-uri` and its kin.

    Raises QueryError if the update names graphs of its own for that, or if the request does not name them by IRIs.

    >>> with_dataset("INSERT { ?s ?p ?o } WHERE { ?s ?p ?o }", Dataset(("urn:g",)))
    'INSERT { ?s ?p ?o } USING <urn:g> WHERE { ?s ?p ?o }'
    """
    using = _clauses(dataset)
    pieces, done = [], 0
    for start, end, replacement in _places(text, using):
        pieces += [text[done:start], replacement]
        done = end
    return "".join([*pieces, text[done:]])


def _clauses(dataset: Dataset) -> str:
    try:
        default = [f"USING {NamedNode(iri)} " for iri in dataset.default]
        return "".join(default + [f"USING NAMED {NamedNode(iri)} " for iri in dataset.named])
    except ValueError as error:
        raise QueryError(f"the request names a graph by something that is no absolute IRI: {error}") from error


def _places(text: str, using: str) -> Iterator[tuple[int, int, str]]:
    """Yield where to put what: before each WHERE, and pattern and clauses in the place of the WHERE of DELETE WHERE."""
    depth, before, opened, short = 0, "", 0, None
    for token in _TOKEN.finditer(text):
        word = (token["word"] or "").upper()
        if token["open"]:
            opened, depth = opened if depth else token.start(), depth + 1
        elif token["close"]:
            depth -= 1
            if not depth and short:
                yield (*short, f"{text[opened : token.end()]} {using}WHERE")
                short = None
        elif not depth and word in {"USING", "WITH"}:
            line, column = text.count("\n", 0, token.start()) + 1, token.start() - text.rfind("\n", 0, token.start())
            message = f"the update names graphs with {word}, and so does the request; only one of them may"
            raise QueryError(message, line=line, column=column)
        elif not depth and word == "WHERE" and before == "DELETE":
            short = token.span()
        elif not depth and word == "WHERE":
            yield token.start(), token.start(), using
        if not token[0].startswith("#"):
            before = word
