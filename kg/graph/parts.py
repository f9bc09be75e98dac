"""A graph in parts that can each be checked alone: one for each named graph, and several where a shared one is large."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, serialize

from kg.graph.iris import CORROBORATION, LINKS, REFERENCE

GraphName = NamedNode | BlankNode | DefaultGraph

#: Shared graphs that grow with the number of documents, and in which every promise is about one subject alone.
_DIVISIBLE: Final = (CORROBORATION, LINKS, REFERENCE)
#: Quads of such a graph that are checked together; its last subject is never cut in two.
_LARGEST: Final = 10_000
_DEFAULT_GRAPH: Final = "the default graph"


@dataclass(frozen=True, slots=True)
class Part:
    """Triples that are checked together, as N-Triples, with the name of their graph."""

    graph: str
    triples: bytes


def parts(quads: Iterable[Quad]) -> Iterator[Part]:
    """Yield parts of quads that come graph by graph and, within a graph, subject by subject, as they come.

    Of the quads no more are in memory at a time than one part has.
    """
    for graph, group in groupby(quads, key=_graph):
        if not graph.endswith(tuple(f"/graph/{name}" for name in _DIVISIBLE)):
            yield _part(graph, group)
            continue
        waiting: list[Quad] = []
        for _, of_subject in groupby(group, key=_subject):
            waiting.extend(of_subject)
            if len(waiting) >= _LARGEST:
                yield _part(graph, waiting)
                waiting = []
        if waiting:
            yield _part(graph, waiting)


def in_order(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield quads graph by graph, and within a graph subject by subject; they wait in a temporary store on disk."""
    with tempfile.TemporaryDirectory(prefix="kg-validate-") as directory:
        store = Store(directory)
        store.bulk_extend(quads)
        for graph in [*sorted(store.named_graphs(), key=str), DefaultGraph()]:
            # The store's index has a graph's triples side by side by subject.
            yield from store.quads_for_pattern(None, None, None, graph)
        del store  # closes it before its directory goes


def are_in_order(quads: Iterable[Quad]) -> bool:
    """Do quads come as `in_order` would give them? Keeps a number for each subject only."""
    seen: set[int] = set()
    for subject, _ in groupby(quads, key=lambda quad: hash((_graph(quad), _subject(quad)))):
        if subject in seen:
            return False
        seen.add(subject)
    return True


def _part(graph: str, quads: Iterable[Quad]) -> Part:
    written = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    return Part(graph, written or b"")


def _graph(quad: Quad) -> str:
    name = quad.graph_name
    return _DEFAULT_GRAPH if isinstance(name, DefaultGraph) else name.value if isinstance(name, NamedNode) else str(name)


def _subject(quad: Quad) -> str:
    return str(quad.subject)
