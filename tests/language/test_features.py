"""Words as the network sees them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language import Reader
from kg.language.analyser import Analyser
from kg.language.features import CASE_CLASSES, Encoder, case_class, collate

words = st.text(st.characters(exclude_categories=("Z", "C")), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def encoder(reader: Reader) -> Encoder:
    analyser = reader.nlp.get_pipe("kg_analyser")
    assert isinstance(analyser, Analyser)
    return analyser.network.encoder


@pytest.mark.parametrize(
    ("group", "same"),
    [
        ("lower case", ["treaty", "ß", "non-binding", "19th", "éclair"]),
        ("digits", ["1961", "7", "٣"]),
        ("capitals", ["NATO", "U.S.", "A-10"]),
        ("one capital", ["A", "Й"]),
        ("a capital first", ["Kim", "Ångström", "Pro-war"]),
        ("capitals inside too", ["McCain", "Jong-Un"]),
        ("a capital later", ["iPad", "al-Assad"]),
        ("signs", ["-", "€", "…"]),
    ],
)
def test_words_that_are_spelt_alike_share_a_class(group: str, same: list[str]) -> None:
    assert len({case_class(word) for word in same}) == 1, group


def test_the_classes_tell_spellings_apart() -> None:
    assert len({case_class(word) for word in ("treaty", "1961", "NATO", "A", "Kim", "McCain", "iPad", "-")}) == 8


@given(words)
def test_every_word_has_a_class_that_the_network_knows(word: str) -> None:
    assert 1 <= case_class(word) < CASE_CLASSES


@settings(max_examples=60, deadline=None)
@given(sentence=st.lists(words, min_size=1, max_size=12))
def test_each_word_is_a_run_of_subwords_between_two_borders(encoder: Encoder, sentence: list[str]) -> None:
    encoded = encoder.encode(sentence)
    assert len(encoded.ids) == len(encoded.case)
    assert encoded.first[0] == 1
    assert encoded.last[-1] == len(encoded.ids) - 2
    assert all(first == last + 1 for first, last in zip(encoded.first[1:], encoded.last, strict=False))
    for word, first, last in zip(sentence, encoded.first, encoded.last, strict=True):
        assert encoded.ids[first : last + 1] == encoder.subwords(word)
        assert set(encoded.case[first : last + 1]) == {case_class(word)}


@settings(max_examples=60, deadline=None)
@given(word=st.text(min_size=1, max_size=400))
def test_no_word_takes_more_room_than_the_network_was_trained_for(encoder: Encoder, word: str) -> None:
    assert 1 <= len(encoder.subwords(word)) <= 12


def test_case_does_not_change_the_subwords_but_the_class(encoder: Encoder) -> None:
    lower, upper = encoder.encode(["treaty"]), encoder.encode(["Treaty"])
    assert lower.ids == upper.ids
    assert lower.case != upper.case


def test_a_batch_is_padded_and_masked(encoder: Encoder) -> None:
    short, long = encoder.encode(["Kenya"]), encoder.encode(["Kenya", "and", "Uganda", "signed", "it"])
    batch = collate([short, long])
    assert batch.ids.shape == (2, len(long.ids))
    assert batch.mask.sum(1).tolist() == [len(short.ids), len(long.ids)]
    assert not batch.ids[0, len(short.ids) :].any()
    assert set(batch.inputs()) == {"ids", "case", "mask", "first", "last"}
    assert np.array_equal(batch.first[1], long.first)
