"""What the service remembers of its requests: lines of JSON for the log, and counts for Prometheus."""

from __future__ import annotations

import json
import logging
import os
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from kg.service.settings import Settings

MEDIA_TYPE: Final = CONTENT_TYPE_PLAIN_0_0_4
_ROOMS: Final = frozenset({"sparql", "queries", "graphs", "health", "ready", "metrics", "openapi.json", ".well-known"})
_SHOWN: Final = 10_000  # characters of a slow query that are logged
_COUNTS: Final = "PROMETHEUS_MULTIPROC_DIR"  # where workers lay their counts side by side, if there are several
_log = logging.getLogger("kg.requests")


@dataclass(frozen=True, slots=True)
class Entry:
    """A request, as far as it is known when it comes in."""

    id: str
    method: str
    path: str
    client: str

    @property
    def room(self) -> str:
        """The part of the service that is asked; one of few, whatever clients invent."""
        first = self.path.split("/", 2)[1] if self.path.startswith("/") else ""
        return first if first in _ROOMS else "pages" if not first else "other"


class Journal:
    """Keeps account of requests; each service has one, and its own counts."""

    def __init__(self, settings: Settings) -> None:
        self._slow, self._logs_all = settings.slow_seconds, settings.log_requests
        self._counts = cache(self._counts_of)  # There are few, and finding them takes longer than counting.
        self._registry = CollectorRegistry()
        labels = ("room", "method", "status")
        self._requests = Counter("kg_requests", "Requests answered", labels, registry=self._registry)
        self._sent = Counter("kg_sent_bytes", "Bytes of answers", registry=self._registry)
        self._slow_ones = Counter("kg_slow_requests", "Requests that took longer than KG_SLOW_SECONDS", registry=self._registry)
        self._seconds = Histogram("kg_request_seconds", "Time from request to answer", ("room",), registry=self._registry)
        self._open = Gauge(
            "kg_requests_under_way", "Requests being answered", registry=self._registry, multiprocess_mode="livesum"
        )
        self._triples = Gauge("kg_triples", "Statements served", registry=self._registry, multiprocess_mode="livemax")
        self._generation = Gauge("kg_generation", "Generation served", registry=self._registry, multiprocess_mode="livemax")

    def under_way(self) -> AbstractContextManager[None]:
        """Count a request as being answered."""
        return self._open.track_inprogress()

    def write(self, entry: Entry, status: int, size: int, seconds: float, query: str | None) -> None:
        """Note how a request ended; status 0 is for a client that left before it was answered."""
        method = entry.method if entry.method in {"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} else "other"
        requests, times = self._counts(entry.room, method, status)
        requests.inc()
        times.observe(seconds)
        self._sent.inc(size)
        slow = seconds >= self._slow
        if slow:
            self._slow_ones.inc()
        if not (slow or self._logs_all) or not _log.isEnabledFor(logging.WARNING if slow else logging.INFO):
            return
        fields: dict[str, str | int | float] = {
            "id": entry.id,
            "client": entry.client,
            "method": entry.method,
            "path": entry.path,
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 1),
        }
        if slow and query:
            fields["query"] = query[:_SHOWN]
        _log.log(logging.WARNING if slow else logging.INFO, "slow request" if slow else "request", extra={"fields": fields})

    def _counts_of(self, room: str, method: str, status: int) -> tuple[Counter, Histogram]:
        return self._requests.labels(room, method, str(status)), self._seconds.labels(room)

    def metrics(self, triples: int, generation: int | None) -> bytes:
        """Write all counts in Prometheus's text format; of several workers, those of all together."""
        self._triples.set(triples)
        self._generation.set(generation or 0)
        if _COUNTS not in os.environ:
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        return generate_latest(together)


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, event, and whatever fields the event has."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"time": time, "level": record.levelname.lower(), "event": record.getMessage(), "logger": record.name}
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
