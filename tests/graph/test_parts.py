"""A graph is checked in parts: graph by graph, and large shared ones by the subjects in them."""

from __future__ import annotations

import random

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.graph import Names
from kg.graph.parts import Part, are_in_order, in_order, parts

NAMES = Names()
FIGURES, DOCUMENT = NAMES.shared_graph("corroboration"), NAMES.graph("report")


def quads(graph: NamedNode | DefaultGraph, subjects: int, each: int = 3) -> list[Quad]:
    return [
        Quad(NamedNode(f"urn:s{subject:05}"), NamedNode(f"urn:p{number}"), Literal(number), graph)
        for subject in range(subjects)
        for number in range(each)
    ]


def subjects(part: Part) -> list[str]:
    return [quad.subject.value for quad in parse(part.triples, format=RdfFormat.N_TRIPLES)]


def test_each_named_graph_is_one_part() -> None:
    found = list(parts([*quads(DOCUMENT, 5000), *quads(NAMES.graph("other"), 2), *quads(DefaultGraph(), 1)]))
    assert [part.graph for part in found] == [DOCUMENT.value, NAMES.graph("other").value, "the default graph"]
    assert [len(subjects(part)) for part in found] == [15_000, 6, 3]


def test_a_large_shared_graph_is_several_and_no_subject_is_cut_in_two() -> None:
    found = list(parts(quads(FIGURES, 12_000)))
    assert len(found) > 2
    assert {part.graph for part in found} == {FIGURES.value}
    held = [set(subjects(part)) for part in found]
    assert sum(map(len, held)) == len(set.union(*held)) == 12_000
    assert max(len(subjects(part)) for part in found) < 10_003


def test_a_graph_of_a_document_is_never_divided_whatever_it_is_called() -> None:
    assert len(list(parts(quads(NAMES.graph("my-links"), 5000)))) == 1


def test_quads_in_any_order_are_put_in_order() -> None:
    mixed = [*quads(DOCUMENT, 50), *quads(FIGURES, 50), *quads(DefaultGraph(), 5)]
    random.Random(1).shuffle(mixed)
    assert not are_in_order(mixed)
    ordered = list(in_order(mixed))
    assert are_in_order(ordered)
    assert set(ordered) == set(mixed)


def test_a_subject_that_comes_again_in_another_graph_is_in_order() -> None:
    assert are_in_order([*quads(DOCUMENT, 3), *quads(FIGURES, 3)])
    assert not are_in_order([*quads(DOCUMENT, 3), *quads(FIGURES, 3), *quads(DOCUMENT, 1)])
    assert not are_in_order([*quads(DOCUMENT, 3), *quads(DOCUMENT, 1)])
