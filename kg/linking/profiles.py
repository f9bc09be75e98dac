"""What the graph knows of its entities when a service is asked about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

from kg.errors import StoreError
from kg.graph.iris import Names
from kg.linking.mappings import OFFICE, Pair
from kg.model import EntityId, Kind
from kg.store.base import Store, Term, rows
from kg.store.resolve import base_of
from kg.terms import PREFIXES, TG

_HEAD: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("tg", "rdf", "owl", "skos", "oa", "dcterms"))
_NAMES: Final = """SELECT DISTINCT ?entity ?kind ?property ?name {
  VALUES ?kind { tg:Person tg:State tg:Organization tg:Place tg:Agreement } VALUES ?property { skos:prefLabel skos:altLabel }
  GRAPH ?graph { ?document a tg:Document . ?entity a ?kind ; ?property ?name }
}"""
_LINKED: Final = "SELECT DISTINCT ?entity ?item { GRAPH ?links { ?entity owl:sameAs ?item } }"
_STATED: Final = "SELECT DISTINCT ?entity ?value {{ GRAPH ?graph {{ {subject} tg:{property} {object} }} }}"
_OFFICES: Final = """SELECT DISTINCT ?entity ?value {
  GRAPH ?graph {
    ?assertion rdf:subject ?entity ; rdf:predicate tg:holdsOfficeIn . ?evidence tg:evidenceFor ?assertion ; tg:officeTitle ?value
  }
}"""


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity with its names, the first as it is shown, and its accepted IRIs in outside knowledge bases."""

    entity: EntityId
    kind: Kind
    names: tuple[str, ...]
    linked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profiles:
    """All entities that documents speak of, by id, and what is stated of them when it is asked for."""

    store: Store
    names: Names
    by_id: Mapping[EntityId, Profile] = field(repr=False)

    def unlinked(self, kinds: Collection[Kind] = ()) -> list[Profile]:
        """Return the entities, of these kinds if any are named, that nothing outside is accepted for, by id."""
        return [one for _, one in sorted(self.by_id.items()) if not one.linked and (not kinds or one.kind in kinds)]

    def stated(self, pairs: Iterable[Pair]) -> Mapping[EntityId, list[tuple[Pair, tuple[str, ...]]]]:
        """Return what is stated of entities by the pairs' properties: ids of entities, dates, or texts, sorted."""
        found: defaultdict[EntityId, list[tuple[Pair, tuple[str, ...]]]] = defaultdict(list)
        for pair in pairs:
            values: defaultdict[EntityId, set[str]] = defaultdict(set)
            for row in rows(self.store, _HEAD + _pattern(pair)):
                values[self.id_of(row["entity"])].add(self.id_of(row["value"]))
            for entity, these in sorted(values.items()):
                if entity in self.by_id and self.by_id[entity].kind is pair.of:
                    found[entity].append((pair, tuple(sorted(these))))
        return found

    def id_of(self, term: Term) -> str:
        """Return an entity's id, or the text of what is none."""
        return unquote(term.value.removeprefix(self.names.base)) if term.value.startswith(self.names.base) else term.value


def profiles(store: Store) -> Profiles:
    """Read who and what the documents of a store speak of; raises StoreError if it holds none."""
    base = base_of(store)
    if base is None:
        raise StoreError("this store holds no document whose entities could be linked; build it with `kg build`")
    found = Profiles(store, Names(base), {})
    first: defaultdict[EntityId, set[str]] = defaultdict(set)
    others: defaultdict[EntityId, set[str]] = defaultdict(set)
    kinds: dict[EntityId, Kind] = {}
    for row in rows(store, _HEAD + _NAMES):
        entity = found.id_of(row["entity"])
        kinds[entity] = Kind(row["kind"].value.removeprefix(TG))
        (first if row["property"].value.endswith("prefLabel") else others)[entity].add(row["name"].value)
    linked: defaultdict[EntityId, set[str]] = defaultdict(set)
    for row in rows(store, _HEAD + _LINKED):
        if not row["item"].value.startswith(base):
            linked[found.id_of(row["entity"])].add(row["item"].value)
    made = {
        entity: Profile(entity, kind, _ordered(first[entity], others[entity]), tuple(sorted(linked[entity])))
        for entity, kind in kinds.items()
        if first[entity]
    }
    return Profiles(store, found.names, made)


def _ordered(first: set[str], others: set[str]) -> tuple[str, ...]:
    """The names of an entity: its label, then proper names by their length, the longest first."""
    label = min(first)
    proper = {name for name in (first | others) - {label} if name[0].isupper() and " " in name}
    return (label, *sorted(proper, key=lambda name: (-len(name), name)))


def _pattern(pair: Pair) -> str:
    if pair.graph == OFFICE:
        return _OFFICES
    ends = ("?value", "?entity") if pair.graph.startswith("^") else ("?entity", "?value")
    return _STATED.format(subject=ends[0], property=pair.graph.removeprefix("^"), object=ends[1])
