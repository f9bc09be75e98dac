"""What a person types, as the term that is meant: an IRI, a prefixed name, an id such as state/norway, or a name."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.graph.literals import partial_date
from kg.model import PartialDate
from kg.store.base import Store, Term, rows
from kg.terms import PREFIXES, TG

_IRI = re.compile(r"<?([a-z][a-z0-9+.-]*://[^<>\s]+|urn:[^<>\s]+)>?", re.IGNORECASE)
_ID = re.compile(r"[a-z]+/[^\s/]+")
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_SHOWN: Final = 8

_PREFIXES: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("tg", "rdfs", "skos", "dcterms"))
_BASE: Final = _PREFIXES + "SELECT ?document { GRAPH ?graph { ?document a tg:Document } } LIMIT 1"
_NAMED: Final = (
    _PREFIXES
    + """SELECT DISTINCT ?thing ?rank {{
  VALUES (?property ?rank) {{ (skos:prefLabel 1) (dcterms:title 2) (skos:altLabel 3) }}
  VALUES ?name {{ {plain} {english} }}
  GRAPH ?graph {{ ?thing ?property ?name }}
}}"""
)
_SIMILAR: Final = (
    _PREFIXES
    + """SELECT DISTINCT ?thing ?name {{
  VALUES ?property {{ skos:prefLabel skos:altLabel dcterms:title }}
  GRAPH ?graph {{ ?thing ?property ?name }}
  FILTER(CONTAINS(LCASE(STR(?name)), {lower}))
}} ORDER BY STRLEN(?name) ?name ?thing"""
)
_PROPERTY: Final = (
    _PREFIXES
    + """SELECT DISTINCT ?property {{
  GRAPH ?graph {{ ?property a tg:StatementProperty ; rdfs:label ?label }}
  FILTER(LCASE(STR(?label)) = {lower})
}}"""
)


def entity(store: Store, text: str) -> NamedNode:
    """Return what a person means by an IRI, a prefixed name, an id or a name in the graph.

    Raises QueryError if nothing is called so, or several things are: then it lists them.
    """
    if (found := _as_iri(text)) or (found := _as_id(store, text)):
        return found
    things = _called(store, text)
    if len(things) == 1:
        return NamedNode(things[0])
    if not things:
        return _nearly_called(store, text)
    raise QueryError(f"{text!r} may mean any of these; say which: {', '.join(_short(thing) for thing in things)}")


def statement_property(store: Store, text: str) -> NamedNode:
    """Return the property that a person means by an IRI, a prefixed name, a local name or a label ("met with")."""
    if found := _as_iri(text):
        return found
    by_label = _column(store, _PROPERTY.format(lower=Literal(text.lower())), "property")
    if by_label:
        return NamedNode(by_label[0])
    if re.fullmatch(r"[a-z]\w*", text):
        return NamedNode(TG + text)
    raise QueryError(f"no property is called {text!r}; say it as the ontology does, such as signatory or metWith")


def value(store: Store, text: str) -> Term:
    """Return what a person means by a date, or by any of the ways to say an entity or a field."""
    if _DATE.fullmatch(text):
        try:
            return partial_date(PartialDate(text))
        except ValueError as error:
            raise QueryError(str(error)) from error
    return entity(store, text)


def base_of(store: Store) -> str | None:
    """Return what all of the graph's own names begin with, as its documents show it; None if it holds none."""
    documents = rows(store, _BASE)
    return documents[0]["document"].value.rpartition("document/")[0] if documents else None


def _as_iri(text: str) -> NamedNode | None:
    prefix, colon, name = text.partition(":")
    iri = match[1] if (match := _IRI.fullmatch(text)) else PREFIXES[prefix] + name if colon and prefix in PREFIXES else None
    if iri is None:
        return None
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise QueryError(f"{text!r} is no IRI: {error}") from error


def _as_id(store: Store, text: str) -> NamedNode | None:
    if not _ID.fullmatch(text):
        return None
    base = base_of(store)
    if base is None:
        raise QueryError(f"{text!r} looks like an id, but this graph holds no document that would show its base; use the IRI")
    return NamedNode(base + quote(text, safe="/%"))


def _called(store: Store, text: str) -> list[str]:
    """The things with exactly this name: by their first name if any, else by title, else by another name."""
    query = _NAMED.format(plain=Literal(text), english=Literal(text, language="en"))
    ranked = [(int(row["rank"].value), str(row["thing"].value)) for row in rows(store, query)]
    best = min((rank for rank, _ in ranked), default=0)
    return sorted({thing for rank, thing in ranked if rank == best})


def _nearly_called(store: Store, text: str) -> NamedNode:
    lower = text.lower()
    similar = [(row["name"].value, str(row["thing"].value)) for row in rows(store, _SIMILAR.format(lower=Literal(lower)))]
    same = sorted({thing for name, thing in similar if name.lower() == lower})
    if len(same) == 1:
        return NamedNode(same[0])
    near = list(dict.fromkeys(f"{name} ({_short(thing)})" for name, thing in similar))[:_SHOWN]
    raise QueryError(f"nothing in the graph is called {text!r}" + (f"; near it are {', '.join(near)}" if near else ""))


def _short(iri: str) -> str:
    return "/".join(iri.rsplit("/", 2)[-2:])


def _column(store: Store, query: str, name: str) -> list[str]:
    return sorted(str(row[name].value) for row in rows(store, query))
