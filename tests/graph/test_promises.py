"""A reading that breaks a promise is refused with the document, the place and the reason."""

from dataclasses import replace

import pytest
import river_treaty
from river_treaty import ACCORD, CITY, LIND, NORLAND, SIGNING, TEXT, TITLE, TREATY, WEST, says

from kg.errors import GraphError
from kg.graph import check
from kg.model import Entity, Evidence, FieldConcept, Kind, Mention, PartialDate, Reading, Span

GOOD = river_treaty.reading()


def test_a_good_reading_is_let_through() -> None:
    check(GOOD)


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        pytest.param(says(SIGNING, TREATY, "signed", LIND), "no statement property 'signed'", id="unknown property"),
        pytest.param(
            says(SIGNING, "agreement/other", "party", NORLAND), "'agreement/other'.*does not know", id="unknown subject"
        ),
        pytest.param(says(SIGNING, TREATY, "party", "state/other"), "'state/other'.*does not know", id="unknown object"),
        pytest.param(says(SIGNING, NORLAND, "party", NORLAND), "subject of tg:party must be one of Agreement", id="domain"),
        pytest.param(says(SIGNING, TREATY, "party", LIND), "object of tg:party .* Organization or State", id="range"),
        pytest.param(
            says(SIGNING, TREATY, "covers", ACCORD), "object of tg:covers must be one of Field", id="entity for a field"
        ),
        pytest.param(says(SIGNING, TREATY, "covers", FieldConcept("Sorcery")), "no field 'Sorcery'", id="unknown field"),
        pytest.param(says(SIGNING, TREATY, "party", PartialDate("2031")), "not PartialDate", id="date for a state"),
        pytest.param(
            says(SIGNING, TREATY, "party", NORLAND, speaker="person/other"), "speaker 'person/other'", id="unknown speaker"
        ),
        pytest.param(says(SIGNING, TREATY, "party", NORLAND, speaker=CITY), "speaker 'place/aldenhaven'", id="place that speaks"),
        pytest.param(says(SIGNING, TREATY, "party", NORLAND, where=LIND), "place 'person/ada-lind'", id="person as place"),
        pytest.param(replace(says(SIGNING, TREATY, "party", NORLAND), confidence=1.5), "confidence.*1.5", id="too confident"),
        pytest.param(replace(says(SIGNING, TREATY, "party", NORLAND), confidence=float("nan")), "confidence", id="not a number"),
        pytest.param(replace(says(SIGNING, TREATY, "party", NORLAND), frame=""), "frame", id="no frame"),
        pytest.param(
            replace(says(SIGNING, TREATY, "party", NORLAND), span=Span(0, len(TEXT) + 1)), "words of the text", id="span too long"
        ),
        pytest.param(replace(says(SIGNING, TREATY, "party", NORLAND), span=Span(3, 3)), "words of the text", id="empty span"),
    ],
)
def test_evidence_that_breaks_a_promise_is_refused(evidence: Evidence, reason: str) -> None:
    with pytest.raises(GraphError, match=reason) as caught:
        check(replace(GOOD, evidence=(evidence,)))
    assert caught.value.document == "river-treaty"
    assert caught.value.span == evidence.span


@pytest.mark.parametrize(
    ("mention", "reason"),
    [
        (Mention("person/other", Span(0, 3)), "'person/other', which the reading does not know"),
        (Mention(LIND, Span(0, 100_000)), "words of the text"),
        (Mention(LIND, Span(4, 4)), "words of the text"),
    ],
)
def test_a_mention_that_breaks_a_promise_is_refused(mention: Mention, reason: str) -> None:
    with pytest.raises(GraphError, match=reason) as caught:
        check(replace(GOOD, mentions=(mention,)))
    assert caught.value.span == mention.span


@pytest.mark.parametrize(
    ("entity", "reason"),
    [
        (Entity("e1", Kind.PERSON, "Ada Lind"), "resolve identity first"),
        (Entity("state/ada-lind", Kind.PERSON, "Ada Lind"), "must be 'person/' and a slug"),
        (Entity("person/", Kind.PERSON, "Ada Lind"), "must be 'person/' and a slug"),
        (Entity("agreement/x", Kind.AGREEMENT, "X", subtype="Treatise"), "cannot be a 'Treatise'"),
        (Entity("state/x", Kind.STATE, "X", subtype="Convention"), "is a State, so it cannot be a 'Convention'"),
    ],
)
def test_an_entity_that_breaks_a_promise_is_refused(entity: Entity, reason: str) -> None:
    with pytest.raises(GraphError, match=reason):
        check(Reading(GOOD.document, (entity,), (), ()))


def test_an_entity_cannot_stand_in_a_reading_twice() -> None:
    twice = Entity(WEST, Kind.STATE, "Westria")
    with pytest.raises(GraphError, match="twice"):
        check(Reading(GOOD.document, (twice, twice), (), ()))


@pytest.mark.parametrize("address", ["gazette.example/page", "https://gazette.example/a b"])
def test_a_source_address_must_be_an_iri(address: str) -> None:
    with pytest.raises(GraphError, match="no absolute IRI") as caught:
        check(replace(GOOD, document=replace(GOOD.document, url=address)))
    assert caught.value.document == "river-treaty"


def test_a_span_at_the_very_end_of_the_text_is_good() -> None:
    document = replace(GOOD.document, text=TITLE)
    check(Reading(document, (Entity(LIND, Kind.PERSON, "Ada Lind"),), (Mention(LIND, Span(0, len(TITLE))),), ()))
