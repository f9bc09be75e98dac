"""One id for one thing across documents, and readings rewritten to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.graph.promises import check
from kg.identity import Resolution, resolve
from kg.model import Entity, Evidence, Kind, Link, Mention, Reading
from kg.reference import load

Reports = Callable[..., Any]


def resolved(*reports: Any) -> tuple[Resolution, list[Reading]]:
    readings = [report.reading() for report in reports]
    resolution = resolve(readings, load())
    return resolution, [resolution.apply(reading) for reading in readings]


def test_what_the_knowledge_base_knows_has_its_id_and_label(report: Reports) -> None:
    r = report("a")
    local = r.thing(Kind.STATE, "The Kremlin's state", reference="state/russia")
    resolution, [reading] = resolved(r)
    assert resolution.ids["a", local] == "state/russia"
    [entity] = reading.entities
    assert (entity.id, entity.label) == ("state/russia", "Russia")
    assert "The Kremlin's state" in entity.aliases


@pytest.mark.parametrize("kind", [Kind.PERSON, Kind.ORGANIZATION, Kind.PLACE])
def test_a_full_name_is_one_thing_in_all_documents(report: Reports, kind: Kind) -> None:
    one, other = report("a"), report("b")
    first, second = one.thing(kind, "Torvald Quist"), other.thing(kind, "Torvald Quist", "Quist")
    resolution, _ = resolved(one, other)
    assert resolution.ids["a", first] == resolution.ids["b", second] == f"{kind.lower()}/torvald-quist"


def test_a_lone_family_name_stays_in_its_document(report: Reports) -> None:
    one, other = report("a"), report("b")
    first, second = one.person("Quist"), other.person("Quist")
    resolution, _ = resolved(one, other)
    assert resolution.ids["a", first] != resolution.ids["b", second]


def test_the_same_name_of_different_kinds_is_two_things(report: Reports) -> None:
    r = report("a")
    person, place = r.thing(Kind.PERSON, "Paris Delgado"), r.thing(Kind.PLACE, "Paris Delgado")
    resolution, _ = resolved(r)
    assert resolution.ids["a", person] != resolution.ids["a", place]


def test_what_becomes_one_thing_is_one_entity_with_all_its_names(report: Reports) -> None:
    r = report("a")
    r.thing(Kind.ORGANIZATION, "Nordbank", "the bank")
    r.thing(Kind.ORGANIZATION, "NORDBANK")
    _, [reading] = resolved(r)
    [entity] = reading.entities
    assert {entity.label, *entity.aliases} == {"Nordbank", "the bank", "NORDBANK"}
    assert {mention.entity for mention in reading.mentions} == {entity.id}
    assert len(reading.mentions) == 2


def test_a_statement_that_becomes_one_of_a_thing_with_itself_vanishes(report: Reports) -> None:
    r = report("a")
    one, other = r.thing(Kind.ORGANIZATION, "Nordbank"), r.thing(Kind.ORGANIZATION, "NORDBANK")
    r.says(one, "supports", other)
    r.says(one, "supports", r.state("Kenya"))
    _, [reading] = resolved(r)
    assert [e.statement.object for e in reading.evidence] == ["state/kenya"]


def test_speakers_and_places_get_global_ids_too(report: Reports) -> None:
    r = report("a")
    kenya, uganda, speaker = r.state("Kenya"), r.state("Uganda"), r.person("Torvald Quist")
    r.says(kenya, "metWith", uganda, speaker=speaker)
    _, [reading] = resolved(r)
    [evidence] = reading.evidence
    assert (evidence.statement.subject, evidence.statement.object) == ("state/kenya", "state/uganda")
    assert evidence.speaker == "person/torvald-quist"
    check(reading)


def test_only_identity_is_rewritten(report: Reports) -> None:
    r = report("a")
    r.agreement("border pact", "Kenya", "Uganda", signed="2031-05-06", by=("Ada Wekesa",))
    before = r.reading()
    _, [after] = resolved(r)
    assert after.document is before.document

    def rest(item: Evidence) -> tuple[object, ...]:
        return item.span, item.frame, item.polarity, item.modality, item.confidence, item.statement.predicate

    assert sorted(map(rest, after.evidence), key=str) == sorted(map(rest, before.evidence), key=str)
    assert {m.span for m in after.mentions} == {m.span for m in before.mentions}


def test_entities_and_mentions_come_in_order(report: Reports) -> None:
    r = report("a")
    r.agreement("border pact", "Uganda", "Kenya", by=("Moses Okot", "Ada Wekesa"))
    _, [reading] = resolved(r)
    assert [e.id for e in reading.entities] == sorted(e.id for e in reading.entities)
    assert list(reading.mentions) == sorted(reading.mentions, key=lambda m: (m.span, m.entity))
    assert all(isinstance(m, Mention) and isinstance(e, Entity) for m, e in zip(reading.mentions, reading.entities, strict=False))


def test_only_what_is_known_for_sure_is_linked_to_the_outside(report: Reports) -> None:
    r = report("a")
    r.state("Kenya")
    r.person("Torvald Quist")
    r.thing(Kind.ORGANIZATION, "Nordbank")
    r.agreement("border pact", "Uganda")
    resolution, _ = resolved(r)
    assert {link.entity for link in resolution.links} == {"state/kenya", "state/uganda"}
    for link in resolution.links:
        assert isinstance(link, Link)
        assert link.accepted
        assert link.target == f"http://www.wikidata.org/entity/{load().by_id[link.entity].qid}"
        assert 0 < link.confidence <= 1
        assert link.reason


def test_no_two_things_share_an_id(report: Reports) -> None:
    r = report("a")
    for words in ("border pact", "border treaty", "border accord"):
        r.agreement(words, "Kenya", "Uganda", signed="2031-05-06")
    _, [reading] = resolved(r)
    agreements = [e.id for e in reading.entities if e.kind is Kind.AGREEMENT]
    assert len(agreements) == len(set(agreements)) == 3


def test_without_readings_there_is_nothing() -> None:
    resolution = resolve([], load())
    assert (dict(resolution.ids), dict(resolution.labels), resolution.links) == ({}, {}, ())


def test_a_document_that_comes_later_changes_no_id_of_what_names_itself(report: Reports) -> None:
    one, other = report("a"), report("b")
    local = one.agreement("border pact", "Kenya", "Uganda", signed="2031-05-06")
    alone = resolve([one.reading()], load()).ids["a", local]
    other.agreement("trade pact", "Chad", "Sudan", signed="2031-05-06")
    other.person("Torvald Quist")
    assert resolve([one.reading(), other.reading()], load()).ids["a", local] == alone
