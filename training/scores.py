"""Scores in the manner of the CoNLL 2018 shared task: raw text in, words and entities compared by where they stand in it.

A word that the tokenizer cuts otherwise counts as an error on both sides. Pure: no torch, no model.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from training.corpora import Paragraph, entities

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a system says of one paragraph: words by span, heads as indices (a root is its own head), entities by span."""

    spans: list[Span]
    sent_starts: list[bool]
    upos: list[str]
    heads: list[int]
    deps: list[str]
    ents: set[tuple[int, int, str]]


def f1(right: int, said: int, gold: int) -> float:
    """Return F1 in per cent.

    >>> f1(1, 2, 2)
    50.0
    """
    return 200 * right / max(1, said + gold)


def gold_entities(paragraph: Paragraph) -> set[tuple[int, int, str]]:
    """Return the entities of a paragraph by where they stand in its text."""
    spans = paragraph.spans
    return {(spans[a][0], spans[b - 1][1], kind) for a, b, kind in entities(paragraph.ents or ())}


def entity_scores(pairs: Iterable[tuple[Paragraph, Reading]], types: Sequence[str]) -> dict[str, float]:
    """Return F1 of each type, micro F1, and precision and recall over all types."""
    counts = {kind: [0, 0, 0] for kind in (*types, "micro")}
    for paragraph, reading in pairs:
        gold, said = gold_entities(paragraph), reading.ents
        for kind in types:
            ours, theirs = {e for e in said if e[2] == kind}, {e for e in gold if e[2] == kind}
            for name in (kind, "micro"):
                for i, n in enumerate((len(ours & theirs), len(ours), len(theirs))):
                    counts[name][i] += n
    right, said_all, gold_all = counts["micro"]
    return {name: f1(*c) for name, c in counts.items()} | {
        "precision": 100 * right / max(1, said_all),
        "recall": 100 * right / max(1, gold_all),
    }


def tree_scores(pairs: Iterable[tuple[Paragraph, Reading]]) -> dict[str, float]:
    """Return F1 of words, tags, heads, heads with labels, and sentences."""
    c: Counter[str] = Counter()
    for paragraph, reading in pairs:
        assert paragraph.heads is not None
        assert paragraph.deps is not None
        assert paragraph.upos is not None
        assert paragraph.sent_starts is not None
        spans = paragraph.spans
        at = {span: i for i, span in enumerate(spans)}
        c["gold"] += len(spans)
        c["said"] += len(reading.spans)
        for i, span in enumerate(reading.spans):
            if (j := at.get(span)) is None:
                continue
            c["words"] += 1
            c["upos"] += reading.upos[i] == paragraph.upos[j]
            ours = None if reading.heads[i] == i else reading.spans[reading.heads[i]]
            theirs = None if paragraph.heads[j] == j else spans[paragraph.heads[j]]
            c["uas"] += ours == theirs
            c["las"] += ours == theirs and reading.deps[i].lower() == paragraph.deps[j].lower()
        gold, said = sentence_spans(paragraph.sent_starts, spans), sentence_spans(reading.sent_starts, reading.spans)
        c["sentences gold"] += len(gold)
        c["sentences said"] += len(said)
        c["sentences right"] += len(gold & said)
    return {name: f1(c[name], c["said"], c["gold"]) for name in ("words", "upos", "uas", "las")} | {
        "sentences": f1(c["sentences right"], c["sentences said"], c["sentences gold"])
    }


def sentence_spans(starts: Sequence[bool | int], spans: Sequence[Span]) -> set[Span]:
    """Return where each sentence begins and ends; the first word always begins one.

    >>> sorted(sentence_spans([1, 0, 1], [(0, 2), (3, 4), (5, 9)]))
    [(0, 4), (5, 9)]
    """
    begins = [0, *(i for i, start in enumerate(starts) if start and i)]
    return {(spans[a][0], spans[b - 1][1]) for a, b in pairwise([*begins, len(spans)])} if spans else set()
