"""What becomes of evidence under decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from kg.model import Document, Entity, Evidence, Kind, Modality, Polarity, Reading, Span, Statement
from kg.review import REVIEW_FRAME, Decisions
from kg.rulings import Correction, Decision, Verdict

NOW = datetime(2031, 6, 1, 9, tzinfo=UTC)
TEXT = "Norland attacked Estmark. Norland denied it. Norland met Estmark."
ATTACK = Statement("state/norland", "attacked", "state/estmark")
SAID = Evidence(ATTACK, Span(0, 25), "kg.attacked.v1", confidence=0.8)
DENIED = Evidence(ATTACK, Span(26, 44), "kg.attacked.v1", Polarity.DENIED, speaker="state/norland")
MET = Evidence(Statement("state/norland", "metWith", "state/estmark"), Span(45, 65), "kg.metWith.v1")
READING = Reading(
    Document("report", TEXT, issued=date(2031, 5, 31)),
    (Entity("state/estmark", Kind.STATE, "Estmark"), Entity("state/norland", Kind.STATE, "Norland")),
    (),
    (SAID, DENIED, MET),
)
WESTRIA = Entity("state/westria", Kind.STATE, "Westria")
REJECT = Decision(Verdict.REJECT, ATTACK, "satire", "Ada Lind", NOW)


def known(identifier: str) -> Entity | None:
    return WESTRIA if identifier == WESTRIA.id else None


def correct(**right: object) -> Decision:
    return replace(REJECT, verdict=Verdict.CORRECT, correction=Correction(**right))  # type: ignore[arg-type]  # by name


def test_without_decisions_a_reading_stays_as_it_was() -> None:
    reviewed = Decisions().apply(READING, known)
    assert reviewed.reading is READING
    assert reviewed.standing == READING.evidence


def test_rejecting_a_statement_sets_aside_what_affirms_it_and_leaves_the_denial() -> None:
    reviewed = Decisions([REJECT]).apply(READING, known)
    assert reviewed.standing == (DENIED, MET)
    assert reviewed.reading.evidence == READING.evidence
    assert reviewed.ruled == {SAID: REJECT}


def test_accepting_a_statement_concerns_all_its_evidence_and_sets_nothing_aside() -> None:
    accept = replace(REJECT, verdict=Verdict.ACCEPT)
    reviewed = Decisions([accept]).apply(READING, known)
    assert reviewed.standing == READING.evidence
    assert reviewed.ruled == {SAID: accept, DENIED: accept}


@pytest.mark.parametrize(
    ("change", "concerned"),
    [
        ({"document": "report"}, {SAID, DENIED}),
        ({"document": "another"}, set()),
        ({"document": "report", "words": "Norland denied it."}, {DENIED}),
        ({"document": "report", "polarity": Polarity.AFFIRMED}, {SAID}),
        ({"document": "report", "modality": Modality.ALLEGED}, set()),
        ({"document": "report", "speaker": "state/norland"}, {DENIED}),
    ],
)
def test_a_decision_on_evidence_concerns_only_what_fits_it(change: dict[str, str], concerned: set[Evidence]) -> None:
    reviewed = Decisions([replace(REJECT, **change)]).apply(READING, known)
    assert set(reviewed.ruled) == concerned


def test_it_holds_however_sure_the_reading_and_whichever_frame_found_it() -> None:
    again = replace(READING, evidence=(replace(SAID, confidence=0.4, frame="kg.attacked.v2"),))
    assert Decisions([REJECT]).apply(again, known).standing == ()


@pytest.mark.parametrize("verdicts", [(Verdict.REJECT, Verdict.ACCEPT), (Verdict.ACCEPT, Verdict.REJECT)])
def test_of_several_decisions_the_last_counts(verdicts: tuple[Verdict, Verdict]) -> None:
    early, late = (replace(REJECT, verdict=v, decided=NOW + timedelta(days=n)) for n, v in enumerate(verdicts))
    for order in ([early, late], [late, early]):
        reviewed = Decisions(order).apply(READING, known)
        assert reviewed.stands(SAID) == (late.verdict is Verdict.ACCEPT)


def test_a_correction_puts_other_evidence_with_the_same_words_in_the_place() -> None:
    decision = correct(object="state/westria", modality=Modality.ALLEGED)
    reviewed = Decisions([decision]).apply(READING, known)
    [(right, was)] = reviewed.corrected.items()
    assert was == SAID
    assert not reviewed.stands(SAID)
    assert right == Evidence(
        Statement("state/norland", "attacked", "state/westria"),
        SAID.span,
        REVIEW_FRAME,
        modality=Modality.ALLEGED,
        confidence=1.0,
    )
    assert right in reviewed.standing
    assert WESTRIA in reviewed.reading.entities


def test_a_symmetric_statement_is_corrected_in_its_own_direction() -> None:
    met = Statement("state/estmark", "metWith", "state/norland")
    reviewed = Decisions([replace(correct(object="state/westria"), statement=met)]).apply(READING, known)
    [right] = reviewed.corrected
    assert right.statement == Statement("state/estmark", "metWith", "state/westria")


def test_a_correction_to_what_nobody_knows_only_sets_aside() -> None:
    reviewed = Decisions([correct(subject="state/atlantis")]).apply(READING, known)
    assert reviewed.corrected == {}
    assert not reviewed.stands(SAID)
