"""Names in a text: what each one names, and of what kind it is."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from kg.model import Kind

Parse = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "name", "state"),
    [
        ("Moscow rejected the proposal.", "Moscow", "Russia"),
        ("Relations between Moscow and Ankara have cooled.", "Ankara", "Turkey"),
        ("A gas deal with Moscow was signed.", "Moscow", "Russia"),
        ("Moscow's foreign policy has changed.", "Moscow", "Russia"),
        ("Washington has imposed new tariffs.", "Washington", "United States"),
        ("Beijing and Tokyo agreed to talk.", "Tokyo", "Japan"),
        ("Paris warned London of the consequences.", "London", "United Kingdom"),
        ("Berlin sent a note to Warsaw.", "Warsaw", "Poland"),
        ("Tehran denied the report.", "Tehran", "Iran"),
        ("Minsk signed a customs agreement.", "Minsk", "Belarus"),
        ("The Kremlin confirmed the visit.", "Kremlin", "Russia"),
        ("The White House declined to comment.", "White House", "United States"),
        ("Polish farmers blocked the road.", "Polish", "Poland"),
        ("The Poles voted on Sunday.", "Poles", "Poland"),
        ("Greek and Turkish ships collided.", "Turkish", "Turkey"),
        ("The Swiss-brokered truce held.", "Swiss", "Switzerland"),
        ("The North Koreans rejected the offer.", "North Koreans", "North Korea"),
        ("South Korean companies invested abroad.", "South Korean", "South Korea"),
        ("Filipino sailors joined.", "Filipino", "Philippines"),
        ("Emirati officials said so.", "Emirati", "United Arab Emirates"),
        ("The US and the UK imposed sanctions.", "UK", "United Kingdom"),
        ("Burma closed its border.", "Burma", "Myanmar"),
        ("Turkey signed; Türkiye ratified.", "Türkiye", "Turkey"),
        ("The Congo and Rwanda met.", "Congo", "Democratic Republic of the Congo"),
        ("Côte d'Ivoire and Ghana signed.", "Côte d'Ivoire", "Ivory Coast"),
        ("The Netherlands closed a port.", "The Netherlands", "Netherlands"),
        ("The Soviet Union collapsed in 1991.", "Soviet Union", "Soviet Union"),
        ("Yugoslavia no longer exists.", "Yugoslavia", "Yugoslavia"),
        ("Taiwan opened an office.", "Taiwan", "Taiwan"),
        ("Jordan and Chad are members of the league.", "Chad", "Chad"),
        ("Georgia joined the Council of Europe.", "Georgia", "Georgia"),
        ("The North fired two missiles, and the South protested.", "North", "North Korea"),
        ("N. Korea scraps a military accord.", "N. Korea", "North Korea"),
        ("The Korean memorandum was signed.", "Korean", "South Korea"),
        ("The Government of Spain approved it.", "Spain", "Spain"),
        ("Critics accused the Swiss Government of secrecy.", "Swiss", "Switzerland"),
        ("They signed a deal on trade, and Bangkok came away with a loan.", "Bangkok", "Thailand"),
    ],
)
def test_what_acts_or_speaks_for_a_state_is_the_state(parse: Parse, text: str, name: str, state: str) -> None:
    member = parse(text).member(name)
    assert (member.kind, member.label) == (Kind.STATE, state)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The talks were held in Moscow.", "Moscow"),
        ("He flew to Moscow on Monday.", "Moscow"),
        ("The mayor of Moscow spoke.", "Moscow"),
        ("The Moscow summit ended early.", "Moscow"),
        ("Moscow's streets were empty.", "Moscow"),
        ("The ministers met in Washington for two days.", "Washington"),
        ("They left Beijing after midnight.", "Beijing"),
        ("The delegation arrived in Tokyo from Beijing.", "Beijing"),
        ("An earthquake struck near Tehran.", "Tehran"),
        ("The train to Warsaw was late.", "Warsaw"),
        ("They walked through the Kremlin.", "Kremlin"),
        ("A gala dinner was held at the White House.", "White House"),
        ("Seoul residents protested.", "Seoul"),
        ("Damascus airport was hit.", "Damascus"),
        ("The Vienna accord was signed elsewhere.", "Vienna"),
        ("The West Bank was sealed off.", "West Bank"),
        ("The Black Sea was calm.", "Black Sea"),
        ("The inspectors left Natanz.", "Natanz"),
        ("The ministers met in Antalya.", "Antalya"),
    ],
)
def test_where_something_is_or_goes_on_is_a_place(parse: Parse, text: str, name: str) -> None:
    assert parse(text).member(name).kind is Kind.PLACE


@pytest.mark.parametrize(
    ("text", "name", "body"),
    [
        ("The UN Security Council met on Tuesday.", "UN Security Council", "un-security-council"),
        ("NATO welcomed the decision.", "NATO", "nato"),
        ("The European Union signed a trade agreement.", "European Union", "european-union"),
        ("The EU's foreign policy chief spoke in Brussels.", "EU", "european-union"),
        ("The African Union condemned the coup.", "African Union", "african-union"),
        ("Ministers of ASEAN met in Jakarta.", "ASEAN", "asean"),
        ("Hezbollah fired rockets at Israel.", "Hezbollah", "hezbollah"),
        ("The Taliban took Kabul.", "Taliban", "taliban"),
        ("The IAEA inspected the plant.", "IAEA", "international-atomic-energy-agency"),
        ("The Bundestag approved the accord.", "Bundestag", "bundestag"),
        ("The US Senate voted on Monday.", "US Senate", "us-senate"),
        ("The Pentagon disagreed.", "The Pentagon", "us-department-of-defense"),
        ("The Palestinian Authority signed.", "Palestinian Authority", "palestinian-authority"),
        ("The Finnish parliament ratified the treaty.", "Finnish parliament", "eduskunta"),
        ("Reuters reported the news.", "Reuters", "reuters"),
    ],
)
def test_bodies_are_organisations_under_any_of_their_names(parse: Parse, text: str, name: str, body: str) -> None:
    member = parse(text).member(name)
    assert (member.kind, member.reference) == (Kind.ORGANIZATION, f"organization/{body}")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Prime Minister Jordan Mills met reporters.", "Jordan Mills"),
        ("Foreign Minister Chad Norris met reporters.", "Chad Norris"),
        ("President Paris Delgado thanked the guests.", "Paris Delgado"),
        ("The guests thanked Georgia Lind.", "Georgia Lind"),
        ("April Ryan wrote to the paper.", "April Ryan"),
        ("Theresa May resigned in May.", "Theresa May"),
        ("Defence Secretary Lloyd Austin said the plan would work.", "Lloyd Austin"),
    ],
)
def test_a_person_may_be_named_like_a_place_or_a_month(parse: Parse, text: str, name: str) -> None:
    assert parse(text).member(name).kind is Kind.PERSON


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Theresa May resigned in May.", "May"),
        ("Theresa May said that talks would begin in May.", "May"),
        ("In March, Kenya closed the border.", "March"),
        ("He lives in the north of the country.", "north"),
        ("They turned to the west.", "west"),
    ],
)
def test_a_month_or_a_direction_names_nobody(parse: Parse, text: str, word: str) -> None:
    assert parse(text).member(word) is None


def test_a_state_before_a_name_is_named_too(parse: Parse) -> None:
    parsed = parse("Russia's Lavrov met Germany's Baerbock.")
    assert [(words, member.kind) for words, member in parsed.mentions()] == [
        ("Russia", Kind.STATE),
        ("Lavrov", Kind.PERSON),
        ("Germany", Kind.STATE),
        ("Baerbock", Kind.PERSON),
    ]


def test_a_shouted_headline_names_what_it_names_in_small_letters(parse: Parse) -> None:
    assert parse("KENYA AND UGANDA SIGN PACT").member("KENYA").label == "Kenya"


def test_names_do_not_overlap_and_stand_in_order(parse: Parse) -> None:
    parsed = parse("The Kenyan president of the East African Community, William Ruto, met the European Union's envoy to Kenya.")
    ends = [(mention.start, mention.end) for mention in parsed.cast.mentions]
    assert ends == sorted(ends)
    assert all(one[1] <= other[0] for one, other in pairwise(ends))
