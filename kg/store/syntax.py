"""What a query's text gives away before it is evaluated: errors and where they are, and whether it uses a keyword.

pyoxigraph shows no parse tree. So its parser is asked twice: a query that is still valid with every "from" in it misspelt
had the word in names, strings, comments or IRIs only. The misspelling keeps every letter in its class (hexadecimal digits
stay such), so nothing but a keyword changes. The parser's stack ends with the process if a text nests some ten thousand
levels deep, so only processes that may die should parse what a stranger wrote.
"""

from __future__ import annotations

import re
from typing import Final
from uuid import uuid4

from pyoxigraph import Literal, Variable
from pyoxigraph import Store as Engine

from kg.errors import QueryError
from kg.graph.iris import DEFAULT_BASE

#: What relative IRIs are resolved against where a text declares no BASE: `<state/norway>` is the default id of Norway.
BASE: Final = DEFAULT_BASE
_AROUND: Final = 60  # characters of a long line that are shown before and behind a mistake
_MISSPELT: Final = {"SERVICE": ("C", "B"), "LOAD": ("D", "E"), "FROM": ("M", "N")}
_NO_VARIABLE: Final = Variable(f"none{uuid4().hex}")
_FAILING: Final = f"DROP GRAPH <urn:uuid:{uuid4()}> ; "
_PROLOGUE: Final = re.compile(
    r"""(?:\s|#[^\r\n]*+|PREFIX\s+[^\s<]*\s*<[^<>]*>|BASE\s*<[^<>]*>|VERSION\s*(?:"[^"]*"|'[^']*'))*+""",
    re.IGNORECASE,
)
_POSITION = re.compile(r"(?:at|line)\s*(\d+)(?::|,?\s*col(?:umn)?\s*)(\d+)", re.IGNORECASE)
_LINE = re.compile(r"\bline (\d+)")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_REASON = re.compile(r"[A-Z][a-z]+(?: [A-Za-z-]+){2,}")
_NAME_BEFORE = re.compile(r"([A-Za-z][\w.-]*|):[\w.%-]*\s*\Z")
_FORM = re.compile(
    _PROLOGUE.pattern + r"(?:(SELECT|ASK|CONSTRUCT|DESCRIBE)|(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|COPY|MOVE|ADD|WITH))\b",
    re.IGNORECASE,
)


def uses(text: str, keyword: str) -> bool:
    """Does the query use "SERVICE" or "FROM" as a keyword? Also true where it holds the word and is not valid at all.

    >>> uses("SELECT * FROM <urn:g> { ?s ?p ?o }", "FROM")
    True
    >>> uses("SELECT ?from { ?from ?p 'from' } # from", "FROM")
    False
    """
    misspelt = misspell(text, keyword)
    return misspelt != text and syntax_error(misspelt) is not None


def syntax_error(text: str, *, update: bool = False) -> QueryError | None:
    """Parse a query or an update, evaluate nothing, and return what is wrong with it, if anything is."""
    return _update_error(text) if update else _query_error(text)


def _query_error(text: str) -> QueryError | None:
    try:
        # An ASK would be evaluated at once; a value for a variable that it lacks stops it between the two.
        Engine().query(text, base_iri=BASE, substitutions={_NO_VARIABLE: Literal(0)})
    except SyntaxError as error:
        return explain(str(error), text)
    except RuntimeError:
        return None
    raise AssertionError("a query holds a name that nobody can know")


def _update_error(text: str) -> QueryError | None:
    found = _PROLOGUE.match(text)
    start = found.end() if found else 0
    # Its first step fails, so that no other is taken; a text without any step has nothing to take.
    step = _FAILING if text[start:] else ""
    try:
        Engine().update(text[:start] + step + text[start:], base_iri=BASE)
    except SyntaxError as error:
        return explain(_moved(str(error), text, start), text, update=True)
    except RuntimeError:
        return None
    return None


def _moved(message: str, text: str, start: int) -> str:
    """Correct the place in a complaint about an update into which a step was put."""
    line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)

    def correct(place: re.Match[str]) -> str:
        behind = int(place[1]) == line and int(place[2]) > column
        return f"at {place[1]}:{int(place[2]) - len(_FAILING)}" if behind else place[0]

    return _POSITION.sub(correct, message, count=1)


def gives_triples(text: str) -> bool:
    """Is this a query for triples, a CONSTRUCT or DESCRIBE?

    >>> gives_triples("PREFIX x: <urn:x:> # SELECT\\n CONSTRUCT WHERE { ?s ?p ?o }"), gives_triples("ASK {}")
    (True, False)
    """
    form = _FORM.match(text)
    return bool(form and form[1] and form[1].upper() in {"CONSTRUCT", "DESCRIBE"})


def explain(message: str, text: str, *, update: bool = False) -> QueryError:
    """Turn a SPARQL parser's complaint about a query into an error with line and column, if the complaint names them.

    >>> explain("error at 2:3: expected SELECT", "# ask\\n  MAKE ME RICH").column
    3
    """
    found = _POSITION.search(message)
    if not found:
        told = _LINE.search(message)  # Virtuoso tells the line only, and the whole query after it.
        line = int(told[1]) if told else None
        return QueryError(
            f"the {'update' if update else 'query'} is not valid SPARQL: {message.strip().partition(chr(10))[0]}", line=line
        )
    line, column = int(found[1]), int(found[2])
    offset = _offset(text, line, column)
    return QueryError(f"line {line}, column {column}: {_reason(message, text, offset, update)}", line=line, column=column)


def _reason(message: str, text: str, offset: int, is_update: bool) -> str:
    """Say in words what is wrong: the parser's own list of what it expected is seldom what the author needs."""
    form = _FORM.match(text)
    if form and form[2] and not is_update:
        return f"this is an update ({form[2].upper()}), and a query can only read"
    if form and form[1] and is_update:
        return f"this is a query ({form[1].upper()}), and no update"
    if not text.strip():
        return "the query is empty"
    named = _NAME_BEFORE.search(text[:offset])
    if named and not re.search(rf"\bPREFIX\s+{re.escape(named[1])}:", text, re.IGNORECASE):
        return f"the prefix {named[1]}: is not declared"
    if reason := _REASON.search(message):
        return reason[0]
    # The parser names the furthest place that it reached, which may lie behind the mistake.
    if not text[offset:].strip():
        return f"the {'update' if is_update else 'query'} ends too early, or is not valid before its end"
    begun = re.search(r"[\w?$:]*\Z", text[:offset])
    near = ((begun[0] if begun else "") + text[offset:]).split(maxsplit=1)[0]
    return f"not valid at or before {near[:20]!r}"


def excerpt(text: str, line: int, column: int) -> str:
    """Return the line that is at fault, and below it a caret that points at the place.

    >>> print(excerpt("SELECT *\\nWHERE { ?s ?p }", 2, 16))
    WHERE { ?s ?p }
                   ^
    """
    lines = text.split("\n")
    whole = lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""
    start = max(column - 1 - _AROUND, 0)
    shown = whole[start : column - 1 + _AROUND]
    indent = re.sub(r"[^\t]", " ", shown[: column - 1 - start]).ljust(column - 1 - start)
    return f"{shown}\n{indent}^"


def misspell(text: str, keyword: str) -> str:
    """Change every occurrence of a keyword, wherever it stands, to a word of the same length that is none."""
    good, bad = _MISSPELT[keyword]
    swap = str.maketrans({good: bad, good.lower(): bad.lower()})
    return re.sub(keyword, lambda word: word[0].translate(swap), text, flags=re.IGNORECASE | re.ASCII)


def stumbles_over(text: str, keyword: str, error: QueryError) -> bool:
    """Did the parser stumble over the word, rather than over something elsewhere?"""
    if error.line is None or error.column is None:
        return True
    offset = _offset(text, error.line, error.column)
    words = re.finditer(keyword, text, re.IGNORECASE | re.ASCII)
    return any(re.fullmatch(r"(:\S*)?\s*<?", text[word.end() : offset]) for word in words if word.start() <= offset)


def _offset(text: str, line: int, column: int) -> int:
    before = text.split("\n")[: line - 1]
    return sum(len(one) + 1 for one in before) + column - 1


def decode_escapes(text: str) -> str:
    """Put characters in the place of SPARQL's escaped code points."""
    return _CODE_POINT.sub(_decode, text)


def _decode(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    is_character = code <= 0x10FFFF and not 0xD800 <= code < 0xE000  # Half of a surrogate pair is none.
    return chr(code) if is_character else escape[0]
