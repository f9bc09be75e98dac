"""The reconciliation service in the words of the draft of version 1.0."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from kg.graph.iris import DEFAULT_BASE

DRAFT = "/reconcile/1.0-draft"
PACT = "agreement/tromso-agreement-on-maritime-safety"


def named(name: str) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": name}


def having(one: str, value: object, **more: object) -> dict[str, Any]:
    return {"matchType": "property", "propertyId": one, "propertyValue": value, **more}


def found(service: TestClient, *conditions: dict[str, Any], **more: object) -> list[dict[str, Any]]:
    answer = service.post(f"{DRAFT}/match", json={"queries": [{"conditions": conditions, **more}]})
    assert answer.status_code == 200, answer.text
    ((result),) = answer.json()["results"]
    candidates: list[dict[str, Any]] = result["candidates"]
    return candidates


def test_the_manifest_says_what_the_protocol_demands(service: TestClient) -> None:
    manifest = service.get(DRAFT).json()
    assert manifest["versions"] == ["1.0-draft"]
    assert manifest["suggest"] == {"entity": True, "property": True, "type": True}
    assert manifest["standardizedScore"]
    assert "identifierSpace" not in manifest
    assert manifest["view"]["url"].replace("{+id}", "state/norway") == f"{DEFAULT_BASE}state/norway"
    assert service.get(f"{DRAFT}/preview", params={"id": "state/norway"}).status_code == 200


def test_results_stand_in_the_order_of_the_queries(service: TestClient) -> None:
    batch = {"queries": [{"conditions": [named(name)]} for name in ("Norway", "nobody at all", "Portugal")]}
    results = service.post(f"{DRAFT}/match", json=batch).json()["results"]
    assert [[one["id"] for one in result["candidates"]] for result in results] == [["state/norway"], [], ["state/portugal"]]


def test_a_candidate_has_named_features(service: TestClient) -> None:
    (candidate,) = found(service, named("Inês Valadão"), having("holdsOfficeIn", "Portugal"), type="Person")
    assert candidate["score"] == 100
    assert {one["name"] for one in candidate["features"]} > {"how like the name is", "agreement of holds office in"}


def test_an_id_is_looked_for(service: TestClient) -> None:
    (candidate,) = found(service, {"matchType": "id", "propertyValue": "Q20"})
    assert candidate["id"] == "state/norway"


@pytest.mark.parametrize(
    ("condition", "kept"),
    [
        (having("holdsOfficeIn", "Portugal", required=True), True),
        (having("holdsOfficeIn", "Norway", required=True), False),
        (having("holdsOfficeIn", ["Portugal", "Norway"], required=True, matchQuantifier="any"), True),
        (having("holdsOfficeIn", ["Portugal", "Norway"], required=True, matchQuantifier="all"), False),
        (having("holdsOfficeIn", "Norway", required=True, matchQuantifier="none"), True),
    ],
)
def test_what_is_required_rules_out_all_others(service: TestClient, condition: dict[str, Any], kept: bool) -> None:
    assert bool(found(service, named("Inês Valadão"), condition)) == kept


@pytest.mark.parametrize("body", ['{"queries": {}}', '{"queries": [{"conditions": []}]}', "[]", "no json"])
def test_what_is_no_batch_is_refused(service: TestClient, body: str) -> None:
    assert service.post(f"{DRAFT}/match", content=body).status_code == 400


def test_entities_are_extended_row_by_row(service: TestClient) -> None:
    query = {"ids": [PACT], "properties": [{"id": "signatory"}, {"id": "dateSigned", "settings": {"content": "count"}}]}
    answer = service.post(f"{DRAFT}/extend", json=query).json()
    assert answer["meta"][0] == {"id": "signatory", "name": "signatory", "type": {"id": "Person", "name": "Person"}}
    ((row),) = answer["rows"]
    assert row["id"] == PACT
    assert row["properties"][0]["values"][0] == {"id": "person/ines-valadao", "name": "Inês Valadão"}
    assert row["properties"][1]["values"] == [{"int": 2}]


def test_suggestions_and_proposals_stand_beside_it(service: TestClient) -> None:
    suggested = service.get(f"{DRAFT}/suggest/entity", params={"prefix": "", "limit": 2, "offset": 1}).json()["result"]
    assert len(suggested) == 2
    assert service.get(f"{DRAFT}/extend/propose", params={"type": "State"}).json()["type"] == "State"
