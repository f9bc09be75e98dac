"""The reconciliation service as OpenRefine speaks with it: Reconciliation Service API 0.2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import Literal, NamedNode, Quad, parse

from kg.graph.iris import DEFAULT_BASE
from kg.service import create_app
from kg.service.reconciliation.queries import BATCH
from kg.store import EmbeddedStore, MemoryStore, Writer
from kg.terms import TG

PACT = "agreement/tromso-agreement-on-maritime-safety"


def asked(service: TestClient, **query: Any) -> list[dict[str, Any]]:
    """The candidates of one query."""
    answer = service.post("/reconcile", data={"queries": json.dumps({"q": query})})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["q"]["result"]
    return found


def ids(candidates: list[dict[str, Any]]) -> list[str]:
    return [one["id"] for one in candidates]


class TestManifest:
    def test_it_says_what_the_protocol_demands(self, any_service: TestClient) -> None:
        manifest = any_service.get("/reconcile").json()
        assert manifest["versions"] == ["0.2"]
        assert (manifest["identifierSpace"], manifest["schemaSpace"]) == (DEFAULT_BASE, TG)
        assert {one["id"] for one in manifest["defaultTypes"]} == {"Person", "State", "Organization", "Place", "Agreement"}
        assert manifest["batchSize"] == BATCH

    def test_every_address_in_it_answers(self, service: TestClient) -> None:
        manifest = service.get("/reconcile").json()
        addresses = [manifest["view"]["url"], manifest["preview"]["url"]]
        for suggest in manifest["suggest"].values():
            addresses.append(suggest["service_url"] + suggest["service_path"] + "?prefix=p")
        proposals = manifest["extend"]["propose_properties"]
        addresses.append(proposals["service_url"] + proposals["service_path"] + "?type=Agreement")
        flyouts = {"entity": PACT, "property": "party", "type": "Memorandum"}
        for what, example in flyouts.items():
            suggest = manifest["suggest"][what]
            addresses.append(suggest["service_url"] + suggest["flyout_service_path"].replace("${id}", example))
        for address in addresses:
            assert service.get(address.replace("{{id}}", PACT.replace("/", "%2F"))).status_code == 200, address


class TestQueries:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_a_batch_is_answered_key_by_key(self, any_service: TestClient, method: str) -> None:
        batch = json.dumps({"a": {"query": "Ines Valadao"}, "b": {"query": "nobody at all"}})
        place = {"params" if method == "GET" else "data": {"queries": batch}}
        answer = any_service.request(method, "/reconcile", **place).json()  # type: ignore[arg-type]
        assert ids(answer["a"]["result"]) == ["person/ines-valadao"]
        assert answer["b"] == {"result": []}

    def test_a_candidate_says_what_it_is_and_how_its_score_came_about(self, service: TestClient) -> None:
        (found,) = asked(service, query="Tromsø Agreement", type="Agreement", limit=1)
        assert (found["id"], found["name"]) == (PACT, "Tromsø Agreement on Maritime Safety")
        assert found["type"][0]["id"] == "CooperationAgreement"
        assert "in 2 documents" in found["description"]
        features = {one["id"]: one["value"] for one in found["features"]}
        assert features == {"documents": 2, "name": 98.0, "same_name": True, "type": True}
        assert (found["score"], found["match"]) == (98.0, True)

    def test_an_id_an_iri_and_the_item_elsewhere_are_found(self, service: TestClient) -> None:
        for text in ("state/norway", f"{DEFAULT_BASE}state/norway", "Q20", "http://www.wikidata.org/entity/Q20"):
            assert asked(service, query=text)[0]["id"] == "state/norway"

    def test_a_family_name_alone_is_no_match(self, service: TestClient) -> None:
        (found,) = asked(service, query="Valadão")
        assert (found["id"], found["match"]) == ("person/ines-valadao", False)

    def test_other_types_are_left_out_or_come_last(self, service: TestClient) -> None:
        assert asked(service, query="Norway", type="Person") == []
        assert ids(asked(service, query="Norway", type=["Person", "State"])) == ["state/norway"]
        (doubtful,) = asked(service, query="Norway", type="Person", type_strict="should")
        assert (doubtful["score"], doubtful["match"]) == (50.0, False)

    def test_a_class_below_a_kind_is_a_type(self, service: TestClient) -> None:
        assert ids(asked(service, query="Lisbon Memorandum", type="Memorandum")) == ["agreement/lisbon-memorandum-2009"]
        assert asked(service, query="Lisbon Memorandum", type="Convention") == []

    @pytest.mark.parametrize(
        ("property", "value", "agrees"),
        [
            ("holdsOfficeIn", "Portugal", 100),
            ("holdsOfficeIn", {"id": "state/portugal", "name": "Portugal"}, 100),
            ("holdsOfficeIn", "Q45", 100),
            ("holdsOfficeIn", "Norway", 0),
            ("holdsOfficeIn", ["Norway", "portugal"], 100),
            ("officeTitle", "foreign minister", 100),
            ("tg:metWith", "Sigrid Aune", 100),
            (f"{TG}^signatory", "Tromsø Agreement", 100),
        ],
    )
    def test_properties_are_evidence(self, service: TestClient, property: str, value: object, agrees: float) -> None:
        (found,) = asked(service, query="Inês Valadão", properties=[{"pid": property, "v": value}])
        (feature,) = (one for one in found["features"] if one["id"].startswith("property:"))
        assert feature["value"] == agrees
        assert found["score"] == round((100 + 0.4 * agrees) / 1.4, 1)

    @pytest.mark.parametrize(("value", "agrees"), [("2023-05-12", 100), ("2023", 100), ("2023-08", 50), ("1999", 0)])
    def test_dates_agree_as_far_as_they_go(self, service: TestClient, value: str, agrees: float) -> None:
        (found, *_) = asked(service, query="Tromsø Agreement", properties=[{"pid": "dateSigned", "v": value}])
        assert {"id": "property:dateSigned", "value": agrees} in found["features"]

    def test_properties_alone_find_what_has_them(self, service: TestClient) -> None:
        assert ids(asked(service, properties=[{"pid": "party", "v": "Norway"}])) == [PACT]
        assert ids(asked(service, properties=[{"pid": "dateSigned", "v": "2023-05-12"}])) == [PACT]

    @pytest.mark.parametrize(
        ("query", "reason"),
        [
            ({"type": "Person"}, "neither a name nor properties"),
            ({"query": "x", "type": "Dragon"}, "no type 'Dragon'"),
            ({"query": "x", "properties": [{"pid": "colour", "v": "red"}]}, "no property 'colour'"),
            ({"query": "x", "properties": [{"v": "red"}]}, "q.properties.0.pid: Field required"),
            ({"query": "x", "limit": 0}, "greater than 0"),
        ],
    )
    def test_a_mistake_is_explained(self, service: TestClient, query: dict[str, Any], reason: str) -> None:
        answer = service.post("/reconcile", data={"queries": json.dumps({"q": query})})
        assert answer.status_code == 400
        assert reason in answer.json()["detail"]

    def test_what_is_no_json_and_no_form_is_explained(self, service: TestClient) -> None:
        assert service.get("/reconcile", params={"queries": "{"}).status_code == 400
        assert "as `queries`" in service.post("/reconcile").json()["detail"]

    def test_a_batch_that_is_too_long_is_refused(self, service: TestClient) -> None:
        batch = {str(number): {"query": "x"} for number in range(BATCH + 1)}
        assert service.post("/reconcile", data={"queries": json.dumps(batch)}).status_code == 413


class TestSuggestions:
    @pytest.mark.parametrize(
        ("what", "prefix", "first"),
        [
            ("entity", "valad", "person/ines-valadao"),
            ("entity", PACT, PACT),
            ("property", "date", "dateSigned"),
            ("property", "^party", "^party"),
            ("type", "memo", "Memorandum"),
            ("type", "State", "State"),
        ],
    )
    def test_what_begins_so_is_suggested(self, service: TestClient, what: str, prefix: str, first: str) -> None:
        suggested = service.get(f"/reconcile/suggest/{what}", params={"prefix": prefix}).json()["result"]
        assert suggested[0]["id"] == first
        assert suggested[0]["name"]

    def test_a_cursor_goes_on_and_a_type_narrows(self, service: TestClient) -> None:
        def suggested(**more: str | int) -> list[str]:
            answer = service.get("/reconcile/suggest/entity", params={"prefix": "", **more})
            return ids(answer.json()["result"])

        assert suggested(cursor=1) == suggested()[1:]
        assert suggested(type="Place") == [one for one in suggested() if one.startswith("place/")]


class TestExtension:
    def extended(self, service: TestClient, entity: str, one: str, **settings: str) -> list[dict[str, Any]]:
        query = {"ids": [entity], "properties": [{"id": one, "settings": settings}]}
        answer = service.post("/reconcile", data={"extend": json.dumps(query)}).json()
        assert [column["id"] for column in answer["meta"]] == [one]
        cells: list[dict[str, Any]] = answer["rows"][entity][one]
        return cells

    def test_values_are_entities_dates_and_texts(self, any_service: TestClient) -> None:
        assert self.extended(any_service, PACT, "party") == [
            {"id": "state/norway", "name": "Norway"},
            {"id": "state/portugal", "name": "Portugal"},
        ]
        assert self.extended(any_service, PACT, "dateSigned") == [{"date": "2023-05-12T00:00:00Z"}]
        assert self.extended(any_service, PACT, "covers") == [{"str": "joint exercises"}, {"str": "maritime affairs"}]
        assert self.extended(any_service, "state/norway", "^party") == [
            {"id": PACT, "name": "Tromsø Agreement on Maritime Safety"}
        ]

    def test_where_it_is_said_comes_along_if_wanted(self, service: TestClient) -> None:
        quotes = [cell["str"] for cell in self.extended(service, PACT, "replaces", content="quotes")]
        assert len(quotes) == 2
        assert quotes[0].startswith("“It replaces the Lisbon Memorandum of 2009.” (Portugal and Norway sign maritime pact, ")
        assert "2023-05-12; affirmed, actual: Lisbon Memorandum" in quotes[0]
        assert "denied, actual" in quotes[1]
        assert self.extended(service, PACT, "replaces", content="count") == [{"int": 1}]
        (source,) = self.extended(service, PACT, "replaces", content="sources")
        assert "The Example Harbour Gazette" in source["str"]

    def test_a_limit_holds(self, service: TestClient) -> None:
        assert len(self.extended(service, PACT, "party", limit="1")) == 1

    def test_what_is_not_known_has_no_values(self, service: TestClient) -> None:
        assert self.extended(service, "person/nobody", "party") == []

    @pytest.mark.parametrize("settings", [{"content": "poems"}, {"limit": "many"}])
    def test_a_setting_that_is_none_is_refused(self, service: TestClient, settings: dict[str, str]) -> None:
        query = {"ids": [PACT], "properties": [{"id": "party", "settings": settings}]}
        assert service.post("/reconcile", data={"extend": json.dumps(query)}).status_code == 400

    def test_properties_are_proposed_by_type(self, service: TestClient) -> None:
        answer = service.get("/reconcile/extend/propose", params={"type": "Memorandum", "limit": 50}).json()
        assert {"party", "signatory", "dateSigned"} <= set(ids(answer["properties"]))
        assert "memberOf" not in ids(answer["properties"])


class TestOpenness:
    def test_pages_from_everywhere_may_ask_and_see_errors(self, service: TestClient) -> None:
        for path in ("/reconcile", "/reconcile?queries={", "/reconcile/preview?id=nobody"):
            assert service.get(path).headers["Access-Control-Allow-Origin"] == "*"
        allowed = service.options("/reconcile/1.0-draft/match", headers={"Origin": "https://page.example"})
        assert "POST" in allowed.headers["Access-Control-Allow-Methods"]

    def test_a_preview_tells_of_the_entity_and_escapes_what_it_tells(self, service: TestClient) -> None:
        page = service.get("/reconcile/preview", params={"id": PACT}).text
        assert "Tromsø Agreement on Maritime Safety" in page
        assert "Portugal" in page
        assert service.get("/reconcile/preview", params={"id": "<script>"}).status_code == 404


def test_what_is_published_anew_is_known_at_once(demo_file: Path, tmp_path: Path) -> None:
    graph, hill = NamedNode("urn:graph"), NamedNode(f"{DEFAULT_BASE}place/hill")
    with Writer.open(tmp_path / "store") as writer:
        writer.load(demo_file)
        writer.publish()
    service = TestClient(create_app(EmbeddedStore(tmp_path / "store")))
    assert asked(service, query="Hill of Doubt") == []
    with Writer.open(tmp_path / "store") as writer:
        label = Literal("Hill of Doubt", language="en")
        a, name = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "http://www.w3.org/2004/02/skos/core#prefLabel"
        quads = [Quad(hill, NamedNode(a), NamedNode(f"{TG}Place"), graph), Quad(hill, NamedNode(name), label, graph)]
        writer.add("".join(f"{quad} .\n" for quad in quads).encode())
        writer.publish()
    assert ids(asked(service, query="Hill of Doubt")) == ["place/hill"]


def test_a_former_id_still_finds_its_entity(demo_file: Path) -> None:
    links, same = NamedNode(f"{DEFAULT_BASE}graph/links"), NamedNode("http://www.w3.org/2002/07/owl#sameAs")
    former = Quad(NamedNode(f"{DEFAULT_BASE}state/norway"), same, NamedNode(f"{DEFAULT_BASE}state/norge"), links)
    service = TestClient(create_app(MemoryStore([*parse(path=demo_file), former])))
    (found, *_) = asked(service, query="state/norge")
    assert found["id"] == "state/norway"
    assert service.get("/reconcile/preview", params={"id": "state/norge"}).text.count("state/norge") == 0
