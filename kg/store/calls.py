"""Keeping queries and updates from calling other servers with `SERVICE` and `LOAD`, by what the parser itself says.

pyoxigraph has no switch for it and shows no parse tree. So its parser is asked twice: a text that is still valid with every
"service" in it misspelt had the word in names, strings, comments or IRIs only.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from kg.errors import QueryError
from kg.store.syntax import decode_escapes, misspell, stumbles_over, syntax_error

_SERVICE: Final = re.compile(r"\bSERVICE(\s+SILENT)?(?=\s*<([^<>]*)>)", re.IGNORECASE | re.ASCII)
_LOAD: Final = re.compile(r"\bLOAD(\s+SILENT)?(\s*<([^<>]*)>)(\s+INTO(?=\s+GRAPH\b))?", re.IGNORECASE | re.ASCII)


def refuse_calls(text: str, allowed: Collection[str] = (), *, update: bool = False) -> None:
    """Raise QueryError if the text is malformed there, or would make the store call a server that is not allowed.

    An allowed server must be written as it stands in the list: `SERVICE <https://example.org/sparql>`. Variables and
    prefixed names pass for none, so nothing has to be resolved. Escaped code points are read as what they stand for too,
    since some servers decode them before they parse.
    """
    for reading in dict.fromkeys((text, decode_escapes(text))):
        known = _without_allowed(reading, allowed) if allowed else reading
        _refuse(known, "SERVICE", update)
        if update:
            _refuse(known, "LOAD", update)


def _refuse(text: str, keyword: str, update: bool) -> None:
    misspelt = misspell(text, keyword)
    error = syntax_error(misspelt, update=update) if misspelt != text else None
    if error is None:
        return
    if stumbles_over(text, keyword, error):
        message = f"{'an update' if update else 'a query'} that calls another server with {keyword} is refused here"
        raise QueryError(f"{message}; ask that server yourself", line=error.line, column=error.column)
    raise error


def _without_allowed(text: str, allowed: Collection[str]) -> str:
    """Put what calls nobody in the place of allowed calls: same shape, same length, so that errors keep their place.

    Where the words stand in a comment or a string they are changed to no effect: blanks and line ends stay.
    """

    def graph(call: re.Match[str]) -> str:
        if call[2] not in allowed:
            return call[0]
        return "GRAPH  " + re.sub(r"\S", " ", call[1] or "")

    def add(call: re.Match[str]) -> str:
        if call[3] not in allowed:
            return call[0]
        return f"ADD {call[1] or ''}{call[2]}" + (call[4][:-4] + "  TO" if call[4] else " TO DEFAULT")

    return _LOAD.sub(add, _SERVICE.sub(graph, text))
