"""What becomes a link: people first, then the knowledge base, then services; never two items, never two entities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kg.linking.decisions import Decision, Judgment
from kg.linking.findings import Finding, Offer
from kg.linking.settling import proposals, settle
from kg.model import Kind, Link

WIKI = "http://wiki.example/"
DAY = date(2031, 5, 6)
ADA, BO = "person/ada-lind", "person/bo-lind"


def offer(item: str = "Q1", share: float | None = 1.0, *, match: bool = True, types: tuple[str, ...] = ("human",)) -> Offer:
    return Offer(WIKI + item, "Ada Lind", "", types, share, match)


def finding(*offers: Offer, entity: str = ADA, service: str = "https://a.example", kind: Kind = Kind.PERSON) -> Finding:
    return Finding(entity, kind, service, "Ada Lind", "Wiki", ("human",), DAY, offers or (offer(),))


def decision(judgment: str, item: str = "Q1", entity: str = ADA) -> Decision:
    return Decision(entity, WIKI + item if item else "", Judgment(judgment), "N. N.", DAY, "seen her passport")


def known(item: str = "Q1", entity: str = ADA) -> Link:
    return Link(entity, WIKI + item, True, 1.0, "kg.reference.v1: known")


def held(
    *findings: Finding, links: tuple[Link, ...] = (), decisions: tuple[Decision, ...] = (), entities: tuple[str, ...] = (ADA, BO)
) -> set[tuple[str, str, bool]]:
    settled = settle(links, entities, findings, decisions)
    return {(link.entity, link.target.removeprefix(WIKI), link.accepted) for link in settled}


def test_a_clear_match_is_accepted_and_says_why() -> None:
    (link,) = settle([], [ADA], [finding()], [])
    assert link.accepted
    assert link.confidence == 1
    assert (link.source, link.on, link.author) == ("https://a.example", DAY, None)
    assert link.reason == "kg.linking.v1: Wiki offers 'Ada Lind' for 'Ada Lind' with 100 of 100, and calls it a match"


@pytest.mark.parametrize(
    ("doubtful", "why"),
    [
        (finding(offer(share=0.8)), "less than 90"),
        (finding(offer(match=False)), "not called a match"),
        (finding(offer(), offer("Q2", 0.95)), "no lead of 10 over the next"),
        (finding(offer(types=("city",))), "its type city is none that a person has there"),
        (finding(offer(types=())), "its type is not told"),
        (finding(offer(share=None)), "no score"),
        (replace(finding(), called="Lind"), "one word names no person surely"),
        (replace(finding(), types=()), "its type human is none"),
    ],
)
def test_a_doubt_leaves_it_a_candidate_and_is_told(doubtful: Finding, why: str) -> None:
    first = next(iter(proposals(doubtful)))
    assert not first.accepted
    assert why in first.reason


def test_an_organisation_may_be_called_by_one_word() -> None:
    assert held(replace(finding(), kind=Kind.ORGANIZATION, called="Roscosmos")) == {(ADA, "Q1", True)}


def test_what_is_far_off_is_not_kept_and_of_the_others_only_some() -> None:
    many = finding(*(offer(f"Q{number}", 0.8, match=False) for number in range(9)), offer("Q99", 0.2))
    assert {item for _, item, _ in held(many)} == {f"Q{number}" for number in range(5)}


def test_beside_an_accepted_item_no_candidate_is_kept() -> None:
    assert held(finding(offer(), offer("Q2", 0.6))) == {(ADA, "Q1", True)}


def test_an_item_of_two_entities_is_accepted_for_none() -> None:
    assert held(finding(), finding(entity=BO)) == {(ADA, "Q1", False), (BO, "Q1", False)}


def test_two_items_of_one_entity_are_both_candidates() -> None:
    other = finding(offer("Q2"), service="https://b.example")
    assert held(finding(), other) == {(ADA, "Q1", False), (ADA, "Q2", False)}


def test_an_entity_may_be_an_item_in_each_of_two_knowledge_bases() -> None:
    elsewhere = replace(offer(), target="https://other.example/7")
    other = finding(elsewhere, service="https://b.example")
    assert held(finding(), other) == {(ADA, "Q1", True), (ADA, "https://other.example/7", True)}


def test_what_the_knowledge_base_knows_goes_before_services() -> None:
    assert held(finding(offer("Q2")), links=(known(),)) == {(ADA, "Q1", True)}
    assert held(finding(entity=BO), links=(known(),)) == {(ADA, "Q1", True), (BO, "Q1", False)}


def test_what_is_no_longer_in_the_graph_is_left_out() -> None:
    assert held(finding(), links=(known(entity=BO),), decisions=(decision("matched"),), entities=()) == set()


class TestDecisions:
    def test_a_match_is_accepted_in_the_name_of_who_decided(self) -> None:
        (link,) = settle([], [ADA], [finding(offer("Q2"))], [decision("matched")])
        assert (link.target, link.accepted, link.confidence) == (f"{WIKI}Q1", True, 1.0)
        assert link.reason == "decided by N. N. on 2031-05-06: seen her passport"
        assert (link.author, link.on, link.source) == ("N. N.", DAY, None)

    def test_what_is_rejected_never_comes_back(self) -> None:
        assert held(finding(offer(), offer("Q2", 0.6)), decisions=(decision("rejected"),)) == {(ADA, "Q2", False)}
        assert held(links=(known(),), decisions=(decision("rejected"),)) == set()

    def test_the_next_best_does_not_move_up_by_itself(self) -> None:
        assert held(finding(offer(), offer("Q2", 0.99)), decisions=(decision("rejected"),)) == {(ADA, "Q2", False)}

    def test_what_is_new_is_nothing_outside(self) -> None:
        assert held(finding(), links=(known(),), decisions=(decision("new", ""),)) == set()

    def test_a_match_goes_before_what_the_knowledge_base_knows(self) -> None:
        settled = settle([known("Q2")], [ADA], [], [decision("matched")])
        assert [(link.target, link.accepted) for link in settled] == [(f"{WIKI}Q1", True), (f"{WIKI}Q2", False)]
        assert settled[1].reason.endswith("not accepted: N. N. decided otherwise on 2031-05-06")
        assert held(links=(known("Q1", BO),), decisions=(decision("matched"),)) == {(ADA, "Q1", True), (BO, "Q1", False)}

    def test_what_was_decided_under_a_former_id_is_passed_on(self) -> None:
        former = Link(ADA, "person/a-lind", True, 1.0, "so called in an earlier build")
        old, new = decision("matched", "Q2", "person/a-lind"), decision("matched")
        assert held(links=(former,), decisions=(old,)) == {(ADA, "person/a-lind", True), (ADA, "Q2", True)}
        assert held(links=(former,), decisions=(old, new)) == {(ADA, "person/a-lind", True), (ADA, "Q1", True)}
        assert held(finding(entity="person/a-lind"), links=(former,)) == {(ADA, "person/a-lind", True), (ADA, "Q1", True)}

    def test_links_between_entities_are_left_alone(self) -> None:
        inside = Link(ADA, BO, False, 0.6, "same surname")
        assert settle([inside], [ADA, BO], [], [decision("new", "")]) == [inside]
