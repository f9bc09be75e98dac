"""Agreements as noun phrases: where they begin and end, whether they are names, how many, and of what class."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.language.agreements import AgreementMention, find_agreements

Find = Callable[[str], list[tuple[str, AgreementMention]]]


@pytest.fixture
def find(parse: Callable[..., Any]) -> Find:
    def find_in(text: str) -> list[tuple[str, AgreementMention]]:
        parsed = parse(text)
        return [(parsed.doc[m.start : m.end].text, m) for m in find_agreements(parsed.doc, parsed.cast)]

    return find_in


@pytest.mark.parametrize(
    ("text", "phrase", "subtype"),
    [
        ("Kenya and Uganda signed a border agreement.", "border agreement", "CooperationAgreement"),
        ("Its defence treaty with Chile lapsed.", "defence treaty", "DefencePact"),
        ("A mutual defence treaty was ratified.", "mutual defence treaty", "DefencePact"),
        ("A visiting forces agreement was signed.", "visiting forces agreement", "AccessAgreement"),
        ("The free-trade deal was signed.", "free-trade deal", "TradeAgreement"),
        ("The trade and investment agreement was signed.", "trade and investment agreement", "TradeAgreement"),
        ("A bilateral tax treaty was signed in 2003.", "bilateral tax treaty", "TradeAgreement"),
        ("The grain deal collapsed.", "grain deal", "TradeAgreement"),
        ("An arms-control treaty was signed.", "arms-control treaty", "ArmsControlAgreement"),
        ("The anti-ballistic missile treaty lapsed.", "anti-ballistic missile treaty", "ArmsControlAgreement"),
        ("The nuclear deal was revived.", "nuclear deal", "ArmsControlAgreement"),
        ("The truce held.", "truce", "PeaceAgreement"),
        ("A ceasefire was agreed.", "ceasefire", "PeaceAgreement"),
        ("They concluded an armistice.", "armistice", "PeaceAgreement"),
        ("The peace treaty ended the war.", "peace treaty", "PeaceAgreement"),
        ("A prisoner swap deal was reached.", "prisoner swap deal", "PeaceAgreement"),
        ("A memorandum of understanding was signed.", "memorandum of understanding", "Memorandum"),
        ("A joint declaration was adopted.", "joint declaration", "Declaration"),
        ("The climate accord was adopted.", "climate accord", "Convention"),
        ("A strategic partnership was announced.", "strategic partnership", "PartnershipAgreement"),
        ("The extradition treaty with Chile was signed.", "extradition treaty", "CooperationAgreement"),
        ("The water-sharing agreement was ratified.", "water-sharing agreement", "CooperationAgreement"),
        ("The deal between Chile and Peru lapsed.", "deal", None),
        ("The pact was signed in Oslo.", "pact", None),
        ("This landmark accord was signed by all.", "landmark accord", None),
    ],
)
def test_a_described_agreement_is_its_noun_with_all_that_stands_before_it(
    find: Find, text: str, phrase: str, subtype: str | None
) -> None:
    [(words, mention)] = find(text)
    assert (words, mention.named, mention.plural, mention.subtype) == (phrase, False, False, subtype)


@pytest.mark.parametrize(
    ("text", "name", "subtype"),
    [
        ("The Basic Agreement of July 1953 remains.", "Basic Agreement", None),
        ("The Treaty of Friendship and Cooperation was signed.", "Treaty of Friendship and Cooperation", "PartnershipAgreement"),
        ("They ratified the Treaty on Open Skies.", "Treaty on Open Skies", "ArmsControlAgreement"),
        ("The Convention on Cluster Munitions bans such weapons.", "Convention on Cluster Munitions", "Convention"),
        ("The Agreement on the Prevention of Incidents was signed.", "Agreement on the Prevention of Incidents", None),
        (
            "The Comprehensive Strategic Partnership Treaty lapsed.",
            "Comprehensive Strategic Partnership Treaty",
            "PartnershipAgreement",
        ),
        ("The Friendship Pact between Chile and Peru was signed.", "Friendship Pact", "PartnershipAgreement"),
        ("The Arctic Security and Trade Pact was signed.", "Arctic Security and Trade Pact", "TradeAgreement"),
        ("The Lisbon Protocol was ratified.", "Lisbon Protocol", None),
        ("The Tromsø Arms Treaty banned missiles.", "Tromsø Arms Treaty", "ArmsControlAgreement"),
        ("The Nairobi Declaration was signed.", "Nairobi Declaration", "Declaration"),
        ('A "Friendship Treaty" was signed.', "Friendship Treaty", "PartnershipAgreement"),
    ],
)
def test_a_named_agreement_goes_on_as_long_as_its_name_does(find: Find, text: str, name: str, subtype: str | None) -> None:
    [(words, mention)] = find(text)
    assert (words, mention.named, mention.plural, mention.subtype) == (name, True, False, subtype)
    assert mention.definite


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("They signed three agreements on energy.", "three agreements"),
        ("Both treaties were ratified.", "treaties"),
        ("The peace accords were signed.", "peace accords"),
        ("Two agreements, one on trade and one on visas, were signed.", "Two agreements"),
        ("The treaties of 1994 and 1996 lapsed.", "treaties"),
    ],
)
def test_several_agreements_are_one_plural(find: Find, text: str, phrase: str) -> None:
    [(words, mention)] = find(text)
    assert (words, mention.plural) == (phrase, True)


@pytest.mark.parametrize(
    ("text", "phrase", "year"),
    [
        ("The 1994 agreement has lapsed.", "1994 agreement", "1994"),
        ("Critics of the 1984 Border Treaty have grown louder.", "1984 Border Treaty", "1984"),
        ("The agreement has lapsed.", "agreement", None),
    ],
)
def test_a_year_before_the_noun_belongs_to_the_agreement(find: Find, text: str, phrase: str, year: str | None) -> None:
    [(words, mention)] = find(text)
    assert (words, mention.year) == (phrase, year)


@pytest.mark.parametrize(
    ("text", "definite"), [("The pact lapsed.", True), ("Their pact lapsed.", True), ("A pact was signed.", False)]
)
def test_an_article_tells_whether_it_is_known_already(find: Find, text: str, definite: bool) -> None:
    [(_, mention)] = find(text)
    assert mention.definite is definite


def test_two_agreements_are_two(find: Find) -> None:
    found = find("The readmission agreement and the visa agreement were signed.")
    assert [words for words, _ in found] == ["readmission agreement", "visa agreement"]


def test_a_document_is_an_agreement_once_one_was_named(find: Find) -> None:
    assert [words for words, _ in find("Kenya signed a trade pact with Uganda. The document has ten pages.")] == [
        "trade pact",
        "document",
    ]


def test_a_headline_in_capitals_makes_no_name_of_a_description(find: Find) -> None:
    [(words, mention)] = find("Kenya and Uganda Sign Trade Pact")
    assert (words, mention.named) == ("Trade Pact", False)


@pytest.mark.parametrize(
    "text",
    [
        "The North Atlantic Treaty Organization met.",
        "Any agreement would be welcome.",
        "No agreement was reached.",
        "Each treaty has an end.",
        "He has a great deal of money.",
        "It was a big deal.",
        "She made a declaration of love.",
        "A partnership of lawyers moved in.",
        "The document was found in a drawer.",
        "She read a document. It was long.",
        "The charter flight left.",
        "A minister broke protocol.",
        "The compact car sold well.",
        "The convention centre was full.",
        "The settlement lies on a hill.",
        "The statue of the king was toppled.",
        "They attended a party convention in June.",
        "The deal-maker left.",
        "The Sample Treaty Museum opened.",
        "The two leaders dealt with the crisis.",
        "A truce breaker was punished.",
    ],
)
def test_what_only_looks_like_an_agreement_is_none(find: Find, text: str) -> None:
    assert find(text) == []
