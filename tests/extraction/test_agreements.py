"""Which mentions of agreements in a document are one agreement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.model import Kind, Reading

Read = Callable[..., Reading]


def agreements(reading: Reading) -> list[list[str]]:
    """Return the words of the mentions of each agreement, in order."""
    text = reading.document.text
    found: dict[str, list[str]] = {e.id: [] for e in reading.entities if e.kind is Kind.AGREEMENT}
    for mention in reading.mentions:
        if mention.entity in found:
            found[mention.entity].append(mention.span.of(text))
    return list(found.values())


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        (
            "Kenya and Uganda signed a trade agreement. The agreement covers fisheries. The pact was welcomed in Oslo.",
            ["trade agreement", "agreement", "pact"],
        ),
        (
            "Kenya and Uganda signed the Nairobi Pact, a defence treaty, on Monday. The treaty has ten articles.",
            ["Nairobi Pact", "defence treaty", "treaty"],
        ),
        (
            "Kenya and Uganda signed the Treaty of Good Neighbourhood, known as the Nairobi Pact. The Nairobi Pact is short.",
            ["Treaty of Good Neighbourhood", "Nairobi Pact", "Nairobi Pact"],
        ),
        ("Kenya and Uganda signed a treaty, their first military pact, on Monday.", ["treaty", "first military pact"]),
        (
            "Kenya and Uganda signed a ceasefire. The text was published. The document has ten articles.",
            ["ceasefire", "text", "document"],
        ),
        (
            "The Oslo accord, concluded in 2018, has lapsed. Lind and Roos had sealed the bargain on 17 June 2018.",
            ["Oslo accord", "bargain"],
        ),
        (
            "The treaty speaks of an attack on one of the parties to this treaty.",
            ["treaty", "treaty"],
        ),
    ],
)
def test_a_definite_mention_goes_back_to_the_agreement_before(read: Read, text: str, mentions: list[str]) -> None:
    assert agreements(read(text)) == [mentions]


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        (
            "Kenya and Uganda signed a trade agreement. Peru and Chile signed a border treaty. The treaty ends a dispute.",
            [["trade agreement"], ["border treaty", "treaty"]],
        ),
        (
            "Kenya and Uganda signed a trade agreement and a separate agreement on migration. The migration agreement is new.",
            [["trade agreement"], ["separate agreement", "migration agreement"]],
        ),
        (
            "The new treaty replaces the 1994 agreement. The 1994 agreement had been signed in Oslo.",
            [["new treaty"], ["1994 agreement", "1994 agreement"]],
        ),
        (
            "Kenya and Uganda signed an accord in Oslo. Kenya and Chad signed an accord in Geneva. The Oslo accord lapsed.",
            [["accord", "Oslo accord"], ["accord"]],
        ),
        (
            "Kenya and Uganda signed a treaty and, on Monday, a memorandum on fish. The memorandum is short. The treaty is long.",
            [["treaty", "treaty"], ["memorandum", "memorandum"]],
        ),
        (
            "Kenya and Uganda signed a pact. Kenya and Uganda also signed an agreement on mutual aid in customs matters. "
            "The customs agreement is short.",
            [["pact"], ["agreement", "customs agreement"]],
        ),
        (
            "Kenya and Uganda signed a trade pact. The declaration that Chad and Peru signed in March has lapsed.",
            [["trade pact"], ["declaration"]],
        ),
        (
            "The new pact between Kenya and Uganda, signed on Monday, replaces the one of 2010.",
            [["new pact"], ["one"]],
        ),
        (
            "Kenya and Peru signed a memorandum. Chad and Peru signed a text on fish similar to the Kenyan one.",
            [["memorandum", "Kenyan one"], ["text"]],
        ),
        (
            "Kenya and Uganda signed a pact in May. The memorandum on zones between Chad and Peru is old.",
            [["pact"], ["memorandum"]],
        ),
        (
            "Kenya and Uganda signed a pact in Oslo on Monday. The Geneva agreement is older.",
            [["pact"], ["Geneva agreement"]],
        ),
        (
            "Kenya left the fisheries convention in 1998. In 2004 Kenya and Peru signed a fisheries agreement.",
            [["fisheries convention"], ["fisheries agreement"]],
        ),
    ],
)
def test_agreements_that_differ_in_parties_year_or_topic_are_kept_apart(read: Read, text: str, apart: list[list[str]]) -> None:
    assert agreements(read(text)) == apart


def test_agreements_known_by_year_have_the_year_as_mention(read: Read, facts: Callable[..., Any]) -> None:
    text = "Kenya and Uganda signed a treaty that replaces the accords signed in 1994, 2001 and 2007."
    assert agreements(read(text)) == [["treaty"], ["1994"], ["2001"], ["2007"]]
    replaced = {f.object for f in facts(text, "replaces")}
    assert replaced == {"1994", "2001", "2007"}
    assert {(f.subject, f.object) for f in facts(text, "dateSigned")} >= {(year, year) for year in replaced}


def test_both_texts_are_the_two_agreements_before(facts: Callable[..., Any]) -> None:
    text = "Kenya and Uganda signed a treaty. Kenya and Chad signed a memorandum. Norway had brokered both texts."
    assert {f.subject for f in facts(text, "mediatedBy")} == {"treaty", "memorandum"}


def test_several_agreements_that_are_not_told_apart_are_one_entity(read: Read) -> None:
    assert agreements(read("Kenya and Uganda signed two agreements in Nairobi.")) == [["two agreements"]]


@pytest.mark.parametrize(
    ("text", "subtype"),
    [
        ("Kenya and Uganda signed a treaty. The mutual defence treaty has ten articles.", "DefencePact"),
        ("Kenya and Uganda signed a memorandum of understanding. The agreement covers tourism.", "Memorandum"),
        ("Kenya and Uganda signed a treaty.", None),
    ],
)
def test_an_agreement_is_of_the_class_that_its_mentions_name(read: Read, text: str, subtype: str | None) -> None:
    classes = {e.subtype for e in read(text).entities if e.kind is Kind.AGREEMENT}
    assert classes == {subtype}
