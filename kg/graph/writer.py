"""The quads of one named graph while it is being written."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg import terms
from kg.graph import literals
from kg.graph.iris import Names
from kg.model import Entity


class GraphWriter:
    """Collects the quads of one named graph in the order of writing, each once."""

    def __init__(self, graph: NamedNode, names: Names) -> None:
        self.names = names
        self._graph = graph
        self._quads: dict[Quad, None] = {}

    @property
    def quads(self) -> list[Quad]:
        return list(self._quads)

    def add(
        self, subject: NamedNode | BlankNode | Triple, predicate: NamedNode, value: NamedNode | BlankNode | Literal | Triple
    ) -> None:
        self._quads[Quad(subject, predicate, value, self._graph)] = None

    def add_entity(self, entity: Entity) -> NamedNode:
        """Write an entity's classes and labels; return its node."""
        node = self.names.entity(entity.id)
        self.add(node, terms.RDF_TYPE, NamedNode(terms.TG + entity.kind.value))
        if entity.subtype is not None:
            self.add(node, terms.RDF_TYPE, NamedNode(terms.TG + entity.subtype))
        self.add(node, terms.PREF_LABEL, literals.english(entity.label))
        for alias in entity.aliases:
            if alias != entity.label:
                self.add(node, terms.ALT_LABEL, literals.english(alias))
        return node
