"""Exporting the demonstration graph in any form."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.exchange.exporters import Tally, Wishes, export
from kg.store import MemoryStore
from kg.store.base import quads

Export = Callable[..., tuple[bytes, Tally]]


@pytest.fixture(scope="session")
def exported(demo: MemoryStore) -> Export:
    """Export a graph, the demonstration graph if none is given; returns the bytes and the tally."""

    def run(form: str, store: MemoryStore = demo, **wishes: object) -> tuple[bytes, Tally]:
        out = io.BytesIO()
        tally = export(form, store, out, Wishes(**wishes))  # type: ignore[arg-type]
        return out.getvalue(), tally

    return run


@pytest.fixture(scope="session")
def reviewed(demo: MemoryStore) -> MemoryStore:
    """The demonstration graph after two decisions: Iceland as a party is accepted, Portugal's evidence in one report rejected."""
    base = "https://w3id.org/treatygraph/id/"
    accepted, rejected, graph = (NamedNode(base + name) for name in ("review/yes", "review/no", "graph/review"))
    treaty = NamedNode(f"{base}agreement/tromso-agreement-on-maritime-safety")
    party, portugal = NamedNode(terms.TG + "party"), NamedNode(f"{base}state/portugal")
    doubts, evidence = NamedNode(f"{base}graph/tromso-doubts"), NamedNode(f"{base}evidence/341e4034a7865b115232")
    plain = Quad(treaty, party, portugal, doubts)
    return MemoryStore(
        [
            *(quad for quad in quads(demo) if quad != plain),
            Quad(evidence, terms.REJECTED_BY, rejected, doubts),
            Quad(treaty, party, NamedNode(f"{base}state/iceland"), graph),
            Quad(accepted, terms.REVIEWED, NamedNode(f"{base}assertion/b8eb56fe24d04be5c41f"), graph),
            Quad(accepted, terms.REASON, Literal("Iceland signed later"), graph),
            Quad(rejected, terms.REVIEWED, NamedNode(f"{base}assertion/eaeb0e15b04a5ef63764"), graph),
        ]
    )
