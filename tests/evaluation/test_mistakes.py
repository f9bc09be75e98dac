"""Mistakes, as a report lists them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.evaluation import Mistake, MistakeKind, mistakes
from kg.evaluation.judging import Evaluation, judge


@pytest.fixture(scope="module")
def found(evaluation: Evaluation) -> list[Mistake]:
    return mistakes(evaluation)


def test_mistakes_go_by_property_then_kind(found: list[Mistake]) -> None:
    assert [(one.predicate, one.kind.value) for one in found] == [
        ("party", "modality"),
        ("replaces", "speaker"),
        ("covers", "missed"),
        ("covers", "wrong"),
        ("visited", "missed"),
    ]


def test_a_missed_fact_is_shown_with_the_golds_sentence(found: list[Mistake]) -> None:
    missed = next(one for one in found if one.kind is MistakeKind.MISSED)
    assert (missed.document, missed.subject) == ("tromso-signing", "the Tromsø Agreement on Maritime Safety")
    assert (missed.object, missed.sentence) == ("Humanitarian", "The agreement covers rescue at sea and joint exercises.")


def test_a_wrong_fact_is_shown_with_its_words_and_what_found_it(found: list[Mistake]) -> None:
    (wrong,) = (one for one in found if one.kind is MistakeKind.WRONG)
    assert (wrong.subject, wrong.object) == ("Tromsø Agreement on Maritime Safety", "Maritime")
    assert wrong.note == "found by covers/covers@1, confidence 0.90"


def test_a_wrong_qualifier_is_shown_with_both_values(found: list[Mistake]) -> None:
    notes = {one.kind: one.note for one in found}
    assert notes[MistakeKind.MODALITY] == "gold Planned, graph Hypothetical"
    assert notes[MistakeKind.SPEAKER] == "gold Portugal, graph Inês Valadão"


def test_the_sentence_is_no_more_than_the_sentence(found: list[Mistake]) -> None:
    (replaced,) = (one for one in found if one.predicate == "replaces")
    assert replaced.sentence == "Nor does it replace the Lisbon Memorandum, according to Valadão."


def test_a_missed_fact_says_what_the_graph_does_not_know(evaluation: Evaluation) -> None:
    first = evaluation.judgements[0]
    mentions = tuple(one for one in first.graph.mentions if not one.entity.endswith("/iceland"))
    blind = judge(first.gold, replace(first.graph, mentions=mentions, claims=()))
    notes = {one.object: one.note for one in mistakes(Evaluation((blind,))) if one.predicate == "party"}
    assert notes == {"Iceland": "the graph lacks Iceland", "Norway": "", "Portugal": ""}
