"""Persons with titles: which office of which state or body a text gives to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kg.language.titles import rank
from kg.model import Document, Reading, Span, Zone, ZoneKind
from kg.reading import read_document

Facts = Callable[..., Any]


def held(facts: Facts, text: str) -> set[tuple[str, str, str]]:
    return {(f.subject, f.object, f.modality) for f in facts(text, "holdsOfficeIn")}


@pytest.mark.parametrize(
    ("text", "person", "owner"),
    [
        # a title before the name
        ("President Idriss Baro of Chad arrived.", "Idriss Baro", "Chad"),
        ("Chadian President Idriss Baro arrived.", "Idriss Baro", "Chad"),
        ("Chad's president, Idriss Baro, arrived.", "Idriss Baro", "Chad"),
        ("Chad's Idriss Baro arrived.", "Idriss Baro", "Chad"),
        ("Norwegian Foreign Minister Erik Sand met reporters.", "Erik Sand", "Norway"),
        ("Norway's foreign minister Erik Sand met reporters.", "Erik Sand", "Norway"),
        ("The Norwegian foreign minister, Erik Sand, met reporters.", "Erik Sand", "Norway"),
        ("Foreign Minister Erik Sand of Norway met reporters.", "Erik Sand", "Norway"),
        ("In Vienna, the Austrian chancellor, Anna Holm, spoke.", "Anna Holm", "Austria"),
        ("Chancellor Anna Holm of Austria spoke.", "Anna Holm", "Austria"),
        ("Norwegian government spokeswoman Anna Holm spoke.", "Anna Holm", "Norway"),
        ("Norway's ambassador to the United Nations, Anna Holm, spoke.", "Anna Holm", "Norway"),
        ("Norway's acting foreign minister, Anna Holm, spoke.", "Anna Holm", "Norway"),
        ("Norway's chief negotiator, Anna Holm, spoke.", "Anna Holm", "Norway"),
        ("US Senator Anna Holm spoke.", "Anna Holm", "United States"),
        ("Senator Anna Holm of the United States spoke.", "Anna Holm", "United States"),
        ("NATO Secretary-General Erik Sand spoke.", "Erik Sand", "NATO"),
        ("European Union foreign policy chief Anna Holm spoke.", "Anna Holm", "European Union"),
        ("The Hezbollah leader, Karim Saad, spoke.", "Karim Saad", "Hezbollah"),
        ("The president of Chad, Idriss Baro, arrived.", "Idriss Baro", "Chad"),
        ("Prime Minister of Slovakia Ivo Korda arrived.", "Ivo Korda", "Slovakia"),
        ("The Minister of Foreign Affairs of Norway, Erik Sand, spoke.", "Erik Sand", "Norway"),
        ("Norwegian Trade and Industry Minister Erik Sand spoke.", "Erik Sand", "Norway"),
        ("Norway's 46-year-old prime minister, Anna Holm, spoke.", "Anna Holm", "Norway"),
        ("Saudi Crown Prince Fahd bin Said spoke.", "Fahd bin Said", "Saudi Arabia"),
        ("A senior Kenyan official, Moses Okot, spoke.", "Moses Okot", "Kenya"),
        # a title after the name
        ("Erik Sand, Norway's Minister for Foreign Affairs and Trade, spoke.", "Erik Sand", "Norway"),
        ("Erik Sand, of NATO, spoke.", "Erik Sand", "NATO"),
        ("Idriss Baro, the president of Chad, arrived.", "Idriss Baro", "Chad"),
        ("Idriss Baro, Chad's president, arrived.", "Idriss Baro", "Chad"),
        ("Anna Holm, Austria's chancellor since 2021, spoke.", "Anna Holm", "Austria"),
        ("Anna Holm, Norway's ambassador to Chad, spoke.", "Anna Holm", "Norway"),
        ("Anna Holm, deputy foreign minister of Norway, spoke.", "Anna Holm", "Norway"),
        ("Erik Sand, a spokesman for the Norwegian government, spoke.", "Erik Sand", "Norway"),
        ("Erik Sand, Norway's most senior diplomat, spoke.", "Erik Sand", "Norway"),
        ("Anna Holm, head of the European Commission, spoke.", "Anna Holm", "European Commission"),
        ("Prince Karim Saad, the Saudi defence minister, spoke.", "Karim Saad", "Saudi Arabia"),
        ("Sand, the Norwegian prime minister, spoke.", "Sand", "Norway"),
        # a title that is said of the person
        ("Idriss Baro is the president of Chad.", "Idriss Baro", "Chad"),
        ("Idriss Baro has been Chad's president since 2019.", "Idriss Baro", "Chad"),
        ("Erik Sand became prime minister of Norway in 2019.", "Erik Sand", "Norway"),
        ("Tomas Vela was elected president of Ecuador in May.", "Tomas Vela", "Ecuador"),
        ("Tomas Vela, who was sworn in as president of Ecuador, spoke.", "Tomas Vela", "Ecuador"),
        ("Jorge Salas has served as Peru's envoy since 2019.", "Jorge Salas", "Peru"),
        ("Ecuador named Tomas Vela as ambassador.", "Tomas Vela", "Ecuador"),
        ("Jonas Lind, who heads the World Food Programme, spoke.", "Jonas Lind", "World Food Programme"),
        # a bare title, whose owner the text tells elsewhere
        ("Deputy Foreign Minister Oleg Popov told Russia's parliament so.", "Oleg Popov", "Russia"),
        ("Defence Minister Ivo Korda said Slovakia would send troops.", "Ivo Korda", "Slovakia"),
        ("In Slovakia, the opposition leader, Ivo Korda, promised to vote against it.", "Ivo Korda", "Slovakia"),
        ("Jonas Lind, the infrastructure minister, signed for Norway.", "Jonas Lind", "Norway"),
        ("Presidential aide Oleg Popov led Russia's delegation.", "Oleg Popov", "Russia"),
        (
            "BRATISLAVA, May 7 (Presswire) - Defence Minister Ivo Korda left. Slovakia has soldiers abroad.",
            "Ivo Korda",
            "Slovakia",
        ),
        # an office that is over is one too
        ("Former Norwegian prime minister Erik Sand spoke.", "Erik Sand", "Norway"),
        ("Norway's former prime minister, Erik Sand, spoke.", "Erik Sand", "Norway"),
    ],
)
def test_a_title_beside_a_name_is_an_office(facts: Facts, text: str, person: str, owner: str) -> None:
    assert held(facts, text) == {(person, owner, "Actual")}


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Foreign Ministers Erik Sand of Norway and Lina Oumar of Chad met.", ("Erik Sand", "Norway"), ("Lina Oumar", "Chad")),
        ("Presidents Idriss Baro of Chad and Lina Oumar of Mali met.", ("Idriss Baro", "Chad"), ("Lina Oumar", "Mali")),
        ("The presidents of Chad and Mali, Idriss Baro and Lina Oumar, met.", ("Idriss Baro", "Chad"), ("Lina Oumar", "Mali")),
        (
            "Norwegian Foreign Minister Erik Sand met his Chadian counterpart, Lina Oumar.",
            ("Erik Sand", "Norway"),
            ("Lina Oumar", "Chad"),
        ),
        (
            "At the invitation of Chad's president Idriss Baro, the President of Mali, Lina Oumar, came.",
            ("Idriss Baro", "Chad"),
            ("Lina Oumar", "Mali"),
        ),
        (
            "The texts were signed by Norwegian premier Erik Sand, Chadian Trade and Industry Minister Lina Oumar and others.",
            ("Erik Sand", "Norway"),
            ("Lina Oumar", "Chad"),
        ),
        (
            "Idriss Baro, Chad's transitional leader, and Lina Oumar, his foreign minister, arrived.",
            ("Idriss Baro", "Chad"),
            ("Lina Oumar", "Chad"),
        ),
        (
            "After talks with the president of Chad, Idriss Baro, the Hezbollah leader, Karim Saad, and his deputies spoke.",
            ("Idriss Baro", "Chad"),
            ("Karim Saad", "Hezbollah"),
        ),
    ],
)
def test_a_shared_title_is_an_office_of_each(facts: Facts, text: str, first: tuple[str, str], second: tuple[str, str]) -> None:
    assert held(facts, text) == {(*first, "Actual"), (*second, "Actual")}


def test_an_office_that_has_not_begun_is_planned(facts: Facts) -> None:
    assert held(facts, "Norway's incoming prime minister, Erik Sand, spoke.") == {("Erik Sand", "Norway", "Planned")}


def test_an_inauguration_lies_ahead(facts: Facts) -> None:
    text = "Tomas Vela will be inaugurated as Ecuador's president on Friday."
    assert held(facts, text) == {("Tomas Vela", "Ecuador", "Planned")}


def test_a_group_is_the_one_named_before(facts: Facts) -> None:
    text = "Chad imposed sanctions on Hamas. It added Karim Saad, the group's leader, on Monday."
    assert held(facts, text) == {("Karim Saad", "Hamas", "Actual")}


@pytest.mark.parametrize(
    "text",
    [
        "Erik Sand travelled to Norway.",
        "Erik Sand, a Norwegian, spoke.",
        "Erik Sand, an analyst in Norway, spoke.",
        "The Norwegian singer Erik Sand performed.",
        "Erik Sand, a professor at a university in Norway, spoke.",
        "The president of Norway's football club, Erik Sand, spoke.",
        "Erik Sand met the president of Chad.",
        "Erik Sand criticised Chad's president.",
        "Erik Sand, mayor of Oslo, spoke.",
        "President Erik Sand spoke.",
        "Hamas has a leader. The group met two officials in London.",
    ],
)
def test_who_only_stands_beside_a_state_holds_no_office_in_it(facts: Facts, text: str) -> None:
    assert held(facts, text) == set()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Chadian President Idriss Baro arrived.", "President"),
        ("Norwegian Foreign Minister Erik Sand met reporters.", "Foreign Minister"),
        ("NATO Secretary-General Erik Sand spoke.", "Secretary-General"),
        ("Norway's chief negotiator, Anna Holm, spoke.", "chief negotiator"),
    ],
)
def test_the_title_is_kept_in_the_words_of_the_text(facts: Facts, text: str, title: str) -> None:
    assert {f.title for f in facts(text, "holdsOfficeIn")} == {title}


def test_a_later_name_alone_has_the_office_too(read: Callable[..., Reading]) -> None:
    reading = read("Norwegian Prime Minister Erik Sand spoke. Sand left.")
    offices = {e.statement.subject for e in reading.evidence if e.statement.predicate == "holdsOfficeIn"}
    assert len(offices) == 1


@pytest.mark.parametrize("kind", [ZoneKind.CAPTION, ZoneKind.TEASER])
def test_captions_and_teasers_are_read_for_offices_only(kind: ZoneKind) -> None:
    text = "Norwegian Prime Minister Erik Sand signed a trade treaty with Chad in Oslo."
    reading = read_document(Document("text", text, issued=date(2024, 5, 8), zones=(Zone(Span(0, len(text)), kind),)))
    assert {e.statement.predicate for e in reading.evidence} == {"holdsOfficeIn"}


def test_boilerplate_is_not_read_at_all() -> None:
    text = "Norwegian Prime Minister Erik Sand signed a trade treaty with Chad in Oslo."
    reading = read_document(Document("text", text, zones=(Zone(Span(0, len(text)), ZoneKind.BOILERPLATE),)))
    assert (reading.evidence, reading.document.text) == ((), text)


@pytest.mark.parametrize(
    ("phrase", "level"),
    [
        ("president", "state"),
        ("Presidents", "state"),
        ("prime minister", "state"),
        ("Foreign Ministers", "minister"),
        ("deputy foreign minister", "minister"),
        ("most senior diplomat", "voice"),
        ("spokesmen", "voice"),
        ("foreign policy chief", "voice"),
        ("secretary general", "body"),
        ("chairwoman", "body"),
        ("counterpart", "counterpart"),
        ("minister of finance", "minister"),
        ("senior official", "staff"),
        ("treaty", None),
        ("singer", None),
        ("", None),
    ],
)
def test_titles_have_a_rank(phrase: str, level: str | None) -> None:
    assert rank(phrase) == level
