"""The whole graph in the formats of RDF 1.1, each graph once and sorted; Turtle cannot name graphs, so it merges them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Final

from pyoxigraph import Quad, RdfFormat

from kg.exchange.exporters import Progress, Tally, Wishes, exporter
from kg.graph.serialise import export
from kg.store import Store
from kg.store.base import graphs, quads_of

_FORMATS: Final = {
    "nquads": (RdfFormat.N_QUADS, "N-Quads, one statement with its graph per line"),
    "trig": (RdfFormat.TRIG, "TriG, with named graphs and prefixes"),
    "turtle": (RdfFormat.TURTLE, "Turtle, all graphs merged into one"),
    "jsonld": (RdfFormat.JSON_LD, "JSON-LD in the short words of the ontology's context"),
}


def _register(name: str, form: RdfFormat, says: str) -> None:
    @exporter(f"kg.{name}.v1", says)
    def write(store: Store, wishes: Wishes, out: IO[bytes], progress: Progress) -> Tally:  # noqa: ARG001 (it knows none)
        tally = Tally("quads")
        export(watched(store, tally, progress), form, out)
        return tally


def watched(store: Store, tally: Tally, progress: Progress) -> Iterator[Quad]:
    """Yield everything a store holds, graph by graph, counted, and tell the progress after each graph."""
    names = graphs(store)
    for done, name in enumerate(names, 1):
        for quad in quads_of(store, name):
            tally.written += 1
            yield quad
        progress(done, len(names))


for _name, (_form, _says) in _FORMATS.items():
    _register(_name, _form, _says)
