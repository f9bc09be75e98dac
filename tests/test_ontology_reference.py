"""The page of the terms is what the ontology says now, and its links lead somewhere."""

import re

import pytest

from kg.vocabulary import vocabulary
from tools.ontology_reference import PAGE, reference
from tools.ontology_terms import entries, reused

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_page_is_up_to_date() -> None:
    assert reference() == TEXT, "run: python -m tools.ontology_reference"


def test_every_term_and_field_has_a_place_of_its_own() -> None:
    headings = re.findall(r"^### (\S+)$", TEXT, re.MULTILINE)
    assert len(headings) == len(set(headings))
    known = vocabulary()
    assert set(headings) == {f"tg:{name}" for name in known.terms} | {f"tgf:{name}" for name in known.fields}


def test_every_link_within_the_page_leads_somewhere() -> None:
    anchors = re.findall(r'<a id="([^"]+)"></a>', TEXT)
    titles = {title.lower().replace(" ", "-") for title in re.findall(r"^## (.+)$", TEXT, re.MULTILINE)}
    # Browsers tell anchors apart by case, people and file systems do not.
    assert len({anchor.lower() for anchor in anchors}) == len(anchors)
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) <= titles | set(anchors)


def test_every_file_that_the_page_links_to_is_there() -> None:
    files = set(re.findall(r"\]\((?!https?:|#)([^)]+)\)", TEXT))
    assert files
    assert [file for file in files if not (PAGE.parent / file).is_file()] == []


def test_diagrams_show_classes_and_what_leads_from_one_to_another() -> None:
    entities, record, register = re.findall(r"```mermaid\n(.*?)```", TEXT, re.DOTALL)
    assert "Agreement <|-- Convention" in entities
    assert re.search(r"Agreement --> State : party,", entities)
    assert "Evidence --> Assertion : evidenceFor" in record
    assert "Evidence --> Document : hasSource" in record
    assert "Evidence : confidence decimal" in record
    assert "Withdrawal <|-- Suspension" in register


@pytest.mark.parametrize(
    "words",
    [
        "between: [`tg:Agreement`](#tg-class-Agreement) → [`tg:State`](#tg-class-State), ",
        "tells of: [`tg:PartyRole`](#tg-class-PartyRole)",
        "outside: narrower than [wdt:P710](http://www.wikidata.org/prop/direct/P710)",
    ],
)
def test_an_entry_says_what_the_ontology_says(words: str) -> None:
    entry = TEXT.partition("### tg:party\n")[2].partition("### ")[0]
    assert f"* {words}" in entry


def test_an_entry_knows_its_values_its_shapes_and_its_notes() -> None:
    by_name = {entry.name: entry for entry in entries()}
    assert by_name["tg:Polarity"].values == ("tg:Affirmed", "tg:Denied")
    assert "EvidencePolarity" in by_name["tg:polarity"].shapes
    assert by_name["tgf:MutualDefence"].note
    assert by_name["tg:Suspension"].above == ("tg:Withdrawal",)
    assert ("tg:Mention", "oa:hasSource", "tg:Document") in reused()
