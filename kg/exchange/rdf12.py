"""RDF 1.2: the whole graph as TriG, in which each evidence also reifies the triple that it is about.

So SPARQL 1.2 can annotate: `?treaty tg:signatory ?person {| tg:confidence ?sure |}` finds the evidence of what stands as
a plain triple, and `<< ?s ?p ?o ~ ?evidence >> tg:polarity tg:Denied` what is said of any triple, without stating it.
Source: RDF 1.2 Concepts, sections 1.5 and 3.1 (triple terms, rdf:reifies).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from kg import terms
from kg.errors import ExchangeError
from kg.exchange.cases import symmetric_properties
from kg.exchange.exporters import Progress, Tally, Wishes, exporter
from kg.graph.serialise import export
from kg.store import Store
from kg.store.base import Term, graphs, quads_of

_PARTS: Final = (terms.RDF_SUBJECT, terms.RDF_PREDICATE, terms.RDF_OBJECT)


@exporter("kg.rdf12.v1", "TriG of RDF 1.2, in which evidence annotates the triple that it is about")
def write(store: Store, wishes: Wishes, out: IO[bytes], progress: Progress) -> Tally:  # noqa: ARG001 (it knows none)
    """Write the whole graph, with rdf:reifies from each evidence to its triple; of a symmetric property in both directions."""
    tally = Tally("quads")
    export(_annotated(store, tally, progress), RdfFormat.TRIG, out)
    return tally


def _annotated(store: Store, tally: Tally, progress: Progress) -> Iterator[Quad]:
    names, symmetric = graphs(store), symmetric_properties(store)
    for done, name in enumerate(names, 1):
        held = list(quads_of(store, name))
        held += _reifications(held, symmetric)
        tally.written += len(held)
        yield from held
        progress(done, len(names))


def _reifications(held: list[Quad], symmetric: frozenset[Term]) -> list[Quad]:
    """From each evidence in a graph to the triple of its assertion, which the contract wants in the same graph."""
    parts: dict[tuple[object, NamedNode], object] = {
        (quad.subject, quad.predicate): quad.object for quad in held if quad.predicate in _PARTS
    }
    added = []
    for quad in held:
        if quad.predicate != terms.EVIDENCE_FOR:
            continue
        subject, predicate, value = (parts.get((quad.object, part)) for part in _PARTS)
        if not (isinstance(subject, NamedNode) and isinstance(predicate, NamedNode) and isinstance(value, NamedNode | Literal)):
            raise ExchangeError(f"{quad.graph_name} holds {quad.subject} but not what {quad.object} states; try `kg validate`")
        added.append(Quad(quad.subject, terms.REIFIES, Triple(subject, predicate, value), quad.graph_name))
        if predicate in symmetric and isinstance(value, NamedNode):
            added.append(Quad(quad.subject, terms.REIFIES, Triple(value, predicate, subject), quad.graph_name))
    return added
