"""Gold as values."""

from __future__ import annotations

from kg.evaluation import Fact, Gold


def test_a_fact_has_the_places_of_all_statements_that_make_it(golds: tuple[Gold, ...]) -> None:
    doubts, _ = golds
    supplied = doubts.facts[Fact("suppliedArmsTo", "norway", frozenset({"graustark"}))]
    assert [span.of(doubts.text) for span in supplied] == ["shipped patrol boats", "sent Graustark no weapons"]


def test_an_end_is_called_by_its_first_mention_or_as_it_is(golds: tuple[Gold, ...]) -> None:
    assert golds[0].name("valadao") == "Inês Valadão"
    assert golds[0].name("2023-05-12") == "2023-05-12"
