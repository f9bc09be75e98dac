"""Gold files: what they say, and all that can be wrong with one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ResourceError
from kg.evaluation import Fact, Gold, load_golds
from kg.evaluation.goldfiles import load_gold
from kg.model import Kind, Modality, Polarity, Span

TEXT = "Norland and Estmark signed the River Treaty. Norland hailed it.\n"


def data(**changes: Any) -> dict[str, Any]:
    entities = [
        {"id": "norland", "type": "State", "mentions": ["Norland"], "wikidata": "Q7", "global": "norland"},
        {"id": "estmark", "type": "State", "mentions": ["Estmark"]},
        {"id": "treaty", "type": "Agreement", "mentions": ["the River Treaty", ["it", 1]]},
    ]
    assertions = [{"s": "treaty", "p": "party", "o": ["norland", "estmark"], "evidence": ["signed"]}]
    return {"document": "x", "entities": entities, "assertions": assertions, **changes}


def assertion(**changes: Any) -> dict[str, Any]:
    return data(assertions=[{"s": "treaty", "p": "party", "o": "norland", "evidence": ["signed"], **changes}])


def entity(**changes: Any) -> dict[str, Any]:
    return data(entities=[*data()["entities"], {"id": "other", "type": "Place", "mentions": ["signed"], **changes}])


@pytest.fixture
def load(tmp_path: Path) -> Any:
    """Load gold from what a file holds, as data or as it stands."""

    def from_content(content: dict[str, Any] | str) -> Gold:
        (tmp_path / "x.json").write_text(content if isinstance(content, str) else json.dumps(content))
        (tmp_path / "x.txt").write_text(TEXT)
        return load_gold(tmp_path / "x.json", tmp_path / "x.txt")

    return from_content


def test_entities_have_every_place_that_names_them(load: Any) -> None:
    gold = load(data())
    norland, treaty = gold.entities["norland"], gold.entities["treaty"]
    assert norland.spans == (Span(0, 7), Span(45, 52))
    assert (norland.kind, norland.label, norland.wikidata, norland.everywhere) == (Kind.STATE, "Norland", "Q7", "norland")
    assert [span.of(TEXT) for span in treaty.spans] == ["the River Treaty", "it"]


def test_a_statement_is_affirmed_actual_and_the_articles_own_unless_it_says_otherwise(load: Any) -> None:
    (statement,) = load(data()).statements
    assert statement.fact == Fact("party", "treaty", frozenset({"norland", "estmark"}))
    assert (statement.polarity, statement.modality, statement.speakers) == (Polarity.AFFIRMED, Modality.ACTUAL, {None})
    (statement,) = load(assertion(polarity="Denied", modality="Alleged", speaker=["norland", None])).statements
    assert (statement.polarity, statement.modality) == (Polarity.DENIED, Modality.ALLEGED)
    assert statement.speakers == {"norland", None}


def test_offsets_are_those_of_the_file_line_ends_and_all(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(data()))
    (tmp_path / "x.txt").write_bytes(TEXT.replace(". ", ".\r\n").encode())
    assert load_gold(tmp_path / "x.json", tmp_path / "x.txt").entities["norland"].spans[1] == Span(46, 53)


def test_only_files_with_the_prefix_are_read(tmp_path: Path) -> None:
    for name in ("a-1", "b-1"):
        (tmp_path / f"{name}.json").write_text(json.dumps(data(document=name)))
        (tmp_path / f"{name}.txt").write_text(TEXT)
    assert [gold.document for gold in load_golds(tmp_path)] == ["a-1", "b-1"]
    assert [gold.document for gold in load_golds(tmp_path, only="b")] == ["b-1"]
    with pytest.raises(ResourceError, match=r"holds no gold file c\*\.json"):
        load_golds(tmp_path, only="c")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('{\n"document": }', "x.json, line 2: is no JSON"),
        (data(document=""), "document: String should have at least 1 character"),
        (data(author="me"), "author: is unknown here"),
        (entity(type="River"), "entities 3 type: Input should be 'Person', 'State'"),
        (entity(mentions=[]), "entities 3 mentions: "),
        (entity(mentions=["nobody"]), "entity other: the text lacks the mention 'nobody'"),
        (entity(mentions=[["signed", 2]]), r"entity other: the text lacks the mention \('signed', 2\)"),
        (entity(mentions=["Estmark"]), r"'Estmark' at character 12 names both estmark and other; give the n-th occurrence"),
        (entity(id="norland", mentions=["signed"]), "two entities have the same id"),
        (entity(wikidata="http://Q7"), "entities 3 wikidata: "),
        (assertion(p="partyOf"), r"assertion 0 \(treaty partyOf norland\): the ontology has no property 'partyOf'"),
        (assertion(s="pact"), "the subject 'pact' is no entity of this file"),
        (assertion(o="nobody"), "the object 'nobody' is no entity of this file"),
        (assertion(o=[]), "assertions 0 o: "),
        (assertion(p="covers", o="Fishing"), "the object 'Fishing' is no field of the ontology"),
        (assertion(p="dateSigned", o="June"), "the object 'June' is no date such as 2024-06-19"),
        (assertion(speaker="nobody"), "the speaker 'nobody' is no entity of this file"),
        (assertion(polarity="No"), "assertions 0 polarity: Input should be 'Affirmed' or 'Denied'"),
        (assertion(evidence=["agreed"]), "the text lacks the evidence 'agreed'"),
    ],
)
def test_a_fault_is_told_with_file_and_place(load: Any, content: dict[str, Any] | str, message: str) -> None:
    with pytest.raises(ResourceError, match=message) as raised:
        load(content)
    assert "x.json" in str(raised.value)


def test_all_faults_are_told_at_once(load: Any) -> None:
    with pytest.raises(ResourceError, match=r"(?s)subject 'pact'.*evidence 'agreed'"):
        load(assertion(s="pact", evidence=["agreed"]))


def test_an_article_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(json.dumps(data()))
    with pytest.raises(ResourceError, match=r"x\.txt: the article of a gold file cannot be read"):
        load_golds(tmp_path)
