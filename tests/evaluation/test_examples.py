"""Evidence with its verdict."""

from __future__ import annotations

from pathlib import Path

from kg.documents import read_documents
from kg.evaluation import Gold
from kg.evaluation.examples import examples
from kg.model import Document
from kg.reading import read_document
from kg.reference import load

DATA = Path(__file__).parents[1] / "data"


def test_every_evidence_of_an_article_with_gold_has_its_verdict(golds: tuple[Gold, ...]) -> None:
    documents = [one for one in read_documents([str(DATA / "tromso-*.txt")]) if isinstance(one, Document)]
    readings = [read_document(document) for document in documents]
    found = examples(readings, golds[:1], load())
    (doubts,) = (reading for reading in readings if reading.document.id == "tromso-doubts")
    assert {one.document for one in found} == {"tromso-doubts"}
    assert [(one.own, one.frame) for one in found] == [(item.confidence, item.frame) for item in doubts.evidence]
    assert any(one.right for one in found if one.frame.startswith("kg.accused."))
