"""Figures on assertions: what counts, what does not, and how they are written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
import river_treaty
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal
from river_treaty import ESTMARK, NORLAND, TREATY, WEST

from kg.graph import Ledger, Names, corroborate, corroboration_quads, validate
from kg.graph.sources import Voice
from kg.model import Modality, Polarity, Statement
from kg.terms import term

DAY = date(2031, 5, 5)
SAID = Voice(
    Polarity.AFFIRMED, Modality.ACTUAL, 0.9, "a", "digest-a", "Gazette", DAY, None, "They signed the treaty in Riverport."
)
ELSEWHERE = replace(
    SAID, document="b", digest="digest-b", publisher="Courier", issued=date(2031, 5, 7), words="A treaty was concluded by both."
)
DENIED = replace(ELSEWHERE, polarity=Polarity.DENIED, confidence=0.8)

VOICES = st.builds(
    Voice,
    st.sampled_from(Polarity),
    st.sampled_from(Modality),
    st.floats(0, 1),
    st.sampled_from("abcdef"),
    st.sampled_from("uvwxyz"),
    st.sampled_from(["Gazette", "Courier", "Herald", None]),
    st.none() | st.dates(date(2031, 1, 1), date(2031, 12, 31)),
    st.sampled_from([None, "p", "q"]),
    st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six", "seven"]), min_size=1, max_size=9).map(" ".join),
)
TOLERANCE = 1e-9


def independent(confidence: float, polarity: Polarity = Polarity.AFFIRMED, modality: Modality = Modality.ACTUAL) -> Voice:
    """A voice that has nothing in common with any other here."""
    return Voice(
        polarity, modality, confidence, "new", "new digest", "The New Paper", None, None, "Wholly other words stand here."
    )


def test_two_independent_sources_together_are_surer_than_either() -> None:
    found = corroborate([SAID, ELSEWHERE])
    assert (found.supporting, found.denying, found.hedging, found.publishers, found.sources) == (2, 0, 0, 2, 2)
    assert (found.first, found.last) == (DAY, date(2031, 5, 7))
    assert found.confidence == pytest.approx(0.99)
    assert found.disagreement == 0


def test_a_report_that_is_copied_counts_once() -> None:
    copy = replace(SAID, document="c", publisher="Herald")
    found = corroborate([SAID, copy])
    assert (found.supporting, found.publishers, found.sources) == (2, 2, 1)
    assert found.confidence == pytest.approx(0.9)


def test_a_denial_is_weighed_against_support() -> None:
    found = corroborate([SAID, DENIED])
    assert (found.supporting, found.denying) == (1, 1)
    assert found.confidence == pytest.approx(0.18 / 0.28)
    assert found.disagreement == pytest.approx(0.72)


@pytest.mark.parametrize(
    ("modality", "confidence"), [(Modality.ALLEGED, 0.45), (Modality.PLANNED, 0.0), (Modality.HYPOTHETICAL, 0.0)]
)
def test_what_is_hedged_is_worth_less(modality: Modality, confidence: float) -> None:
    found = corroborate([replace(SAID, modality=modality)])
    assert (found.supporting, found.hedging, found.publishers, found.sources) == (0, 1, 0, 0)
    assert found.confidence == pytest.approx(confidence)


@given(st.floats(0, 1))
def test_one_evidence_has_its_own_confidence(confidence: float) -> None:
    assert corroborate([replace(SAID, confidence=confidence)]).confidence == pytest.approx(confidence, abs=TOLERANCE)


@given(st.lists(VOICES, max_size=8), st.floats(0, 1), st.sampled_from(Modality))
def test_independent_support_never_lowers_it(voices: list[Voice], confidence: float, modality: Modality) -> None:
    more = corroborate([*voices, independent(confidence, modality=modality)])
    assert more.confidence >= corroborate(voices).confidence - TOLERANCE


@given(st.lists(VOICES, max_size=8), st.floats(0, 1), st.sampled_from(Modality))
def test_an_independent_denial_never_raises_it(voices: list[Voice], confidence: float, modality: Modality) -> None:
    more = corroborate([*voices, independent(confidence, Polarity.DENIED, modality)])
    assert more.confidence <= corroborate(voices).confidence + TOLERANCE


@given(VOICES, st.lists(st.tuples(st.sampled_from("ghij"), st.sampled_from(["Herald", "Mirror", None])), max_size=5))
def test_copies_add_nothing(voice: Voice, copies: list[tuple[str, str | None]]) -> None:
    copied = [replace(voice, document=document, publisher=publisher) for document, publisher in copies]
    assert corroborate([voice, *copied]).confidence == pytest.approx(corroborate([voice]).confidence, abs=TOLERANCE)


@given(st.lists(VOICES, max_size=8))
def test_the_figures_lie_in_their_bounds(voices: list[Voice]) -> None:
    found = corroborate(voices)
    assert 0 <= found.confidence <= 1
    assert 0 <= found.disagreement <= 1
    assert found.supporting + found.denying + found.hedging == len(voices)
    assert found.publishers <= found.supporting
    assert found.sources <= found.supporting


@given(st.permutations([SAID, ELSEWHERE, DENIED, independent(0.6), replace(SAID, document="d", publisher="Mirror")]))
def test_the_order_does_not_matter(voices: list[Voice]) -> None:
    assert corroborate(voices) == corroborate(list(reversed(voices)))


class TestGraph:
    names = Names()

    def ledger(self, *documents: str) -> Ledger:
        gathered = Ledger(self.names)
        for document in documents:
            gathered.add(river_treaty.reading(document))
        return gathered

    def test_each_statement_is_counted_over_all_documents(self) -> None:
        found = self.ledger("one", "two").corroborations()
        denied = found[Statement(TREATY, "party", WEST)]
        assert (denied.supporting, denied.denying, denied.confidence) == (0, 2, 0)
        planned = found[Statement(ESTMARK, "cooperatesWith", NORLAND)]  # the canonical direction of what is symmetric
        assert (planned.supporting, planned.hedging) == (0, 2)
        rumour = found[Statement(ESTMARK, "attacked", WEST)]
        assert (rumour.supporting, rumour.sources, rumour.publishers, rumour.confidence) == (2, 1, 1, pytest.approx(0.9))
        assert rumour.first == rumour.last == DAY

    def test_the_graph_has_the_figures_on_each_assertion(self) -> None:
        quads = corroboration_quads(self.ledger("one").corroborations(), self.names)
        assert {quad.graph_name for quad in quads} == {self.names.shared_graph("corroboration")}
        node = self.names.assertion(Statement(ESTMARK, "attacked", WEST))
        told = {quad.predicate: quad.object for quad in quads if quad.subject == node}
        assert told[term("tg:supporting")] == Literal(1)
        assert told[term("tg:denying")] == Literal(0)
        assert told[term("tg:combinedConfidence")] == Literal("0.9", datatype=term("xsd:decimal"))
        assert told[term("tg:firstReported")] == Literal("2031-05-05", datatype=term("xsd:date"))
        assert len(told) == 9

    def test_the_graph_keeps_the_shapes_and_a_broken_one_does_not(self) -> None:
        quads = corroboration_quads(self.ledger("one").corroborations(), self.names)
        assert validate(quads).conforms
        without = [quad for quad in quads if quad.predicate != term("tg:disagreement")]
        assert {finding.shape for finding in validate(without).findings} == {"CorroborationDisagreement"}
