"""RDF 1.2: what SPARQL 1.2 finds by annotations is what it finds by the assertion's parts, and nothing more is stated."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from pyoxigraph import Quad, RdfFormat, Triple, parse, serialize

from kg.errors import ExchangeError
from kg.exchange.exporters import Tally
from kg.store import MemoryStore, open_store
from kg.store.base import quads, rows
from kg.terms import PREFIXES, REIFIES

Export = Callable[..., tuple[bytes, Tally]]
HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
DOCS = Path(__file__).parents[2] / "docs" / "exchange.md"


@pytest.fixture(scope="module")
def annotated(exported: Export) -> MemoryStore:
    return MemoryStore(parse(exported("rdf12")[0], RdfFormat.TRIG))


def ask(store: MemoryStore, pattern: str, *names: str) -> set[tuple[str, ...]]:
    return {tuple(str(row.get(name)) for name in names) for row in rows(store, f"{HEAD} SELECT * {{ {pattern} }}")}


def test_all_else_is_as_it_was(demo: MemoryStore, annotated: MemoryStore) -> None:
    added = {quad for quad in quads(annotated) if quad.predicate == REIFIES}
    assert set(quads(annotated)) - added == set(quads(demo))


@pytest.mark.parametrize("form", [RdfFormat.TRIG, RdfFormat.N_QUADS], ids=str)
def test_triple_terms_survive_reading_and_writing(exported: Export, form: RdfFormat) -> None:
    first = set(parse(exported("rdf12")[0], RdfFormat.TRIG))
    assert set(parse(serialize(first, format=form) or b"", form)) == first
    assert any(isinstance(quad.object, Triple) for quad in first)


def test_each_evidence_reifies_what_its_assertion_states(annotated: MemoryStore) -> None:
    by_term = ask(annotated, "?e rdf:reifies <<( ?s ?p ?o )>> . FILTER(?p != tg:metWith)", "e", "s", "p", "o")
    by_parts = ask(
        annotated,
        "?e tg:evidenceFor ?a . ?a rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o . FILTER(?p != tg:metWith)",
        *("e", "s", "p", "o"),
    )
    assert by_term == by_parts
    assert len(by_parts) > 10


def test_what_is_symmetric_is_annotated_from_either_end(annotated: MemoryStore) -> None:
    found = ask(annotated, "?one tg:metWith ?other {| tg:confidence ?sure |}", "one", "other")
    assert len(found) == 2
    assert {(other, one) for one, other in found} == found


def test_annotations_find_only_what_stands(annotated: MemoryStore) -> None:
    standing = ask(annotated, "?s tg:suppliedArmsTo ?o {| tg:polarity ?polarity |}", "s", "o")
    said = ask(annotated, "<< ?s tg:suppliedArmsTo ?o ~ ?evidence >> tg:polarity ?polarity", "s", "o", "polarity")
    assert standing == set()
    assert {polarity.rpartition("#")[2] for _, _, polarity in said} == {"Affirmed>", "Denied>"}


def test_an_evidence_without_its_assertion_is_an_error(demo: MemoryStore, exported: Export) -> None:
    broken = [quad for quad in quads(demo) if quad.predicate.value != PREFIXES["rdf"] + "predicate"]
    with pytest.raises(ExchangeError, match="tromso-doubts"):
        exported("rdf12", MemoryStore(broken))


def test_the_queries_of_the_documentation_find_something(sample_store: Path, exported: Export) -> None:
    page = DOCS.read_text(encoding="utf-8")
    examples = [text for text in re.findall(r"```sparql\n(.*?)```", page, re.DOTALL) if "SELECT" in text]
    assert len(examples) >= 3
    opened = open_store(sample_store)
    samples = MemoryStore(_read(exported("rdf12", opened)[0]))
    opened.close()
    for example in examples:
        assert rows(samples, HEAD + example), example


def _read(trig: bytes) -> set[Quad]:
    return set(parse(trig, RdfFormat.TRIG))
