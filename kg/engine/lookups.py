"""An engine that answers look-ups itself, in the process that talks to clients, and passes everything else on.

To ask another process takes longer than a look-up does. It holds nobody up, as it is stopped after a few rows; one that
has more is passed on too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kg.engine.answering import answer
from kg.engine.base import Answer, Engine, Limits, Question
from kg.engine.front import Front
from kg.errors import QueryTooLarge
from kg.store import Store

#: What an answer may have that is written while everybody else waits: about a millisecond's worth.
_ROWS: Final = 1000
_BYTES: Final = 1 << 16


class LookupEngine(Front):
    """Stands before another engine, which answers from the same store; whoever opened the store closes it.

    `is_lookup` says of a question whether it costs as much as it gives, row by row.
    """

    def __init__(self, engine: Engine, store: Store, is_lookup: Callable[[Question], bool]) -> None:
        super().__init__(engine)
        self._store, self._is_lookup = store, is_lookup
        limits = engine.limits
        self._small = Limits(rows=min(limits.rows, _ROWS), bytes=min(limits.bytes, _BYTES))

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        if self._is_lookup(question):
            try:
                return answer(question, self._store, self._small)
            except QueryTooLarge:
                pass  # Too large for here; it may still be within the limits.
        return await super().ask(question, seconds)
