"""The cast of a document: names that differ and mean the same are one member, names that only look alike are not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kg.model import Kind

Parse = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Torvald Quist phoned. Quist hung up.", "Torvald Quist", "Quist"),
        ("Kim Jong Un arrived. Kim Jong-Un left.", "Kim Jong Un", "Kim Jong-Un"),
        ("Kim Jong Un arrived. Kim left.", "Kim Jong Un", "Kim"),
        ("President Volodymyr Zelensky spoke. Zelenskiy left.", "Volodymyr Zelensky", "Zelenskiy"),
        ("Recep Tayyip Erdogan spoke. Erdoğan left.", "Recep Tayyip Erdogan", "Erdoğan"),
        ("Xi Jinping spoke. Xi left.", "Xi Jinping", "Xi"),
        ("John Smith spoke. John A. Smith left.", "John Smith", "John A. Smith"),
        ("Aung San Suu Kyi spoke. Suu Kyi left.", "Aung San Suu Kyi", "Suu Kyi"),
        ("Vladimir Putin spoke. PUTIN LEAVES", "Vladimir Putin", "PUTIN"),
        ("The Russian envoy left the Kremlin's list to Russia.", "Russian", "Russia"),
        ("Turkey signed; Türkiye ratified.", "Turkey", "Türkiye"),
        ("The European Union met. The EU agreed.", "European Union", "EU"),
        ("The US Senate met. The Senate voted.", "US Senate", "Senate"),
        ("Somchai Wattanakul arrived. Somchai left.", "Somchai Wattanakul", "Somchai"),
        ("Mariano Ortega Ruiz arrived. Ortega left.", "Mariano Ortega Ruiz", "Ortega"),
        ("Moussa Diallo Kane arrived. Diallo Kane left.", "Moussa Diallo Kane", "Diallo Kane"),
        ("They met in Ulaanbaatar. He left the Mongolian capital on Friday.", "Ulaanbaatar", "Mongolian capital"),
    ],
)
def test_spellings_and_short_forms_of_a_name_are_one_member(parse: Parse, text: str, one: str, other: str) -> None:
    parsed = parse(text)
    assert parsed.member(one) is parsed.member(other) is not None


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Foreign Minister Tomas Vrana met Defence Minister Karel Vrana.", "Tomas Vrana", "Karel Vrana"),
        ("Kim Yo Jong thanked Kim Jong Un.", "Kim Yo Jong", "Kim Jong Un"),
        ("North Korea wrote to South Korea.", "North Korea", "South Korea"),
        ("They left Moscow. Moscow protested.", "Moscow", "Russia"),
    ],
)
def test_different_persons_and_states_stay_apart(parse: Parse, text: str, one: str, other: str) -> None:
    parsed = parse(text)
    assert parsed.member(one) is not parsed.member(other)


def test_a_city_and_the_state_that_is_governed_from_it_are_two(parse: Parse) -> None:
    parsed = parse("They left Moscow on Monday. Moscow protested.")
    assert [parsed.member("Moscow", nth).kind for nth in (1, 2)] == [Kind.PLACE, Kind.STATE]


def test_a_family_name_that_two_bear_is_the_one_named_last(parse: Parse) -> None:
    parsed = parse("Tomas Vrana met Karel Vrana. Vrana left.")
    assert parsed.member("Vrana") is parsed.member("Karel Vrana")


def test_a_lone_family_name_is_a_person_of_its_own(parse: Parse) -> None:
    member = parse("Foreign Minister Quist spoke to reporters in Oslo.").member("Quist")
    assert (member.kind, member.label, member.reference) == (Kind.PERSON, "Quist", None)


def test_the_longest_form_is_the_label_and_all_forms_are_kept(parse: Parse) -> None:
    member = parse("John Smith spoke. John A. Smith left, and Smith came back.").member("Smith")
    assert member.label == "John A. Smith"
    assert set(member.forms) == {"John Smith", "John A. Smith", "Smith"}


def test_what_the_knowledge_base_knows_has_its_id_and_name(parse: Parse) -> None:
    member = parse("Erdogan spoke to Recep Tayyip Erdogan's brother.").member("Erdogan")
    assert member.reference == "person/recep-tayyip-erdogan"


def test_a_family_name_alone_is_whoever_held_an_office_then(parse: Parse) -> None:
    assert parse("Blair spoke to reporters.", issued=date(2003, 3, 1)).member("Blair").reference == "person/tony-blair"


def test_ids_are_local_and_say_the_kind(parse: Parse) -> None:
    parsed = parse("Torvald Quist met NATO envoys from Kenya in Geneva.")
    assert parsed.cast.members
    assert all(identifier.startswith(member.kind.lower()) for identifier, member in parsed.cast.members.items())
    assert all(identifier == member.id for identifier, member in parsed.cast.members.items())


def test_a_word_leads_to_its_mention_and_to_those_before_it(parse: Parse) -> None:
    parsed = parse("Torvald Quist left Kenya for Uganda.")
    [person, first, second] = parsed.cast.mentions
    assert parsed.cast.at(person.start) == parsed.cast.at(person.end - 1) == person
    assert parsed.cast.at(person.end) is None
    assert parsed.cast.before(second.start, Kind.STATE, Kind.PERSON) == [first, person]
    assert parsed.cast.before(second.start, Kind.PLACE) == []


def test_a_state_inside_the_name_of_a_body_is_mentioned_and_owns_it(parse: Parse) -> None:
    parsed = parse("The Chinese Foreign Ministry and the Ministry of Defence of Mongolia agreed.")
    states = {member.id for _, member in parsed.mentions() if member.kind is Kind.STATE}
    assert {member.state for _, member in parsed.mentions() if member.kind is Kind.ORGANIZATION} == states
    assert len(states) == 2
