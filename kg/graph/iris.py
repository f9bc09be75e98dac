"""The IRIs of everything in a graph, derived from content alone, so that the same input gives the same names."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.model import (
    EntityId,
    Evidence,
    FieldConcept,
    FrameVersion,
    Identification,
    Link,
    Mention,
    Node,
    PartialDate,
    Span,
    Statement,
)
from kg.review import written
from kg.rulings import Decision
from kg.terms import TGF
from kg.vocabulary import canonical

DEFAULT_BASE: Final = "https://w3id.org/treatygraph/id/"

#: Graphs that are about no single document, by the last part of their IRI.
LINKS, ONTOLOGY, REFERENCE, RUNS = "links", "ontology", "reference", "runs"
CORROBORATION, REVIEW, TREATIES = "corroboration", "review", "treaties"
RESERVED_GRAPHS: Final = frozenset({LINKS, ONTOLOGY, REFERENCE, RUNS, CORROBORATION, REVIEW, TREATIES})

#: Hexadecimal digits kept of a digest: 80 bits, enough for a chance of a clash below one in a million at a billion names.
_DIGITS: Final = 20


@dataclass(frozen=True, slots=True)
class Names:
    """Gives every resource its IRI below one base.

    Digests are taken over ids, never over IRIs, so the last part of an IRI does not change with the base.

    >>> Names().entity("person/frank-aiken").value
    'https://w3id.org/treatygraph/id/person/frank-aiken'
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not self.base.endswith(("/", "#")):
            raise GraphError(f"the base {self.base!r} must end in / or #")
        try:
            NamedNode(self.base)
        except ValueError as error:
            raise GraphError(f"the base {self.base!r} is no absolute IRI: {error}") from error

    def document(self, document: str) -> NamedNode:
        return self._name("document", document)

    def graph(self, document: str) -> NamedNode:
        """Return the IRI of a document's named graph; raises GraphError if the id is taken by a graph of another kind."""
        if document in RESERVED_GRAPHS:
            raise GraphError(f"no document may be called {document!r}, as the graph of that name holds something else; rename it")
        return self._name("graph", document)

    def shared_graph(self, name: str) -> NamedNode:
        """Return the IRI of a graph that is about no single document, one of RESERVED_GRAPHS."""
        if name not in RESERVED_GRAPHS:
            raise GraphError(f"there is no shared graph {name!r}; it must be one of {', '.join(sorted(RESERVED_GRAPHS))}")
        return self._name("graph", name)

    def entity(self, entity: EntityId) -> NamedNode:
        return NamedNode(self.base + quote(entity, safe="/"))

    def selector(self, document: str, span: Span) -> NamedNode:
        return self._digest("selector", document, span.start, span.end)

    def mention(self, document: str, mention: Mention) -> NamedNode:
        return self._digest("mention", document, mention.entity, mention.span.start, mention.span.end)

    def assertion(self, statement: Statement) -> NamedNode:
        """Return the one IRI of a statement, the same for both directions of a symmetric property."""
        return self._digest("assertion", *_key(statement))

    def evidence(self, document: str, evidence: Evidence) -> NamedNode:
        """Return the IRI of an evidence, derived from all that it says except how sure it is."""
        return self._digest(
            "evidence",
            document,
            *_key(evidence.statement),
            evidence.span.start,
            evidence.span.end,
            evidence.frame,
            evidence.polarity.value,
            evidence.modality.value,
            evidence.speaker,
            evidence.when.value if evidence.when else None,
            evidence.where,
            evidence.office_title,
        )

    def entry(self, kind: str, statement: Statement) -> NamedNode:
        """Return the IRI of what the register of treaties notes, as an entry of this kind, of a statement."""
        return self._digest("entry", kind, *_key(statement))

    def composition(self, agreement: EntityId) -> NamedNode:
        """Return the IRI of the register's entry on how many parties an agreement has."""
        return self._digest("entry", "Composition", agreement)

    def link(self, link: Link) -> NamedNode:
        return self._digest("link", link.entity, link.target)

    def identification(self, found: Identification) -> NamedNode:
        return self._digest("identification", found.entity, found.name, found.tier, found.reason)

    def tenure(self, holder: EntityId, office_in: EntityId, title: str, since: PartialDate | None) -> NamedNode:
        return self._digest("tenure", holder, office_in, title, since.value if since else None)

    def run(self, run: str) -> NamedNode:
        return self._name("run", run)

    def software(self, software: str) -> NamedNode:
        return self._name("software", software.replace(" ", "-"))

    def nanopublication(self, code: str) -> NamedNode:
        """Return the trusty URI with this artifact code."""
        return self._name("nanopub", code)

    def review(self, decision: Decision) -> NamedNode:
        return self._digest("review", *written(decision).values())

    def agent(self, name: str) -> NamedNode:
        return self._name("agent", name)

    def frame(self, frame: FrameVersion) -> NamedNode:
        """Return the IRI of a frame with just this content: a file that was changed under its old name is another."""
        return self._digest("frame", frame.name, frame.digest)

    def _name(self, kind: str, slug: str) -> NamedNode:
        # Percent-encoding leaves slugs alone and keeps two different ids apart whatever they are made of.
        return NamedNode(f"{self.base}{kind}/{quote(slug, safe='')}")

    def _digest(self, kind: str, *parts: str | int | None) -> NamedNode:
        serialised = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
        return NamedNode(f"{self.base}{kind}/{hashlib.sha256(serialised.encode()).hexdigest()[:_DIGITS]}")


def _key(statement: Statement) -> tuple[str, str, str, str]:
    one = canonical(statement)
    return one.subject, one.predicate, *_tagged(one.object)


def _tagged(node: Node) -> tuple[str, str]:
    """A statement's object with what it is, so that no entity, field or date can be taken for another."""
    match node:
        case FieldConcept(name):
            return "field", TGF + name
        case PartialDate(value):
            return "date", value
        case entity:
            return "entity", entity
