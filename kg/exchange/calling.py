"""What things are called, and which Wikidata items they are by an accepted link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from kg.exchange.cases import PREAMBLE
from kg.store import Store
from kg.store.base import Term, rows
from kg.terms import PREFIXES

WIKIDATA: Final = "http://www.wikidata.org/entity/"

#: Things whose names are kept, about 300 bytes each; then they are asked for anew.
_MOST: Final = 100_000
_LABELS: Final = """SELECT ?thing (MIN(STR(?name)) AS ?label) {{
  VALUES ?thing {{ {these} }} GRAPH ?g {{ ?thing skos:prefLabel ?name }}
}} GROUP BY ?thing"""
_ITEMS: Final = "SELECT DISTINCT ?thing ?item {{ VALUES ?thing {{ {these} }} GRAPH ?g {{ ?thing owl:sameAs ?item }} }}"


@dataclass(frozen=True, slots=True)
class Called:
    """A thing's id below the graph's base ("state/norway"), its first name, and its Wikidata items ("Q20")."""

    id: str
    label: str
    items: tuple[str, ...]


class Directory:
    """Looks things up by their IRI; what it has looked up it knows."""

    def __init__(self, store: Store, base: str | None) -> None:
        self._store, self._base = store, base
        self._known: dict[str, Called] = {}

    def learn(self, things: Iterable[Term | None]) -> None:
        """Look up all of these that are not known yet, in two queries."""
        unknown = sorted({one.value for one in things if isinstance(one, NamedNode)} - set(self._known))
        if not unknown:
            return
        if len(self._known) > _MOST:
            self._known.clear()
        these = " ".join(f"<{iri}>" for iri in unknown)
        labels = {row["thing"].value: row["label"].value for row in rows(self._store, PREAMBLE + _LABELS.format(these=these))}
        items = defaultdict(set)
        for row in rows(self._store, PREAMBLE + _ITEMS.format(these=these)):
            if row["item"].value.startswith(WIKIDATA):
                items[row["thing"].value].add(row["item"].value.removeprefix(WIKIDATA))
        for iri in unknown:
            self._known[iri] = Called(self.id(iri), labels.get(iri, ""), tuple(sorted(items[iri])))

    def __getitem__(self, thing: NamedNode) -> Called:
        if thing.value not in self._known:
            self.learn([thing])
        return self._known[thing.value]

    def id(self, iri: str) -> str:
        """Shorten an IRI of the graph's own to its id, and one of the project's vocabularies to a prefixed name."""
        if self._base and iri.startswith(self._base):
            return iri.removeprefix(self._base)
        for prefix in ("tg", "tgf"):
            if iri.startswith(PREFIXES[prefix]):
                return f"{prefix}:{iri.removeprefix(PREFIXES[prefix])}"
        return iri
