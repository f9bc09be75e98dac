"""The shapes let a good graph through and name each broken promise, its node and its document."""

import io
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyshacl
import pytest
import river_treaty
from faults import DOCUMENT, FAULTS, GOOD, NAMES, OTHER, Fault, literal, quad
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat
from rdflib import Graph
from river_treaty import CITY, NORLAND, RUN, TREATY

from kg.errors import GraphError, ValidationError
from kg.graph import (
    Finding,
    Known,
    Report,
    Value,
    document_quads,
    export,
    link_quads,
    ontology_quads,
    reference_quads,
    run_quads,
    sorted_nquads,
    validate,
    vocabulary,
)
from kg.model import Entity, Kind, Link
from kg.resources import folder
from kg.terms import term


def test_a_good_graph_keeps_every_promise() -> None:
    report = validate(GOOD)
    assert report.conforms, str(report)
    assert report.graphs == 1


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found_and_named(fault: Fault) -> None:
    report = validate(fault.graph())
    assert fault.shape in {finding.shape for finding in report.findings}, str(report)
    assert all(finding.document == DOCUMENT.value and finding.promise.endswith(".") for finding in report.findings)


def test_a_fault_is_named_at_the_node_that_has_it() -> None:
    fault = FAULTS["a selector with too many words"]
    (finding,) = validate(fault.graph()).findings
    assert finding.node == fault.without[0].subject.value
    assert finding.promise == "A selector's exact words are as many characters as lie between its start and its end."


def test_a_wrong_value_is_shown() -> None:
    (finding,) = validate(FAULTS["a confidence above one"].graph()).findings
    assert finding.value == '"1.1" (decimal)'
    assert "which has" in str(finding)


def test_every_document_is_judged_by_its_own_graph_alone() -> None:
    other = document_quads(river_treaty.reading("other"), NAMES, RUN)
    borrowed = quad(NAMES.entity(TREATY), "tg:party", NAMES.entity(NORLAND))
    report = validate([*other, *(q for q in GOOD if q != borrowed)])
    assert {(finding.shape, finding.document) for finding in report.findings} == {("PlainTripleStands", DOCUMENT.value)}


def test_a_graph_of_plain_triples_without_a_document_is_no_way_round_the_rule() -> None:
    report = validate([quad(NAMES.entity(TREATY), "tg:party", NAMES.entity(NORLAND))])
    assert [finding.shape for finding in report.findings] == ["PlainTripleAsserted"]
    assert report.findings[0].document is None


def test_the_shapes_and_the_ontology_agree_on_what_may_stand_where() -> None:
    """Assert every property of a subject of every kind, and of an object of every kind, and see what is found."""
    nodes = {kind: NAMES.entity(f"{kind.lower()}/x") for kind in Kind}
    values = {**nodes, Value.FIELD: term("tgf:Trade"), Value.DATE: literal("2031", "xsd:gYear")}
    quads = [quad(DOCUMENT, "rdf:type", term("tg:Document"))]
    quads += [quad(node, "rdf:type", term(f"tg:{kind}")) for kind, node in nodes.items()]
    wrong_subjects, wrong_objects = set(), set()
    for name, known in vocabulary().properties.items():
        for kind, subject in nodes.items():
            node = NamedNode(f"urn:{kind}-{name}")
            quads += [quad(node, "rdf:subject", subject), quad(node, "rdf:predicate", term(f"tg:{name}"))]
            wrong_subjects |= {node.value} if kind not in known.domain else set()
        for end, value in values.items():
            node = NamedNode(f"urn:{name}-{end}")
            quads += [quad(node, "rdf:object", value), quad(node, "rdf:predicate", term(f"tg:{name}"))]
            wrong_objects |= {node.value} if end not in known.range else set()
    findings = validate(quads).findings
    assert {finding.node for finding in findings if finding.shape == "SubjectInDomain"} == wrong_subjects
    assert {finding.node for finding in findings if finding.shape == "ObjectInRange"} == wrong_objects


def test_the_shapes_know_every_property_and_every_field_of_the_ontology() -> None:
    quads = [quad(DOCUMENT, "rdf:type", term("tg:Document")), quad(DOCUMENT, "tg:sha256", Literal("0" * 64))]
    quads += [quad(NamedNode(f"urn:{name}"), f"tg:{name}", OTHER) for name in vocabulary().properties]
    for name in [*vocabulary().fields, "Sorcery"]:
        node = NamedNode(f"urn:covers-{name}")
        quads += [quad(node, "rdf:predicate", term("tg:covers")), quad(node, "rdf:object", term(f"tgf:{name}"))]
    findings = validate(quads).findings
    plain = {f"urn:{name}" for name in vocabulary().properties}
    assert {finding.node for finding in findings if finding.shape == "PlainTripleLicensed"} == plain
    assert {finding.node for finding in findings if finding.shape == "PlainTripleAsserted"} == plain
    assert {finding.node for finding in findings if finding.shape == "ObjectInRange"} == {"urn:covers-Sorcery"}


def test_the_shared_graphs_keep_their_promises_too() -> None:
    links = link_quads([Link(NORLAND, "http://www.wikidata.org/entity/Q408", True, 0.9, "same name")], NAMES)
    known = reference_quads([Known(Entity(NORLAND, Kind.STATE, "Norland"), "Q408", CITY)], NAMES)
    report = validate([*GOOD, *links, *known, *run_quads([RUN], {}, NAMES), *ontology_quads(NAMES)])
    assert report.conforms, str(report)
    assert report.graphs == 5


@pytest.mark.parametrize(
    ("quads", "predicate", "shape"),
    [
        (link_quads([Link(NORLAND, "state/x", True, 0.9, "same name")], NAMES), "tg:reason", "LinkReason"),
        (link_quads([Link(NORLAND, "state/x", True, 0.9, "same name")], NAMES), "tg:confidence", "LinkConfidence"),
        (
            [q for author in ("A", "B") for q in link_quads([Link(NORLAND, "state/x", True, 0.9, "same", author=author)], NAMES)],
            "none",
            "LinkAuthor",
        ),
        (reference_quads([Known(Entity(NORLAND, Kind.STATE, "Norland"), iso2="NLD")], NAMES), "none", "IsoAlpha2"),
        (run_quads([RUN], {}, NAMES), "prov:endedAtTime", "RunEnd"),
        (run_quads([RUN], {}, NAMES), "tg:model", "RunModel"),
        (run_quads([replace(RUN, started=RUN.ended, ended=RUN.started)], {}, NAMES), "none", "RunStart"),
    ],
)
def test_a_broken_link_or_run_is_found(quads: list[Quad], predicate: str, shape: str) -> None:
    kept = [q for q in quads if not str(q.predicate).endswith(f"{predicate.partition(':')[2]}>") or predicate == "none"]
    assert shape in {finding.shape for finding in validate(kept).findings}


def write(tmp_path: Path, name: str, quads: Iterable[Quad]) -> Path:
    form = RdfFormat.from_extension(Path(name).suffix[1:])
    assert form is not None
    out = io.BytesIO()
    export(quads, form, out)
    (tmp_path / name).write_bytes(out.getvalue())
    return tmp_path / name


@pytest.mark.parametrize("name", ["graph.nq", "graph.trig", "graph.jsonld"])
def test_a_file_of_any_format_can_be_checked(tmp_path: Path, name: str) -> None:
    assert validate(write(tmp_path, name, GOOD)).conforms
    assert not validate(write(tmp_path, name, FAULTS["two modalities"].graph())).conforms


def test_triples_outside_any_named_graph_are_checked_as_one_graph(tmp_path: Path) -> None:
    report = validate(write(tmp_path, "graph.ttl", FAULTS["two modalities"].graph()))
    assert {finding.graph for finding in report.findings} == {"the default graph"}


def test_a_graph_without_a_name_of_its_own_is_checked_too() -> None:
    nameless = BlankNode("g")
    report = validate(Quad(*q.triple, nameless) for q in FAULTS["two modalities"].graph())
    assert {finding.graph for finding in report.findings} == {"_:g"}


def test_a_broken_file_is_named_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "graph.nq"
    file.write_bytes(sorted_nquads(GOOD[:3]) + b"no quad\n")
    with pytest.raises(GraphError, match=r"graph\.nq, line 4"):
        validate(file)


@pytest.mark.parametrize(("name", "reason"), [("graph.xls", "names no graph format"), ("missing.nq", "cannot be read")])
def test_a_file_that_holds_no_graph_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(GraphError, match=reason):
        validate(tmp_path / name)


def test_quads_that_come_in_order_are_checked_as_they_come() -> None:
    seen: list[str] = []
    other = document_quads(river_treaty.reading("other"), NAMES, RUN)
    report = validate(iter([*sorted(GOOD, key=str), *sorted(other, key=str)]), ordered=True, seen=seen.append)
    assert report.conforms
    assert seen == [NAMES.graph("river-treaty").value, NAMES.graph("other").value]


def test_a_report_can_be_raised_with_all_its_findings() -> None:
    validate(GOOD).raise_for_findings()
    report = validate(FAULTS["two modalities"].graph())
    with pytest.raises(ValidationError, match="one modality") as caught:
        report.raise_for_findings()
    assert caught.value.report == tuple(map(str, report.findings))


def test_a_report_reads_as_text() -> None:
    finding = Finding("urn:g", None, "Shape", "Things are so.", "urn:node")
    assert str(Report(2, (finding,))) == "urn:g: Things are so. See urn:node.\nGraphs checked: 2. Broken promises: 1."
    assert str(Report(2, ())) == "Graphs checked: 2. Broken promises: none."


def in_rdflib(quads: Iterable[Quad]) -> Graph:
    triples = io.BytesIO()
    export(quads, RdfFormat.N_TRIPLES, triples)
    return Graph().parse(data=triples.getvalue(), format="nt")


@pytest.mark.parametrize(
    ("quads", "conforms"),
    [
        (GOOD, True),
        (FAULTS["a plain triple that only a stranger says"].graph(), False),
        (FAULTS["a leader's word without its plain triple"].graph(), False),
    ],
    ids=["good", "unlicensed", "missing"],
)
def test_the_shapes_say_the_same_to_another_engine(quads: list[Quad], conforms: bool) -> None:
    shapes = Graph().parse(folder("ontology") / "shapes.ttl")
    verdict, _, text = pyshacl.validate(in_rdflib(quads), shacl_graph=shapes, inplace=True)
    assert verdict == conforms, text
