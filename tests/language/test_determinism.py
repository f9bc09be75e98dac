"""What is found in a document depends on nothing but the document; and long, odd texts are read in bounded memory."""

from __future__ import annotations

import random
import subprocess
import sys

import pytest
from spacy.tokens import Doc

from benchmarks.language import _LONG, _SAMPLES, apart, shaped
from kg.archive import dump
from kg.documents import zones
from kg.language import Reader
from kg.model import Document
from kg.reading import read_all, read_document

TEXTS = {
    "a": "Kenya and Uganda signed a border treaty in Nairobi on Monday.\n\nPresident Moses Okot of Uganda praised it.",
    "b": "Peru withdrew from the fisheries convention. The navy had asked for it.",
    "c": "TALKS IN GENEVA FAIL\n\nThe talks failed.\n\nNo treaty was signed, the Chinese foreign ministry said.",
    "d": "Chad",
}
DOCUMENTS = [Document(name, text, zones=zones(text)) for name, text in TEXTS.items()]


def analysis(doc: Doc) -> bytes:
    return doc.to_bytes(exclude=["user_data"]) + repr((doc._.members, doc._.mentions, doc._.agreements)).encode()


def test_order_does_not_matter() -> None:
    once = {d.id: dump(read_document(d)) for d in DOCUMENTS}
    for seed in range(4):
        order = random.Random(seed).sample(DOCUMENTS, len(DOCUMENTS))
        assert {d.id: dump(read_document(d)) for d in order} == once


@pytest.mark.parametrize("size", [1, 2, 50])
def test_the_batch_does_not_matter(reader: Reader, size: int) -> None:
    alone = [analysis(reader.nlp(text)) for text in TEXTS.values()]
    assert [analysis(doc) for doc in reader.nlp.pipe(TEXTS.values(), batch_size=size)] == alone


def test_another_reader_finds_the_same(reader: Reader) -> None:
    other = Reader()
    for document in DOCUMENTS:
        assert analysis(other.read(document)[0]) == analysis(reader.read(document)[0])


@pytest.mark.slow
@pytest.mark.parametrize("workers", [2, 3])
def test_the_number_of_processes_does_not_matter(workers: int) -> None:
    assert list(read_all(DOCUMENTS, workers)) == list(read_all(DOCUMENTS, 1))


@pytest.mark.slow
def test_a_fresh_process_with_another_hash_seed_finds_the_same() -> None:
    script = (
        "import hashlib\nfrom kg.archive import dump\nfrom kg.reading import read_document\n"
        "from tests.language.test_determinism import DOCUMENTS\n"
        "print(hashlib.sha256(b''.join(dump(read_document(d)) for d in DOCUMENTS)).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize("name", sorted(_LONG))
def test_odd_texts_are_read_whole(reader: Reader, name: str) -> None:
    text = shaped(name, " ".join(TEXTS.values()).split(), 900)
    doc, _ = reader.read(Document("long", text, zones=zones(text)))
    assert doc.text == text
    assert all(sum(token.head.i == token.i for token in sentence) == 1 for sentence in doc.sents)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(_LONG))
def test_long_texts_take_bounded_memory(name: str) -> None:
    *_, peak = apart([str(_SAMPLES)], name)
    assert peak < 450
