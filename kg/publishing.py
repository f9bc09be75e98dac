"""Publishing graphs: a store comes to hold exactly what a build made, and a file beside it holds the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from kg.archive import Archive
from kg.files import whole_or_not
from kg.store import Writer

#: Bytes of N-Quads that a store takes up at a time: larger loads are no faster and take memory.
_BULK: Final = 16_000_000


def publish(
    writer: Writer,
    archive: Archive,
    graphs: Iterable[tuple[str, bytes]],
    out: Path | None,
    mine: set[str],
    before: Callable[[], None],
) -> int:
    """Bring the store to hold exactly these graphs of all that are a build's own, publish it, and return the generation.

    Graphs come by IRI, as sorted N-Quads; one that is as it was is left alone, and of `mine` those that no longer come
    are dropped. The file, if any, is whole or not there at all. `before` is called when all graphs have come.
    """
    known = archive.digests(writer.base) if writer.base else {}
    digests: dict[str, str] = {}
    waiting = bytearray()
    with whole_or_not(out) as file:
        for iri, nquads in graphs:
            digests[iri] = hashlib.sha256(nquads).hexdigest()
            file.write(nquads)
            if known.get(iri) == digests[iri]:
                continue
            if writer.base is not None:
                writer.drop(iri)
            waiting += nquads
            if len(waiting) > _BULK:
                writer.add(bytes(waiting))
                waiting.clear()
        before()
        writer.add(bytes(waiting))
        for iri in mine - set(digests):
            writer.drop(iri)
        generation = writer.publish()
        archive.set_digests(digests, generation)
    return generation
