"""Reading documents, in this process or in several: language and extraction, one document at a time."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path

from kg.archive import dump
from kg.errors import KgError, document_context
from kg.extraction.frames import FRAMES, frames
from kg.extraction.reading import read
from kg.language import Reader, identity
from kg.model import Document, FrameVersion, Reading
from kg.reference import BUNDLED, chosen
from kg.resources import folder

#: Documents on their way per process: enough to keep each busy, few enough to hold little memory.
_AHEAD = 4
_STAGES = ("documents", "reference", "language", "extraction")
_DECISIVE = frozenset({".py", ".toml", ".csv", ".onnx", ".npz", ".json"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document with its reading as JSON, or with the error that kept it from being read."""

    document: str
    reading: bytes | None
    error: str | None = None


@cache
def reader(model: str | None = None) -> Reader:
    """Return this process's reader with a model (see `kg.language.load`), loaded once."""
    return Reader(model)


def read_document(document: Document, model: str | None = None) -> Reading:
    """Return what is found in one document; depends on nothing else.

    >>> from datetime import date
    >>> from kg.documents import zones
    >>> text = "Kenya and Uganda signed a border agreement in Nairobi on Monday."
    >>> found = read_document(Document("x", text, issued=date(2024, 5, 8), zones=zones(text)))
    >>> sorted({e.statement.predicate for e in found.evidence})
    ['covers', 'dateSigned', 'party', 'placeSigned']
    """
    with document_context(document):
        doc, cast = reader(model).read(document)
        return read(doc, cast, reader(model).reference)


def read_all(documents: Iterable[Document], workers: int = 1, model: str | None = None) -> Iterator[Outcome]:
    """Yield the outcome of each document, in order; what one cannot be read by does not stop the others."""
    if workers <= 1:
        yield from (_outcome(document, model) for document in documents)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Outcome]] = deque()
        try:
            for document in documents:
                waiting.append(pool.submit(_outcome, document, model))
                if len(waiting) >= _AHEAD * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _outcome(document: Document, model: str | None) -> Outcome:
    try:
        return Outcome(document.id, dump(read_document(document, model)))
    except KgError as error:
        return Outcome(document.id, None, str(error))


@cache
def software() -> str:
    """Return name and version of this software."""
    return f"treatygraph {version('treatygraph')}"


@cache
def frames_at_work() -> tuple[FrameVersion, ...]:
    """Return the frames that documents are read by, each with the digest of its file, sorted by name."""
    files = {frame: FRAMES / f"{frame.predicate}.toml" for frame in frames()}
    digests = {frame: hashlib.sha256(file.read_bytes()).hexdigest() for frame, file in files.items()}
    return tuple(sorted(FrameVersion(f.name, f.predicate, f.version, digest, f.finders) for f, digest in digests.items()))


def knowledge(model: str | None = None) -> str:
    """Return a digest of everything that decides what is found in a document: code, files of knowledge, model.

    Raises LanguageError if there is no such model.
    """
    return _knowledge(model, chosen())


@cache
def _knowledge(model: str | None, reference: Path) -> str:
    digest = hashlib.sha256(f"{software()} {identity(model)}".encode())
    package = Path(__file__).parent
    stages = [f for stage in _STAGES for f in (package / stage).rglob("*") if f.suffix in _DECISIVE]
    tables = () if reference == BUNDLED else sorted(reference.glob("*.csv"))
    for file in (*sorted(stages), *sorted(f for f in folder("ontology").rglob("*") if f.is_file()), *tables):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]
