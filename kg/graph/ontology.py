"""The ontology files themselves, as the quads of the ontology graph, so that one can ask a graph what its terms mean."""

from __future__ import annotations

from typing import Final

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad

from kg.graph.iris import ONTOLOGY, Names
from kg.graph.writer import GraphWriter
from kg.resources import folder
from kg.vocabulary import ALIGNMENTS, FIELDS, SHAPES, read_turtle
from kg.vocabulary import ONTOLOGY as CLASSES_AND_PROPERTIES

FILES: Final = (CLASSES_AND_PROPERTIES, FIELDS, SHAPES, ALIGNMENTS)


def ontology_quads(names: Names) -> list[Quad]:
    """Read the ontology, the fields, the shapes and the alignments into the ontology graph, sorted.

    Blank nodes get canonical labels, since the parser makes up new ones each time.
    """
    dataset = Dataset(quad for file in FILES for quad in read_turtle(folder("ontology") / file))
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    graph = GraphWriter(names.shared_graph(ONTOLOGY), names)
    for quad in sorted(dataset, key=str):
        graph.add(quad.subject, quad.predicate, quad.object)
    return graph.quads
