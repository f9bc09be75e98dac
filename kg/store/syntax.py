"""What a query's text gives away before it is evaluated: errors and where they are, and whether it uses a keyword.

pyoxigraph shows no parse tree, and has no switch that keeps `SERVICE` from calling any address. So its parser is asked
twice: a query that is still valid with every "service" in it misspelt had the word in names, strings, comments or IRIs
only. The misspelling keeps every letter in its class (hexadecimal digits stay such), so nothing but a keyword changes.
"""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import Store as Engine

from kg.errors import QueryError

_MISSPELT: Final = {"SERVICE": ("C", "B"), "FROM": ("M", "N")}
_POSITION = re.compile(r"(?:at|line)\s*(\d+)(?::|,?\s*col(?:umn)?\s*)(\d+)", re.IGNORECASE)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_REASON = re.compile(r"[A-Z][a-z]+(?: [A-Za-z-]+){2,}")
_NAME_BEFORE = re.compile(r"([A-Za-z][\w.-]*|):[\w.%-]*\s*\Z")
_UPDATE = re.compile(
    r"(?:\s|#[^\n]*+|PREFIX\s+[^\s<]*\s*<[^<>]*>|BASE\s*<[^<>]*>)*+(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH)\b",
    re.IGNORECASE,
)


def uses(text: str, keyword: str) -> bool:
    """Does the query use "SERVICE" or "FROM" as a keyword? Also true where it holds the word and is not valid at all.

    >>> uses("SELECT * FROM <urn:g> { ?s ?p ?o }", "FROM")
    True
    >>> uses("SELECT ?from { ?from ?p 'from' } # from", "FROM")
    False
    """
    misspelt = _misspell(text, keyword)
    return misspelt != text and syntax_error(misspelt) is not None


def refuse_service(text: str) -> None:
    """Raise QueryError if the query would make the store call another server.

    Escaped code points are read as what they stand for too, since some servers decode them before they parse.
    """
    for reading in (text, _CODE_POINT.sub(_decode, text)):
        misspelt = _misspell(reading, "SERVICE")
        error = syntax_error(misspelt) if misspelt != reading else None
        if error is not None and _fails_at(reading, "SERVICE", error):
            message = "the query calls another server with SERVICE, which is refused here; ask that server yourself"
            raise QueryError(message, line=error.line, column=error.column)
        if error is not None:
            raise error


def syntax_error(text: str) -> QueryError | None:
    """Parse the query, and return what is wrong with it, if anything is."""
    try:
        Engine().query(text)
    except SyntaxError as error:
        return explain(str(error), text)
    return None


def explain(message: str, text: str) -> QueryError:
    """Turn a SPARQL parser's complaint about a query into an error with line and column, if the complaint names them.

    >>> explain("error at 2:3: expected SELECT", "# ask\\n  MAKE ME RICH").column
    3
    """
    found = _POSITION.search(message)
    if not found:
        return QueryError(f"the query is not valid SPARQL: {message}")
    line, column = int(found[1]), int(found[2])
    offset = _offset(text, line, column)
    return QueryError(f"line {line}, column {column}: {_reason(message, text, offset)}", line=line, column=column)


def _reason(message: str, text: str, offset: int) -> str:
    """Say in words what is wrong: the parser's own list of what it expected is seldom what the author needs."""
    if update := _UPDATE.match(text):
        return f"this is an update ({update[1].upper()}), and the graph can only be read"
    if not text.strip():
        return "the query is empty"
    named = _NAME_BEFORE.search(text[:offset])
    if named and not re.search(rf"\bPREFIX\s+{re.escape(named[1])}:", text, re.IGNORECASE):
        return f"the prefix {named[1]}: is not declared"
    if reason := _REASON.search(message):
        return reason[0]
    # The parser names the furthest place that it reached, which may lie behind the mistake.
    if not text[offset:].strip():
        return "the query ends too early, or is not valid before its end"
    begun = re.search(r"[\w?$:]*\Z", text[:offset])
    near = ((begun[0] if begun else "") + text[offset:]).split(maxsplit=1)[0]
    return f"not valid at or before {near[:20]!r}"


def _misspell(text: str, keyword: str) -> str:
    good, bad = _MISSPELT[keyword]
    swap = str.maketrans({good: bad, good.lower(): bad.lower()})
    return re.sub(keyword, lambda word: word[0].translate(swap), text, flags=re.IGNORECASE | re.ASCII)


def _fails_at(text: str, keyword: str, error: QueryError) -> bool:
    """Did the parser stumble over the word, rather than over something elsewhere?"""
    if error.line is None or error.column is None:
        return True
    offset = _offset(text, error.line, error.column)
    words = re.finditer(keyword, text, re.IGNORECASE | re.ASCII)
    return any(re.fullmatch(r"(:\S*)?\s*", text[word.end() : offset]) for word in words if word.end() <= offset)


def _offset(text: str, line: int, column: int) -> int:
    before = text.split("\n")[: line - 1]
    return sum(len(one) + 1 for one in before) + column - 1


def _decode(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= 0x10FFFF else escape[0]
