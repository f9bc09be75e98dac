"""All figures, counted by hand over the two reports of the demonstration graph."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.evaluation import Figures, Gold, evaluate, figures
from kg.evaluation.judging import Evaluation
from kg.evaluation.measures import Share, Tally
from kg.model import Kind
from kg.store import MemoryStore


@pytest.fixture(scope="module")
def found(evaluation: Evaluation) -> Figures:
    return figures(evaluation)


def test_facts_are_counted_right_said_and_gold(found: Figures) -> None:
    assert (found.documents, found.missing) == (2, ())
    assert found.facts == Tally(22, 23, 24)
    assert found.agreements == Tally(15, 16, 16)
    assert found.others == Tally(7, 7, 8)
    assert found.strict == Tally(22, 24, 25)


def test_properties_and_frames_have_their_own_counts(found: Figures) -> None:
    assert found.properties["covers"] == Tally(2, 3, 3)
    assert found.properties["visited"] == Tally(1, 1, 2)
    assert "threatened" not in found.properties
    assert found.frames["party/signed@1"] == Tally(4, 4, 5)
    assert found.frames["party/party@1"] == Tally(1, 1, 5)
    assert found.frames["covers/covers@1"] == Tally(2, 3, 3)


def test_shares_are_those_of_right_facts(found: Figures) -> None:
    assert (found.grounded, found.polarity) == (Share(21, 22), Share(23, 23))
    assert (found.modality, found.speaker) == (Share(22, 23), Share(21, 23))


def test_entities_are_found_identified_and_linked(found: Figures) -> None:
    assert found.entities == {
        Kind.AGREEMENT: Share(4, 4),
        Kind.PERSON: Share(3, 3),
        Kind.PLACE: Share(2, 2),
        Kind.STATE: Share(7, 7),
    }
    assert found.identity == {Kind.AGREEMENT: 1, Kind.PERSON: 1, Kind.STATE: 1}
    assert found.links == {Kind.PERSON: {"missing": 1}, Kind.STATE: {"right": 4, "missing": 1}}


def test_a_sound_graph_keeps_its_promises_and_another_does_not(evaluation: Evaluation, found: Figures) -> None:
    assert found.broken == {}
    first = evaluation.judgements[0]
    shifted = tuple(replace(mention, exact="other words") for mention in first.graph.mentions)
    graph = replace(first.graph, mentions=shifted, claims=(), plain=frozenset())
    assert figures(Evaluation((replace(first, graph=graph),))).broken == {"mention offsets": 17}


def test_confidences_are_held_against_verdicts(found: Figures) -> None:
    assert found.reliability.count == 24
    (top,) = (one for one in found.reliability.bins if one.low == 0.9)
    assert (top.count, top.right) == (19, pytest.approx(18 / 19))


def test_an_article_that_the_graph_lacks_is_missed_whole(golds: tuple[Gold, ...]) -> None:
    found = figures(evaluate(MemoryStore(), golds))
    assert (found.documents, found.missing) == (0, ("tromso-doubts", "tromso-signing"))
    assert (found.facts, found.strict) == (Tally(0, 0, 24), Tally())
