"""What stands before another engine and answers some questions in its stead."""

from __future__ import annotations

from kg.engine.base import Answer, Engine, Limits, Question
from kg.store import Status


class Front:
    """Passes everything on; who builds on it takes up what it answers itself."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @property
    def limits(self) -> Limits:
        return self._engine.limits

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        return await self._engine.ask(question, seconds)

    def kept(self, question: Question) -> Answer | None:
        return self._engine.kept(question)

    async def status(self) -> Status:
        return await self._engine.status()

    def stamp(self) -> str | None:
        return self._engine.stamp()

    async def start(self) -> None:
        await self._engine.start()

    async def close(self) -> None:
        await self._engine.close()
