"""From scores to labels: never an illegal label, always one tree to a sentence."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from kg.language import Reader
from kg.language.analyser import Analyser
from kg.language.decoding import Decoder, sentence_starts, softmax, spanning_tree, tree, viterbi
from kg.language.network import Network, Scores

scores = st.floats(-8, 8, width=32)


@pytest.fixture(scope="module")
def network(reader: Reader) -> Network:
    analyser = reader.nlp.get_pipe("kg_analyser")
    assert isinstance(analyser, Analyser)
    return analyser.network


def reaches(heads: list[int], root: int) -> bool:
    """Does every word lead up to the root?"""
    for start in range(len(heads)):
        node, steps = start, 0
        while node != root and steps <= len(heads):
            node, steps = heads[node], steps + 1
        if node != root:
            return False
    return True


@settings(max_examples=50, deadline=None)
@given(
    st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, 3), elements=scores)), arrays(np.float32, (3, 3), elements=scores)
)
def test_viterbi_finds_the_best_path(emission: NDArray[np.float32], transition: NDArray[np.float32]) -> None:
    first = transition[0]

    def worth(path: tuple[int, ...]) -> float:
        steps = sum(float(transition[a, b]) for a, b in pairwise(path))
        return float(first[path[0]]) + steps + sum(float(emission[i, label]) for i, label in enumerate(path))

    best = max(worth(path) for path in product(range(3), repeat=len(emission)))
    assert worth(tuple(viterbi(emission, transition, first))) == pytest.approx(best, abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(2, 5),
    data=st.data(),
)
def test_the_spanning_tree_is_the_best_of_all(n: int, data: st.DataObject) -> None:
    matrix = data.draw(arrays(np.float64, (n, n), elements=st.floats(-5, 5)))
    top = data.draw(st.integers(0, n - 1))
    others = [i for i in range(n) if i != top]

    def worth(heads: list[int]) -> float:
        return sum(float(matrix[i, heads[i]]) for i in others)

    def with_heads(choice: tuple[int, ...]) -> list[int]:
        heads = [top] * n
        for i, head in zip(others, choice, strict=True):
            heads[i] = head
        return heads

    every = [with_heads(choice) for choice in product(range(n), repeat=len(others))]
    trees = [heads for heads in every if all(heads[i] != i for i in others) and reaches(heads, top)]
    found = spanning_tree(matrix, top).tolist()
    assert found in trees
    assert worth(found) == pytest.approx(max(worth(heads) for heads in trees), abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 8).flatmap(
        lambda n: st.tuples(arrays(np.float32, (n, n), elements=scores), arrays(np.float32, n, elements=scores))
    )
)
def test_every_sentence_is_one_tree_with_one_root(drawn: tuple[NDArray[np.float32], NDArray[np.float32]]) -> None:
    arc, root = drawn
    np.fill_diagonal(arc, root)
    heads = tree(arc).tolist()
    [top] = [i for i, head in enumerate(heads) if head == i]
    assert reaches(heads, top)


def test_a_greedy_tree_is_kept() -> None:
    scores = np.array([[0, 9, 0], [0, 9, 0], [0, 9, 0]], np.float32)
    assert tree(scores).tolist() == [1, 1, 1]


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10**6), n=st.integers(1, 12))
def test_whatever_the_scores_the_labels_of_a_stretch_are_legal(network: Network, seed: int, n: int) -> None:
    random = np.random.default_rng(seed)

    def some(*shape: int) -> NDArray[np.float32]:
        return random.normal(0, 4, shape).astype(np.float32)

    wide = network.scores([["treaty"]])[0]
    given_scores = Scores(
        some(n, len(network.upos)),
        some(n, 2),
        some(n, len(network.entity_labels)),
        some(n, n),
        some(n),
        some(n, wide.dependent.shape[1]),
        some(n, wide.head.shape[1]),
    )
    [parsed] = Decoder(network).decode([["word"] * n], [given_scores])
    assert parsed.starts[0]
    for before, label in pairwise(["O", *parsed.entities]):
        assert not label.startswith("I-") or before[2:] == label[2:]
    for i, relation in enumerate(parsed.relations):
        assert (relation == "root") == (parsed.heads[i] == i)
    assert all(0 <= sure <= 1 for sure in (*parsed.entity_confidence, *parsed.arc_confidence))
    assert len(parsed.entity_confidence) == len(parsed.arc_confidence) == n
    assert sum(head == i for i, head in enumerate(parsed.heads)) == sum(parsed.starts)


def test_a_sentence_may_start_more_easily_after_a_full_stop() -> None:
    doubtful = np.tile(np.array([0.0, 0.5], np.float32), (3, 1))
    assert sentence_starts(["Talks", "ended", "."], doubtful).tolist() == [True, False, False]
    assert sentence_starts(["Done", ".", "Talks"], doubtful).tolist() == [True, False, True]


@given(arrays(np.float32, (2, 4), elements=st.floats(-100, 100, width=32)))
def test_probabilities_add_up_to_one(values: NDArray[np.float32]) -> None:
    assert softmax(values).sum(-1) == pytest.approx(1, abs=1e-5)
