"""A graph in any server that speaks the SPARQL 1.1 protocol."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, Self

import httpx
from pyoxigraph import QueryResultsFormat, RdfFormat, parse_query_results
from pyoxigraph import Store as Engine

from kg.errors import QueryTimeout, StoreError
from kg.store.base import Dataset, Result, Status, rows
from kg.store.calls import refuse_calls
from kg.store.syntax import explain, gives_triples, uses

#: Virtuoso writes triples as rows to whoever accepts those.
_ROWS: Final = "application/sparql-results+json"
_TRIPLES: Final = "application/n-triples"
_COUNT: Final = "SELECT (COUNT(*) AS ?quads) { GRAPH ?graph { ?subject ?predicate ?object } }"
_SECONDS: Final = 300


class RemoteStore:
    """Asks the SPARQL endpoint at an address; an address without a path means its `/sparql`.

    The union of named graphs is asked for in Oxigraph's way. Other servers must be set up so that it is their default
    graph, as it is in GraphDB and Virtuoso; queries that use `GRAPH`, as all saved ones do, work everywhere.
    """

    def __init__(self, address: str, services: Collection[str] = ()) -> None:
        self._services = services
        url = httpx.URL(address)
        self._url = url.copy_with(path="/sparql") if url.path == "/" else url
        self._http = httpx.Client(timeout=httpx.Timeout(_SECONDS, connect=10))

    def query(self, text: str, *, dataset: Dataset | None = None) -> Result:
        refuse_calls(text, self._services)
        form: dict[str, str | list[str]] = {"query": text}
        if dataset is not None:
            form |= {"default-graph-uri": list(dataset.default), "named-graph-uri": list(dataset.named)}
        elif not uses(text, "FROM"):
            form["union-default-graph"] = ""
        return self._read(self._ask(form, _TRIPLES if gives_triples(text) else _ROWS), text)

    def status(self) -> Status:
        return Status(int(rows(self, _COUNT)[0]["quads"].value))

    def stamp(self) -> str | None:
        """Nobody knows when another server's graph changes."""
        return None

    def snapshot(self) -> Self:
        """Another server's graph may change between two queries."""
        return self

    def close(self) -> None:
        self._http.close()

    def _ask(self, form: dict[str, str | list[str]], accept: str) -> httpx.Response:
        try:
            return self._http.post(self._url, data=form, headers={"Accept": accept})
        except httpx.ReadTimeout as error:
            raise QueryTimeout(f"{self._url} has not answered for {_SECONDS} seconds") from error
        except httpx.HTTPError as error:
            raise StoreError(f"{self._url} cannot be reached: {error or type(error).__name__}") from error

    def _read(self, response: httpx.Response, text: str) -> Result:
        if response.status_code == httpx.codes.BAD_REQUEST:
            raise explain(response.text.strip(), text)
        if response.status_code in {httpx.codes.SERVICE_UNAVAILABLE, httpx.codes.GATEWAY_TIMEOUT}:
            raise QueryTimeout(f"{self._url} gave up: {response.text.strip()[:200]}")
        if response.is_error:
            raise StoreError(f"{self._url} answers {response.status_code}: {response.text.strip()[:200]}")
        media_type = response.headers.get("content-type", "")
        try:
            if RdfFormat.from_media_type(media_type) == RdfFormat.N_TRIPLES:
                return _triples(response.content)
            if QueryResultsFormat.from_media_type(media_type) == QueryResultsFormat.JSON:
                return parse_query_results(response.content, QueryResultsFormat.JSON)
        except SyntaxError as error:
            raise StoreError(f"{self._url} breaks off its answer or garbles it: {error}") from error
        raise StoreError(f"{self._url} answers with {media_type or 'an untyped body'}, so it is no SPARQL 1.1 endpoint")


def _triples(body: bytes) -> Result:
    engine = Engine()
    engine.bulk_load(body, RdfFormat.N_TRIPLES)
    return engine.query("CONSTRUCT WHERE { ?s ?p ?o }")
