"""Whether a graph keeps its promises: the SHACL shapes of the ontology, applied to one named graph after another."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse, serialize

from kg import terms
from kg.errors import GraphError, ResourceError, ValidationError
from kg.resources import folder
from kg.vocabulary import SHAPES, read_turtle

# rdflib and pySHACL take half a second to import, which only those who validate should wait for.
if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

GraphName = NamedNode | BlankNode | DefaultGraph

_DEFAULT_GRAPH: Final = "the default graph"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One broken promise: in which graph, about which document and node, and what was promised.

    `document` is None in a graph that is about no document; `shape` is the local name of the shape that says so;
    `value` is what the node has in the wrong place.
    """

    graph: str
    document: str | None
    shape: str
    promise: str
    node: str
    value: str | None = None

    def __str__(self) -> str:
        where = self.document or self.graph
        return f"{where}: {self.promise} See {self.node}" + (f", which has {self.value}." if self.value else ".")


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found in how many graphs."""

    graphs: int
    findings: tuple[Finding, ...]

    @property
    def conforms(self) -> bool:
        return not self.findings

    @property
    def summary(self) -> str:
        return f"Graphs checked: {self.graphs}. Broken promises: {len(self.findings) or 'none'}."

    def __str__(self) -> str:
        return "\n".join([*map(str, self.findings), self.summary])

    def raise_for_findings(self) -> None:
        """Raise ValidationError, which carries every finding, unless the graph conforms."""
        if self.findings:
            raise ValidationError(f"{self.summary} The first is: {self.findings[0]}", tuple(map(str, self.findings)))


def validate(source: Path | Iterable[Quad]) -> Report:
    """Check a graph file (N-Quads, TriG, Turtle, JSON-LD) or quads against the shapes.

    Every named graph is checked alone, as that is how the contract words its promises, so memory is needed for the
    largest graph only: the quads wait in a temporary store on disk. Raises GraphError if the file cannot be read.
    """
    quads = read_graph(source) if isinstance(source, Path) else source
    with tempfile.TemporaryDirectory(prefix="kg-validate-") as directory:
        store = Store(directory)
        store.bulk_extend(quads)
        graphs: list[GraphName] = sorted(store.named_graphs(), key=str)
        if any(True for _ in store.quads_for_pattern(None, None, None, DefaultGraph())):
            graphs.append(DefaultGraph())
        findings = [finding for graph in graphs for finding in _check(graph, store)]
        del store  # closes it before its directory goes
    return Report(len(graphs), tuple(findings))


def read_graph(file: Path) -> Iterator[Quad]:
    """Parse a graph file by the ending of its name; raises GraphError with the line of a syntax error."""
    form = RdfFormat.from_extension(file.suffix.removeprefix("."))
    if form is None:
        raise GraphError(f"{file}: the ending {file.suffix!r} names no graph format; use .nq, .trig, .ttl or .jsonld")
    try:
        with file.open("rb") as source:
            yield from parse(source, format=form)
    except OSError as error:
        raise GraphError(f"{file}: cannot be read: {error.strerror}") from error
    except SyntaxError as error:
        raise GraphError(f"{file}, line {error.lineno}: is no {form.name}: {error.msg}") from error


@cache
def _shapes() -> Graph:
    from rdflib import Graph

    triples = serialize((quad.triple for quad in read_turtle(_shapes_file())), format=RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples, format="nt")


def _shapes_file() -> Path:
    return folder("ontology") / SHAPES


def _check(graph: GraphName, store: Store) -> list[Finding]:
    alone = Store()
    alone.extend(Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, graph))
    name = _DEFAULT_GRAPH if isinstance(graph, DefaultGraph) else _text(graph)
    documents = sorted(_text(quad.subject) for quad in alone.quads_for_pattern(None, terms.RDF_TYPE, terms.DOCUMENT))
    document = documents[0] if documents else None
    report = _apply_shapes(alone)
    results = report.subjects(_sh("resultSeverity"))
    return sorted({_finding(name, document, report, result) for result in results}, key=str)


def _apply_shapes(graph: Store) -> Graph:
    import pyshacl
    from pyshacl.errors import ReportableRuntimeError
    from pyshacl.graph_abstraction import DataGraph
    from rdflib import Graph

    try:
        # On an Oxigraph store the queries in the shapes run natively, ten times as fast as in rdflib.
        _, report, text = pyshacl.validate(DataGraph.from_oxigraph_store(graph), shacl_graph=_shapes(), inplace=True)
    except (ReportableRuntimeError, SyntaxError) as error:
        raise ResourceError(_shapes_file(), f"holds a shape that cannot be applied: {error}") from error
    if not isinstance(report, Graph):
        raise ResourceError(_shapes_file(), f"holds a shape that cannot be applied: {text}")
    return report


def _finding(graph: str, document: str | None, report: Graph, result: Node) -> Finding:
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
    return Finding(graph, document, shape, promise, node or graph, wrong)


def _shown(node: Node) -> str:
    """An IRI or a string as it is, any other literal with its type, as that may be what is wrong with it."""
    datatype = getattr(node, "datatype", None)
    return f'"{node}" ({datatype.rpartition("#")[2]})' if datatype else str(node)


def _sh(name: str) -> Node:
    from rdflib import URIRef

    return URIRef(terms.PREFIXES["sh"] + name)


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)
