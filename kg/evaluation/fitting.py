"""Fitting the weights of confidence to evidence with verdicts, and trying them on articles that they have not seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.evaluation.examples import Example
from kg.extraction.confidence import Calibration, Trait, log_odds

_Array = NDArray[np.float64]

#: How strongly each sort of weight is drawn to what it would be without any evidence: a slope of 1, all others 0.
#: Frames are many and some are rare, so they are drawn most.
_PULL: Final = {"intercept": 0.1, "slope": 5.0, "trait": 2.0, "frame": 10.0}
_FIXED: Final = 1e6
_STEPS, _CLOSE = 100, 1e-9


def fit(examples: Sequence[Example]) -> Calibration:
    """Return the weights that make the verdicts likeliest while staying near those of no evidence (ridge regression).

    Deterministic; without examples, confidences stay as they are.
    """
    frames = sorted({example.frame for example in examples})
    columns = _columns(examples, frames)
    right = np.array([example.right for example in examples], dtype=np.float64)
    pulls = [_PULL["intercept"], _PULL["slope"], *(_PULL["trait"] for _ in Trait), *(_PULL["frame"] for _ in frames)]
    prior = np.zeros(len(pulls))
    prior[1] = 1.0
    weights = _fitted(columns, right, np.array(pulls), prior)
    if weights[1] < 0:
        pulls[1], prior[1] = _FIXED, 0.0
        weights = _fitted(columns, right, np.array(pulls), prior)
    intercept, slope, *others = (round(float(weight), 3) for weight in weights)
    return Calibration(
        intercept,
        max(slope, 0.0),
        dict(zip(Trait, others, strict=False)),
        dict(zip(frames, others[len(Trait) :], strict=True)),
    )


def cross_validated(examples: Sequence[Example]) -> Iterator[tuple[float, bool]]:
    """Yield, for each example, how sure weights would be that were fitted to all other articles, and its verdict."""
    for document in sorted({example.document for example in examples}):
        weights = fit([example for example in examples if example.document != document])
        for example in examples:
            if example.document == document:
                yield weights.confidence(example.own, example.frame, example.traits), example.right


def _columns(examples: Sequence[Example], frames: Sequence[str]) -> _Array:
    rows = [
        [
            1.0,
            log_odds(example.own),
            *(float(trait in example.traits) for trait in Trait),
            *(float(example.frame == frame) for frame in frames),
        ]
        for example in examples
    ]
    return np.array(rows, dtype=np.float64).reshape(len(examples), 2 + len(Trait) + len(frames))


def _fitted(columns: _Array, right: _Array, pulls: _Array, prior: _Array) -> _Array:
    """Newton's method on the pulled logistic likelihood, which has one peak; a step that overshoots is halved."""

    def loss(weights: _Array) -> float:
        odds = columns @ weights
        return float((np.logaddexp(0, odds) - right * odds).sum() + (pulls * (weights - prior) ** 2).sum() / 2)

    weights = prior.copy()
    for _ in range(_STEPS):
        sure = np.exp(-np.logaddexp(0, -columns @ weights))
        slope = columns.T @ (sure - right) + pulls * (weights - prior)
        curvature = (columns * (sure * (1 - sure))[:, None]).T @ columns + np.diag(pulls)
        step = np.linalg.solve(curvature, slope)
        while float(np.abs(step).max()) > _CLOSE and loss(weights - step) > loss(weights):
            step = step / 2
        weights = weights - step
        if float(np.abs(step).max()) < _CLOSE:
            break
    return weights
