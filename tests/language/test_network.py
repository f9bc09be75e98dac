"""The network: what it needs, and that it reads a stretch the same whatever else it reads."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kg.errors import LanguageError
from kg.language.models import MODEL
from kg.language.network import Network


@pytest.fixture(scope="module")
def network() -> Network:
    return Network.load(MODEL)


def test_a_missing_model_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "meta.json").write_text("{}", encoding="utf-8")
    with pytest.raises(LanguageError, match="reinstall") as caught:
        Network.load(tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "model.int8.onnx" in str(caught.value)
    assert "meta.json" not in str(caught.value)


def test_its_labels_are_those_of_universal_dependencies(network: Network) -> None:
    assert {"NOUN", "VERB", "PROPN"} <= set(network.upos)
    assert {"root", "nsubj", "obj", "ccomp"} <= set(network.relations)
    assert {"O", "B-PERSON", "I-PERSON"} <= set(network.entity_labels)


def test_scores_have_a_row_for_each_word(network: Network) -> None:
    stretches = [["Kenya", "signed", "."], ["Talks", "in", "Geneva", "failed"], ["No"]]
    found = network.scores(stretches)
    for words, scores in zip(stretches, found, strict=True):
        n = len(words)
        assert scores.pos.shape == (n, len(network.upos))
        assert scores.entity.shape == (n, len(network.entity_labels))
        assert (scores.start.shape, scores.arc.shape, scores.root.shape) == ((n, 2), (n, n), (n,))
    assert network.scores([]) == []


def test_the_same_words_have_the_same_scores_again(network: Network) -> None:
    stretches = [["Kenya", "signed", "a", "treaty", "."], ["Uganda", "did", "not", "."]]
    once, again = network.scores(stretches), network.scores(stretches)
    for one, other in zip(once, again, strict=True):
        assert np.array_equal(one.arc, other.arc)
        assert np.array_equal(one.entity, other.entity)


def test_its_version_tells_models_apart(network: Network) -> None:
    assert network.version == Network.load(MODEL).version
    assert len(network.version) == 12
