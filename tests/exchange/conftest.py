"""Exporting the demonstration graph in any form."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from kg.exchange.exporters import Tally, Wishes, export
from kg.store import MemoryStore

Export = Callable[..., tuple[bytes, Tally]]


@pytest.fixture(scope="session")
def exported(demo: MemoryStore) -> Export:
    """Export a graph, the demonstration graph if none is given; returns the bytes and the tally."""

    def run(form: str, store: MemoryStore = demo, **wishes: object) -> tuple[bytes, Tally]:
        out = io.BytesIO()
        tally = export(form, store, out, Wishes(**wishes))  # type: ignore[arg-type]
        return out.getvalue(), tally

    return run
