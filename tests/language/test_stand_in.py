"""Any spaCy pipeline that sets tags, trees and entities can read in the network's stead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from typer.testing import CliRunner

from kg.cli import app
from kg.documents import zones
from kg.errors import LanguageError
from kg.language import Reader, identity, load
from kg.model import Document
from kg.reading import knowledge, read_document

TEXT = "Kenya signed a border treaty with Uganda in Nairobi.\nSubscribe!"
#: Word, part of speech, relation and head from 1, entity: as en_core_web_sm would have it.
KNOWN = {
    "Kenya": ("PROPN", "nsubj", 2, "GPE"),
    "signed": ("VERB", "ROOT", 2, ""),
    "a": ("DET", "det", 5, ""),
    "border": ("NOUN", "compound", 5, ""),
    "treaty": ("NOUN", "dobj", 2, ""),
    "with": ("ADP", "prep", 5, ""),
    "Uganda": ("PROPN", "pobj", 6, "GPE"),
    "in": ("ADP", "prep", 2, ""),
    "Nairobi": ("PROPN", "pobj", 8, "GPE"),
    ".": ("PUNCT", "punct", 2, ""),
}


@Language.component("clear_stub")
def clear_stub(doc: Doc) -> Doc:
    """Label the one sentence that it knows; hang the words of any other on their first."""
    rows = [KNOWN.get(token.text, ("X", "dep", 1, "")) for token in doc]
    heads = [head - 1 if len(doc) == len(KNOWN) else 0 for _, _, head, _ in rows]
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        pos=[pos for pos, *_ in rows],
        deps=[dep if heads[i] != i else "ROOT" for i, (_, dep, *_) in enumerate(rows)],
        heads=heads,
        ents=[f"B-{kind}" if kind else "O" for *_, kind in rows],
    )


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[str]:
    nlp = spacy.blank("en")
    nlp.add_pipe("clear_stub")
    nlp.to_disk(tmp_path / "clear_stub")
    yield str(tmp_path / "clear_stub")
    identity.cache_clear()


def document() -> Document:
    return Document("text", TEXT, issued=date(2024, 5, 8), zones=zones(TEXT))


def test_its_labels_become_ours(folder: str) -> None:
    doc, cast = Reader(folder).read(document())
    found = {token.text: (token.dep_, token.head.text) for token in doc if not token.is_space}
    assert found["Uganda"] == ("nmod", "treaty")
    assert found["Nairobi"] == ("obl", "signed")
    assert {member.reference for member in cast.members.values()} >= {"state/kenya", "state/uganda"}
    assert [entity.label_ for entity in doc.ents] == ["LOC", "LOC", "LOC"]
    assert [token.lemma_ for token in doc][1] == "sign"
    assert doc[0]._.arc_confidence is None
    assert doc.ents[0]._.entity_confidence is None
    assert all(sum(token.head.i == token.i for token in sentence) == 1 for sentence in doc.sents)


def test_statements_are_found_with_it(folder: str) -> None:
    found = {e.statement.predicate for e in read_document(document(), folder).evidence}
    assert {"party", "placeSigned"} <= found


def test_a_pipeline_around_it_can_be_saved(folder: str, tmp_path: Path) -> None:
    nlp = load(folder)
    nlp.to_disk(tmp_path / "saved")
    copies = [spacy.load(tmp_path / "saved"), load(folder).from_bytes(nlp.to_bytes())]
    for copy in copies:
        assert [(t.dep_, t.head.i) for t in copy(TEXT)] == [(t.dep_, t.head.i) for t in nlp(TEXT)]


def test_a_long_line_is_read_in_parts(folder: str) -> None:
    doc = load(folder)("word " * 4500)
    assert sum(token.head.i == token.i for token in doc) == 3


def test_models_are_told_apart(folder: str) -> None:
    assert identity().startswith("treatygraph-language ")
    assert identity(folder).startswith("spaCy clear_stub ")
    assert knowledge(folder) != knowledge()
    before = identity(folder)
    (Path(folder) / "meta.json").write_text("{}", encoding="utf-8")
    identity.cache_clear()
    assert identity(folder) != before


def test_a_pipeline_that_lacks_something_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(LanguageError, match="no parts of speech and no dependency relations and no entities"):
        load(tmp_path / "blank")


@pytest.mark.parametrize("name", ["no_such_pipeline", "/no/such/folder"])
def test_a_model_that_is_nowhere_is_named(name: str) -> None:
    with pytest.raises(LanguageError, match="neither a folder"):
        load(name)


def test_a_folder_that_spacy_cannot_load_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp]\n", encoding="utf-8")
    with pytest.raises(LanguageError, match="cannot load"):
        load(tmp_path)


def test_a_build_reads_with_it_and_says_so(folder: str, tmp_path: Path) -> None:
    source = tmp_path / "news.txt"
    source.write_text(f"A treaty\n\nMay 8, 2024\n\n{TEXT}\n", encoding="utf-8")
    out = tmp_path / "graph.nq"
    common = ["build", str(source), "--store", str(tmp_path / "store"), "--workers", "1"]
    found = CliRunner().invoke(app, [*common, "--out", str(out), "--model", folder])
    assert found.exit_code == 0, found.output
    assert "spaCy clear_stub" in out.read_text(encoding="utf-8")
    again = CliRunner().invoke(app, common)
    assert "documents read                  1" in again.output, again.output  # with the bundled model
    refused = CliRunner().invoke(app, [*common, "--model", "no_such_pipeline"])
    assert refused.exit_code != 0
