"""The catalogue of the graph as it is now, made anew when the graph has changed."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import Final

from fastapi.concurrency import run_in_threadpool

from kg.engine import Engine
from kg.service.reconciliation.catalogue import Catalogue, Rows, catalogue, questions
from kg.service.reconciliation.facts import Facts, select

#: For how many seconds a catalogue is good where nobody can tell whether the graph has changed.
_GOOD: Final = 300.0


class Library:
    """Keeps one catalogue; making it takes a second for some ten thousand entities, and the first who asks waits for it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._making = asyncio.Lock()
        self._facts: Facts | None = None
        self._stamp: str | None = None
        self._made = 0.0

    async def facts(self) -> Facts:
        """Return what can be asked of the graph in its present state; raises the errors of `Engine.ask`."""
        async with self._making:
            if self._facts is None or self._is_stale():
                self._stamp, self._made = self._engine.stamp(), monotonic()
                answers = {name: await select(self._engine, text) for name, text in questions().items()}
                self._facts = Facts(self._engine, await run_in_threadpool(_ready, answers))
            return self._facts

    def _is_stale(self) -> bool:
        stamp = self._engine.stamp()
        return stamp != self._stamp if stamp is not None else monotonic() - self._made > _GOOD


def _ready(answers: dict[str, Rows]) -> Catalogue:
    made = catalogue(answers)
    _ = made.index  # Made here, not at the first question.
    return made
