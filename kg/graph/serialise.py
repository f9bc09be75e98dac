"""Quads as files: sorted N-Quads to compare, and every other format to hand on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import IO

from pyoxigraph import Quad, RdfFormat, serialize

from kg.graph.jsonld import context
from kg.terms import PREFIXES


def sorted_nquads(quads: Iterable[Quad]) -> bytes:
    """Return N-Quads sorted by bytes, each line once: equal graphs give equal bytes.

    >>> from pyoxigraph import NamedNode
    >>> a, b = NamedNode("urn:a"), NamedNode("urn:b")
    >>> sorted_nquads([Quad(b, a, a), Quad(a, a, a), Quad(b, a, a)])
    b'<urn:a> <urn:a> <urn:a> .\\n<urn:b> <urn:a> <urn:a> .\\n'
    """
    written = serialize(quads, format=RdfFormat.N_QUADS) or b""
    return b"".join(line + b"\n" for line in sorted({*written.split(b"\n")}) if line)


def export(quads: Iterable[Quad], form: RdfFormat, out: IO[bytes]) -> None:
    """Write quads in any RDF format as they come, one graph's worth in memory at a time.

    Hand them over graph by graph, as a store gives them, and the output has each graph once, sorted. Formats without
    named graphs (Turtle, N-Triples, RDF/XML) get the triples of all graphs. JSON-LD is in the words of the context.
    """
    if form == RdfFormat.JSON_LD:
        _export_jsonld(quads, out)
    elif form.supports_datasets:
        serialize(_graph_by_graph(quads), out, format=form, prefixes=dict(PREFIXES))
    else:
        serialize((quad.triple for quad in _graph_by_graph(quads)), out, format=form, prefixes=dict(PREFIXES))


def _export_jsonld(quads: Iterable[Quad], out: IO[bytes]) -> None:
    head = json.dumps(context().definition, ensure_ascii=False)
    out.write(f'{{"@context": {head},\n"@graph": ['.encode())
    separator = "\n"
    for _, group in _graphs(quads):
        for item in context().compact(group):
            out.write((separator + json.dumps(item, ensure_ascii=False)).encode())
            separator = ",\n"
    out.write(b"\n]}\n")


def _graph_by_graph(quads: Iterable[Quad]) -> Iterator[Quad]:
    for _, group in _graphs(quads):
        yield from group


def _graphs(quads: Iterable[Quad]) -> Iterator[tuple[str, list[Quad]]]:
    for name, group in groupby(quads, key=lambda quad: str(quad.graph_name)):
        yield name, sorted(set(group), key=str)
