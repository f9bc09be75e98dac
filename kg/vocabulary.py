"""The vocabulary: classes, statement properties and fields, read from the ontology files at first use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg import terms
from kg.errors import ResourceError
from kg.model import Kind, Statement
from kg.resources import folder

Term = NamedNode | BlankNode | Literal | Triple

ONTOLOGY, FIELDS, SHAPES, ALIGNMENTS, CONTEXT = (
    "treatygraph.ttl",
    "fields.ttl",
    "shapes.ttl",
    "alignments.ttl",
    "context.jsonld",
)


class Value(StrEnum):
    """What a statement's object can be, other than an entity; the value is the range's local name."""

    FIELD = "Field"
    DATE = "PartialDate"


#: What can stand at a statement's end.
End = Kind | Value


@dataclass(frozen=True, slots=True)
class Property:
    """A statement property: between what it may stand, and whether it reads the same both ways."""

    name: str
    domain: frozenset[Kind]
    range: frozenset[End]
    symmetric: bool


@dataclass(frozen=True, slots=True)
class EntryKind:
    """A class of entries in the register of treaties: its name, the classes above it, the nearest first, and its cues.

    `narrower` are the classes right below it; cues are beginnings of words in lower case.
    """

    name: str
    above: tuple[str, ...]
    cues: tuple[str, ...]
    narrower: tuple[EntryKind, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a graph can speak of.

    `classes` leads from an entity class's local name to the kind at or above it, `fields` from a field concept's
    local name to its English label, `entries` from a statement property's local name to the kind of register entry that
    it tells of, `terms` holds every local name that the ontology defines.
    """

    classes: Mapping[str, Kind]
    properties: Mapping[str, Property]
    fields: Mapping[str, str]
    entries: Mapping[str, EntryKind]
    terms: frozenset[str]


@cache
def vocabulary(directory: Path | None = None) -> Vocabulary:
    """Read the vocabulary from the bundled ontology, or from another directory with the same files.

    Raises ResourceError, naming the file and where possible the line, if a file is missing, is no Turtle, or leaves
    a statement property without a domain or range that the program knows.

    >>> vocabulary().properties["metWith"].symmetric
    True
    >>> vocabulary().classes["DefencePact"]
    <Kind.AGREEMENT: 'Agreement'>
    """
    home = directory or folder("ontology")
    ontology = _Turtle(home / ONTOLOGY)
    return Vocabulary(
        classes=MappingProxyType(ontology.entity_classes()),
        properties=MappingProxyType(ontology.statement_properties()),
        fields=MappingProxyType(_Turtle(home / FIELDS).fields()),
        entries=MappingProxyType(ontology.entry_kinds()),
        terms=frozenset(ontology.local_names()),
    )


def canonical(statement: Statement) -> Statement:
    """Order the ends of a symmetric statement, so that both directions are the same statement.

    >>> canonical(Statement("state/togo", "metWith", "state/benin"))
    Statement(subject='state/benin', predicate='metWith', object='state/togo')
    """
    known = vocabulary().properties.get(statement.predicate)
    if known and known.symmetric and isinstance(statement.object, str) and statement.object < statement.subject:
        return Statement(statement.object, statement.predicate, statement.subject)
    return statement


def read_turtle(file: Path) -> Iterator[Quad]:
    """Parse a Turtle file of knowledge; raises ResourceError with the line of a syntax error."""
    try:
        yield from parse(file.read_bytes(), format=RdfFormat.TURTLE)
    except OSError as error:
        raise ResourceError(file, f"cannot be read: {error.strerror}; reinstall treatygraph") from error
    except SyntaxError as error:
        raise ResourceError(file, f"is no Turtle: {error.msg}", line=error.lineno) from error


class _Turtle:
    """One ontology file, indexed by subject and predicate."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._objects: dict[tuple[Term, NamedNode], list[Term]] = defaultdict(list)
        self._instances: dict[Term, list[Term]] = defaultdict(list)
        for quad in read_turtle(file):
            self._objects[quad.subject, quad.predicate].append(quad.object)
            if quad.predicate == terms.RDF_TYPE:
                self._instances[quad.object].append(quad.subject)

    def local_names(self) -> set[str]:
        return {name for subject, _ in self._objects if (name := _local(subject, terms.TG))}

    def entity_classes(self) -> dict[str, Kind]:
        """Each kind's class and all classes below it."""
        found: dict[str, Kind] = {}
        for kind in Kind:
            if kind.value not in self.local_names():
                raise ResourceError(self.file, f"lacks the class tg:{kind.value}")
            self._collect(kind.value, kind, found)
        return found

    def statement_properties(self) -> dict[str, Property]:
        found = {}
        for subject in self._instances[terms.STATEMENT_PROPERTY]:
            name = _local(subject, terms.TG)
            if not name:
                raise ResourceError(self.file, f"{subject} is a statement property but does not lie in the namespace {terms.TG}")
            found[name] = Property(
                name,
                domain=frozenset(Kind(end) for end in self._ends(subject, terms.DOMAIN, {*Kind})),
                range=frozenset(self._end(end) for end in self._ends(subject, terms.RANGE, {*Kind, *Value})),
                symmetric=subject in self._instances[terms.SYMMETRIC],
            )
        if not found:
            raise ResourceError(self.file, "defines no tg:StatementProperty")
        return found

    def fields(self) -> dict[str, str]:
        found = {}
        for subject in self._instances[terms.FIELD]:
            labels = [label.value for label in self._objects[subject, terms.PREF_LABEL] if isinstance(label, Literal)]
            name = _local(subject, terms.TGF)
            if not name or not labels:
                raise ResourceError(self.file, f"{subject} must lie in the namespace {terms.TGF} and have a skos:prefLabel")
            found[name] = labels[0]
        if not found:
            raise ResourceError(self.file, "defines no tg:Field")
        return found

    def entry_kinds(self) -> dict[str, EntryKind]:
        """Each statement property's kind of register entry, where it tells of one."""
        found = {}
        for subject in self._instances[terms.STATEMENT_PROPERTY]:
            name = _local(subject, terms.TG)
            for kind in self._objects[subject, terms.TELLS_OF]:
                above = self._above(kind)
                if not name or terms.REGISTER_ENTRY not in above:
                    raise ResourceError(self.file, f"{subject} tells of {kind}, which is no class below {terms.REGISTER_ENTRY}")
                found[name] = self._entry_kind(kind)
        return found

    def _entry_kind(self, kind: Term) -> EntryKind:
        return EntryKind(
            _local(kind, terms.TG) or str(kind),
            tuple(_local(wider, terms.TG) or str(wider) for wider in self._above(kind)),
            tuple(sorted(cue.value for cue in self._objects[kind, terms.CUE] if isinstance(cue, Literal))),
            tuple(self._entry_kind(lower) for lower in self._below(kind)),
        )

    def _above(self, kind: Term) -> list[Term]:
        """The classes of the ontology above a class, the nearest first."""
        found: list[Term] = []
        waiting = [kind]
        while waiting:
            for wider in self._objects[waiting.pop(0), terms.SUBCLASS_OF]:
                if _local(wider, terms.TG) and wider not in found:
                    found.append(wider)
                    waiting.append(wider)
        return found

    def _below(self, kind: Term) -> list[Term]:
        found = (s for (s, predicate), above in self._objects.items() if predicate == terms.SUBCLASS_OF and kind in above)
        return sorted(found, key=str)

    def _collect(self, name: str, kind: Kind, found: dict[str, Kind]) -> None:
        if name in found:
            raise ResourceError(self.file, f"tg:{name} stands below two kinds, or below itself")
        found[name] = kind
        for (subject, predicate), objects in list(self._objects.items()):
            lower = _local(subject, terms.TG)
            if predicate == terms.SUBCLASS_OF and lower and NamedNode(terms.TG + name) in objects:
                self._collect(lower, kind, found)

    def _ends(self, subject: Term, side: NamedNode, known: Iterable[str]) -> set[str]:
        """The local names in a property's domain or range, be it one class or a union."""
        found = set()
        for term in self._objects[subject, side]:
            unions = self._objects[term, terms.UNION_OF]
            for member in self._members(unions[0]) if unions else [term]:
                found.add(_local(member, terms.TG) or str(member))
        if not found or not found <= set(known):
            wanted = ", ".join(f"tg:{name}" for name in sorted(known))
            raise ResourceError(self.file, f"{subject} needs an {side} of {wanted}; it has {sorted(found) or 'none'}")
        return found

    def _members(self, node: Term) -> Iterator[Term]:
        while node != terms.RDF_NIL:
            first, rest = self._objects[node, terms.RDF_FIRST], self._objects[node, terms.RDF_REST]
            if not (first and rest):
                raise ResourceError(self.file, "holds a list without end; write lists as ( … )")
            yield first[0]
            node = rest[0]

    @staticmethod
    def _end(name: str) -> End:
        return Value(name) if name in {*Value} else Kind(name)


def _local(term: Term, namespace: str) -> str | None:
    if isinstance(term, NamedNode) and term.value.startswith(namespace):
        return term.value.removeprefix(namespace)
    return None
