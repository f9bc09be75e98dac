"""Which entity of the graph is which of the gold."""

from __future__ import annotations

from kg.evaluation import GoldEntity
from kg.evaluation.alignment import align
from kg.evaluation.claims import Naming
from kg.model import Kind, Span


def entity(name: str, *spans: tuple[int, int]) -> GoldEntity:
    return GoldEntity(name, Kind.STATE, name, tuple(Span(*span) for span in spans))


def named(iri: str, *spans: tuple[int, int]) -> list[Naming]:
    return [Naming(iri, Span(*span), "") for span in spans]


def test_most_overlapping_mentions_win() -> None:
    gold = [entity("a", (0, 5), (10, 15), (20, 25)), entity("b", (30, 35))]
    mentions = [*named("urn:x", (1, 4), (11, 14), (31, 34)), *named("urn:y", (21, 24), (32, 33))]
    assert align(gold, mentions) == {"urn:x": "a", "urn:y": "b"}


def test_the_same_words_count_double() -> None:
    assert align([entity("a", (0, 5))], [*named("urn:x", (0, 4)), *named("urn:y", (0, 5))]) == {"urn:y": "a"}


def test_each_entity_is_one_other_at_most() -> None:
    assert align([entity("a", (0, 5)), entity("b", (0, 3))], named("urn:x", (0, 5))) == {"urn:x": "a"}


def test_touching_is_not_overlapping() -> None:
    assert align([entity("a", (0, 5))], named("urn:x", (5, 9))) == {}


def test_equal_weights_are_decided_by_name() -> None:
    assert align([entity("a", (0, 5))], [*named("urn:y", (0, 5)), *named("urn:x", (0, 5))]) == {"urn:x": "a"}
