"""Known names in a text: whole words only, the longest first, agreements with other names inside."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.language import Reader
from kg.language.gazetteer import Gazetteer, gazetteer
from kg.reference import load


@pytest.fixture(scope="module")
def nlp(reader: Reader) -> Language:
    return reader.nlp


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("North Korea and South Korea met.", ["North Korea", "South Korea"]),
        ("Kenyans are no Kenyanites.", ["Kenyans"]),
        ("KENYA'S choice", ["KENYA"]),
        ("the U.S. waits", ["U.S."]),
        ("Sri  Lanka", []),
        ("", []),
        ("kenya", []),
    ],
)
def test_names_are_whole_words_as_news_writes_them(nlp: Language, text: str, found: list[str]) -> None:
    doc = nlp.make_doc(text)
    assert [doc[m.start : m.end].text for m in gazetteer().find(doc)] == found


def test_every_surface_form_is_found_alone(nlp: Language) -> None:
    known = Gazetteer(load())
    for name in list(load().names())[::97]:
        doc = nlp.make_doc(name.surface)
        found = [m for m in known.find(doc) if (m.start, m.end) == (0, len(doc))]
        shortening = name.id.startswith("agreement/") and name.kind == "shortening"
        assert shortening or name.id in {sense.reference for match in found for sense in match.senses}


def test_a_name_inside_that_of_an_agreement_is_found_too(nlp: Language) -> None:
    doc = nlp.make_doc("The North Atlantic Treaty binds Albania.")
    spans = [doc[m.start : m.end].text for m in gazetteer().find(doc)]
    assert "North Atlantic Treaty" in spans
    assert "Albania" in spans
