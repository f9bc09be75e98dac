"""What is right, wrong, missed, and rightly qualified."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.evaluation import Fact, Gold, Judgement, evaluate
from kg.evaluation.judging import Evaluation, judge, unlicensed, unstated
from kg.store import MemoryStore


@pytest.fixture
def doubts(evaluation: Evaluation) -> Judgement:
    return evaluation.judgements[0]


@pytest.fixture
def signing(evaluation: Evaluation) -> Judgement:
    return evaluation.judgements[1]


def test_what_gold_and_graph_both_have_is_right(signing: Judgement) -> None:
    assert len(signing.right) == 12
    assert Fact("placeSigned", "pact", frozenset({"tromso", "norway"})) in signing.right


def test_a_symmetric_fact_is_right_from_either_end(signing: Judgement) -> None:
    (claim,) = signing.right[Fact("metWith", "aune", frozenset({"valadao"}))]
    assert claim.subject.endswith("/ines-valadao")


def test_what_the_gold_lacks_is_wrong_and_what_the_graph_lacks_is_missed(signing: Judgement) -> None:
    ((_, predicate, target),) = signing.wrong
    assert (predicate, target.rpartition("#")[2]) == ("covers", "Maritime")
    assert {(fact.predicate, *fact.objects) for fact in signing.missed} == {("covers", "Humanitarian"), ("visited", "tromso")}


def test_qualifiers_are_right_one_after_the_other(doubts: Judgement) -> None:
    assert len(doubts.qualified) == 11
    iceland = next(one for one in doubts.qualified if one.statement.fact.objects == {"iceland"})
    assert (len(iceland.polarity), len(iceland.modality), len(iceland.speaker)) == (1, 0, 0)
    replaced = next(one for one in doubts.qualified if one.statement.fact.predicate == "replaces")
    assert (len(replaced.polarity), len(replaced.modality), len(replaced.speaker)) == (1, 1, 0)


def test_a_fact_that_is_alleged_and_denied_has_an_evidence_for_each(doubts: Judgement) -> None:
    supplied = [one for one in doubts.qualified if one.statement.fact.predicate == "suppliedArmsTo"]
    assert [(len(one.claims), len(one.speaker)) for one in supplied] == [(2, 1), (2, 1)]


def test_every_evidence_has_a_verdict(signing: Judgement) -> None:
    verdicts = list(signing.verdicts)
    assert len(verdicts) == len(signing.graph.claims) == 13
    assert sum(right for _, right in verdicts) == 12


def test_an_article_that_the_graph_lacks_is_missing(demo: MemoryStore, golds: tuple[Gold, ...]) -> None:
    other = Gold("other", "Another text.", {}, ())
    assert evaluate(demo, [*golds, other]).missing == (other,)
    assert evaluate(MemoryStore(), golds).judgements == ()


def test_plain_triples_and_evidence_that_do_not_fit_are_found(signing: Judgement) -> None:
    assert unlicensed(signing) == unstated(signing) == frozenset()
    triple = ("urn:x", "visited", "urn:y")
    assert unlicensed(replace(signing, graph=replace(signing.graph, plain=signing.graph.plain | {triple}))) == {triple}
    bare = judge(signing.gold, replace(signing.graph, plain=frozenset()))
    assert len(unstated(bare)) == 12
