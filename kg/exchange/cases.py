"""Assertions with all that speaks for and against them, read from a store in batches, so that any number fits in memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg import terms
from kg.errors import ExchangeError
from kg.exchange.exporters import CHOICE, Progress, Wishes
from kg.graph.iris import REVIEW
from kg.model import Modality, Polarity
from kg.store import Store
from kg.store.base import Term, rows
from kg.terms import PREFIXES

#: Assertions read at a time. Queries ask for properties as rows, as OPTIONAL makes Oxigraph join with the whole graph.
_BATCH: Final = 200

PREAMBLE: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("tg", "rdf", "owl", "skos", "oa", "prov"))
_EVIDENCE: Final = """SELECT DISTINCT ?assertion ?evidence ?graph {{
  VALUES ?assertion {{ {these} }} GRAPH ?graph {{ ?evidence tg:evidenceFor ?assertion }}
}}"""
#: A run names all that it read and with what; the evidence itself names the document and the frame that it is about.
_FACTS: Final = """SELECT DISTINCT ?thing ?property ?value {{
  VALUES ?thing {{ {these} }} GRAPH ?g {{ ?thing ?property ?value }} FILTER(?property NOT IN (prov:used, tg:usedFrame))
}}"""
_STANDING: Final = """SELECT DISTINCT ?assertion ?graph {{
  VALUES ?assertion {{ {these} }}
  GRAPH ?g {{ ?assertion rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object }}
  GRAPH ?graph {{ ?subject ?property ?object }}
}}"""
_REVIEWS: Final = """SELECT DISTINCT ?assertion ?review {{
  VALUES ?assertion {{ {these} }} GRAPH ?g {{ ?review tg:reviewed ?assertion }}
}}"""
_SYMMETRIC: Final = "SELECT DISTINCT ?property { GRAPH ?g { ?property a tg:StatementProperty, owl:SymmetricProperty } }"

_AFFIRMED: Final = NamedNode(terms.TG + Polarity.AFFIRMED)
_ACTUAL: Final = NamedNode(terms.TG + Modality.ACTUAL)

#: What a graph says of one thing: property to values, sorted.
Facts = Mapping[NamedNode, tuple[Term, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """A thing that a record is made of, and what the graph says of it."""

    node: NamedNode
    facts: Facts

    def get(self, property: NamedNode) -> Term | None:
        """Return the first value of a property, if there is any."""
        values = self.facts.get(property, ())
        return values[0] if values else None

    def text(self, property: NamedNode) -> str | None:
        """Return the first value of a property as text."""
        value = self.get(property)
        return value.value if value is not None else None


@dataclass(frozen=True, slots=True)
class Testimony:
    """One evidence with its selector, its document, and the run that found it where the graph has one; all in one graph."""

    graph: str
    evidence: Part
    selector: Part
    document: Part
    run: Part | None

    @property
    def confidence(self) -> float:
        return float(self.evidence.text(terms.CONFIDENCE) or 0)

    @property
    def rejected(self) -> bool:
        """Did a person set it aside as misread?"""
        return terms.REJECTED_BY in self.evidence.facts

    @property
    def affirmed(self) -> bool:
        return self.evidence.get(terms.POLARITY) == _AFFIRMED

    @property
    def plain(self) -> bool:
        """Does it say so, as a fact?"""
        return self.affirmed and self.evidence.get(terms.MODALITY) == _ACTUAL


@dataclass(frozen=True, slots=True)
class Case:
    """An assertion with its testimony, by document and place, and what people decided about it.

    `standing` names the graphs that state it outright; `accepted` says that the review graph is among them.
    """

    assertion: NamedNode
    subject: NamedNode
    predicate: NamedNode
    object: Term
    testimony: tuple[Testimony, ...]
    reviews: tuple[Part, ...]
    standing: frozenset[str]
    accepted: bool

    def stands_by(self, told: Testimony) -> bool:
        """Does the testimony say so as a fact, and does its document's graph state the plain triple?"""
        return told.plain and not told.rejected and told.graph in self.standing

    @property
    def stands(self) -> bool:
        """May it be stated outright, on this testimony or because a person accepted it?"""
        return self.accepted or any(self.stands_by(told) for told in self.testimony)

    def without_rejected(self) -> Case:
        """The case without the testimony that people set aside as misread."""
        return replace(self, testimony=tuple(told for told in self.testimony if not told.rejected))


def symmetric_properties(store: Store) -> frozenset[Term]:
    """Return the statement properties that read the same both ways, as the graph's ontology says."""
    return frozenset(row["property"] for row in rows(store, PREAMBLE + _SYMMETRIC))


def cases(store: Store, wishes: Wishes, progress: Progress) -> Iterator[Case]:
    """Yield the assertions that fit what is wished, by IRI, with the evidence that fits it.

    Raises ExchangeError if something is wished for and nothing fits, and if an assertion or evidence lacks a part.
    """
    chosen = [row["assertion"] for row in rows(store, PREAMBLE + _chosen(wishes))]
    found = False
    for start in range(0, len(chosen), _BATCH):
        batch = chosen[start : start + _BATCH]
        for case in _read(store, batch, wishes):
            found = True
            yield case
        progress(start + len(batch), len(chosen))
    if wishes.named() & CHOICE and not found:
        raise ExchangeError("the graph holds no evidence that fits what is asked for")


def _chosen(wishes: Wishes) -> str:
    document = f" ; oa:hasSource {NamedNode(wishes.document)}" if wishes.document else ""
    patterns = [f"GRAPH ?g {{ ?evidence tg:evidenceFor ?assertion{document} }}"]
    if wishes.about:
        patterns.append(f"GRAPH ?h {{ ?assertion rdf:subject|rdf:object {NamedNode(wishes.about)} }}")
    if wishes.assertion:
        patterns.append(f"VALUES ?assertion {{ {NamedNode(wishes.assertion)} }}")
    return f"SELECT DISTINCT ?assertion {{ {' '.join(patterns)} }} ORDER BY ?assertion"


def _read(store: Store, assertions: Sequence[Term], wishes: Wishes) -> Iterator[Case]:
    found = [(row["assertion"], row["evidence"], row["graph"].value) for row in _ask(store, _EVIDENCE, assertions)]
    statements = facts(store, assertions)
    standing = _grouped(store, _STANDING, assertions, "graph")
    reviews = _grouped(store, _REVIEWS, assertions, "review")
    about_reviews = facts(store, {one for some in reviews.values() for one in some})
    evidence = facts(store, {one for _, one, _ in found})
    linked = (terms.HAS_SELECTOR, terms.HAS_SOURCE, terms.GENERATED_BY)
    parts = facts(store, {value for told in evidence.values() for link in linked for value in told.get(link, ())})
    testimony: dict[Term, list[Testimony]] = defaultdict(list)
    for assertion, node, graph in found:
        told = _testimony(graph, Part(_node(node), evidence[node]), parts)
        if told.confidence >= (wishes.confidence or 0) and wishes.document in {None, told.document.node.value}:
            testimony[assertion].append(told)
    for assertion in assertions:
        if testimony[assertion]:
            its = Part(_node(assertion), statements.get(assertion, {}))
            yield Case(
                its.node,
                _node(_needed(its, terms.RDF_SUBJECT)),
                _node(_needed(its, terms.RDF_PREDICATE)),
                _needed(its, terms.RDF_OBJECT),
                tuple(sorted(testimony[assertion], key=_place)),
                tuple(Part(_node(one), about_reviews[one]) for one in sorted(reviews[assertion], key=str)),
                graphs := frozenset(graph.value for graph in standing[assertion]),
                accepted=any(graph.endswith(f"graph/{REVIEW}") for graph in graphs),
            )


def _grouped(store: Store, query: str, assertions: Sequence[Term], name: str) -> defaultdict[Term, set[Term]]:
    grouped: defaultdict[Term, set[Term]] = defaultdict(set)
    for row in _ask(store, query, assertions):
        grouped[row["assertion"]].add(row[name])
    return grouped


def _testimony(graph: str, evidence: Part, parts: Mapping[Term, Facts]) -> Testimony:
    def part(link: NamedNode) -> Part:
        linked = _node(_needed(evidence, link))
        return Part(linked, parts.get(linked, {}))

    run = part(terms.GENERATED_BY) if terms.GENERATED_BY in evidence.facts else None
    return Testimony(graph, evidence, part(terms.HAS_SELECTOR), part(terms.HAS_SOURCE), run)


def _place(told: Testimony) -> tuple[str, int, str]:
    return told.document.node.value, int(told.selector.text(terms.START) or 0), told.evidence.node.value


def facts(store: Store, things: Iterable[Term]) -> dict[Term, Facts]:
    """Return what the graph says of each thing, in whichever named graphs; nothing of what it does not know."""
    found: defaultdict[Term, defaultdict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for row in _ask(store, _FACTS, things):
        found[row["thing"]][_node(row["property"])].append(row["value"])
    return {thing: {key: tuple(sorted(values, key=str)) for key, values in about.items()} for thing, about in found.items()}


def _ask(store: Store, query: str, things: Iterable[Term]) -> list[dict[str, Term]]:
    these = " ".join(sorted({str(thing) for thing in things}))
    return rows(store, PREAMBLE + query.format(these=these)) if these else []


def _needed(part: Part, property: NamedNode) -> Term:
    value = part.get(property)
    if value is None:
        raise ExchangeError(f"the graph says nothing of the {property} of {part.node}; `kg validate` lists what else it lacks")
    return value


def _node(term: Term) -> NamedNode:
    if isinstance(term, Literal):
        raise ExchangeError(f"the graph has the value {term} where a name must stand; `kg validate` says where")
    return term
