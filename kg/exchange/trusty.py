"""Trusty URIs of RDF content: an IRI that ends in a hash of what it names, so that nobody can change the content unseen.

Source: the Trusty URI specification, module RA (https://github.com/trustyuri/trustyuri-spec), and T. Kuhn and M. Dumontier,
Trusty URIs, ESWC 2014. The reference libraries work on rdflib's graphs; this module works on quads as they come from a store.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.errors import ExchangeError

#: An artifact code: the module RA and 43 characters of hash.
CODE: Final = re.compile(r"RA[A-Za-z0-9_-]{43}")
#: What stands for the code until it is known; it never reaches a file.
UNKNOWN: Final = "RA" + "_" * 43

_Node = NamedNode | BlankNode | Literal | Triple | DefaultGraph


def artifact_code(quads: Iterable[Quad], placeholder: str = UNKNOWN) -> str:
    """Return the code of quads in whose IRIs `placeholder` stands for it.

    Raises ExchangeError if there are blank nodes or triple terms, as the specification has none.

    >>> hello = NamedNode("https://example.org/" + UNKNOWN)
    >>> artifact_code([Quad(hello, NamedNode("https://example.org/says"), Literal("hello"), hello)])
    'RABh8FTGBJ0akJ2sZv6zhtout9TyXSZVr7PT3a_4Yfc70'
    """
    digest = hashlib.sha256(normalised(quads, placeholder).encode()).digest()
    return "RA" + base64.urlsafe_b64encode(digest).decode().rstrip("=")


def normalised(quads: Iterable[Quad], code: str) -> str:
    """Return the text that is hashed, and signed: four lines for each quad, sorted, with a space in place of the code."""
    ordered = sorted({_parts(quad, code) for quad in quads})
    return "".join(
        f"{graph}\n{subject}\n{predicate}\n{_written(literal, text, typed, tag)}\n"
        for graph, subject, predicate, literal, text, typed, tag in ordered
    )


def _parts(quad: Quad, code: str) -> tuple[str, str, str, int, str, int, str]:
    """A quad as it is compared: IRIs before literals, those by text first, language tags before datatypes."""
    value = quad.object
    if isinstance(value, Literal):
        kind = (1, value.value, 0, value.language) if value.language else (1, value.value, 1, value.datatype.value)
    else:
        kind = (0, _iri(value, code), 0, "")
    return _iri(quad.graph_name, code), _iri(quad.subject, code), _iri(quad.predicate, code), *kind


def _written(literal: int, text: str, typed: int, tag: str) -> str:
    if not literal:
        return text
    escaped = text.replace("\\", "\\\\").replace("\n", "\\n")
    return f"^{tag} {escaped}" if typed else f"@{tag.lower()} {escaped}"


def _iri(node: _Node, code: str) -> str:
    if isinstance(node, DefaultGraph):
        return ""
    if not isinstance(node, NamedNode):
        raise ExchangeError(f"{node} cannot be part of content that a trusty URI names: it must have an IRI")
    return node.value.replace(code, " ")
