"""RDF 1.1: what is exported is what other libraries read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from kg.exchange.exporters import Tally
from kg.store import Store, open_store
from kg.store.base import quads

Export = Callable[..., tuple[bytes, Tally]]


@pytest.fixture(scope="module")
def samples(sample_store: Path) -> Iterator[Store]:
    with closing(open_store(sample_store)) as store:
        yield store


def named(found: Iterator[Quad]) -> set[Quad]:
    """The quads without blank nodes, whose names no reader needs to keep."""
    return {quad for quad in found if not isinstance(quad.subject, BlankNode) and not isinstance(quad.object, BlankNode)}


@pytest.mark.slow
@pytest.mark.parametrize(("form", "name"), [("nquads", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_reads_what_was_exported(
    samples: Store, exported: Export, monkeypatch: pytest.MonkeyPatch, form: str, name: str
) -> None:
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # else it spells moments in another way
    data, tally = exported(form, samples)
    dataset = rdflib.Dataset()
    dataset.parse(data=data.decode(), format=name)
    again = list(parse(dataset.serialize(format="nquads").encode(), RdfFormat.N_QUADS))
    assert len(again) == tally.written
    assert named(iter(again)) == named(quads(samples))
