"""The pipeline as spaCy sees it: a text alone gives everything, and a saved pipeline reads as the one it was."""

from __future__ import annotations

import tomllib
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.util import registry

from kg.documents import zones
from kg.language import Cast, Reader, load
from kg.model import Document

TEXT = (
    "Presidents Ada Njoroge of Kenya and Moses Okot of Uganda signed a border agreement in Nairobi on Monday.\n\n"
    "The New START treaty, signed on 8 April 2010, was no model, the Kenyan foreign ministry said. -President Okot left."
)
RESULTS = ("known", "agreement_names", "members", "mentions", "titles", "dates", "agreements")


def analysis(doc: Doc) -> tuple[object, ...]:
    """Everything that the language stage says of a text."""
    tokens = [
        (t.text, t.pos_, t.lemma_, t.dep_, t.head.i, t.is_sent_start, t.ent_iob_, t.ent_type_, t._.arc_confidence) for t in doc
    ]
    return tokens, *(getattr(doc._, name) for name in RESULTS)


@pytest.fixture(scope="module")
def nlp(reader: Reader) -> Language:
    return reader.nlp


def test_a_text_alone_gives_everything(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert all(doc.has_annotation(name) for name in ("SENT_START", "POS", "LEMMA", "HEAD", "DEP", "ENT_IOB"))
    assert [date.value.value for date in doc._.dates] == ["2010-04-08"]
    assert {"state/kenya", "state/uganda"} <= {member.reference for member in doc._.members}
    assert [doc[a.start : a.end].text for a in doc._.agreements] == ["border agreement", "New START treaty"]
    assert [doc[n.start : n.end].text for n in doc._.agreement_names] == ["New START treaty"]
    assert [doc[t.before.start : t.before.end].text for t in doc._.titles if t.before] == ["Presidents", "President"]
    assert "-" in [token.text for token in doc]


def test_a_reader_takes_the_same_way(reader: Reader) -> None:
    document = Document("text", TEXT, issued=date(2024, 5, 8), zones=zones(TEXT))
    doc, cast = reader.read(document)
    assert doc._.document is document
    assert [date.value.value for date in doc._.dates] == ["2024-05-06", "2010-04-08"]
    assert cast.mentions == sorted(doc._.mentions, key=lambda mention: mention.start)
    assert list(cast.members.values()) == list(doc._.members)


def test_words_in_two_mentions_stay_with_the_first(nlp: Language) -> None:
    doc = nlp("The talks in N'Djamena ended. Moses Okot left the capital of Chad.")
    chad = next(token.i for token in doc if token.text == "Chad")
    owner = Cast.of(doc).at(chad)
    assert owner is not None
    assert doc[owner.start : owner.end].text == "Chad"


def test_what_is_added_to_a_cast_stays_out_of_the_doc(nlp: Language) -> None:
    doc = nlp(TEXT)
    before = analysis(doc)
    cast = Cast.of(doc)
    member = next(iter(cast.members.values()))
    cast.mention(0, 1, member.id, "name")
    member.label = "another"
    assert analysis(doc) == before
    assert Cast.of(doc).members[member.id].label != "another"


def test_a_doc_survives_serialisation_with_its_results(reader: Reader) -> None:
    doc, _ = reader.read(Document("text", TEXT, issued=date(2024, 5, 8), zones=zones(TEXT)))
    again = Doc(reader.nlp.vocab).from_bytes(doc.to_bytes())
    assert analysis(again) == analysis(doc)
    assert again._.document == doc._.document
    [binned] = DocBin(docs=[doc], store_user_data=True).get_docs(reader.nlp.vocab)
    assert all(getattr(binned._, name) == getattr(doc._, name) for name in RESULTS)


@pytest.mark.parametrize("text", [TEXT, "", "\n", "Kenya"])
def test_a_pipeline_survives_disk_bytes_and_configuration(nlp: Language, tmp_path: Path, text: str) -> None:
    nlp.to_disk(tmp_path / "saved")
    from_disk = spacy.load(tmp_path / "saved")
    from_config = type(nlp).from_config(nlp.config)
    from_bytes = load().from_bytes(nlp.to_bytes())
    for other in (from_disk, from_config, from_bytes):
        assert other.pipe_names == nlp.pipe_names
        assert analysis(other(text)) == analysis(nlp(text))
    from_disk.to_disk(tmp_path / "again")
    assert (tmp_path / "again" / "kg_analyser" / "meta.json").read_bytes() == (
        tmp_path / "saved" / "kg_analyser" / "meta.json"
    ).read_bytes()


def test_a_stream_of_texts_and_docs_is_read_in_order(nlp: Language) -> None:
    texts = [TEXT, "Kenya waits.", "", TEXT[:40]]
    assert [analysis(doc) for doc in nlp.pipe(texts, batch_size=2)] == [analysis(nlp(text)) for text in texts]
    assert [analysis(doc) for doc in nlp.pipe(nlp.make_doc(text) for text in texts)] == [analysis(nlp(text)) for text in texts]


@pytest.mark.slow
def test_processes_of_spacy_read_as_one_does(nlp: Language) -> None:
    texts = [TEXT, "Kenya waits.", TEXT[:60], "Uganda left."]
    assert [analysis(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=1)] == [analysis(doc) for doc in nlp.pipe(texts)]


def test_a_text_may_have_more_than_a_million_characters(nlp: Language) -> None:
    assert len(nlp.make_doc("word " * 250_000)) == 250_000


def test_an_installation_tells_spacy_where_its_components_are() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = project["entry-points"]
    for group, names in found.items():
        for name, place in names.items():
            module, _, attribute = place.partition(":")
            made = getattr(import_module(module), attribute)
            if group == "spacy_factories":
                assert Language.has_factory(name)
            else:
                assert getattr(registry, group.removeprefix("spacy_")).get(name) is made
    assert set(load().pipe_names) == set(found["spacy_factories"])
