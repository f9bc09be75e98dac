"""The graph on disk in the forms that the servers read, made once in a folder and used again."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.endpoint import graph
from kg.store import Writer

_ENTITIES: Final = 1000
_ASSERTIONS: Final = 200


@dataclass(frozen=True)
class Data:
    """A folder with the graph as `graph.nq`, and as a store that `kg serve` and Oxigraph's server read."""

    folder: Path
    documents: int

    @property
    def file(self) -> Path:
        return self.folder / "graph.nq"

    @property
    def store(self) -> Path:
        return self.folder / "store"

    @property
    def generation(self) -> Path:
        """The newest generation of the store, which is an Oxigraph database of its own."""
        return self.store / "generations" / (self.store / "current").read_text()

    @classmethod
    def ready(cls, folder: Path, quads: int) -> Data:
        """Make what is not there yet."""
        data = cls(folder / str(quads), max(quads // graph.QUADS, 1))
        data.folder.mkdir(parents=True, exist_ok=True)
        if not data.file.exists():
            with _step(f"writing {quads:,} quads"):
                draft = data.file.with_suffix(".draft")
                graph.write(data.documents, draft)
                draft.rename(data.file)
        if not (data.store / "current").exists():
            with _step("loading them into a store"):
                shutil.rmtree(data.store, ignore_errors=True)
                with Writer.open(data.store) as writer:
                    writer.load(data.file)
                    writer.publish()
        return data

    def entity_queries(self) -> list[str]:
        """One entity: everything that is said of it, up to twenty values."""
        return [f"SELECT ?p ?o WHERE {{ GRAPH ?g {{ <{graph.thing(number)}> ?p ?o }} }} LIMIT 20" for number in range(_ENTITIES)]

    def provenance_queries(self) -> list[str]:
        """Where one assertion comes from: every evidence of it, with its words, their place and their document."""
        return [_PROVENANCE.replace("ASSERTION", iri) for iri in islice(graph.assertions(self.file), _ASSERTIONS)]


_PROVENANCE: Final = f"""PREFIX tg: <{graph.TG}> PREFIX oa: <{graph.OA}> PREFIX rdf: <{graph.RDF}> PREFIX dcterms: <{graph.TERMS}>
SELECT * WHERE {{ GRAPH ?g {{
  ?evidence tg:evidenceFor <ASSERTION> ; tg:polarity ?polarity ; tg:modality ?modality ; tg:confidence ?confidence ;
    oa:hasSource ?document ; oa:hasSelector ?selector .
  ?selector oa:exact ?words ; oa:start ?start ; oa:end ?end .
  <ASSERTION> rdf:subject ?subject ; rdf:predicate ?property ; rdf:object ?object .
  OPTIONAL {{ ?document dcterms:title ?title }} OPTIONAL {{ ?document dcterms:publisher ?publisher }}
  OPTIONAL {{ ?document dcterms:issued ?issued }} OPTIONAL {{ ?document dcterms:source ?url }}
}} }} ORDER BY ?issued ?document ?start"""
AGGREGATE: Final = f"""SELECT ?property (COUNT(*) AS ?evidence) (AVG(?confidence) AS ?mean) WHERE {{
  GRAPH ?g {{ ?e <{graph.TG}evidenceFor> ?a ; <{graph.TG}confidence> ?confidence . ?a <{graph.RDF}predicate> ?property }}
}} GROUP BY ?property"""
ROWS: Final = f"""SELECT ?e ?a ?document ?confidence WHERE {{
  GRAPH ?g {{ ?e <{graph.TG}evidenceFor> ?a ; <{graph.OA}hasSource> ?document ; <{graph.TG}confidence> ?confidence }}
}} LIMIT 50000"""
#: Counts the pairs of pairs of all statements: it never ends.
RUNAWAY: Final = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }"


@contextmanager
def _step(what: str) -> Iterator[None]:
    """Tell what is being done, and how long it took."""
    began = time.monotonic()
    print(f"{what} …", file=sys.stderr, flush=True)
    yield
    print(f"  {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
