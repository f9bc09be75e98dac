"""Scores count by where words stand in the raw text, so that another tokenizer is judged fairly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.corpora import Paragraph
from training.evaluate import evaluate, lines, plain, reading
from training.scores import Reading, entity_scores, gold_entities, tree_scores

GOLD = Paragraph(
    "GUM_news_a", ("Ada", "Poe", "left", "Lima", ".", "Go", "."), (True, True, True, False, True, False, True),
    (1, 0, 0, 0, 0, 1, 0), ("PROPN", "PROPN", "VERB", "PROPN", "PUNCT", "VERB", "PUNCT"), (2, 0, 2, 2, 2, 5, 5),
    ("nsubj", "flat", "root", "obj", "punct", "root", "punct"), ("B-PERSON", "I-PERSON", "O", "B-LOC", "O", "O", "O"),
)  # fmt: skip


def perfect(paragraph: Paragraph = GOLD) -> Reading:
    return Reading(
        paragraph.spans,
        [bool(s) for s in paragraph.sent_starts or ()],
        list(paragraph.upos or ()),
        list(paragraph.heads or ()),
        list(paragraph.deps or ()),
        gold_entities(paragraph),
    )


def test_what_is_right_scores_all() -> None:
    assert set(tree_scores([(GOLD, perfect())]).values()) == {100.0}
    scores = entity_scores([(GOLD, perfect())], ["PERSON", "LOC"])
    assert set(scores.values()) == {100.0}


def test_an_entity_of_another_span_counts_against_both_sides() -> None:
    said = perfect()
    said.ents.remove((0, 7, "PERSON"))
    said.ents.add((4, 7, "PERSON"))
    scores = entity_scores([(GOLD, said)], ["PERSON", "LOC"])
    assert (scores["PERSON"], scores["LOC"], scores["micro"]) == (0.0, 100.0, 50.0)
    assert (scores["precision"], scores["recall"]) == (50.0, 50.0)


def test_types_that_are_not_asked_for_do_not_count() -> None:
    assert entity_scores([(GOLD, perfect())], ["ORG"])["micro"] == 0.0


def test_a_right_head_with_a_wrong_label_counts_for_uas_only() -> None:
    said = perfect()
    said.deps[3] = "obl"
    scores = tree_scores([(GOLD, said)])
    assert scores["uas"] == 100.0
    assert scores["las"] == pytest.approx(600 / 7)


def test_words_cut_otherwise_are_errors_with_what_hangs_on_them() -> None:
    said = Reading([(0, 7), *GOLD.spans[2:]], [True, False, False, False, True, False], ["PROPN", *(GOLD.upos or ())[2:]],
                   [1, 1, 1, 1, 4, 4], ["nsubj", *(GOLD.deps or ())[2:]], set())  # fmt: skip
    scores = tree_scores([(GOLD, said)])
    assert scores["words"] == scores["las"] == pytest.approx(1000 / 13)
    assert scores["sentences"] == 100.0


def test_the_evaluation_reads_each_paragraph_once_and_names_all_tests(tmp_path: Path) -> None:
    row = {
        "doc": GOLD.document, "words": GOLD.words, "spaces": GOLD.spaces, "sent_starts": GOLD.sent_starts, "upos": GOLD.upos,
        "heads": GOLD.heads, "deps": GOLD.deps, "ents": GOLD.ents,
    }  # fmt: skip
    for name in ("cner_test", "gum_dev", "gum_test", "ewt_test", "pud_test"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    asked: list[str] = []

    def read_text(text: str) -> Reading:
        asked.append(text)
        return perfect()

    scores = evaluate(read_text, tmp_path)
    assert asked == ["Ada Poe left Lima. Go."] * 5
    assert scores["GUM, trees"]["las"] == scores["CrossNER politics, entities"]["PERSON"] == 100.0
    assert any(line.startswith("EWT, trees") and "sentences 100.0" in line for line in lines(scores))


def test_paragraphs_with_unknown_words_are_left_out_of_entity_scores(tmp_path: Path) -> None:
    row = {
        "doc": "d", "words": GOLD.words, "spaces": GOLD.spaces, "sent_starts": GOLD.sent_starts, "upos": GOLD.upos,
        "heads": GOLD.heads, "deps": GOLD.deps, "ents": ["-", *(GOLD.ents or ())[1:]],
    }  # fmt: skip
    for name in ("ewt_dev", "gum_dev"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(row) + "\n")
    scores = evaluate(lambda _: perfect(), tmp_path, dev=True)
    assert scores["GUM dev, entities"]["micro"] == 0.0
    assert scores["GUM dev, trees"]["las"] == 100.0


def test_the_bundled_model_is_read_by_words_of_the_raw_text() -> None:
    found = reading(plain(Path(__file__).parents[2] / "kg/language/model"), "Kenya signed the treaty in Lima.")
    assert [(a, b) for a, b in found.spans][:2] == [(0, 5), (6, 12)]
    assert found.deps[1] == "root"
    assert found.heads[0] == found.heads[1] == 1
    assert (0, 5, "LOC") in found.ents
