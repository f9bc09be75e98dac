"""The SHACL shapes of the ontology, applied to one part of a graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, RdfFormat, Store, serialize

from kg import terms
from kg.errors import ResourceError
from kg.graph.parts import Part
from kg.resources import folder
from kg.vocabulary import SHAPES, read_turtle

# rdflib and pySHACL take half a second to import, which only those who validate should wait for.
if TYPE_CHECKING:
    from pyshacl.graph_abstraction import DataGraph
    from rdflib import Graph
    from rdflib.term import Node


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One broken promise: in which graph, about which document and node, and what was promised.

    `document` is None in a graph that is about no document; `shape` is the local name of the shape that says so;
    `value` is what the node has in the wrong place, in words. `path`, `term` and `component` are what a SHACL report says of
    the property, that value, and the kind of constraint; the value as N-Triples.
    """

    graph: str
    document: str | None
    shape: str
    promise: str
    node: str
    value: str | None = None
    path: str | None = field(default=None, compare=False)
    term: str | None = field(default=None, compare=False)
    component: str | None = field(default=None, compare=False)

    def __str__(self) -> str:
        where = self.document or self.graph
        return f"{where}: {self.promise} See {self.node}" + (f", which has {self.value}." if self.value else ".")


@cache
def _shapes() -> Graph:
    from rdflib import Graph

    triples = serialize((quad.triple for quad in read_turtle(_shapes_file())), format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples, format="nt")


def _shapes_file() -> Path:
    return folder("ontology") / SHAPES


def check(part: Part) -> list[Finding]:
    """Return what is wrong with a part of a graph, each finding once, in the order of their words.

    Raises ResourceError if a shape cannot be applied.
    """
    alone = Store()
    alone.bulk_load(part.triples, format=RdfFormat.N_TRIPLES)
    documents = sorted(_text(quad.subject) for quad in alone.quads_for_pattern(None, terms.RDF_TYPE, terms.DOCUMENT))
    document = documents[0] if documents else None
    report = _apply_shapes(alone)
    results = report.subjects(_sh("resultSeverity"))
    return sorted({_finding(part.graph, document, report, result) for result in results}, key=str)


@cache
def _held() -> Callable[[Store], DataGraph]:
    """The kind of data graph that pySHACL reads an Oxigraph store by, made to be true without being counted.

    pySHACL asks whether there is a graph each time a value misses an alternative of sh:or, and would count all of it.
    """
    from pyshacl.graph_abstraction import OxigraphDataGraph

    class Held(OxigraphDataGraph):
        def __bool__(self) -> bool:
            return True

    return Held


def _apply_shapes(graph: Store) -> Graph:
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError
    from rdflib import Graph

    try:
        # On an Oxigraph store the queries in the shapes run natively, ten times as fast as in rdflib.
        _, report, text = pyshacl.validate(_held()(graph), shacl_graph=_shapes(), inplace=True)
    except (ReportableRuntimeError, SyntaxError) as error:
        raise ResourceError(_shapes_file(), f"holds a shape that cannot be applied: {error}") from error
    if not isinstance(report, Graph):
        raise ResourceError(_shapes_file(), f"holds a shape that cannot be applied: {text}")
    return report


def _finding(graph: str, document: str | None, report: Graph, result: Node) -> Finding:
    from rdflib import URIRef

    def value(of: str) -> str | None:
        found = report.value(result, _sh(of))
        return None if found is None else _shown(found)

    node, wrong = value("focusNode"), value("value")
    if value("sourceConstraintComponent") == str(_sh("SPARQLConstraintComponent")):
        # These are asked of the document, and answer with the node that is to blame.
        node, wrong = wrong, None
    if wrong == node:
        wrong = None
    shape = (value("sourceShape") or "").rpartition("#")[2]
    promise = (value("resultMessage") or "A promise is broken.").replace(terms.TG, "tg:")
    path, found = report.value(result, _sh("resultPath")), report.value(result, _sh("value"))
    return Finding(
        graph,
        document,
        shape,
        promise,
        node or graph,
        wrong,
        path=str(path) if isinstance(path, URIRef) else None,
        term=None if wrong is None or found is None else found.n3(),
        component=value("sourceConstraintComponent"),
    )


def _shown(node: Node) -> str:
    """An IRI or a string as it is, any other literal with its type, as that may be what is wrong with it."""
    datatype = getattr(node, "datatype", None)
    return f'"{node}" ({datatype.rpartition("#")[2]})' if datatype else str(node)


def _sh(name: str) -> Node:
    from rdflib import URIRef

    return URIRef(terms.PREFIXES["sh"] + name)


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
