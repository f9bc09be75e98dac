"""Exporters are found by name, know what they are asked for, and see nothing but a store."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.metadata import EntryPoint
from typing import IO

import pytest

from kg.errors import ExchangeError
from kg.exchange import exporters
from kg.exchange.exporters import Progress, Tally, Wishes, built_in, export, exporter, get_exporter
from kg.store import MemoryStore, RemoteStore, Store

Export = Callable[..., tuple[bytes, Tally]]
FORMS = [one.short for one in built_in()]
ABOUT = "https://w3id.org/treatygraph/id/state/norway"


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry that forgets what a test registers."""
    monkeypatch.setattr(exporters, "_REGISTRY", dict(exporters._REGISTRY))


def _shout(store: Store, wishes: Wishes, out: IO[bytes], progress: Progress) -> Tally:  # noqa: ARG001 (it knows none)
    out.write(b"QUADS!")
    return Tally("quads", store.status().quads)


@pytest.mark.usefixtures("registry")
def test_a_plug_in_registers_as_built_in_ones_do(demo: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def load(_: EntryPoint) -> None:
        exporter("kg.shout.v2", "loud")(_shout)

    monkeypatch.setattr(EntryPoint, "load", load)
    monkeypatch.setattr(exporters, "entry_points", lambda group: [EntryPoint("shout", "shouting", group)])
    out = io.BytesIO()
    assert export("shout", demo, out).written == demo.status().quads
    assert out.getvalue() == b"QUADS!"


@pytest.mark.usefixtures("registry")
def test_a_short_name_means_the_newest_version() -> None:
    for number in (9, 10):
        exporter(f"kg.shout.v{number}", "loud")(_shout)
    assert get_exporter("shout").name == "kg.shout.v10"
    assert get_exporter("kg.shout.v9").name == "kg.shout.v9"


@pytest.mark.parametrize("name", ["shout", "kg.shout", "kg.shout.2", "kg.shout.vx"])
def test_a_name_without_a_version_is_refused(name: str) -> None:
    with pytest.raises(ExchangeError, match=name):
        exporter(name, "loud")


def test_an_unknown_form_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(ExchangeError, match="csv"):
        get_exporter("papyrus")


def test_what_a_form_does_not_know_is_refused(exported: Export) -> None:
    with pytest.raises(ExchangeError, match="nquads does not know about"):
        exported("nquads", about=ABOUT)
    with pytest.raises(ExchangeError, match=r"csv does not know key: only"):
        exported("csv", key="key.pem")


@pytest.mark.parametrize("wish", ["about", "license", "creator"])
def test_what_must_be_an_iri_is_one(exported: Export, wish: str) -> None:
    with pytest.raises(ExchangeError, match=f"the {wish} must be an absolute IRI"):
        exported("nanopub", **{wish: "CC BY"})


@pytest.mark.parametrize("form", FORMS)
def test_the_same_graph_gives_the_same_bytes(exported: Export, form: str) -> None:
    first, tally = exported(form)
    assert first == exported(form)[0]
    assert tally.written + tally.left_out.total() > 0


@pytest.mark.parametrize("form", FORMS)
def test_a_server_gives_the_same_bytes_as_memory(exported: Export, oxigraph_demo: str, form: str) -> None:
    store = RemoteStore(oxigraph_demo)
    assert exported(form, store)[0] == exported(form)[0]
    store.close()


@pytest.mark.parametrize("form", FORMS)
def test_progress_comes_to_its_end(demo: MemoryStore, form: str) -> None:
    seen: list[tuple[int, int]] = []
    export(form, demo, io.BytesIO(), progress=lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1] > 0


@pytest.mark.parametrize("form", [one.short for one in built_in() if "about" in one.knows])
def test_what_fits_nothing_is_told(exported: Export, form: str) -> None:
    with pytest.raises(ExchangeError, match="no evidence that fits"):
        exported(form, about="https://w3id.org/treatygraph/id/state/atlantis")
