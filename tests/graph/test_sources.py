"""What counts as one source."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.sources import Voice, sources
from kg.model import Modality, Polarity

WORDS = "The two ministers signed the fisheries convention in Riverport on Tuesday after ten months of talks."
ONE = Voice(Polarity.AFFIRMED, Modality.ACTUAL, 0.9, "a", "digest-a", "Gazette", None, None, WORDS)
OTHER = replace(ONE, document="b", digest="digest-b", publisher="Courier", words="A pact on fish was concluded.")


def test_two_publishers_with_their_own_words_are_two() -> None:
    assert sources([ONE, OTHER]) == [0, 1]


@pytest.mark.parametrize(
    "change",
    [
        {"publisher": "Gazette"},
        {"publisher": " gazette "},
        {"digest": "digest-a"},
        {"words": WORDS},
        {"words": WORDS.upper()},
        {"words": WORDS.replace("on Tuesday ", "")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_one_publisher_text_or_sentence_is_one(change: dict[str, str]) -> None:
    assert sources([ONE, replace(OTHER, **change)]) == [0, 0]


def test_a_sentence_that_shares_only_its_beginning_is_no_copy() -> None:
    other = "The two ministers signed the fisheries convention, which farmers on both banks of the river call a betrayal."
    assert sources([ONE, replace(OTHER, words=other)]) == [0, 1]


def test_short_sentences_are_copies_only_if_they_are_the_same() -> None:
    short = [replace(ONE, words="They signed."), replace(OTHER, words="They met.")]
    assert sources(short) == [0, 1]
    assert sources([short[0], replace(OTHER, words="They signed")]) == [0, 0]


def test_documents_of_no_known_publisher_are_each_their_own() -> None:
    unknown = replace(ONE, publisher=None)
    assert sources([unknown, replace(OTHER, publisher=None)]) == [0, 1]
    assert sources([unknown, replace(unknown, words="A pact on fish was concluded.")]) == [0, 0]


def test_what_joins_two_sources_makes_them_one() -> None:
    assert sources([ONE, OTHER, replace(OTHER, document="c", digest="digest-c", words=WORDS)]) == [0, 0, 0]


def test_publishers_that_only_quote_the_same_speaker_are_one() -> None:
    assert sources([replace(ONE, speaker="person/x"), replace(OTHER, speaker="person/x")]) == [0, 0]
    assert sources([replace(ONE, speaker="person/x"), replace(OTHER, speaker="person/y")]) == [0, 1]


def test_a_publisher_that_vouches_for_it_itself_is_a_source_beside_those_whom_it_quotes() -> None:
    quoting = replace(ONE, speaker="person/x", words="A spokesman confirmed that the thing was done.")
    assert sources([ONE, quoting, replace(OTHER, speaker="person/x")]) == [0, 0, 1]


VOICES = st.builds(
    Voice,
    st.sampled_from(Polarity),
    st.sampled_from(Modality),
    st.floats(0, 1),
    st.sampled_from("abcdef"),
    st.sampled_from("uvwxyz"),
    st.sampled_from(["Gazette", "Courier", "Herald", None]),
    st.none(),
    st.sampled_from([None, "p", "q"]),
    st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six", "seven"]), min_size=1, max_size=9).map(" ".join),
)


@given(st.lists(VOICES, max_size=8), st.randoms(use_true_random=False))
def test_the_order_does_not_matter(voices: list[Voice], dice: object) -> None:
    shuffled = list(range(len(voices)))
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    here, there = sources(voices), sources([voices[index] for index in shuffled])
    pairs = {(a, b) for a in shuffled for b in shuffled if here[a] == here[b]}
    places = {index: place for place, index in enumerate(shuffled)}
    assert pairs == {(a, b) for a in shuffled for b in shuffled if there[places[a]] == there[places[b]]}


@given(st.lists(VOICES, min_size=1, max_size=8))
def test_a_copy_belongs_to_the_source_of_what_it_copies(voices: list[Voice]) -> None:
    copies = [replace(voice, document=f"copy-{number}", publisher="Copycat") for number, voice in enumerate(voices)]
    assert len(set(sources([*voices, *copies]))) == 1
