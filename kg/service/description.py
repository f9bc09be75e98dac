"""What the service says of itself and of its graph: SPARQL 1.1 Service Description, and VoID."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Triple, serialize
from starlette.requests import Request
from starlette.responses import Response

from kg.engine import Engine, Spool
from kg.engine.base import closing_answer
from kg.errors import KgError
from kg.service.answers import GRAPH_TYPES, not_acceptable
from kg.service.negotiation import choose
from kg.service.settings import Settings
from kg.store import Store
from kg.store.base import rows
from kg.store.formats import GRAPH_FORMATS
from kg.terms import PREFIXES, TG, TGF

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = PREFIXES["void"]
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples")
_MORE_RESULTS: Final = ("RDF_XML", "JSON-LD")
_TYPE: Final = NamedNode(PREFIXES["rdf"] + "type")
#: How long a client waits for counts that are being made; then it gets a description without them.
_PATIENCE: Final = 5.0
#: After how many seconds a graph is counted again of which nobody knows when it changes.
_RECOUNT: Final = 600
_CLASSES: Final = "SELECT ?class (COUNT(*) AS ?count) { ?s a ?class } GROUP BY ?class ORDER BY ?class"
_PROPERTIES: Final = "SELECT ?property (COUNT(*) AS ?count) { ?s ?property ?o } GROUP BY ?property ORDER BY ?property"


@dataclass(frozen=True, slots=True)
class Counts:
    """A question: how many triples, and of which classes and properties; answered as JSON."""

    @property
    def steady(self) -> bool:
        return True

    def answer(self, store: Store, out: Spool) -> str:
        classes = {row["class"].value: int(row["count"].value) for row in rows(store, _CLASSES)}
        properties = {row["property"].value: int(row["count"].value) for row in rows(store, _PROPERTIES)}
        out.write(json.dumps({"triples": sum(properties.values()), "classes": classes, "properties": properties}).encode())
        return "application/json"


class Descriptions:
    """Describes the service; what its graph holds is counted once for each state of the graph that is served."""

    def __init__(self, engine: Engine, settings: Settings, release: str, *, writable: bool) -> None:
        self._engine, self._settings, self._release, self._writable = engine, settings, release, writable
        self._counted: tuple[str, asyncio.Task[dict[str, Any] | None]] | None = None

    async def respond(self, request: Request) -> Response:
        """Describe service and graph, as the form of RDF that the client likes best."""
        accept = request.headers.get("accept")
        chosen = choose(accept, GRAPH_TYPES)
        if chosen is None:
            raise not_acceptable(accept, GRAPH_TYPES)
        origin = self._settings.public_url or str(request.base_url).rstrip("/")
        triples = list(self._triples(origin, await self._counts()))
        prefixes = {"sd": _SD, "void": _VOID, "dcterms": PREFIXES["dcterms"], "tg": TG}
        body = serialize(triples, format=GRAPH_FORMATS[GRAPH_TYPES[chosen]], prefixes=prefixes) or b""
        tag = f'W/"{blake2b(body, digest_size=12).hexdigest()}"'
        headers = {"Vary": "Accept", "ETag": tag}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(body, media_type=chosen, headers=headers)

    def count(self) -> asyncio.Task[dict[str, Any] | None]:
        """Begin to count, or go on, unless it is done for the state that is served now."""
        stamp = self._engine.stamp() or f"{time.monotonic() // _RECOUNT:.0f}"
        if self._counted is None or self._counted[0] != stamp:
            if self._counted and not self._counted[1].done():
                return self._counted[1]  # Of the state before, but soon there.
            self._counted = stamp, asyncio.create_task(self._ask())
        return self._counted[1]

    async def _counts(self) -> dict[str, Any] | None:
        counting = self.count()
        if not counting.done():
            await asyncio.wait([counting], timeout=_PATIENCE)
        return counting.result() if counting.done() else None

    async def _ask(self) -> dict[str, Any] | None:
        """Count; a graph that cannot be counted within the limits is described without."""
        try:
            with closing_answer(await self._engine.ask(Counts())) as answer:
                counts: dict[str, Any] = json.loads(b"".join(answer.chunks()))
                return counts
        except KgError:
            return None

    def _triples(self, origin: str, counts: dict[str, Any] | None) -> Iterator[Triple]:
        service = endpoint = NamedNode(f"{origin}/sparql")
        dataset = NamedNode(f"{origin}/.well-known/void#dataset")

        def sd(name: str) -> NamedNode:
            return NamedNode(_SD + name)

        yield Triple(service, _TYPE, sd("Service"))
        yield Triple(service, sd("endpoint"), endpoint)
        languages = ["SPARQL11Query", *(["SPARQL11Update"] if self._writable else [])]
        yield from (Triple(service, sd("supportedLanguage"), sd(language)) for language in languages)
        features = ["UnionDefaultGraph", *(["BasicFederatedQuery"] if self._settings.services else [])]
        yield from (Triple(service, sd("feature"), sd(feature)) for feature in features)
        results = (NamedNode(_FORMATS + name) for name in (*_RESULTS, *_MORE_RESULTS))
        yield from (Triple(service, sd("resultFormat"), result) for result in results)
        yield Triple(service, sd("defaultDataset"), dataset)
        yield Triple(dataset, _TYPE, sd("Dataset"))
        yield from _dataset(dataset, endpoint, self._release)
        graph = BlankNode("default")
        yield Triple(dataset, sd("defaultGraph"), graph)
        if counts:
            yield from _partitions(dataset, counts)
            yield Triple(graph, _void("triples"), Literal(counts["triples"]))
        yield Triple(graph, _TYPE, sd("Graph"))


def _dataset(dataset: NamedNode, endpoint: NamedNode, release: str) -> Iterator[Triple]:
    yield Triple(dataset, _TYPE, _void("Dataset"))
    yield Triple(dataset, NamedNode(PREFIXES["dcterms"] + "title"), Literal("treatygraph", language="en"))
    about = f"Treaties, states and people as news tells of them, with sources; served by treatygraph {release}"
    yield Triple(dataset, NamedNode(PREFIXES["dcterms"] + "description"), Literal(about, language="en"))
    yield Triple(dataset, _void("sparqlEndpoint"), endpoint)
    yield from (Triple(dataset, _void("vocabulary"), NamedNode(iri)) for iri in (TG, TGF, *(PREFIXES[p] for p in ("prov", "oa"))))


def _partitions(dataset: NamedNode, counts: dict[str, Any]) -> Iterator[Triple]:
    yield Triple(dataset, _void("triples"), Literal(counts["triples"]))
    yield Triple(dataset, _void("classes"), Literal(len(counts["classes"])))
    yield Triple(dataset, _void("properties"), Literal(len(counts["properties"])))
    parts = [
        (kind, BlankNode(f"{kind}{number}"), NamedNode(iri), counted, count)
        for kind, plural, counted in (("class", "classes", "entities"), ("property", "properties", "triples"))
        for number, (iri, count) in enumerate(counts[plural].items())
    ]
    for kind, part, _, _, _ in parts:
        yield Triple(dataset, _void(f"{kind}Partition"), part)
    for kind, part, term, counted, count in parts:
        yield Triple(part, _void(kind), term)
        yield Triple(part, _void(counted), Literal(count))


def _void(name: str) -> NamedNode:
    return NamedNode(_VOID + name)
