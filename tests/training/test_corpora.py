"""Corpora are read alike from JSONL and CoNLL-U, sliced, and relabelled where countries are concerned."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.corpora import Paragraph, corpus_file, countries_as_places, entities, read, training_set

CONLLU = """\
# newdoc id = visits
# newpar
# sent_id = 1
1\tKenya\tKenya\tPROPN\tNNP\t_\t3\tnsubj\t_\tNE=B-LOC
2-3\tdoesn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdoes\tdo\tAUX\tVBZ\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsign\tsign\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
4.1\tit\tit\tPRON\tPRP\t_\t_\t_\t4:obj\t_
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = 2
1\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_

# newpar
# sent_id = 3
1\tStay\tstay\tVERB\tVB\t_\t0\troot\t_\t_
"""
FIRST = {
    "doc": "visits", "words": ["Kenya", "does", "n't", "sign", ".", "Go"], "spaces": [1, 0, 1, 0, 1, 1],
    "sent_starts": [1, 0, 0, 0, 0, 1], "upos": ["PROPN", "AUX", "PART", "VERB", "PUNCT", "VERB"], "heads": [2, 3, 3, 3, 3, 5],
    "deps": ["nsubj", "aux", "advmod", "root", "punct", "root"], "ents": ["B-LOC", "O", "O", "O", "O", "O"],
}  # fmt: skip


def plain(words: str, ents: str) -> Paragraph:
    parts = tuple(words.split())
    return Paragraph("d", parts, (True,) * len(parts), None, None, None, None, tuple(ents.split()))


def test_both_formats_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text(CONLLU)
    (tmp_path / "b.jsonl").write_text(json.dumps(FIRST) + "\n")
    two = list(read(corpus_file(tmp_path, "a")))
    assert [two[0]] == list(read(corpus_file(tmp_path, "b")))
    assert two[0].text == "Kenya doesn't sign. Go"
    assert [two[0].text[a:b] for a, b in two[0].spans] == list(two[0].words)
    assert (two[1].words, two[1].document, two[1].ents) == (("Stay",), "visits", None)


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"no ewt_dev\.jsonl or ewt_dev\.conllu"):
        corpus_file(tmp_path, "ewt_dev")


def test_what_a_corpus_lacks_is_none(tmp_path: Path) -> None:
    (tmp_path / "c.jsonl").write_text(json.dumps({**FIRST, "heads": None, "ents": None}) + "\n")
    [paragraph] = read(tmp_path / "c.jsonl")
    assert paragraph.heads is None
    assert paragraph.ents is None


def test_a_slice_is_held_out_and_the_rest_repeated(tmp_path: Path) -> None:
    rows = [{**FIRST, "doc": str(i)} for i in range(5)]
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    recipe = {"corpus": [{"file": "c", "annotated": ["LOC"], "repeat": 2, "hold_out": 3}]}
    kept, held = training_set(recipe, tmp_path, set())
    assert [p.document for p in kept] == ["1", "1", "2", "2", "4", "4"]
    assert [p.document for p in held["c"]] == ["0", "3"]
    assert kept[0].annotated == {"LOC"}


def test_a_countrys_name_is_a_place() -> None:
    paragraph = plain("North Korea beat Kenya United", "B-ORG I-ORG O B-ORG I-ORG")
    found = countries_as_places(paragraph, {("North", "Korea"), ("Kenya",)})
    assert found.ents == ("B-LOC", "I-LOC", "O", "B-ORG", "I-ORG")


def test_an_inside_label_without_a_beginning_is_no_entity() -> None:
    assert entities(["I-LOC", "B-PERSON", "I-PERSON", "I-ORG"]) == [(1, 3, "PERSON")]
