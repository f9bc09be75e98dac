"""What the service knows of the graph by heart: its entities with their names and types, and what its terms mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from kg.model import Kind
from kg.service.reconciliation.names import Name, NameIndex, fold
from kg.store.base import Term
from kg.terms import PREFIXES, TG
from kg.vocabulary import vocabulary

Rows = list[dict[str, Term]]

_HEAD: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("tg", "rdfs", "owl", "skos"))
#: What an entity's other names are worth beside its first, and a person's if they are one word, as families share it.
_OTHER, _ONE_WORD = 0.98, 0.85
#: What is asked of the graph, by name.
QUESTIONS: Final[Mapping[str, str]] = {
    "base": "SELECT ?document { GRAPH ?graph { ?document a tg:Document } } LIMIT 1",
    "types": "SELECT DISTINCT ?entity ?class { VALUES ?class { %(classes)s } GRAPH ?graph { ?entity a ?class } }",
    "names": """SELECT DISTINCT ?entity ?property ?name {
      VALUES ?property { skos:prefLabel skos:altLabel } VALUES ?kind { %(kinds)s }
      GRAPH ?graph { ?entity a ?kind ; ?property ?name }
    }""",
    "documents": """SELECT ?entity (COUNT(DISTINCT ?document) AS ?documents) {
      VALUES ?kind { %(kinds)s } GRAPH ?graph { ?document a tg:Document . ?entity a ?kind }
    } GROUP BY ?entity""",
    "outside": "SELECT DISTINCT ?entity ?item { GRAPH ?links { ?entity owl:sameAs ?item } }",
    "terms": """SELECT DISTINCT ?term ?label ?comment {
      GRAPH ?ontology { ?term rdfs:label ?label . OPTIONAL { ?term rdfs:comment ?comment } }
    }""",
}


def questions() -> dict[str, str]:
    """Return the queries that a catalogue is made of, by name."""
    names = {"classes": vocabulary().classes, "kinds": list(Kind)}
    filled = {key: " ".join(f"tg:{name}" for name in listed) for key, listed in names.items()}
    return {key: _HEAD + text % filled for key, text in QUESTIONS.items()}


@dataclass(frozen=True, slots=True)
class Item:
    """An entity as clients see it: `id` is its IRI without what all IRIs of the graph begin with.

    `types` are local names of classes, the kind last; `documents` counts those that speak of it; `outside` holds IRIs
    in other knowledge bases that are the same.
    """

    id: str
    name: str
    types: tuple[str, ...]
    others: tuple[str, ...]
    documents: int
    outside: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """All entities of one state of the graph, ids that they had before, and label and comment of the ontology's terms."""

    base: str
    items: Mapping[str, Item]
    terms: Mapping[str, tuple[str, str]]
    former: Mapping[str, str]

    @cached_property
    def index(self) -> NameIndex:
        return NameIndex(
            Name(text, item.id, _worth(text, item)) for item in self.items.values() for text in (item.name, *item.others)
        )

    @cached_property
    def _by_outside(self) -> dict[str, str]:
        return {key: item.id for item in self.items.values() for iri in item.outside for key in (iri, _tail(iri))}

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for item in self.items.values():
            for name in (item.name, *item.others):
                found[fold(name)].add(item.id)
        return found

    def label(self, term: str) -> str:
        """Return what a class or property is called, by its local name."""
        return self.terms[term][0] if term in self.terms else term

    def identified(self, text: str) -> str | None:
        """Return the id of the entity that an id or IRI, be it a former one, or that of the same thing elsewhere stands for."""
        known = text.removeprefix(self.base)
        return known if known in self.items else self.former.get(known) or self._by_outside.get(text)

    def called(self, name: str) -> set[str]:
        """Return the entities that have this name, case and accents apart."""
        return self._by_name.get(fold(name), set())

    def iri(self, entity: str) -> str:
        return entity if ":" in entity else self.base + entity

    def short(self, iri: str) -> str:
        return iri.removeprefix(self.base)


def catalogue(answers: Mapping[str, Rows]) -> Catalogue:
    """Make a catalogue of the answers to `questions()`."""
    base = answers["base"][0]["document"].value.rpartition("document/")[0] if answers["base"] else ""
    classes: defaultdict[str, set[str]] = defaultdict(set)
    for row in answers["types"]:
        classes[row["entity"].value].add(row["class"].value.removeprefix(TG))
    first, others = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in answers["names"]:
        names = first if row["property"].value.endswith("prefLabel") else others
        names[row["entity"].value].add(row["name"].value)
    documents = {row["entity"].value: int(row["documents"].value) for row in answers["documents"] if "entity" in row}
    outside = defaultdict[str, set[str]](set)
    former = {}
    for row in answers["outside"]:
        if base and row["item"].value.startswith(base):
            former[row["item"].value.removeprefix(base)] = row["entity"].value.removeprefix(base)
        else:
            outside[row["entity"].value].add(row["item"].value)
    items = {}
    for iri, types in sorted(classes.items()):
        if not first[iri]:
            continue
        name = min(first[iri])
        known = Item(
            iri.removeprefix(base),
            name,
            _most_special_first(types),
            tuple(sorted((first[iri] | others[iri]) - {name})),
            documents.get(iri, 0),
            tuple(sorted(outside[iri])),
        )
        items[known.id] = known
    return Catalogue(base, items, _terms(answers["terms"]), {old: new for old, new in former.items() if new in items})


def _worth(name: str, item: Item) -> float:
    if name == item.name:
        return 1.0
    return _ONE_WORD if Kind.PERSON in item.types and " " not in name else _OTHER


def _terms(rows: Rows) -> dict[str, tuple[str, str]]:
    """Label and comment by local name, as far as the graph holds them."""
    found: dict[str, tuple[str, str]] = {}
    for row in rows:
        if row["term"].value.startswith(TG):
            comment = row["comment"].value if "comment" in row else ""
            found[row["term"].value.removeprefix(TG)] = (row["label"].value, " ".join(comment.split()))
    return found


def _most_special_first(types: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(types, key=lambda name: (name in {*Kind}, name)))


def _tail(iri: str) -> str:
    return iri.rstrip("/").replace("#", "/").rpartition("/")[2]
