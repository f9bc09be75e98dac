"""Confidence: what evidence looks like, and what that is worth."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import zones
from kg.errors import ResourceError
from kg.extraction.confidence import Calibration, Trait, calibrated, calibration, log_odds, traits_of
from kg.extraction.reading import read as extract
from kg.model import Document, Entity, Evidence, Kind, Mention, Modality, Polarity, Reading, Span, Statement
from kg.reading import read_document, reader

TEXT = "Norland met Estmark. It is said to have met it again, and again.\n" + "x" * 300
FIRST, SECOND, LONG = Span(0, 20), Span(21, 64), Span(65, 365)
MET = Statement("norland", "metWith", "estmark")
WEIGHTS = Calibration(0.1, 0.5, {Trait.DENIED: -1.0}, {"kg.metWith.v1": 0.5})
sure = st.floats(0, 1)


def reading(*evidence: Evidence, mentions: tuple[Mention, ...] = ()) -> Reading:
    entities = (Entity("norland", Kind.STATE, "Norland", reference="state/norland"), Entity("estmark", Kind.STATE, "Estmark"))
    named = (Mention("norland", Span(0, 7)), Mention("estmark", Span(12, 19)), *mentions)
    return Reading(Document("x", TEXT), entities, named, evidence)


def traits(*evidence: Evidence, mentions: tuple[Mention, ...] = ()) -> list[frozenset[Trait]]:
    return list(traits_of(reading(*evidence, mentions=mentions)))


def met(span: Span = FIRST, **changes: object) -> Evidence:
    return replace(Evidence(MET, span, "kg.metWith.v1"), **changes)  # type: ignore[arg-type]


def test_polarity_modality_and_speaker_are_traits() -> None:
    hedged = met(modality=Modality.ALLEGED, polarity=Polarity.DENIED, speaker="estmark")
    assert traits(met()) == [{Trait.KNOWN}]
    assert traits(hedged) == [{Trait.KNOWN, Trait.HEDGED, Trait.DENIED, Trait.QUOTED}]


def test_a_subject_that_its_sentence_does_not_name_is_unnamed() -> None:
    assert Trait.UNNAMED in traits(met(SECOND))[0]
    assert Trait.UNNAMED not in traits(met(SECOND), mentions=(Mention("norland", Span(21, 23)),))[0]


def test_what_another_sentence_says_too_is_repeated_from_either_end() -> None:
    turned = met(SECOND, statement=Statement("estmark", "metWith", "norland"))
    assert all(Trait.REPEATED in one for one in traits(met(), turned))
    assert all(Trait.REPEATED not in one for one in traits(met(), met(modality=Modality.PLANNED)))
    accused = [met(statement=Statement(*ends)) for ends in (("norland", "accused", "estmark"), ("estmark", "accused", "norland"))]
    assert all(Trait.REPEATED not in one for one in traits(accused[0], replace(accused[1], span=SECOND)))


def test_long_sentences_known_subjects_and_main_objects_are_told() -> None:
    assert traits(met(LONG, statement=Statement("estmark", "metWith", "norland"))) == [{Trait.UNNAMED, Trait.LONG}]
    again = tuple(Mention("estmark", Span(start, start + 2)) for start in (21, 44))
    assert traits(met(), mentions=again) == [{Trait.KNOWN, Trait.MAIN}]


def test_a_reading_is_corrected_in_its_confidences_only() -> None:
    before = reading(met(confidence=0.8), met(SECOND, polarity=Polarity.DENIED, confidence=0.8))
    after = calibrated(before, WEIGHTS)
    assert [item.confidence for item in after.evidence] == [0.785, 0.573]
    assert [replace(item, confidence=0.8) for item in after.evidence] == list(before.evidence)


@given(own=st.floats(0.02, 0.98))
def test_without_weights_confidences_stay(own: float) -> None:
    assert Calibration().confidence(own, "kg.metWith.v1", [Trait.LONG]) == pytest.approx(own, abs=0.001)


@given(one=sure, other=sure, worn=st.frozensets(st.sampled_from(list(Trait))), frame=st.sampled_from(["kg.metWith.v1", "my.v1"]))
def test_a_surer_pattern_never_makes_less_sure_evidence(one: float, other: float, worn: frozenset[Trait], frame: str) -> None:
    low, high = (calibration().confidence(own, frame, worn) for own in sorted((one, other)))
    assert 0 < low <= high < 1


def test_a_frame_without_a_weight_is_an_average_one() -> None:
    assert WEIGHTS.confidence(0.8, "my.v1", []) == Calibration(0.1, 0.5).confidence(0.8, "any.v1", [])


def test_log_odds_of_certainty_are_finite() -> None:
    assert log_odds(1) == pytest.approx(-log_odds(0)) == log_odds(0.99)


def test_extraction_applies_the_bundled_weights() -> None:
    text = "Kenya and Uganda signed a border agreement in Nairobi on Monday."
    document = Document("x", text, issued=date(2024, 5, 8), zones=zones(text))
    doc, cast = reader().read(document)
    own = extract(doc, cast, reader().reference, weights=Calibration())
    assert read_document(document) == calibrated(own, calibration()) != own


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("slope = -1\n", "line 1: slope: .*greater than or equal to 0"),
        ("intercept = 0\n[trait]\nlazy = 1\n", "line 3: lazy: "),
        ("[frame]\n'kg.party.v1' = 'much'\n", "line 2: kg.party.v1: "),
        ("bend = 1\n", "line 1: bend: "),
        ("slope = \n", "line 1"),
    ],
)
def test_a_malformed_file_is_named_with_the_line(tmp_path: Path, content: str, message: str) -> None:
    file = tmp_path / "confidence.toml"
    file.write_text(content)
    with pytest.raises(ResourceError, match=message):
        calibration(file)
