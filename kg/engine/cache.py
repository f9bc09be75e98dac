"""Answers that are kept, to be given again as long as the graph stays as it is."""

from __future__ import annotations

from collections import OrderedDict

from kg.engine.base import Answer, Engine, Question
from kg.engine.front import Front

#: What one kept answer takes beside its body, in bytes, roughly.
_FIXED = 1000


class CachingEngine(Front):
    """Keeps the small answers of another engine, those least lately asked for going first.

    A question is asked again when it has no steady answer, and when the graph has changed or nobody can tell.
    """

    def __init__(self, engine: Engine, size: int) -> None:
        super().__init__(engine)
        self._size = size
        self._kept: OrderedDict[Question, Answer] = OrderedDict()
        self._stamp: str | None = None
        self._taken = 0

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        answer = self.kept(question)
        return answer or await self._ask(question, seconds)

    def kept(self, question: Question) -> Answer | None:
        """Return the answer if it is at hand."""
        stamp = self._engine.stamp()
        if stamp != self._stamp:
            self._kept.clear()
            self._stamp, self._taken = stamp, 0
        answer = self._kept.get(question)
        if answer:
            self._kept.move_to_end(question)
        return answer

    async def _ask(self, question: Question, seconds: float | None) -> Answer:
        answer = await self._engine.ask(question, seconds)
        if answer.stamp and answer.stamp == self._stamp and isinstance(answer.body, bytes) and question.steady:
            self._keep(question, answer)
        return answer

    def _keep(self, question: Question, answer: Answer) -> None:
        if question in self._kept:
            return
        self._kept[question] = answer
        self._taken += _cost(question, answer)
        while self._taken > self._size:
            self._taken -= _cost(*self._kept.popitem(last=False))


def _cost(question: Question, answer: Answer) -> int:
    return _FIXED + len(repr(question)) + answer.size
