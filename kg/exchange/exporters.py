"""Exporters write a store's graph in one form. They register under versioned names, built-in ones like any plug-in.

A plug-in names its module in the entry point group "kg.exporters"; loading it registers what it decorates.
"""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from importlib.metadata import entry_points
from pathlib import Path
from typing import IO, Final, Protocol

from pyoxigraph import NamedNode

from kg.errors import ExchangeError
from kg.store import Store

_BUILT_IN: Final = ("rdf", "rdf12", "table", "nanopub", "wikidata")


class Progress(Protocol):
    """Sees an export go on: so many of so many assertions or graphs are written."""

    def __call__(self, done: int, total: int) -> None: ...


def unseen(done: int, total: int) -> None:
    """The progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What an export may be asked for. An exporter names those that it knows; of the others none may be set.

    `about`, `document` and `assertion` are IRIs, an evidence counts if it fits all that are given; `confidence` is the
    least that an evidence must have, 0 to 1; `creator` and `license` are IRIs; `key` is a file with a private key. Raises
    ExchangeError if an IRI is none.
    """

    about: str | None = None
    document: str | None = None
    assertion: str | None = None
    confidence: float | None = None
    creator: str | None = None
    license: str | None = None
    key: Path | None = None

    def __post_init__(self) -> None:
        for name in ("about", "document", "assertion", "creator", "license"):
            if (iri := getattr(self, name)) is not None:
                try:
                    NamedNode(iri)
                except ValueError as error:
                    raise ExchangeError(f"the {name} must be an absolute IRI, which {iri!r} is not: {error}") from error

    def named(self) -> frozenset[str]:
        return frozenset(one.name for one in fields(self) if getattr(self, one.name) is not None)


#: The wishes that choose among evidence.
CHOICE: Final = frozenset({"about", "document", "assertion", "confidence"})


@dataclass(slots=True)
class Tally:
    """How much an export wrote, and how much it left out for which reasons."""

    of: str
    written: int = 0
    left_out: Counter[str] = field(default_factory=Counter)


class Write(Protocol):
    """Writes the graph of a store in one form, with bounded memory, and counts what it wrote."""

    def __call__(self, store: Store, wishes: Wishes, out: IO[bytes], progress: Progress) -> Tally: ...


@dataclass(frozen=True, slots=True)
class Exporter:
    """A form to export in: its versioned name, what it says in one line, and the wishes that it knows."""

    name: str
    says: str
    knows: frozenset[str]
    write: Write

    @property
    def short(self) -> str:
        """The name that a user types: "csv" for "kg.csv.v1"."""
        return self.name.split(".")[1]


_REGISTRY: dict[str, Exporter] = {}


def exporter(name: str, says: str, knows: frozenset[str] = frozenset()) -> Callable[[Write], Write]:
    """Register an exporter under a versioned name; raises ExchangeError if the name does not look like "kg.csv.v1"."""
    if not re.fullmatch(r"\w+\.\w+\.v\d+", name):
        raise ExchangeError(f"an exporter cannot be called {name!r}: names look like kg.csv.v1")

    def register(write: Write) -> Write:
        _REGISTRY[name] = Exporter(name, says, knows, write)
        return write

    return register


def built_in() -> list[Exporter]:
    """Return the exporters that treatygraph brings, by name."""
    for module in _BUILT_IN:
        importlib.import_module(f"kg.exchange.{module}")
    return [_REGISTRY[name] for name in sorted(_REGISTRY)]


def exporters() -> list[Exporter]:
    """Return all exporters, also those of the entry point group "kg.exporters", by name."""
    for entry in entry_points(group="kg.exporters"):
        entry.load()
    return built_in()


def get_exporter(name: str) -> Exporter:
    """Return an exporter by its versioned name, or by its short name, which means the newest version.

    Raises ExchangeError if nobody registered it.
    """
    known = exporters()
    fitting = [one for one in known if name in {one.name, one.short}]
    if not fitting:
        raise ExchangeError(f"nothing is exported as {name!r}; choose {', '.join(sorted({one.short for one in known}))}")
    return max(fitting, key=lambda one: int(one.name.rpartition("v")[2]))


def export(name: str, store: Store, out: IO[bytes], wishes: Wishes | None = None, progress: Progress = unseen) -> Tally:
    """Write the graph of a store in a form.

    Raises ExchangeError if there is no such form, or if it does not know what is wished, and QueryError or StoreError
    if the store cannot answer.
    """
    chosen, wishes = get_exporter(name), wishes or Wishes()
    if unknown := wishes.named() - chosen.knows:
        known = f"only {', '.join(sorted(chosen.knows))}" if chosen.knows else "nothing to choose"
        raise ExchangeError(f"{chosen.short} does not know {', '.join(sorted(unknown))}: {known}")
    return chosen.write(store, wishes, out, progress)
