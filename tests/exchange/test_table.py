"""CSV: every evidence is a row, nothing is lost on the way back, and no spreadsheet calculates with it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.exchange.exporters import Tally, Wishes, export
from kg.exchange.table import COLUMNS, cell, text
from kg.store import MemoryStore, Store, open_store
from kg.store.base import rows

Export = Callable[..., tuple[bytes, Tally]]
ID = "https://w3id.org/treatygraph/id/"
TG = "https://w3id.org/treatygraph/ontology#"
#: What an evidence says, asked one property at a time and apart from how exports ask.
FACTS = {
    "assertion": "?evidence tg:evidenceFor ?value",
    "subject": "?evidence tg:evidenceFor/rdf:subject ?value",
    "property": "?evidence tg:evidenceFor/rdf:predicate ?value",
    "object": "?evidence tg:evidenceFor/rdf:object ?value FILTER(isIRI(?value))",
    "value": "?evidence tg:evidenceFor/rdf:object ?value FILTER(isLiteral(?value))",
    "polarity": "?evidence tg:polarity ?value",
    "modality": "?evidence tg:modality ?value",
    "speaker": "?evidence prov:wasAttributedTo ?value",
    "when": "?evidence tg:when ?value",
    "where": "?evidence tg:where ?value",
    "office_title": "?evidence tg:officeTitle ?value",
    "confidence": "?evidence tg:confidence ?value",
    "document": "?evidence oa:hasSource ?value",
    "title": "?evidence oa:hasSource/dcterms:title ?value",
    "publisher": "?evidence oa:hasSource/dcterms:publisher ?value",
    "issued": "?evidence oa:hasSource/dcterms:issued ?value",
    "url": "?evidence oa:hasSource/dcterms:source ?value",
    "start": "?evidence oa:hasSelector/oa:start ?value",
    "end": "?evidence oa:hasSelector/oa:end ?value",
    "words": "?evidence oa:hasSelector/oa:exact ?value",
    "frame": "?evidence tg:frame ?value",
    "run": "?evidence prov:wasGeneratedBy ?value",
}
PREFIXES = f"""PREFIX tg: <{TG}> PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> PREFIX dcterms: <http://purl.org/dc/terms/>
"""


def read(data: bytes) -> list[dict[str, str]]:
    table = csv.DictReader(io.StringIO(data.decode(), newline=""), strict=True)
    return [{column: text(value) for column, value in row.items()} for row in table]


def facts_of_table(table: list[dict[str, str]]) -> set[tuple[str, str, str]]:
    iri = {"assertion", "subject", "object", "speaker", "where", "document", "run"}

    def full(column: str, value: str) -> str:
        if column == "property":
            return TG + value
        if value.startswith("tgf:"):
            return value.replace("tgf:", "https://w3id.org/treatygraph/field#")
        return ID + value if column in iri else TG + value if column in {"polarity", "modality"} else value

    return {(ID + row["evidence"], column, full(column, row[column])) for row in table for column in FACTS if row[column]}


def facts_of_graph(store: Store) -> set[tuple[str, str, str]]:
    return {
        (row["evidence"].value, column, row["value"].value)
        for column, pattern in FACTS.items()
        for row in rows(store, f"{PREFIXES} SELECT ?evidence ?value {{ GRAPH ?g {{ ?evidence a tg:Evidence . {pattern} }} }}")
    }


@pytest.fixture(scope="module")
def samples(sample_store: Path) -> Iterator[Store]:
    with closing(open_store(sample_store)) as store:
        yield store


def test_the_table_holds_the_facts_of_the_demonstration_graph(demo: MemoryStore, exported: Export) -> None:
    assert facts_of_table(read(exported("csv")[0])) == facts_of_graph(demo)


def test_the_table_holds_the_facts_of_the_sample_graph(samples: Store, exported: Export) -> None:
    data, tally = exported("csv", samples)
    table = read(data)
    assert len(table) == tally.written == len({row["evidence"] for row in table}) > 200
    assert facts_of_table(table) == facts_of_graph(samples)


def test_names_and_wikidata_items_stand_beside_the_ids(exported: Export) -> None:
    row = next(row for row in read(exported("csv")[0]) if row["object"] == "state/norway" and row["property"] == "party")
    assert (row["object_label"], row["object_wikidata"]) == ("Norway", "Q20")
    assert (row["subject_label"], row["subject_wikidata"]) == ("Tromsø Agreement on Maritime Safety", "")


def test_it_says_which_evidence_stands_as_a_plain_triple(exported: Export) -> None:
    table = read(exported("csv")[0])
    standing = {(row["property"], row["object"], row["document"]) for row in table if row["stands"] == "yes"}
    assert ("party", "state/portugal", "document/tromso-doubts") in standing
    assert not {row["stands"] for row in table if row["polarity"] == "Denied" or row["modality"] != "Actual"} - {"no"}


def test_rejected_evidence_stays_in_sight_and_stands_for_nothing(reviewed: MemoryStore, exported: Export) -> None:
    rejected = {row["evidence"]: row for row in read(exported("csv", reviewed)[0]) if row["rejected_by"]}
    assert rejected.keys() == {"evidence/341e4034a7865b115232"}
    assert {(row["rejected_by"], row["stands"]) for row in rejected.values()} == {("review/no", "no")}


def test_pandas_reads_it(exported: Export) -> None:
    frame = pandas.read_csv(io.BytesIO(exported("csv")[0]))
    assert list(frame.columns) == list(COLUMNS)
    assert frame["confidence"].between(0, 1).all()
    assert frame["words"].str.contains("Tromsø").any()


def test_lines_end_as_the_standard_says(exported: Export) -> None:
    data, tally = exported("csv")
    assert data.count(b"\r\n") == tally.written + 1


@pytest.mark.parametrize(
    ("wish", "column", "value"),
    [
        ({"document": f"{ID}document/tromso-doubts"}, "document", "document/tromso-doubts"),
        ({"assertion": f"{ID}assertion/ab593e13974feda8b1d2"}, "assertion", "assertion/ab593e13974feda8b1d2"),
        ({"about": f"{ID}person/sigrid-aune", "document": f"{ID}document/tromso-signing"}, "document", "document/tromso-signing"),
    ],
)
def test_evidence_can_be_chosen(exported: Export, wish: dict[str, str], column: str, value: str) -> None:
    chosen, whole = read(exported("csv", **wish)[0]), read(exported("csv")[0])
    fitting = [row for row in whole if row[column] == value]
    if "about" in wish:
        fitting = [row for row in fitting if "person/sigrid-aune" in {row["subject"], row["object"]}]
    assert chosen == fitting != whole


def test_unsure_evidence_can_be_left_out(exported: Export) -> None:
    sure = read(exported("csv", confidence=0.9)[0])
    assert sure == [row for row in read(exported("csv")[0]) if float(row["confidence"]) >= 0.9]


@given(st.text())
def test_no_cell_is_a_formula_and_none_is_changed_for_good(value: str) -> None:
    assert not cell(value).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert text(cell(value)) == value


def test_a_title_that_looks_like_a_formula_is_harmless_in_the_file(demo_file: Path) -> None:
    title = '=HYPERLINK("https://example.org";"Portugal, Norway")'
    trig = demo_file.read_text(encoding="utf-8").replace('"Portugal and Norway sign maritime pact"', repr(title), 1)
    store = MemoryStore(parse(trig.encode(), RdfFormat.TRIG))
    out = io.BytesIO()
    export("csv", store, out, Wishes())
    assert title in {row["title"] for row in read(out.getvalue())}
    assert not any(one.startswith("=") for row in csv.reader(io.StringIO(out.getvalue().decode(), newline="")) for one in row)
