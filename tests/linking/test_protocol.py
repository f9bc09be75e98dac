"""Questions and answers in the words of either version of the protocol."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kg.errors import LinkError
from kg.linking.protocol import Asked, Manifest, Value, read_manifest, read_results, request

QUESTION = Asked("Ada Lind", ("Q5", "Q6"), (("P27", (Value("Norland", "Q408"),)), ("P39", (Value("envoy"), Value("judge")))))
OLD = {"name": "Wiki", "versions": ["0.1", "0.2", "1.0-draft"], "identifierSpace": "http://wiki.example/"}
NEW = {"name": "Wiki", "versions": ["1.0-draft"], "view": {"url": "http://wiki.example/{id}"}, "batchSize": 500}


def manifest(**told: Any) -> Manifest:
    return read_manifest({**OLD, **told})


def test_a_question_in_version_02() -> None:
    path, content = request(manifest(), [QUESTION])
    assert path == ""
    assert json.loads(content["data"]["queries"])["q0"] == {
        "query": "Ada Lind",
        "type": ["Q5", "Q6"],
        "limit": 6,
        "properties": [{"pid": "P27", "v": {"id": "Q408", "name": "Norland"}}, {"pid": "P39", "v": ["envoy", "judge"]}],
    }


def test_a_question_in_the_draft() -> None:
    path, content = request(read_manifest(NEW), [QUESTION])
    assert path == "/match"
    ((question),) = content["json"]["queries"]
    assert question["type"] == "Q5"
    assert question["conditions"][0] == {"matchType": "name", "propertyValue": "Ada Lind"}
    assert question["conditions"][1]["propertyId"] == "P27"


def test_the_stable_version_is_spoken_where_there_are_several() -> None:
    assert manifest().version == "0.2"
    assert read_manifest({"name": "Old"}).version == "0.1"
    assert read_manifest(NEW).version == "1.0-draft"


def test_a_batch_is_never_larger_than_is_seemly() -> None:
    assert (manifest().batch, read_manifest(NEW).batch, manifest(batchSize="many").batch) == (10, 50, 10)


@pytest.mark.parametrize(
    ("told", "template", "identifier", "iri"),
    [
        (OLD, None, "Q5", "http://wiki.example/Q5"),
        (OLD, "http://other.example/{id}", "Q5", "http://other.example/Q5"),
        (OLD, None, "https://full.example/5", "https://full.example/5"),
        (NEW, None, "Q5", "http://wiki.example/Q5"),
        ({**NEW, "view": {"url": "http://w.example/{+id}"}}, None, "a/b", "http://w.example/a/b"),
    ],
)
def test_an_id_becomes_an_iri(told: dict[str, Any], template: str | None, identifier: str, iri: str) -> None:
    assert read_manifest(told).iri(identifier, template) == iri


def test_a_service_that_does_not_say_what_its_ids_mean_needs_a_mapping() -> None:
    with pytest.raises(LinkError, match="--mapping"):
        read_manifest({"name": "Bare"}).iri("5", None)


def test_candidates_are_read_however_types_are_written() -> None:
    told = {
        "q0": {"result": [{"id": "1", "name": "A", "type": ["Q5"], "score": 9}, {"id": "2", "name": "B", "type": [{"id": "Q6"}]}]}
    }
    (one, other) = read_results(manifest(), told, 1)[0]
    assert (one.types, one.score, one.match) == (("Q5",), 9.0, False)
    assert (other.types, other.score) == (("Q6",), None)
    drafted = {"results": [{"candidates": [{"id": "1", "name": "A", "match": True}]}]}
    assert read_results(read_manifest(NEW), drafted, 1)[0][0].match


@pytest.mark.parametrize(
    "told", [{}, [], None, {"q0": {"result": [{"name": "no id"}]}}, {"q0": {"result": [{"id": 1, "name": "A", "score": "x"}]}}]
)
def test_what_is_no_result_is_refused(told: Any) -> None:
    with pytest.raises(LinkError, match="no result of the protocol"):
        read_results(manifest(), told, 1)


def test_an_answer_to_fewer_queries_is_refused() -> None:
    with pytest.raises(LinkError, match="answers 0 of 1"):
        read_results(read_manifest(NEW), {"results": []}, 1)
