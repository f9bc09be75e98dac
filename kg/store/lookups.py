"""Queries that look one thing up: they read an index from a known place on, and cost as much as they give.

Such a query is one triple pattern with a subject or an object that is named, in one graph, in any, or in all of them: no
join, path, filter, order or aggregate, and no variable twice. Whoever evaluates it can stop after any row, and it is far too
plain to harm a parser. Everything else, and everything in a spelling that is not seen here, is simply no look-up.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

#: Characters above which a query is not looked at.
_LONG: Final = 2000
_IRI: Final = r"<[^<>\"{}|^`\\\x00-\x20]*>"
_NAME: Final = r"[A-Za-z][\w-]*:[\w-]*"
_LITERAL: Final = rf'"[^"\\\r\n]*"(?:@[A-Za-z]+(?:-[A-Za-z0-9]+)*|\^\^(?:{_IRI}|{_NAME}))?'
_VARIABLE: Final = r"[?$][A-Za-z_]\w*"
_PATTERN: Final = (
    rf"(?P<subject>{_VARIABLE}|{_IRI}|{_NAME})\s+(?P<predicate>{_VARIABLE}|{_IRI}|{_NAME}|a)\s+"
    rf"(?P<object>{_VARIABLE}|{_IRI}|{_NAME}|{_LITERAL})\s*(?:\.\s*)?"
)
_QUERY: Final = re.compile(
    rf"\s*(?:PREFIX\s+(?:[A-Za-z][\w-]*)?:\s*{_IRI}\s*)*(?:SELECT\s+(?:\*|{_VARIABLE}(?:\s+{_VARIABLE})*)\s*|ASK\s*)(?:WHERE\s*)?"
    rf"\{{\s*(?:GRAPH\s+(?P<graph>{_VARIABLE}|{_IRI}|{_NAME})\s*\{{\s*)?{_PATTERN}(?(graph)\}}\s*)\}}\s*(?:LIMIT\s+[0-9]+\s*)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_lookup(text: str) -> bool:
    """Is the query sure to be a look-up?

    >>> is_lookup("SELECT ?p ?o WHERE { GRAPH ?g { <urn:x> ?p ?o } } LIMIT 20")
    True
    >>> is_lookup("SELECT ?s ?p ?o { ?s ?p ?o }")
    False
    """
    found = _QUERY.fullmatch(text) if len(text) <= _LONG else None
    if found is None:
        return False
    terms = [term for term in found.group("graph", "subject", "predicate", "object") if term]
    variables = [term[1:] for term in terms if term[0] in "?$"]
    named = found["subject"][0] not in "?$" or found["object"][0] not in "?$"
    return named and len(set(variables)) == len(variables)
