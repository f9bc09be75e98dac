"""Asking a SPARQL endpoint page by page, with patience."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Final

import httpx

from kg.errors import StoreError

#: A solution: what each variable that is bound stands for, as plain text.
Solution = dict[str, str]

_SECONDS: Final = 120
#: How long to wait before each further try, in seconds, where the server does not say how long.
_WAITS: Final = (1, 4, 15, 60)
#: Answers after which the same question may be asked again: too many requests, and what passes.
_PASSING: Final = frozenset({429, 500, 502, 503, 504})
_LONGEST_WAIT: Final = 300


class Endpoint:
    """A SPARQL 1.1 endpoint at an address. Questions are repeated when the server is busy or breaks off, with longer and
    longer waits, or as long as its `Retry-After` asks for."""

    def __init__(self, address: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.address = address
        self._sleep = sleep
        headers = {"Accept": "application/sparql-results+json", "User-Agent": "treatygraph (reference refresh)"}
        self._http = httpx.Client(timeout=httpx.Timeout(_SECONDS, connect=10), headers=headers, follow_redirects=True)

    def close(self) -> None:
        self._http.close()

    def page(self, query: str, size: int, offset: int) -> list[Solution]:
        """Return the solutions of a query from an offset on; the query must have an ORDER BY and no LIMIT.

        Raises StoreError if the server refuses the query, or is still busy after the last try.
        """
        text = f"{query}\nLIMIT {size} OFFSET {offset}\n"
        for wait in (*_WAITS, None):
            answer, trouble = self._ask(text)
            if answer is not None:
                return answer
            if wait is None:
                break
            self._sleep(min(trouble.wait or wait, _LONGEST_WAIT))
        raise StoreError(
            f"{self.address} {trouble.reason}, after {len(_WAITS) + 1} tries; run the same command to go on from here"
        )

    def _ask(self, text: str) -> tuple[list[Solution] | None, _Trouble]:
        try:
            response = self._http.post(self.address, data={"query": text})
        except httpx.HTTPError as error:
            return None, _Trouble(f"cannot be reached: {error or type(error).__name__}")
        if response.status_code in _PASSING:
            asked = response.headers.get("retry-after", "")
            return None, _Trouble(f"answers {response.status_code}", float(asked) if asked.isdigit() else None)
        if response.is_error:
            raise StoreError(f"{self.address} answers {response.status_code}: {response.text.strip()[:200]}")
        try:
            return list(_solutions(response.json())), _Trouble("")
        except (ValueError, KeyError, TypeError):
            # Wikidata's own service breaks off an answer that takes too long, in the middle of its JSON.
            return None, _Trouble("breaks off its answer or garbles it")


class _Trouble:
    """Why a question was not answered, and for how many seconds the server asks to wait."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        self.reason, self.wait = reason, wait


def _solutions(body: dict[str, dict[str, list[dict[str, dict[str, str]]]]]) -> Iterator[Solution]:
    for binding in body["results"]["bindings"]:
        yield {name: term["value"] for name, term in binding.items()}
