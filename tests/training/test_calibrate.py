"""Calibration: answers that are surer than they are right get a temperature above one, and become true."""

from __future__ import annotations

import numpy as np
import pytest

from kg.language.decoding import Parsed
from training.calibrate import Answer, arc_answers, error, fit
from training.corpora import Paragraph


def answers(chance: np.random.Generator, heat: float, count: int = 4000) -> list[Answer]:
    """Draw binary choices that are right as often as their scores, divided by a heat, say."""
    found = []
    for score in chance.uniform(0.2, 9, count):
        right = chance.random() < 1 / (1 + np.exp(-score / heat))
        found.append(Answer(np.array([[score, 0.0]], np.float32), np.array([0]), bool(right)))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("heat", [1.0, 2.0, 3.0])
def test_the_temperature_is_the_one_that_made_the_answers(heat: float) -> None:
    drawn = answers(np.random.default_rng(1), heat)
    assert fit(drawn) == pytest.approx(heat, rel=0.12)
    assert error(drawn, fit(drawn)) < 0.03


def test_a_confidence_is_that_of_the_least_sure_word() -> None:
    two = Answer(np.array([[5.0, 0.0], [1.0, 0.0]], np.float32), np.array([0, 0]), True)
    assert two.confidence(1.0) == pytest.approx(1 / (1 + np.exp(-1)))


def test_each_word_answers_with_its_head() -> None:
    paragraph = Paragraph("d", ("Talks", "failed"), (True, False), (1, 0), None, (1, 1), ("nsubj", "root"), None)
    arc = np.array([[0, 3], [1, 0]], np.float32)
    parsed = Parsed(["NOUN", "VERB"], [True, False], [1, 1], ["nsubj", "root"], ["O", "O"])
    found = list(arc_answers(paragraph, arc, np.array([1, 5], np.float32), parsed))
    assert [answer.right for answer in found] == [True, True]
    assert [answer.chosen.tolist() for answer in found] == [[1], [1]]
    assert not list(arc_answers(Paragraph("d", ("a",), (False,), None, None, None, None, None), arc, arc[0], parsed))
