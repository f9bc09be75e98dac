"""From scores to labels: entity labels by Viterbi, sentence starts, and one tree per sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap

import numpy as np
from numpy.typing import NDArray

from kg.language.features import Ints
from kg.language.network import Floats, Network, Scores

_FORBIDDEN = np.float32(-1e4)
#: A word after which a sentence may well start; after others the network must be surer, by this margin of logits.
_FINAL = frozenset(".?!:;\"'”’)]…")
_START_MARGIN = 1.0
#: After these a point rarely ends a sentence: "banned by U.N. Security Council resolutions", "Gen. Sand".
_ABBREVIATED = re.compile(
    r"(?:[A-Z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Adm|Sgt|Sen|Rep|Gov|Prof|Rev|St|Jan|Feb|Aug|Sept|Oct|Nov|Dec)\."
)
_ABBREVIATION_MARGIN = 4.0
_OPENING = re.compile(
    r"The|An?|It|He|She|They|We|I|This|That|These|Those|In|On|At|But|And|However|For|As|If|When|While|After|His|Her|Its|Their"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One stretch of words with labels; heads are indices in the stretch, a root is its own head.

    The confidences are probabilities of each word's entity label and head; empty where a model gives none.
    """

    pos: list[str]
    starts: list[bool]
    heads: list[int]
    relations: list[str]
    entities: list[str]
    entity_confidence: Sequence[float] = ()
    arc_confidence: Sequence[float] = ()


class Decoder:
    """Decodes what one network says."""

    def __init__(self, network: Network) -> None:
        self._network = network
        labels = network.entity_labels
        inside = np.array([label.startswith("I-") for label in labels])
        follows = np.array([[a != "O" and a[2:] == b[2:] for b in labels] for a in labels])
        self._transition = np.where(inside[None, :] & ~follows, _FORBIDDEN, np.float32(0))
        self._first = np.where(inside, _FORBIDDEN, np.float32(0))
        self._root = network.relations.index("root")

    def decode(self, stretches: Sequence[Sequence[str]], scores: Sequence[Scores]) -> list[Parsed]:
        """Return the best labels of each of some stretches of words."""
        starts = [sentence_starts(words, s.start) for words, s in zip(stretches, scores, strict=True)]
        trees = [self._trees(begins, s) for begins, s in zip(starts, scores, strict=True)]
        # The relations of all stretches at once: one large product is faster than many small ones.
        heads = np.concatenate([s.head[found] for s, (found, _) in zip(scores, trees, strict=True)])
        relations = np.split(
            self._network.label_scores(np.concatenate([s.dependent for s in scores]), heads),
            np.cumsum([len(words) for words in stretches])[:-1],
        )
        return [
            self._labels(s, begins, found, sure, labels)
            for s, begins, (found, sure), labels in zip(scores, starts, trees, relations, strict=True)
        ]

    def _trees(self, starts: NDArray[np.bool_], scores: Scores) -> tuple[Ints, Floats]:
        """Return the head of each word of a stretch, and how sure it is."""
        heads, sure = np.zeros(len(starts), np.int64), np.zeros(len(starts), np.float32)
        for begin, end in pairwise([*np.flatnonzero(starts).tolist(), len(starts)]):
            arcs = scores.arc[begin:end, begin:end].copy()
            np.fill_diagonal(arcs, scores.root[begin:end])
            found = tree(arcs)
            heads[begin:end] = found + begin
            sure[begin:end] = softmax(arcs / self._network.calibration.arc)[np.arange(end - begin), found]
        return heads, sure

    def _labels(self, scores: Scores, starts: NDArray[np.bool_], heads: Ints, sure: Floats, labels: Floats) -> Parsed:
        words = np.arange(len(heads))
        is_root = heads == words
        labels[~is_root, self._root] = -np.inf
        relations = labels.argmax(1)
        relations[is_root] = self._root
        path = viterbi(scores.entity, self._transition, self._first)
        return Parsed(
            [self._network.upos[i] for i in scores.pos.argmax(-1).tolist()],
            starts.tolist(),
            heads.tolist(),
            [self._network.relations[i] for i in relations.tolist()],
            [self._network.entity_labels[i] for i in path.tolist()],
            softmax(scores.entity / self._network.calibration.entity)[words, path].tolist(),
            sure.tolist(),
        )


def softmax(scores: Floats) -> Floats:
    """Return the probabilities along the last axis."""
    powers: Floats = np.exp(scores - scores.max(-1, keepdims=True))
    powers /= powers.sum(-1, keepdims=True)
    return powers


def sentence_starts(words: Sequence[str], scores: Floats) -> NDArray[np.bool_]:
    """Return for each word whether a sentence starts there; the first one always does."""
    margin = np.array([0.0, *starmap(_margin, pairwise(words))])
    starts: NDArray[np.bool_] = scores[:, 1] > scores[:, 0] + margin
    starts[0] = True
    return starts


def _margin(before: str, word: str) -> float:
    """Return by how much the network must be surer of a start than of none between two words."""
    if before[-1] == "." and _ABBREVIATED.fullmatch(before) and not _OPENING.fullmatch(word):
        return _ABBREVIATION_MARGIN
    return 0.0 if before[-1] in _FINAL else _START_MARGIN


def viterbi(scores: Floats, transition: Floats, first: Floats) -> Ints:
    """Return the best path of labels: scores [n, k], transition [k, k] from row to column, first [k]."""
    path: Ints = scores.argmax(1)
    if first[path[0]] == 0 and not transition[path[:-1], path[1:]].any() and (transition <= 0).all() and (first <= 0).all():
        return path  # the best label of each word; no other path can be better
    best = scores[0] + first
    back = np.zeros(scores.shape, np.int64)
    for i in range(1, len(scores)):
        through = best[:, None] + transition
        back[i] = through.argmax(0)
        best = through.max(0) + scores[i]
    path = np.zeros_like(path)
    path[-1] = best.argmax()
    for i in range(len(scores) - 1, 0, -1):
        path[i - 1] = back[i, path[i]]
    return path


def tree(scores: Floats) -> Ints:
    """Return the head of each word in the best tree with a single root, by scores[dependent, head]; roots on the diagonal.

    The root is its own head. Greedy heads are kept when they are a tree already, which is the common case.
    """
    n = len(scores)
    heads: Ints = scores.argmax(1)
    if (heads == np.arange(n)).sum() == 1 and _reaches_root(heads):
        return heads
    scores = scores - np.log(np.exp(scores - scores.max(1, keepdims=True)).sum(1, keepdims=True)) - scores.max(1, keepdims=True)
    top = int(scores.diagonal().argmax())
    np.fill_diagonal(scores, -np.inf)
    scores[top] = -np.inf
    scores[top, top] = 0.0
    return spanning_tree(scores.astype(np.float64), top)


def _reaches_root(heads: Ints) -> bool:
    above = heads
    for _ in range(len(heads).bit_length()):
        above = above[above]
    return len(set(above.tolist())) == 1


def spanning_tree(scores: NDArray[np.float64], top: int) -> Ints:
    """Return the maximum spanning tree (Chu and Liu 1965, Edmonds 1967) of scores[dependent, head] under `top`."""
    n = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads: Ints = scores.argmax(1)
    heads[top] = top
    cycle = _cycle(heads, top)
    if cycle is None:
        return heads
    inside = np.array(sorted(cycle))
    outside = np.array([i for i in range(n) if i not in cycle])
    # The cycle becomes one node, placed last; entering it at i costs the arc that i had inside.
    small = np.full((len(outside) + 1, len(outside) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, inside)]
    small[:-1, -1] = leaving.max(1)
    entering = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    small[-1, :-1] = entering.max(0)
    result = heads.copy()
    below = spanning_tree(small, int(np.flatnonzero(outside == top)[0]))
    for i, node in enumerate(outside):
        if node != top:
            result[node] = inside[leaving[i].argmax()] if below[i] == len(outside) else outside[below[i]]
    entered = int(below[-1])
    result[inside[entering[:, entered].argmax()]] = outside[entered]
    return result


def _cycle(heads: Ints, top: int) -> set[int] | None:
    done = {top}
    for start in range(len(heads)):
        path: list[int] = []
        node = start
        while node not in done:
            if node in path:
                return set(path[path.index(node) :])
            path.append(node)
            node = int(heads[node])
        done.update(path)
    return None
