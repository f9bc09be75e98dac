"""The question of how much a store holds, which passes the same way as every other."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from kg.engine.base import Answer, closing_answer
from kg.engine.spool import Spool
from kg.store import Status, Store


@dataclass(frozen=True, slots=True)
class Count:
    """How many quads there are, and in which generation."""

    steady: bool = True

    def answer(self, store: Store, out: Spool) -> str:
        out.write(json.dumps(asdict(store.status())).encode())
        return "application/json"

    @staticmethod
    def read(answer: Answer) -> Status:
        """Read the answer again."""
        with closing_answer(answer):
            return Status(**json.loads(b"".join(answer.chunks())))
