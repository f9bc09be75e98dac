"""From a text to a reading: whatever the text, the reading keeps its promises."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.documents import zones
from kg.errors import ExtractionError
from kg.extraction.reading import read as extract
from kg.graph.promises import check
from kg.identity import resolve
from kg.model import Document, FieldConcept, Kind, PartialDate, Reading, Span, Zone, ZoneKind
from kg.reading import read_document, reader
from kg.vocabulary import vocabulary

READ = frozenset({ZoneKind.TITLE, ZoneKind.BODY, ZoneKind.CAPTION, ZoneKind.TEASER})
PIECES = st.sampled_from(
    [
        *("Kenya", "Uganda", "the treaty", "President Ada Moi", "Moi", "he", "its", "both countries", "the two leaders", "Oslo"),
        *("signed", "denied", "said that", "accused", "of supplying missiles to", "will ratify", "left", "met", "visited", "if"),
        *(
            "the 1994 agreement",
            "replaces",
            "a ceasefire",
            "brokered by",
            "sanctions on",
            "and",
            ",",
            ".",
            "\n\n",
            '"',
            "who",
            "not",
        ),
        *(
            "on Monday",
            "in May 2019",
            "according to",
            "the foreign ministry",
            "is a member of",
            "NATO",
            "Moscow",
            "of Kenya",
            "'s",
        ),
    ]
)
texts = st.one_of(
    st.lists(PIECES, min_size=1, max_size=40).map(" ".join),
    st.text(min_size=1, max_size=60),
    st.tuples(st.text(max_size=20), st.lists(PIECES, max_size=20).map(" ".join), st.text(max_size=20)).map("\n".join),
)
REPORT = (
    "Kenya and Uganda sign pact\n\nPresident Ada Moi of Kenya and President Moses Okot of Uganda signed a border agreement "
    'in Nairobi on Monday. "We will open the crossings," Okot said. Tanzania denied that it had broken the 1994 treaty.'
)


def kept(reading: Reading) -> None:
    """Raise if the reading, once its entities have global ids, breaks a promise."""
    check(resolve([reading], reader().reference).apply(reading))


@pytest.mark.slow
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=texts, issued=st.one_of(st.none(), st.dates(date(1950, 1, 1), date(2050, 1, 1))))
def test_whatever_the_text_a_reading_keeps_every_promise(text: str, issued: date | None) -> None:
    kept(read_document(Document("text", text, issued=issued, zones=zones(text))))


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(parts=st.lists(st.tuples(texts, st.sampled_from(list(ZoneKind))), min_size=1, max_size=4))
def test_evidence_stands_only_where_a_document_is_read(parts: list[tuple[str, ZoneKind]]) -> None:
    text, marked = "", []
    for words, kind in parts:
        marked.append(Zone(Span(len(text), len(text) + len(words)), kind))
        text += words + "\n\n"
    reading = read_document(Document("text", text, issued=date(2024, 5, 8), zones=tuple(marked)))
    kept(reading)
    for item in reading.evidence:
        [kind] = {zone.kind for zone in marked if zone.span.overlaps(item.span)}
        assert kind in READ
        assert item.statement.predicate == "holdsOfficeIn" or kind in (ZoneKind.TITLE, ZoneKind.BODY)


def test_a_reading_says_what_was_found_where_and_by_which_frame(read: Callable[..., Reading]) -> None:
    reading = read(REPORT)
    kept(reading)
    assert {e.kind for e in reading.entities} >= {Kind.PERSON, Kind.STATE, Kind.AGREEMENT, Kind.PLACE}
    assert all(re.fullmatch(r"kg\.\w+\.v\d+", item.frame) for item in reading.evidence)
    assert all(0 < item.confidence <= 1 for item in reading.evidence)
    [sentence] = {item.span.of(REPORT) for item in reading.evidence if item.statement.predicate == "placeSigned"}
    assert sentence.startswith("President Ada Moi")
    assert sentence.endswith("on Monday.")


def test_a_mention_covers_the_name_alone(read: Callable[..., Reading]) -> None:
    words = {mention.span.of(REPORT) for mention in read(REPORT).mentions}
    assert {"Kenya", "Uganda", "Ada Moi", "Okot", "Nairobi", "border agreement"} <= words


def test_evidence_is_in_order_and_none_stands_twice(read: Callable[..., Reading]) -> None:
    found = read(REPORT).evidence
    assert [e.span for e in found] == sorted(e.span for e in found)
    keys = [(e.statement, e.span, e.polarity, e.modality, e.speaker) for e in found]
    assert len(set(keys)) == len(keys)


def test_a_text_that_says_nothing_has_an_empty_reading(read: Callable[..., Reading]) -> None:
    reading = read("It rained, and nobody minded.")
    assert (reading.entities, reading.mentions, reading.evidence) == ((), (), ())


def test_a_date_is_the_one_that_the_day_of_issue_makes_it(facts: Callable[..., Any]) -> None:
    text = "Kenya and Uganda signed a border agreement on Monday."
    signed = {
        day: [f.object for f in facts(text, "dateSigned", issued=day)] for day in (date(2024, 5, 8), date(2021, 3, 3), None)
    }
    assert signed == {date(2024, 5, 8): ["2024-05-06"], date(2021, 3, 3): ["2021-03-01"], None: []}


def test_fields_and_dates_are_values_of_their_own(read: Callable[..., Reading]) -> None:
    objects = {item.statement.object for item in read(REPORT).evidence}
    assert {FieldConcept("Border"), PartialDate("2024-05-06"), PartialDate("1994")} <= objects


def test_a_doc_without_its_document_is_refused() -> None:
    doc, cast = reader().read(Document("text", "Kenya waits."))
    doc._.document = None
    with pytest.raises(ExtractionError, match="no Document"):
        extract(doc, cast, reader().reference)


def test_both_ends_of_what_is_found_are_of_the_kinds_that_the_property_takes(read: Callable[..., Reading]) -> None:
    reading = read(
        "BUENOS AIRES, October 17 - Argentina and Morocco agreed on the Treaty on Environmental Protection on Tuesday in talks "
        "that were mediated by Mongolia. Both sides promised to protect forests on both sides of the border."
    )
    kinds = {entity.id: entity.kind for entity in reading.entities}
    assert reading.evidence
    for item in reading.evidence:
        prop = vocabulary().properties[item.statement.predicate]
        assert kinds[item.statement.subject] in prop.domain
