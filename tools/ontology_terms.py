"""What the ontology files say of each term, as values to be shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.resources import folder
from kg.terms import PREFIXES, RDF_FIRST, RDF_NIL, RDF_REST, TG, TGF, UNION_OF, term
from kg.vocabulary import ALIGNMENTS, FIELDS, ONTOLOGY, SHAPES, Term, read_turtle

#: How a mapping relation reads from our term to the outside one.
RELATIONS: Final = {
    "exact": "same as",
    "close": "close to",
    "broad": "narrower than",
    "narrow": "wider than",
    "related": "related to",
}
_TRAITS: Final = {
    "owl:FunctionalProperty": "one at most",
    "owl:SymmetricProperty": "symmetric",
    "tg:StatementProperty": "may stand in assertions",
}
_OTHERS: Final = {
    "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "tga": "https://w3id.org/treatygraph/alignment#",
}


@dataclass(frozen=True, slots=True)
class Outside:
    """A nearest term elsewhere: how ours relates to it, its name, and its address if it has one."""

    relation: str
    name: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A class, property, value or field, with all that its page shows; other terms by prefixed names."""

    name: str
    kind: str
    label: str
    comment: str
    example: str
    note: str
    status: str
    above: tuple[str, ...]
    below: tuple[str, ...]
    domain: tuple[str, ...]
    range: tuple[str, ...]
    traits: tuple[str, ...]
    values: tuple[str, ...]
    tells_of: str | None
    cues: tuple[str, ...]
    shapes: tuple[str, ...]
    outside: tuple[Outside, ...]


class Facts:
    """Triples of Turtle files, by subject and predicate, in the order of the files."""

    def __init__(self, names: Iterable[str], home: Path) -> None:
        self.objects: dict[Term, dict[Term, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for name in names:
            for quad in read_turtle(home / name):
                self.objects[quad.subject][quad.predicate].append(quad.object)

    def of(self, node: Term, curie: str) -> list[Term]:
        return self.objects[node][term(curie)]

    def text(self, node: Term, *curies: str) -> str:
        """The first text under the first of these properties that has one."""
        found = (value.value for curie in curies for value in self.of(node, curie) if isinstance(value, Literal))
        return " ".join(next(found, "").split())

    def ends(self, node: Term, curie: str) -> tuple[str, ...]:
        """The classes in a domain or range, be it one or a union."""
        ends = self.of(node, curie)
        unions = [union for end in ends if isinstance(end, BlankNode) for union in self.objects[end][UNION_OF]]
        return tuple(curie_of(member) for union in unions for member in self.members(union)) or names(ends)

    def members(self, node: Term) -> Iterator[Term]:
        while node != RDF_NIL:
            yield self.objects[node][RDF_FIRST][0]
            node = self.objects[node][RDF_REST][0]


def entries(home: Path | None = None) -> list[Entry]:
    """Read classes, properties, values and fields, in the order of their files."""
    facts = Facts((ONTOLOGY, FIELDS, ALIGNMENTS), home or folder("ontology"))
    shapes = _shapes(Facts((SHAPES,), home or folder("ontology")))
    found = [node for node in list(facts.objects) if isinstance(node, NamedNode) and node.value.startswith((TG, TGF))]
    below: dict[Term, list[Term]] = defaultdict(list)
    for node in found:
        for above in [*facts.of(node, "rdfs:subClassOf"), *facts.of(node, "skos:broader")]:
            below[above].append(node)
    return [_entry(facts, node, below[node], shapes.get(node, ())) for node in found]


def reused(home: Path | None = None) -> list[tuple[str, str, str]]:
    """Return which terms of others lead from one of our classes to another, as the shapes have it: from, by, to."""
    facts = Facts((SHAPES,), home or folder("ontology"))
    return [
        (source, by, target)
        for shape in list(facts.objects)
        for by in names(facts.of(shape, "sh:path"))
        for source in names(facts.of(shape, "sh:targetClass"))
        for target in names(facts.of(shape, "sh:class"))
        if source.startswith("tg:") and not by.startswith("tg:")
    ]


def _entry(facts: Facts, node: NamedNode, below: list[Term], shapes: tuple[str, ...]) -> Entry:
    types = set(names(facts.of(node, "rdf:type")))
    tells_of = facts.of(node, "tg:tellsOf")
    values = [one for listed in facts.of(node, "owl:equivalentClass") for one in facts.of(listed, "owl:oneOf")]
    return Entry(
        name=curie_of(node),
        kind=_kind(types),
        label=facts.text(node, "rdfs:label", "skos:prefLabel"),
        comment=facts.text(node, "rdfs:comment", "skos:definition"),
        example=facts.text(node, "skos:example"),
        note=facts.text(node, "skos:scopeNote"),
        status=facts.text(node, "vs:term_status"),
        above=names([*facts.of(node, "rdfs:subClassOf"), *facts.of(node, "rdfs:subPropertyOf"), *facts.of(node, "skos:broader")]),
        below=names(below),
        domain=facts.ends(node, "rdfs:domain"),
        range=facts.ends(node, "rdfs:range"),
        traits=tuple(words for curie, words in _TRAITS.items() if curie in types),
        values=tuple(curie_of(member) for listed in values for member in facts.members(listed)),
        tells_of=curie_of(tells_of[0]) if tells_of else None,
        cues=tuple(cue.value for cue in facts.of(node, "tg:cue") if isinstance(cue, Literal)),
        shapes=shapes,
        outside=tuple(_outside(facts, node)),
    )


def _kind(types: set[str]) -> str:
    for curie, words in (
        ("owl:ObjectProperty", "property"),
        ("owl:DatatypeProperty", "property"),
        ("owl:AnnotationProperty", "annotation"),
        ("owl:NamedIndividual", "value"),
        ("rdfs:Datatype", "datatype"),
        ("tg:Field", "field"),
    ):
        if curie in types:
            return words
    return "class"


def _outside(facts: Facts, node: NamedNode) -> Iterator[Outside]:
    for relation, words in RELATIONS.items():
        for other in facts.of(node, f"skos:{relation}Match"):
            notation = facts.text(other, "skos:notation")
            if notation:
                scheme = curie_of(facts.of(other, "skos:inScheme")[0]).removeprefix("tga:").replace("-", " ")
                yield Outside(words, " ".join(filter(None, (scheme, notation, facts.text(other, "skos:prefLabel")))), None)
            elif isinstance(other, NamedNode):
                yield Outside(words, curie_of(other), other.value)


def _shapes(facts: Facts) -> dict[Term, tuple[str, ...]]:
    """The shapes that each class is the target of and each property the path of."""
    found: dict[Term, list[str]] = defaultdict(list)
    for node in list(facts.objects):
        if isinstance(node, NamedNode):
            for target in [*facts.of(node, "sh:targetClass"), *facts.of(node, "sh:path")]:
                found[target].append(node.value.rpartition("#")[2])
    return {target: tuple(shapes) for target, shapes in found.items()}


def names(nodes: Iterable[Term]) -> tuple[str, ...]:
    """The prefixed names of those that have one."""
    return tuple(curie_of(node) for node in nodes if isinstance(node, NamedNode))


def curie_of(node: Term) -> str:
    """The prefixed name of a term.

    >>> curie_of(term("tg:party"))
    'tg:party'
    """
    if not isinstance(node, NamedNode):
        raise TypeError(f"{node} has no name")
    for prefix, namespace in {**PREFIXES, **_OTHERS}.items():
        if node.value.startswith(namespace):
            return f"{prefix}:{node.value.removeprefix(namespace)}"
    return node.value
