"""Building a graph: documents are read, entities resolved, graphs written and published, all or nothing.

from kg.build import build
summary = build(["articles/"], store=Path("store"))
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import BinaryIO, Protocol

from pyoxigraph import Quad

from kg.archive import Archive
from kg.documents import Limits, Refusal, read_documents
from kg.graph import (
    DEFAULT_BASE,
    Ledger,
    Minutes,
    Names,
    Treaties,
    corroboration_quads,
    document_quads,
    known_facts,
    link_quads,
    ontology_quads,
    reference_quads,
    run_quads,
    sorted_nquads,
)
from kg.identity import Resolution, resolve
from kg.language import identity
from kg.linking import Settled, settled_by
from kg.model import Document, Entity, EntityId, Kind, Run
from kg.publishing import publish
from kg.reading import frames_at_work, knowledge, read_all, reader, software
from kg.reference import Reference, load
from kg.review import Decisions
from kg.review import load as load_decisions
from kg.store import Writer


class Watcher(Protocol):
    """Sees a build go on."""

    def document(self, document: str) -> None:
        """One document is read."""

    def refused(self, refusal: Refusal) -> None:
        """One source could not be read."""

    def stage(self, name: str) -> None:
        """A new stage begins."""


class Silence:
    """The watcher that says nothing."""

    def document(self, document: str) -> None: ...

    def refused(self, refusal: Refusal) -> None: ...

    def stage(self, name: str) -> None: ...


@dataclass(slots=True)
class Summary:
    """What a build did: counts of this run, and of the whole store after it."""

    read: int = 0
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    documents: int = 0
    entities: int = 0
    assertions: int = 0
    evidence: int = 0
    quads: int = 0
    generation: int = 0


def build(
    inputs: Sequence[str],
    *,
    store: Path,
    out: Path | None = None,
    base: str | None = None,
    workers: int = 1,
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
    watcher: Watcher | None = None,
    model: str | None = None,
) -> Summary:
    """Build, or add to, the graph in a store; write it to an N-Quads file too if asked.

    Documents that the store has read before, by the same software and in the same words, are not read again. An
    interrupted build keeps what it has read and publishes nothing; the next one goes on from there. `model` is a folder
    with a language model, or a spaCy pipeline by folder or name, to read with in the bundled model's stead. Without a
    `base` the IRIs begin as those that the store holds. Without inputs nothing is read, and what was read is published
    anew: so what people decide, and what newer software knows, reaches the graph. Graphs that no build wrote are left alone.

    What people decided about assertions (`kg.review`) is kept beside the store, and counts again each time.

    Raises LanguageError if there is no such model or it does not fit, StoreError if the store cannot be written,
    GraphError if a document's graph breaks a promise.
    """
    watch = watcher or Silence()
    summary = Summary()
    if model:
        reader(model)  # one that does not fit is told now, not once for every document
    with Writer.open(store) as writer, Archive(store) as archive:
        _read(read_documents(inputs, limits=limits or Limits(), stdin=stdin), archive, (workers, model), watch, summary)
        watch.stage("identity")
        resolution = resolve((reading for reading, _ in archive.readings()), load(), archive.memory())
        watch.stage("graph")
        names = Names(base or archive.setting("base") or DEFAULT_BASE)
        decisions = Decisions(load_decisions(store))
        graphs = _graphs(archive, resolution, decisions, settled_by(store), names, summary)
        # Without an archive, such as after it was removed, the names tell which graphs are a build's own.
        mine = archive.graphs() or {iri for iri in writer.graphs() if iri.startswith(f"{names.base}graph/")}
        summary.generation = publish(writer, archive, graphs, out, mine, before=partial(watch.stage, "store"))
        archive.set_memory(resolution.memory)
        archive.set_setting("base", names.base)
    return summary


def _read(
    sources: Iterable[Document | Refusal], archive: Archive, means: tuple[int, str | None], watch: Watcher, summary: Summary
) -> None:
    workers, model = means
    known = knowledge(model)
    started = datetime.now(UTC)
    run = f"{started:%Y%m%dT%H%M%S}-{hashlib.sha256(f'{started}{known}'.encode()).hexdigest()[:8]}"
    keys: dict[str, str] = {}
    digests: dict[str, str] = {}
    inputs = hashlib.sha256()

    def unread() -> Iterator[Document]:
        for source in sources:
            if isinstance(source, Refusal):
                summary.refusals.append(source)
                watch.refused(source)
                continue
            keys[source.id] = _key(source, known)
            if archive.holds(source.id, keys[source.id]):
                summary.unchanged += 1
                watch.document(source.id)
            else:
                digests[source.id] = source.sha256
                yield source

    for outcome in read_all(unread(), workers, model):
        if outcome.reading is None:
            refusal = Refusal(outcome.document, outcome.error or "cannot be read")
            summary.refusals.append(refusal)
            watch.refused(refusal)
            continue
        inputs.update(f"{outcome.document} {digests.pop(outcome.document)}\n".encode())
        means_used = f"{identity(model)}, knowledge {known}"
        made = Run(run, software(), means_used, started, datetime.now(UTC), inputs.hexdigest(), frames_at_work())
        archive.put(outcome.document, keys.pop(outcome.document), made, outcome.reading)
        summary.read += 1
        watch.document(outcome.document)


def _key(document: Document, known: str) -> str:
    parts = (known, document.sha256, document.title, document.publisher, document.issued, document.url)
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()


def _graphs(
    archive: Archive, resolution: Resolution, decisions: Decisions, settled: Settled, names: Names, summary: Summary
) -> Iterator[tuple[str, bytes]]:
    """Yield each graph's IRI and sorted N-Quads: one per document, then the shared ones."""
    runs = archive.runs()
    used: dict[str, list[str]] = {run: [] for run in runs}
    mentioned: dict[str, Entity] = {}
    ledger, treaties, minutes = Ledger(names), Treaties(names, _heirs(load())), Minutes(names)
    for reading, run in archive.readings():
        reviewed = decisions.apply(resolution.apply(reading), partial(_entity, resolution))
        minutes.add(reviewed)
        resolved = reviewed.reading
        mentioned.update({e.id: e for e in resolved.entities})
        ledger.add(resolved, reviewed)
        treaties.add(replace(resolved, evidence=reviewed.standing))
        used[run].append(reading.document.id)
        summary.documents += 1
        summary.evidence += len(resolved.evidence)
        quads = document_quads(resolved, names, runs[run], reviewed)
        yield _graph(names.graph(reading.document.id).value, sorted_nquads(quads), summary)
    corroborations = ledger.corroborations()
    summary.entities, summary.assertions = len(mentioned), len(corroborations)
    links = settled(resolution.links, mentioned)
    known = known_facts({*mentioned, *(link.target for link in links)}, load())
    shared: dict[str, Callable[[], list[Quad]]] = {
        "corroboration": partial(corroboration_quads, corroborations, names),
        "links": partial(link_quads, links, names, resolution.identifications),
        "ontology": partial(ontology_quads, names),
        "reference": partial(reference_quads, known, names),
        "runs": partial(run_quads, runs.values(), used, names),
        "treaties": treaties.quads,
    }
    if decisions:
        shared["review"] = partial(minutes.quads, decisions)
    for name, write in shared.items():  # one after the other, as some are large
        yield _graph(names.shared_graph(name).value, sorted_nquads(write()), summary)


def _graph(iri: str, nquads: bytes, summary: Summary) -> tuple[str, bytes]:
    summary.quads += nquads.count(b"\n")
    return iri, nquads


def _heirs(reference: Reference) -> dict[EntityId, frozenset[EntityId]]:
    """Historic states with the states that came after them."""
    return {state.id: frozenset(state.successors) for state in reference.states if state.successors}


def _entity(resolution: Resolution, identifier: EntityId) -> Entity | None:
    """Return an entity that some document names, for one that does not."""
    if identifier not in resolution.labels:
        return None
    kind = next(kind for kind in Kind if identifier.startswith(f"{kind.lower()}/"))
    return Entity(identifier, kind, resolution.labels[identifier])
