"""Label sets, and what a paragraph's annotation says in their numbers. Pure: numpy only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.language.features import Encoder, Ints, case_class
from training.corpora import UNKNOWN, Paragraph

NOT_ANNOTATED = -100


class Labels:
    """The label sets of one training run, as kept in meta.json."""

    def __init__(self, upos: list[str], entities: list[str], relations: list[str]) -> None:
        self.upos, self.relations = upos, relations
        self.entities = ["O", *(f"{b}-{t}" for t in entities for b in "BI")]

    def meta(self) -> dict[str, list[str]]:
        return {"rels": self.relations, "upos": self.upos, "ner": self.entities}

    def allowed(self, label: str, paragraph: Paragraph) -> list[bool]:
        """Which of our entity labels a corpus's label may stand for."""
        if label == UNKNOWN:
            return [True] * len(self.entities)
        if label == "O":
            return [
                own == "O" or (own[2:] not in paragraph.annotated and own[2:] not in _merged(paragraph)) for own in self.entities
            ]
        kinds = dict(paragraph.merged).get(label[2:], (label[2:],))
        return [own != "O" and own[0] == label[0] and own[2:] in kinds for own in self.entities]


def _merged(paragraph: Paragraph) -> set[str]:
    return {kind for _, kinds in paragraph.merged for kind in kinds}


@dataclass(frozen=True, slots=True)
class Example:
    """One paragraph in numbers. `case` has a row for each spelling: as written, as a headline, in capitals.

    sentence counts the sentences from 1, and is 0 where the corpus has none; `stop` says that the last word is a full
    stop that nothing hangs on.
    """

    ids: Ints
    case: Ints
    first: Ints
    last: Ints
    pos: Ints
    start: Ints
    head: Ints
    label: Ints
    sentence: Ints
    allowed: NDArray[np.bool_]
    stop: bool


def titled(words: Sequence[str]) -> list[str]:
    """Return the words as a headline might write them.

    >>> titled(["leaders", "sign", "the", "treaty"])
    ['Leaders', 'Sign', 'the', 'Treaty']
    """
    return [w[0].upper() + w[1:] if len(w) > 3 or (w.islower() and i == 0) else w for i, w in enumerate(words)]


def example(paragraph: Paragraph, encoder: Encoder, labels: Labels) -> Example:
    """Return a paragraph in numbers; NOT_ANNOTATED where its corpus says nothing."""
    words = paragraph.words
    n = len(words)
    encoded = encoder.encode(words)
    pieces = np.diff([*encoded.first, len(encoded.ids) - 1])
    case = [encoded.case]
    for spelling in (titled(words), [w.upper() for w in words]):
        case.append([0, *np.repeat([case_class(w) for w in spelling], pieces).tolist(), 0])
    pos, start, head, label = (np.full(n, NOT_ANNOTATED) for _ in range(4))
    sentence = np.zeros(n, np.int64)
    if paragraph.heads and paragraph.upos and paragraph.deps and paragraph.sent_starts:
        pos[:] = [labels.upos.index(x) for x in paragraph.upos]
        start[:] = paragraph.sent_starts
        head[:] = paragraph.heads
        label[:] = [labels.relations.index(x) for x in paragraph.deps]
        sentence[:] = np.cumsum(paragraph.sent_starts)
    allowed = np.ones((n, len(labels.entities)), bool)
    if paragraph.ents is not None:
        allowed[:] = [labels.allowed(x, paragraph) for x in paragraph.ents]
    free = paragraph.heads is None or n - 1 not in paragraph.heads[: n - 1]
    return Example(
        *(np.array(a) for a in (encoded.ids, case, encoded.first, encoded.last)),
        pos, start, head, label, sentence, allowed,
        n > 4 and words[-1] == "." and pieces[-1] == 1 and free,
    )  # fmt: skip


def plan(lengths: Sequence[int], room: int, members: int, chance: np.random.Generator) -> list[Ints]:
    """Return the batches of an epoch: paragraph numbers [members, batch], at most about `room` padded subwords each.

    Every member sees each paragraph once. Batches hold paragraphs of like lengths; which ones differs by member.
    """
    size = np.asarray(lengths)
    orders = np.stack([np.argsort(size * chance.uniform(0.9, 1.1, len(size)), kind="stable") for _ in range(members)])
    longest = size[orders].max(0)
    found, begin = [], 0
    for end in range(1, len(size) + 1):
        if end == len(size) or longest[begin : end + 1].max() * (end + 1 - begin) > room:
            found.append(orders[:, begin:end])
            begin = end
    return [found[i] for i in chance.permutation(len(found))]
