"""What validation found, as a SHACL validation report in RDF."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Final

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kg import terms
from kg.graph.shapes import Finding
from kg.graph.validate import Report
from kg.terms import PREFIXES, term

_SHAPES: Final = "https://w3id.org/treatygraph/shape#"
_REPORT: Final = BlankNode("report")


def write_report(report: Report, out: IO[bytes]) -> None:
    """Write a report as Turtle: a sh:ValidationReport with a sh:ValidationResult for each finding.

    The focus node is the one to blame, whichever node the shape was asked of. Each result also says in which graph it is
    (dcterms:isPartOf), as the shapes are applied to one named graph at a time. Source: SHACL, section 3.6.
    """
    prefixes = {name: PREFIXES[name] for name in ("sh", "tg", "dcterms", "xsd")} | {"tgs": _SHAPES}
    serialize(_triples(report), out, format=RdfFormat.TURTLE, prefixes=prefixes)


def _triples(report: Report) -> Iterator[Triple]:
    yield Triple(_REPORT, terms.RDF_TYPE, term("sh:ValidationReport"))
    yield Triple(_REPORT, term("sh:conforms"), Literal(report.conforms))
    nodes = [BlankNode(f"result{number}") for number in range(1, len(report.findings) + 1)]
    yield from (Triple(_REPORT, term("sh:result"), node) for node in nodes)
    for node, finding in zip(nodes, report.findings, strict=True):
        yield from (Triple(node, term(name), value) for name, value in _result(finding))


def _result(finding: Finding) -> Iterable[tuple[str, NamedNode | BlankNode | Literal]]:
    yield "rdf:type", term("sh:ValidationResult")
    yield "sh:resultSeverity", term("sh:Violation")
    yield "sh:focusNode", _node(finding.node)
    yield "sh:sourceShape", NamedNode(_SHAPES + finding.shape)
    yield "sh:resultMessage", Literal(finding.promise)
    if finding.component is not None:
        yield "sh:sourceConstraintComponent", NamedNode(finding.component)
    if finding.path is not None:
        yield "sh:resultPath", NamedNode(finding.path)
    if finding.term is not None:
        yield "sh:value", _term(finding.term)
    yield "dcterms:isPartOf", _node(finding.graph)


def _node(name: str) -> NamedNode | BlankNode | Literal:
    """A node by its name; what has none that could stand in RDF (the default graph) goes by its words."""
    if name.startswith("_:"):
        return BlankNode(name.removeprefix("_:"))
    try:
        return NamedNode(name)
    except ValueError:
        return Literal(name)


def _term(written: str) -> NamedNode | BlankNode | Literal:
    [quad] = parse(f"<urn:x> <urn:x> {written} .", format=RdfFormat.TURTLE)
    value = quad.object
    return Literal(str(value)) if isinstance(value, Triple) else value
