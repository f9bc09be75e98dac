"""Paragraphs in numbers: what a corpus leaves open stays open, and every member sees every paragraph."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kg.language.analyser import MODEL
from kg.language.features import Encoder
from training.corpora import Paragraph
from training.labels import NOT_ANNOTATED, Labels, example, plan

LABELS = Labels(["NOUN", "PROPN", "PUNCT", "VERB"], ["PERSON", "LOC", "EVENT", "MISC"], ["nsubj", "obj", "punct", "root"])
SIGNED = Paragraph(
    "d", ("Kenya", "signed", "START", "II", "."), (True, True, True, False, True), (1, 0, 0, 0, 0),
    ("PROPN", "VERB", "PROPN", "PROPN", "PUNCT"), (1, 1, 1, 2, 1), ("nsubj", "root", "obj", "obj", "punct"),
    ("B-LOC", "O", "B-MISC", "I-MISC", "-"), frozenset({"LOC", "MISC"}), (("MISC", ("MISC", "EVENT")),),
)  # fmt: skip


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(MODEL / "tokenizer.json")


@pytest.mark.parametrize(
    ("label", "allowed"),
    [
        ("B-LOC", {"B-LOC"}),
        ("I-MISC", {"I-MISC", "I-EVENT"}),
        ("O", {"O", "B-PERSON", "I-PERSON"}),  # the corpus marks no persons
        ("-", set(LABELS.entities)),
    ],
)
def test_a_label_allows_what_it_may_stand_for(label: str, allowed: set[str]) -> None:
    may = LABELS.allowed(label, SIGNED)
    assert {own for own, yes in zip(LABELS.entities, may, strict=True) if yes} == allowed


def test_a_paragraph_in_numbers(encoder: Encoder) -> None:
    found = example(SIGNED, encoder, LABELS)
    assert found.head.tolist() == [1, 1, 1, 2, 1]
    assert [LABELS.relations[i] for i in found.label] == list(SIGNED.deps or ())
    assert found.sentence.tolist() == [1] * 5
    assert found.allowed[4].all()
    assert found.stop
    assert found.case.shape == (3, len(found.ids))
    assert found.case[:, 0].tolist() == [0, 0, 0]
    assert found.case[:, found.first[1]].tolist() == [1, 5, 3]  # signed, Signed, SIGNED


def test_what_no_corpus_says_is_not_annotated(encoder: Encoder) -> None:
    found = example(replace(SIGNED, heads=None, deps=None, upos=None, sent_starts=None, ents=None), encoder, LABELS)
    assert {*found.head, *found.pos, *found.start, *found.label} == {NOT_ANNOTATED}
    assert found.allowed.all()
    assert not found.sentence.any()


def test_a_full_stop_that_a_word_hangs_on_stays(encoder: Encoder) -> None:
    assert not example(replace(SIGNED, heads=(4, 1, 1, 2, 1)), encoder, LABELS).stop


def test_each_member_sees_each_paragraph_once() -> None:
    lengths = [3 + i % 37 for i in range(200)]
    batches = plan(lengths, 120, 3, np.random.default_rng(1))
    for member in range(3):
        assert sorted(i for batch in batches for i in batch[member]) == list(range(200))
    assert all(max(lengths[i] for i in batch.flat) * batch.shape[1] <= 120 for batch in batches)
    assert any((batch[0] != batch[1]).any() for batch in batches)


def test_a_plan_depends_on_nothing_but_its_seed() -> None:
    one, same = (plan([5, 9, 7, 3], 20, 2, np.random.default_rng(4)) for _ in range(2))
    assert [b.tolist() for b in one] == [b.tolist() for b in same]


def test_one_long_paragraph_makes_a_batch() -> None:
    assert [b.shape for b in plan([500], 120, 2, np.random.default_rng(0))] == [(2, 1)]
