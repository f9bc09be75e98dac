"""Fit the temperatures that make the network's confidence in entities and heads true, on paragraphs it was not trained on.

python -m training.calibrate MODEL --data DIR    writes MODEL/calibration.json, and prints what changed

The confidence of an entity is the least probability of its words' labels; that of an arc is the probability of its head
among the words of its sentence. A temperature is the one that gives right and wrong answers of the development sets the
greatest likelihood. The expected calibration error is the mean distance between confidence and share of right answers
over ten equal bins.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.language.calibration import CALIBRATION
from kg.language.decoding import Decoder, Parsed, softmax
from kg.language.network import Floats, Network
from training.corpora import UNKNOWN, Paragraph, corpus_file, entities, read

_TEMPERATURES = np.geomspace(0.5, 8, 81)
_LONGEST = 380


@dataclass(frozen=True, slots=True)
class Answer:
    """One choice of the network: the scores of all options in each of its rows, what was chosen in each, and if it was right."""

    scores: Floats
    chosen: NDArray[np.int64]
    right: bool

    def confidence(self, temperature: float) -> float:
        """Return the least probability of a choice."""
        return float(softmax(self.scores / temperature)[np.arange(len(self.chosen)), self.chosen].min())


def entity_answers(network: Network, paragraph: Paragraph, scores: Floats, parsed: Parsed) -> Iterator[Answer]:
    """Yield the entities that the network finds in a paragraph whose corpus marks all types."""
    if paragraph.ents is None:
        return
    gold = set(entities(paragraph.ents))
    labels = np.array([network.entity_labels.index(label) for label in parsed.entities])
    for start, end, kind in entities(parsed.entities):
        if UNKNOWN not in paragraph.ents[start:end]:
            yield Answer(scores[start:end], labels[start:end], (start, end, kind) in gold)


def arc_answers(paragraph: Paragraph, arc: Floats, root: Floats, parsed: Parsed) -> Iterator[Answer]:
    """Yield the head of each word of a paragraph."""
    if paragraph.heads is None:
        return
    starts = [i for i, begins in enumerate(parsed.starts) if begins]
    for begin, end in pairwise([*starts, len(parsed.heads)]):
        scores = arc[begin:end, begin:end].copy()
        np.fill_diagonal(scores, root[begin:end])
        for i in range(begin, end):
            head = parsed.heads[i]
            yield Answer(scores[i - begin][None], np.array([head - begin]), head == paragraph.heads[i])


def fit(answers: Sequence[Answer]) -> float:
    """Return the temperature under which what is right and wrong is likeliest."""

    def surprise(temperature: float) -> float:
        sure, right = _judged(answers, temperature)
        sure = sure.clip(1e-6, 1 - 1e-6)
        return float(-np.where(right, np.log(sure), np.log(1 - sure)).mean())

    return float(min(_TEMPERATURES, key=surprise))


def error(answers: Sequence[Answer], temperature: float) -> float:
    """Return the expected calibration error."""
    sure, right = _judged(answers, temperature)
    bins = np.minimum((sure * 10).astype(int), 9)
    gaps = [abs(sure[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in np.unique(bins)]
    return float(sum(gaps))


def _judged(answers: Sequence[Answer], temperature: float) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    return np.array([a.confidence(temperature) for a in answers]), np.array([a.right for a in answers])


def calibrate(model: Path, data: Path, report: Callable[[str], None] = print) -> None:
    """Write a model's temperatures."""
    network = Network.load(model)
    decoder = Decoder(network)
    found: dict[str, list[Answer]] = {"entity": [], "arc": []}
    for name in ("ewt_dev", "gum_dev"):
        for paragraph in read(corpus_file(data, name)):
            if sum(len(network.encoder.subwords(w)) for w in paragraph.words) <= _LONGEST:
                [scores] = network.scores([paragraph.words])
                [parsed] = decoder.decode([paragraph.words], [scores])
                if name == "gum_dev":
                    found["entity"].extend(entity_answers(network, paragraph, scores.entity, parsed))
                found["arc"].extend(arc_answers(paragraph, scores.arc, scores.root, parsed))
    temperatures = {}
    for head, answers in found.items():
        temperatures[head] = round(fit(answers), 3)
        before, after = error(answers, 1.0), error(answers, temperatures[head])
        right = sum(a.right for a in answers) / len(answers)
        told = f"{head}: {len(answers)} answers, {right:.3f} right, temperature {temperatures[head]}"
        report(f"{told}, error {before:.3f} → {after:.3f}")
    (model / CALIBRATION).write_text(json.dumps({"network": network.version, **temperatures}) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, required=True, help="folder with ewt_dev and gum_dev, JSONL or CoNLL-U")
    options = parser.parse_args()
    calibrate(options.model, options.data)


if __name__ == "__main__":
    main()
