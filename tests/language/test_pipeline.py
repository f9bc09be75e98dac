"""Reading a document: any text is taken as it is, and read the same every time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.archive import dump
from kg.documents import zones
from kg.errors import LanguageError
from kg.language import Reader, load
from kg.model import Document, Span, Zone, ZoneKind
from kg.reading import read_all, read_document

Parse = Callable[..., Any]
REPORT = (
    "Kenya and Uganda sign border pact\n\nNAIROBI, May 6 - Presidents Ada Njoroge of Kenya and Moses Okot of Uganda signed a "
    "border agreement in Nairobi on Monday.\n\nOkot said that the pact would open three crossings. Tanzania denied that it had "
    'broken an older treaty. "We honour what we sign," its foreign minister, Neema Mushi, told reporters.'
)
OTHER = "Peru withdrew from the fisheries convention. The navy of Peru had asked for it."

odd = st.text(
    st.one_of(
        st.characters(exclude_categories=("Cs",)),
        st.sampled_from(" \n\t.,\"“”'’-–()؟。\u00a0\u200b\u202e\ufeff\x0b\r"),
    ),
    min_size=1,
    max_size=120,
)


def document(text: str, name: str = "text") -> Document:
    return Document(name, text, issued=date(2024, 5, 8), zones=zones(text))


def roots(doc: Doc) -> list[int]:
    return [sum(token.head.i == token.i for token in sentence) for sentence in doc.sents]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=odd)
def test_any_text_becomes_words_that_give_it_back(parse: Parse, text: str) -> None:
    doc = parse(text).doc
    assert doc.text == text
    assert set(roots(doc)) <= {1}
    assert sum(len(sentence) for sentence in doc.sents) == len(doc)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\n Kenya",
        " :",
        "Kenya",
        "…",
        "\ufeffKenya signed\r\na treaty.\r\n",
        "no full stop anywhere",
        '“Quotation” «marks» ‘of’ all "kinds"',
        "😀 met 😀😀",
        "e\u0301te\u0301 in Bogota\u0301",
        "كينيا وأوغندا",
        "A" * 3000,
    ],
)
def test_an_odd_text_is_read_too(parse: Parse, text: str) -> None:
    doc = parse(text).doc
    assert doc.text == text
    assert set(roots(doc)) <= {1}


@pytest.mark.parametrize(
    "text", ["President Idriss  Baro of Chad left.", "Idriss\tBaro left.", "The New \u2009York  Times left."]
)
def test_a_name_may_be_spaced_oddly(parse: Parse, text: str) -> None:
    doc = parse(text).doc
    assert doc.text == text
    assert set(roots(doc)) == {1}


def test_a_line_of_two_thousand_words_is_read(parse: Parse) -> None:
    text = "Kenya and Uganda signed a treaty and " * 286
    doc = parse(text.strip()).doc
    assert doc.text == text.strip()
    assert set(roots(doc)) == {1}
    assert sum(token.pos_ == "VERB" for token in doc) >= 200


def test_a_text_without_an_end_to_any_sentence_is_cut_at_its_lines(parse: Parse) -> None:
    doc = parse("Kenya signs treaty\nUganda waits\nPeru leaves").doc
    assert [sentence.text.strip() for sentence in doc.sents] == ["Kenya signs treaty", "Uganda waits", "Peru leaves"]


def test_boilerplate_is_words_that_say_nothing(reader: Reader) -> None:
    text = "Kenya signed a treaty.\nSubscribe to Vladimir Putin's newsletter from Uganda.\nPeru ratified it."
    start = text.index("Subscribe")
    end = text.index("\nPeru")
    kinds = [(0, start - 1, ZoneKind.BODY), (start, end, ZoneKind.BOILERPLATE), (end + 1, len(text), ZoneKind.BODY)]
    marked = Document("text", text, zones=tuple(Zone(Span(a, b), kind) for a, b, kind in kinds))
    doc, _ = reader.read(marked)
    assert doc.text == text
    assert "newsletter" in [token.text for token in doc]
    hidden = doc.char_span(start, end)
    assert hidden is not None
    assert {token.pos_ for token in hidden} == {"X"}
    assert not any(hidden.start_char <= span.start_char < hidden.end_char for span in doc.ents)
    assert [sentence.text.strip() for sentence in doc.sents][-1] == "Peru ratified it."


def test_zones_are_read_apart(reader: Reader) -> None:
    text = "Treaty signed Kenya waits"
    cut = text.index("Kenya")
    marked = Document("text", text, zones=(Zone(Span(0, cut - 1), ZoneKind.TITLE), Zone(Span(cut, len(text)), ZoneKind.BODY)))
    assert [sentence.text.strip() for sentence in reader.read(marked)[0].sents] == ["Treaty signed", "Kenya waits"]


def test_a_document_is_read_the_same_alone_twice_and_after_others() -> None:
    alone = dump(read_document(document(REPORT)))
    read_document(document(OTHER))
    assert dump(read_document(document(REPORT))) == alone


def test_reading_depends_on_the_text_and_not_on_the_name() -> None:
    one, other = read_document(document(REPORT, "one")), read_document(document(REPORT, "other"))
    assert (one.entities, one.mentions, one.evidence) == (other.entities, other.mentions, other.evidence)


@pytest.mark.slow
def test_worker_processes_read_as_this_one_does() -> None:
    documents = [document(REPORT, "a"), document(OTHER, "b"), document(OTHER + "\n\n" + REPORT, "c")]
    assert list(read_all(documents, workers=2)) == list(read_all(documents, workers=1))


def test_documents_come_back_in_order() -> None:
    names = ["c", "a", "b"]
    outcomes = list(read_all(document(OTHER, name) for name in names))
    assert [outcome.document for outcome in outcomes] == names
    assert all(outcome.reading is not None and outcome.error is None for outcome in outcomes)


def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(LanguageError, match="no language model here"):
        load(tmp_path)
