"""The SHACL report says what the findings say."""

from __future__ import annotations

import io

import pytest
from faults import FAULTS, GOOD, Fault
from pyoxigraph import BlankNode
from rdflib import RDF, SH, Graph, Literal, URIRef

from kg.graph import Finding, Report, validate
from kg.graph.findings import write_report


def written(report: Report) -> Graph:
    out = io.BytesIO()
    write_report(report, out)
    return Graph().parse(data=out.getvalue(), format="turtle")


def test_a_good_graph_conforms_without_results() -> None:
    graph = written(validate(GOOD))
    [report] = graph.subjects(RDF.type, SH.ValidationReport)
    assert graph.value(report, SH.conforms) == Literal(True)
    assert list(graph.objects(report, SH.result)) == []


@pytest.mark.parametrize("name", ["a confidence above one", "a selector with too many words", "two documents in one graph"])
def test_each_finding_is_a_result_with_node_shape_and_message(name: str) -> None:
    fault: Fault = FAULTS[name]
    report = validate(fault.graph())
    graph = written(report)
    [node] = graph.subjects(SH.conforms, Literal(False))
    results = list(graph.objects(node, SH.result))
    assert len(results) == len(report.findings)
    told = {(str(graph.value(one, SH.focusNode)), str(graph.value(one, SH.sourceShape))) for one in results}
    assert told == {(one.node, f"https://w3id.org/treatygraph/shape#{one.shape}") for one in report.findings}
    assert all(graph.value(one, SH.resultSeverity) == SH.Violation for one in results)
    assert {str(graph.value(one, SH.resultMessage)) for one in results} == {one.promise for one in report.findings}
    assert all(isinstance(graph.value(one, SH.sourceConstraintComponent), URIRef) for one in results)


def test_property_and_value_are_told_where_a_property_has_a_wrong_value() -> None:
    graph = written(validate(FAULTS["a confidence above one"].graph()))
    [value] = graph.objects(None, SH.value)
    assert str(value) == "1.1"
    assert list(graph.objects(None, SH.resultPath)) == [URIRef("https://w3id.org/treatygraph/ontology#confidence")]


def test_a_node_without_a_name_and_the_default_graph_can_be_told_of() -> None:
    finding = Finding("the default graph", None, "Shape", "Things are so.", str(BlankNode("b")), "x", term='"x"@en')
    graph = written(Report(1, (finding,)))
    assert Literal("the default graph") in set(graph.objects())
    assert Literal("x", lang="en") in set(graph.objects(None, SH.value))
