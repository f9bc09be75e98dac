"""Asking a reconciliation service: at a gentle pace, and again after a while where it cannot answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import partial
from importlib.metadata import version
from types import TracebackType
from typing import Any, Final, Self

import httpx

from kg.errors import LinkError
from kg.linking.protocol import Asked, Candidate, Manifest, read_manifest, read_results, request

#: Statuses after which it is worth while to ask again.
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_KEPT: Final = "what was answered so far is kept; the same command goes on from there"


@dataclass(frozen=True, slots=True)
class Patience:
    """How a service is asked: requests a second at most, how often one is tried, and for how many seconds it is waited.

    After a failure the wait is `first` seconds and doubles each time, or is what the service asks for (Retry-After, RFC
    9110), if that is not more than `longest`.
    """

    rate: float = 2.0
    tries: int = 6
    first: float = 1.0
    longest: float = 120.0
    timeout: float = 60.0
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


class _Passing(Exception):  # noqa: N818 (it says what kind of failure this is, and never leaves this module)
    """A failure that may be gone at the next try; `wait` is what the service asks for."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class Service(AbstractContextManager["Service"]):
    """A reconciliation service at an address; what it says of itself is read at once.

    Raises LinkError if it cannot be reached, is none, or keeps failing.
    """

    def __init__(self, address: str, patience: Patience = Patience()) -> None:
        if not address.startswith(("http://", "https://")):
            raise LinkError(f"{address!r} is no address of a service; it begins with http:// or https://")
        self.address = address.rstrip("/")
        self._patience = patience
        self._next = patience.clock()
        agent = {"User-Agent": f"treatygraph/{version('treatygraph')}", "Accept": "application/json"}
        timeout = httpx.Timeout(patience.timeout, connect=min(10.0, patience.timeout))
        self._http = httpx.Client(timeout=timeout, headers=agent, follow_redirects=True)
        self._batch: int | None = None
        self._met = False
        try:
            self.manifest: Manifest = self._patiently("GET", "", {}, read_manifest)
        except BaseException:
            self._http.close()
            raise

    def ask(self, questions: Sequence[Asked]) -> list[tuple[Candidate, ...]]:
        """Return the candidates for each question, in as many requests as the service needs."""
        found: list[tuple[Candidate, ...]] = []
        while len(found) < len(questions):
            batch = questions[len(found) : len(found) + self.batch]
            path, content = request(self.manifest, batch)
            try:
                found += self._patiently("POST", path, content, partial(read_results, self.manifest, count=len(batch)))
            except _TooLarge:
                if len(batch) == 1:
                    raise LinkError(f"{self.address} finds a single query too large") from None
                self._batch = len(batch) // 2
        return found

    @property
    def batch(self) -> int:
        """How many questions go into one request."""
        return self._batch or self.manifest.batch

    def close(self) -> None:
        """Let go of the connection."""
        self._http.close()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def __enter__(self) -> Self:
        return self

    def _patiently(self, method: str, path: str, content: dict[str, Any], read: Callable[[Any], Any]) -> Any:
        wait = self._patience.first
        for attempt in range(1, self._patience.tries + 1):
            try:
                return self._once(method, path, content, read)
            except _Passing as failure:
                asked = failure.wait
                if asked is not None and asked > self._patience.longest:
                    raise LinkError(f"{self.address} asks to be left alone for {asked:.0f} seconds; {_KEPT}") from failure
                if attempt == self._patience.tries:
                    raise LinkError(f"{self.address} {failure}, after {attempt} tries; {_KEPT}") from failure
                self._patience.sleep(asked if asked is not None else min(wait, self._patience.longest))
                wait *= 2
        raise AssertionError("every try returns or raises")

    def _once(self, method: str, path: str, content: dict[str, Any], read: Callable[[Any], Any]) -> Any:
        self._keep_pace()
        try:
            response = self._http.request(method, self.address + path, **content)
        except httpx.ConnectError as error:
            reason = f"cannot be reached ({error or type(error).__name__})"
            if not self._met:
                raise LinkError(f"{self.address} {reason}; is the address right?") from error
            raise _Passing(reason) from error
        except httpx.TimeoutException as error:
            raise _Passing(f"has not answered for {self._patience.timeout:g} seconds") from error
        except httpx.HTTPError as error:
            raise _Passing(f"breaks off its answer ({error or type(error).__name__})") from error
        self._met = True
        if response.status_code == httpx.codes.REQUEST_ENTITY_TOO_LARGE:
            raise _TooLarge
        if response.status_code in _PASSING:
            raise _Passing(f"answers {response.status_code}", _wait(response.headers.get("retry-after")))
        if response.is_error:
            raise LinkError(f"{self.address} answers {response.status_code}: {_words(response)}")
        return self._read(response, read)

    def _read(self, response: httpx.Response, read: Callable[[Any], Any]) -> Any:
        try:
            told = response.json()
        except ValueError as error:
            if "html" in response.headers.get("content-type", ""):
                raise LinkError(
                    f"{self.address} shows a page for people; the address of a reconciliation service is the one that its "
                    "documentation calls endpoint"
                ) from error
            raise _Passing("answers with broken JSON") from error
        if isinstance(told, dict) and told.get("status") == "error":
            raise LinkError(f"{self.address} says: {told.get('message') or told.get('details') or told}")
        return read(told)

    def _keep_pace(self) -> None:
        now = self._patience.clock()
        if now < self._next:
            self._patience.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self._patience.rate


class _TooLarge(Exception):  # noqa: N818
    """The batch is larger than the service takes; never leaves this module."""


def _wait(header: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for; None if there is none that can be read."""
    if header is None:
        return None
    if header.strip().isdigit():
        return float(header)
    try:
        return max(0.0, (parsedate_to_datetime(header) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None


def _words(response: httpx.Response) -> str:
    """Return what the service says about its refusal, shortened."""
    try:
        told = response.json()
    except ValueError:
        return response.text.strip()[:200]
    return str(told.get("detail") or told.get("message") or told)[:300] if isinstance(told, dict) else str(told)[:300]
