"""What agreements cover: fields recognised in names, topics and clauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.extraction.field_patterns import fields_in
from kg.model import Document
from kg.reading import reader

Facts = Callable[..., Any]


def covered(facts: Facts, text: str) -> set[str]:
    return {f.object for f in facts(text, "covers") if f.polarity == "Affirmed"}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        # the agreement's own name
        ("Kenya and Uganda signed a trade agreement.", "Trade"),
        ("Kenya and Uganda signed a free-trade agreement.", "Trade"),
        ("Kenya and Uganda signed a mutual defence pact.", "MutualDefence"),
        ("Kenya and Uganda signed a non-aggression pact.", "NonAggression"),
        ("Kenya and Uganda signed an extradition treaty.", "Justice"),
        ("Kenya and Uganda signed a border agreement.", "Border"),
        ("Kenya and Uganda signed a ceasefire.", "Ceasefire"),
        # its topic
        ("Kenya and Uganda signed an agreement on energy and transport.", "Energy Transport"),
        ("Kenya and Uganda signed an agreement on cooperation in science, education and health.", "Education Health Science"),
        ("Kenya and Uganda signed a treaty covering fisheries.", "Trade"),
        # what it is said to contain
        ("The treaty provides for joint exercises.", "JointExercises"),
        ("The treaty signed by Kenya provides for joint exercises and intelligence sharing.", "Intelligence JointExercises"),
        ("The treaty obliges both sides to come to each other's aid in case of attack.", "MutualDefence"),
        ("Under the accord, Kenya and Uganda will exchange prisoners.", "PrisonerExchange"),
        ("Under the agreement, Kenya will open its ports to Ugandan ships.", "Transport"),
        ("The pact bans chemical weapons.", "ArmsControl"),
        ("The treaty limits each side to 500 nuclear warheads.", "ArmsControl"),
        ("The agreement allows Kenya to use a naval base in Oman.", "MilitaryAccess"),
        ("The two sides agreed in the treaty to hold regular consultations.", "Consultation"),
        ("The agreement establishes a hotline between the two armies.", "Consultation"),
        ("The agreement establishes diplomatic relations between Chad and Mali.", "DiplomaticRelations"),
        ("The agreement provides for cooperation in space.", "Space"),
        ("The agreement provides for military-technical cooperation.", "MilitaryTechnology"),
        ("The agreement provides for cooperation in agriculture and the environment.", "Agriculture Environment"),
        ("The agreement covers cooperation against terrorism.", "Security"),
        ("The agreement covers artificial intelligence.", "Technology"),
        ("The treaty covers freedom of navigation in the strait.", "Maritime"),
        ("The treaty promotes Chinese investment in Chad.", "Investment"),
        ("The peace deal foresees elections within a year.", "Politics"),
    ],
)
def test_an_agreement_covers_what_it_is_said_to(facts: Facts, text: str, fields: str) -> None:
    assert " ".join(sorted(covered(facts, text))) == fields


@pytest.mark.parametrize(
    "text",
    [
        "The treaty was long.",
        "The treaty was signed at a school.",
        "Kenya traded with Uganda after the treaty.",
        "Kenya and Uganda signed a treaty while their farmers watched television.",
    ],
)
def test_what_only_stands_near_an_agreement_is_not_covered(facts: Facts, text: str) -> None:
    assert covered(facts, text) == set()


def test_what_it_is_said_not_to_contain_is_denied(facts: Facts) -> None:
    found = facts("The treaty contains no promise of military assistance.", "covers")
    assert found
    assert {f.polarity for f in found} == {"Denied"}


def test_what_a_draft_would_contain_is_planned(facts: Facts) -> None:
    [found] = facts("The draft treaty would oblige Chad to cut tariffs.", "covers")
    assert (found.object, found.modality) == ("Trade", "Planned")


def test_what_a_signed_text_will_bring_is_so(facts: Facts) -> None:
    [found] = facts("Kenya and Uganda signed a treaty. It will oblige both to cut tariffs.", "covers")
    assert (found.object, found.modality) == ("Trade", "Actual")


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ("joint military exercises", ["JointExercises"]),
        ("trade, and the exchange of prisoners", ["Trade", "PrisonerExchange"]),
        ("nothing of the kind", []),
    ],
)
def test_the_longest_pattern_at_a_place_wins(words: str, fields: list[str]) -> None:
    doc, _ = reader().read(Document("text", words))
    assert [name for name, _ in fields_in(list(doc))] == fields
