"""Titles: guessed, or found where the input gives them."""

from __future__ import annotations

import pytest

from kg.documents import zones

PARAGRAPH = "The two ministers signed the treaty in Strelsau on Monday, a spokesman for the government said."


def title(text: str, given: str | None = None) -> str | None:
    return next((zone.span.of(text) for zone in zones(text, given) if zone.kind == "title"), None)


@pytest.mark.parametrize(
    "text",
    [
        f"Pact signed in Strelsau\n\n{PARAGRAPH}",
        f"Pact signed in Strelsau\n{PARAGRAPH}",
        f"Pact signed in Strelsau\n4 May 2021\n{PARAGRAPH}",
        f"Pact signed in Strelsau\nFishing to resume\n\n{PARAGRAPH}",
        f"Skip to content\nHome\nNews\nSport\nPact signed in Strelsau\nBy Jane Roe\n{PARAGRAPH}",
        f"Example Courier\n\nHome\nNews\nPact signed in Strelsau\nBy Jane Roe\n{PARAGRAPH}",
        f"\n\n  Pact signed in Strelsau  \r\n\r\n{PARAGRAPH}",
    ],
)
def test_the_headline_is_the_title(text: str) -> None:
    assert title(text) == "Pact signed in Strelsau"


def test_a_short_first_line_by_itself_is_a_title() -> None:
    assert title(f"Joint Statement\n\n{PARAGRAPH}") == "Joint Statement"


def test_a_title_may_be_a_question() -> None:
    assert title(f"Who owns the lake?\n\n{PARAGRAPH}") == "Who owns the lake?"


@pytest.mark.parametrize(
    "text", [PARAGRAPH, "Pact signed in Strelsau", f"- fish\n- boats\n\n{PARAGRAPH}", f"Skip to content\n\n{PARAGRAPH}"]
)
def test_a_text_without_headline_has_no_title(text: str) -> None:
    assert title(text) is None


@pytest.mark.parametrize("given", ["Pact signed today", "PACT SIGNED TODAY!", "Pact signed today | Courier"])
def test_a_given_title_is_found_where_it_stands(given: str) -> None:
    assert title(f"Two states and one lake\nPact signed today\n\n{PARAGRAPH}", given) == "Pact signed today"


def test_a_given_title_that_the_text_lacks_makes_no_other_line_a_title() -> None:
    assert title(f"Two states and one lake between them\n\n{PARAGRAPH}", "Pact signed") is None
