"""Runs of the builder, as the quads of a graph of their own.

They stand apart from the documents, so that a document's graph says when and with what it was read only through the
IRI of the run, and all else in it is the same after every build of the same input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph import literals
from kg.graph.iris import RUNS, Names
from kg.graph.writer import GraphWriter
from kg.model import FrameVersion, Run


def run_quads(runs: Iterable[Run], used: Mapping[str, Iterable[str]], names: Names) -> list[Quad]:
    """Describe runs as prov:Activity with software, model, frames, start, end, and the documents that they used.

    `used` leads from a run's id to the ids of the documents whose readings at hand it made; what it read that was read
    again later, or taken out, shows in the digest of its inputs only.
    """
    graph = GraphWriter(names.shared_graph(RUNS), names)
    for run in runs:
        node, agent = names.run(run.id), names.software(run.software)
        graph.add(node, terms.RDF_TYPE, terms.ACTIVITY)
        graph.add(node, terms.RDF_TYPE, terms.RUN)
        graph.add(node, terms.SOFTWARE, Literal(run.software))
        graph.add(node, terms.MODEL, Literal(run.model))
        graph.add(node, terms.STARTED, literals.instant(run.started))
        graph.add(node, terms.ENDED, literals.instant(run.ended))
        graph.add(node, terms.ASSOCIATED_WITH, agent)
        graph.add(agent, terms.RDF_TYPE, terms.SOFTWARE_AGENT)
        graph.add(agent, terms.LABEL, Literal(run.software))
        if run.inputs is not None:
            graph.add(node, terms.INPUT_DIGEST, Literal(run.inputs))
        for document in used.get(run.id, ()):
            graph.add(node, terms.USED, names.document(document))
        for frame in run.frames:
            graph.add(node, terms.USED_FRAME, _write_frame(graph, frame))
    return graph.quads


def _write_frame(graph: GraphWriter, frame: FrameVersion) -> NamedNode:
    node = graph.names.frame(frame)
    graph.add(node, terms.RDF_TYPE, terms.FRAME_VERSION)
    graph.add(node, terms.FRAME, Literal(frame.name))
    graph.add(node, terms.FINDS, NamedNode(terms.TG + frame.predicate))
    graph.add(node, terms.VERSION, Literal(frame.version))
    graph.add(node, terms.SHA256, Literal(frame.digest))
    for finder in frame.finders:
        graph.add(node, terms.FINDER, Literal(finder))
    return node
