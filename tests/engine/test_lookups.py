"""Look-ups are answered where they arrive; everything else is passed on."""

from __future__ import annotations

import asyncio
import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.engine import Answer, Limits, LookupEngine, Question, ThreadEngine
from kg.engine.base import closing_answer
from kg.errors import QueryTooLarge
from kg.service.answers import Sparql, is_lookup
from kg.store import MemoryStore

GRAPH = NamedNode("urn:g")


class Elsewhere(ThreadEngine):
    """An engine that remembers what it is asked."""

    def __init__(self, store: MemoryStore, limits: Limits = Limits()) -> None:  # noqa: B008 (it is frozen)
        super().__init__(store, limits)
        self.asked: list[Question] = []

    async def ask(self, question: Question, seconds: float | None = None) -> Answer:
        self.asked.append(question)
        return await super().ask(question, seconds)


def _store(values: int) -> MemoryStore:
    return MemoryStore(Quad(NamedNode("urn:x"), NamedNode("urn:p"), Literal(number), GRAPH) for number in range(values))


def _ask(engine: LookupEngine, text: str) -> int:
    async def run() -> int:
        with closing_answer(await engine.ask(Sparql(text, "application/json"))) as answer:
            rows = len(json.loads(b"".join(answer.chunks()))["results"]["bindings"])
        await engine.close()
        return rows

    return asyncio.run(run())


def test_a_look_up_is_answered_at_once() -> None:
    store = _store(3)
    other = Elsewhere(store)
    assert _ask(LookupEngine(other, store, is_lookup), "SELECT ?o { <urn:x> ?p ?o }") == 3
    assert not other.asked


def test_other_questions_are_passed_on() -> None:
    store = _store(3)
    other = Elsewhere(store)
    assert _ask(LookupEngine(other, store, is_lookup), "SELECT ?o { ?s ?p ?o }") == 3
    assert len(other.asked) == 1


def test_a_look_up_with_many_rows_is_passed_on_and_whole() -> None:
    store = _store(5000)
    other = Elsewhere(store)
    assert _ask(LookupEngine(other, store, is_lookup), "SELECT ?o { <urn:x> ?p ?o }") == 5000
    assert len(other.asked) == 1


def test_the_limits_of_the_service_hold() -> None:
    store = _store(20)
    engine = LookupEngine(Elsewhere(store, Limits(rows=10)), store, is_lookup)

    async def run() -> None:
        await engine.ask(Sparql("SELECT ?o { <urn:x> ?p ?o }"))

    with pytest.raises(QueryTooLarge, match="10 rows"):
        asyncio.run(run())
