"""Runs of the builder, as the quads of a graph of their own.

They stand apart from the documents, so that a document's graph says when and with what it was read only through the
IRI of the run, and all else in it is the same after every build of the same input.
"""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Literal, Quad

from kg import terms
from kg.graph import literals
from kg.graph.iris import RUNS, Names
from kg.graph.writer import GraphWriter
from kg.model import Run


def run_quads(runs: Iterable[Run], names: Names) -> list[Quad]:
    """Describe runs as prov:Activity with software, model, start and end."""
    graph = GraphWriter(names.shared_graph(RUNS), names)
    for run in runs:
        node = names.run(run.id)
        graph.add(node, terms.RDF_TYPE, terms.ACTIVITY)
        graph.add(node, terms.SOFTWARE, Literal(run.software))
        graph.add(node, terms.MODEL, Literal(run.model))
        graph.add(node, terms.STARTED, literals.instant(run.started))
        graph.add(node, terms.ENDED, literals.instant(run.ended))
    return graph.quads
