"""Reviews as quads: in the graphs of documents, in the review graph, and in the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import river_treaty
from pyoxigraph import Quad
from river_treaty import ESTMARK, LIND, NORLAND, RUN, TREATY, WEST

from kg.graph import Ledger, Minutes, Names, document_quads, ontology_quads, validate
from kg.model import Polarity, Reading, Statement
from kg.review import Decisions, Reviewed
from kg.rulings import Correction, Decision, Verdict
from kg.terms import term

NAMES = Names()
NOW = datetime(2031, 6, 1, 9, tzinfo=UTC)
READING = river_treaty.reading()
SUPPORT = Statement(ESTMARK, "supports", NORLAND)
OFFICE = Statement(LIND, "holdsOfficeIn", NORLAND)
RUMOUR = Statement(ESTMARK, "attacked", WEST)


def decided(verdict: Verdict, statement: Statement, **right: object) -> Decision:
    correction = Correction(**right) if right else None  # type: ignore[arg-type]  # by name
    return Decision(verdict, statement, "a reason", "Bo Krann", NOW, correction=correction)


def reviewed(*decisions: Decision, reading: Reading = READING) -> Reviewed:
    return Decisions(decisions).apply(reading, lambda _: None)


def quads(*decisions: Decision) -> list[Quad]:
    """The graph of the document and the review graph."""
    review, minutes = reviewed(*decisions), Minutes(NAMES)
    minutes.add(review)
    return [*document_quads(review.reading, NAMES, RUN, review), *minutes.quads(decisions)]


def plain(found: list[Quad], statement: Statement, graph: str) -> bool:
    ends = NAMES.entity(statement.subject), term(f"tg:{statement.predicate}"), NAMES.entity(str(statement.object))
    return any((q.subject, q.predicate, q.object) == ends and q.graph_name.value.endswith(f"/graph/{graph}") for q in found)


def test_what_is_rejected_makes_no_plain_triple_and_its_evidence_leads_to_the_review() -> None:
    decision = decided(Verdict.REJECT, SUPPORT)
    found = quads(decision)
    assert not plain(found, SUPPORT, "river-treaty")
    marks = [q for q in found if q.predicate == term("tg:rejectedBy")]
    assert [q.object for q in marks] == [NAMES.review(decision)]
    assert any(q.subject == marks[0].subject and q.predicate == term("oa:hasSelector") for q in found)


def test_who_speaks_for_whom_is_not_read_from_what_is_rejected() -> None:
    assert plain(quads(), SUPPORT, "river-treaty")
    assert not plain(quads(decided(Verdict.REJECT, OFFICE)), SUPPORT, "river-treaty")


def test_what_is_accepted_stands_in_the_review_graph_and_not_in_the_documents() -> None:
    found = quads(decided(Verdict.ACCEPT, RUMOUR))
    assert plain(found, RUMOUR, "review")
    assert not plain(found, RUMOUR, "river-treaty")


def test_an_acceptance_without_any_evidence_stands_for_nothing() -> None:
    decision = decided(Verdict.ACCEPT, Statement(NORLAND, "attacked", ESTMARK))
    found = quads(decision)
    assert not plain(found, decision.statement, "review")
    assert not [q for q in found if q.subject == NAMES.review(decision) and q.predicate == term("prov:used")]


def test_an_accepted_symmetric_statement_stands_both_ways() -> None:
    drills = Statement(ESTMARK, "cooperatesWith", NORLAND)
    found = quads(decided(Verdict.ACCEPT, drills))
    assert plain(found, drills, "review")
    assert plain(found, Statement(NORLAND, "cooperatesWith", ESTMARK), "review")


def test_what_is_corrected_stands_by_evidence_that_leads_to_the_review_and_to_what_it_was() -> None:
    wrong, right = Statement(WEST, "accused", NORLAND), Statement(WEST, "accused", ESTMARK)
    decision = decided(Verdict.CORRECT, wrong, object=ESTMARK)
    found = quads(decision)
    assert plain(found, right, "river-treaty")
    assert not plain(found, wrong, "river-treaty")
    [derived] = [q for q in found if q.predicate == term("prov:wasDerivedFrom")]
    makers = [q.object for q in found if q.subject == derived.subject and q.predicate == term("prov:wasGeneratedBy")]
    assert makers == [NAMES.review(decision)]
    assert [q.object for q in found if q.predicate == term("prov:generated")] == [derived.subject]
    assert [q.object for q in found if q.subject == derived.object and q.predicate == term("tg:rejectedBy")] == makers


def test_a_review_is_an_activity_of_a_person_with_verdict_reason_and_time() -> None:
    decision = decided(Verdict.REJECT, SUPPORT)
    told = {q.predicate: q.object for q in quads(decision) if q.subject == NAMES.review(decision)}
    assert told[term("tg:verdict")] == term("tg:Reject")
    assert told[term("tg:reason")].value == "a reason"
    assert told[term("tg:reviewed")] == NAMES.assertion(SUPPORT)
    assert told[term("prov:wasAssociatedWith")] == NAMES.agent("Bo Krann")
    assert told[term("prov:endedAtTime")].value == "2031-06-01T09:00:00Z"


def test_every_verdict_is_one_of_the_ontology() -> None:
    kinds = [q for q in ontology_quads(NAMES) if q.predicate == term("rdf:type") and q.object == term("tg:Verdict")]
    assert {q.subject for q in kinds} == {term(f"tg:{verdict.capitalize()}") for verdict in Verdict}


def test_the_same_decision_has_the_same_name_and_another_one_another() -> None:
    decision = decided(Verdict.REJECT, SUPPORT)
    assert NAMES.review(decision) == NAMES.review(replace(decision))
    assert len({NAMES.review(replace(decision, **{name: "x"})) for name in ("reason", "author", "document", "words")}) == 4


@pytest.mark.parametrize(
    "decision",
    [
        decided(Verdict.REJECT, SUPPORT),
        decided(Verdict.REJECT, OFFICE),
        decided(Verdict.ACCEPT, RUMOUR),
        decided(Verdict.CORRECT, SUPPORT, polarity=Polarity.DENIED),
        decided(Verdict.CORRECT, RUMOUR, subject=NORLAND),
        decided(Verdict.ACCEPT, Statement(TREATY, "party", WEST)),
    ],
)
def test_a_reviewed_graph_keeps_every_promise(decision: Decision) -> None:
    report = validate(quads(decision))
    assert report.conforms, str(report)


@pytest.mark.parametrize(
    ("predicate", "shape"),
    [
        ("tg:verdict", "ReviewVerdict"),
        ("tg:reason", "ReviewReason"),
        ("prov:wasAssociatedWith", "ReviewAuthor"),
        ("prov:endedAtTime", "ReviewTime"),
        ("tg:reviewed", "ReviewOfAssertion"),
        ("tg:rejectedBy", "PlainTripleStands"),
    ],
)
def test_what_a_reviewed_graph_lacks_is_found(predicate: str, shape: str) -> None:
    kept = [q for q in quads(decided(Verdict.REJECT, SUPPORT)) if q.predicate != term(predicate)]
    assert {finding.shape for finding in validate(kept).findings} == {shape}


def test_an_evidence_that_two_reviews_set_aside_is_found() -> None:
    found = quads(decided(Verdict.REJECT, SUPPORT))
    [mark] = [q for q in found if q.predicate == term("tg:rejectedBy")]
    other = Quad(mark.subject, mark.predicate, NAMES.run("x"), mark.graph_name)
    assert {finding.shape for finding in validate([*found, other]).findings} == {"EvidenceRejected"}


def test_what_is_set_aside_counts_no_longer_but_is_still_spoken_of() -> None:
    ledger = Ledger(NAMES)
    review = reviewed(decided(Verdict.REJECT, RUMOUR))
    ledger.add(review.reading, review)
    figures = ledger.corroborations()[RUMOUR]
    assert (figures.supporting, figures.confidence, figures.first) == (0, 0.0, None)
