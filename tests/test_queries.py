"""Saved queries: what their headers must say, how they are filled in, and what the bundled ones answer."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, parse

from kg.errors import QueryError, ResourceError
from kg.queries import Parameter, ParameterType, SavedQuery, load_query, saved_queries
from kg.store import MemoryStore
from kg.store.base import rows
from kg.store.formats import write
from kg.store.resolve import entity

HEADER = """#+ summary: Who says so
#+ description: Everything that anybody says,
#+   in two lines.
#+ tags: words, tests
"""
WHO = """#+ parameter: who
#+   type: entity
#+   summary: The speaker,
#+     in two lines
#+   example: Norway
"""
BODY = """SELECT ?who ?what WHERE {
  #+ values: who
  GRAPH ?graph { ?who <urn:says> ?what }
}
"""


@pytest.fixture(scope="module")
def demo(demo_file: Path) -> MemoryStore:
    """The demonstration graph, and links to the outside and the register of treaties beside it."""
    beside = [demo_file.with_name(name) for name in ("demo-links.trig", "demo-treaties.trig")]
    return MemoryStore(quad for file in (demo_file, *beside) for quad in parse(path=file))


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[str], SavedQuery]:
    def load(text: str) -> SavedQuery:
        file = tmp_path / "who-says.rq"
        file.write_text(text, encoding="utf-8")
        return load_query(file)

    return load


def nobody(text: str) -> NamedNode:
    raise AssertionError(f"nothing should look for {text}")


class TestHeader:
    def test_it_says_what_the_query_answers_and_what_may_be_filled_in(self, saved: Callable[[str], SavedQuery]) -> None:
        query = saved(HEADER + WHO + BODY)
        assert (query.name, query.summary) == ("who-says", "Who says so")
        assert query.description == "Everything that anybody says, in two lines."
        assert query.tags == ("words", "tests")
        assert query.parameters == (Parameter("who", ParameterType.ENTITY, "The speaker, in two lines", "Norway"),)

    @pytest.mark.parametrize(
        ("text", "line", "reason"),
        [
            (BODY.replace("  #+ values: who\n", ""), 1, "lacks a line `#+ summary"),
            (HEADER.replace("summary", "sumary") + BODY, 1, "unknown key 'sumary'"),
            (HEADER + "#+ tags: more\n" + BODY, 5, "says 'tags' twice"),
            (HEADER + "#+ tags:\n" + BODY, 5, "must be `#+ key: value`"),
            (HEADER + "#+tags\n" + BODY, 5, "must be `#+ key: value`"),
            ("#+   indented: before any key\n" + BODY, 1, "must be `#+ key: value`"),
            (HEADER, 1, "holds no query"),
            (HEADER + "#+ parameter: Who\n" + BODY, 5, "'Who' is no new name"),
            (HEADER + WHO + WHO + BODY, 10, "'who' is no new name"),
            (HEADER + WHO.replace("entity", "thing") + BODY, 5, "'thing' is none of the types"),
            (HEADER + "#+ parameter: who\n#+   type: entity\n" + BODY, 5, "lacks a line `#+   summary"),
            (HEADER + WHO.replace("#+   example: Norway\n", "") + BODY, 5, "needs a default or an example"),
            (HEADER + WHO.replace("type: entity", "type: date") + BODY, 5, "who must be a date"),
            (HEADER + WHO + "#+   required: maybe\n" + BODY, 5, "required: yes or no"),
            (HEADER + WHO + "#+   colour: red\n" + BODY, 10, "unknown key 'colour'"),
            (HEADER + BODY, 6, "there is no parameter who"),
            (HEADER + WHO + BODY.replace("  #+ values: who\n", ""), 10, "who is not used"),
            (HEADER + WHO + BODY.replace("?who", "?she"), 10, "who is not used"),
            (HEADER + WHO + BODY.replace("GRAPH", "GRPH"), 12, "column 11: not valid at or before '?graph'"),
            (HEADER + WHO + "INSERT DATA { <urn:who> <urn:b> 1 }\n", 10, "who is not used"),
            (HEADER + "INSERT DATA { <urn:who> <urn:b> 1 }\n", 5, "this is an update"),
        ],
    )
    def test_a_mistake_is_named_with_its_line(
        self, saved: Callable[[str], SavedQuery], text: str, line: int, reason: str
    ) -> None:
        with pytest.raises(ResourceError) as caught:
            saved(text)
        assert caught.value.line == line
        assert reason in caught.value.reason

    def test_a_name_is_lower_case(self, tmp_path: Path) -> None:
        (tmp_path / "Who.rq").write_text(HEADER + BODY)
        with pytest.raises(ResourceError, match="a-z, 0-9 and hyphens"):
            load_query(tmp_path / "Who.rq")

    def test_what_is_no_text_is_no_query(self, tmp_path: Path) -> None:
        (tmp_path / "who.rq").write_bytes(b"\xff\xfe")
        with pytest.raises(ResourceError, match="cannot be read"):
            load_query(tmp_path / "who.rq")


class TestFolders:
    def test_a_users_folder_is_added(self, tmp_path: Path) -> None:
        (tmp_path / "mine.rq").write_text(HEADER + WHO + BODY)
        found = saved_queries(tmp_path)
        assert "mine" in found
        assert list(found) == sorted(found)

    def test_a_name_can_be_used_once(self, tmp_path: Path) -> None:
        (tmp_path / "meetings.rq").write_text(HEADER + WHO + BODY)
        with pytest.raises(ResourceError, match="already"):
            saved_queries(tmp_path)

    def test_a_folder_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ResourceError, match="no such folder"):
            saved_queries(tmp_path / "nowhere")


class TestFillingIn:
    def query(self, kind: str, *, default: str | None = None, required: bool = False) -> SavedQuery:
        parameter = Parameter("x", ParameterType(kind), "A value", "1", default, required)
        return SavedQuery("q", "s", "d", (), (parameter,), "SELECT ?x {\n  #+ values: x\n  GRAPH ?g { ?s ?p ?x }\n}")

    @pytest.mark.parametrize(
        ("kind", "given", "term"),
        [
            ("iri", "urn:a", "<urn:a>"),
            ("literal", 'say "so"', r'"say \"so\""'),
            ("date", "2024-06", '"2024-06"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>'),
            ("integer", "7", '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ],
    )
    def test_a_value_is_bound_as_a_term_of_its_type(self, kind: str, given: str, term: str) -> None:
        assert f"VALUES ?x {{ {term} }}" in self.query(kind).fill_in({"x": given}, nobody)

    def test_an_entity_is_looked_for(self) -> None:
        assert "VALUES ?x { <urn:found> }" in self.query("entity").fill_in({"x": "it"}, lambda _: NamedNode("urn:found"))

    def test_the_query_keeps_its_lines(self) -> None:
        assert self.query("iri").fill_in({"x": "urn:a"}, nobody).count("\n") == 3

    def test_what_is_left_open_stands_for_anything(self) -> None:
        assert "VALUES" not in self.query("iri").fill_in({}, nobody)

    def test_a_default_is_filled_in(self) -> None:
        assert "<urn:default>" in self.query("iri", default="urn:default").fill_in({}, nobody)

    def test_what_is_required_cannot_be_left_open(self) -> None:
        with pytest.raises(QueryError, match="q needs x: A value; for example 1"):
            self.query("iri", required=True).fill_in({}, nobody)

    def test_an_unknown_parameter_is_refused(self) -> None:
        with pytest.raises(QueryError, match="no parameter y; it takes x"):
            self.query("iri").fill_in({"y": "1"}, nobody)

    @pytest.mark.parametrize(("kind", "given"), [("iri", "no iri"), ("date", "2024-13"), ("date", "June"), ("integer", "1.5")])
    def test_a_value_of_another_type_is_refused(self, kind: str, given: str) -> None:
        with pytest.raises(QueryError, match="x must be"):
            self.query(kind).fill_in({"x": given}, nobody)

    @given(st.text(st.characters(exclude_categories=["Cs"])))
    def test_a_text_comes_back_as_it_was_given(self, text: str) -> None:
        (row,) = rows(MemoryStore(), self.query("literal").fill_in({"x": text}, nobody).replace("GRAPH ?g { ?s ?p ?x }", ""))
        assert row["x"] == Literal(text)


#: What each bundled query answers from the demonstration graph: given values, some columns, and all rows of them.
PACT = "Tromsø Agreement on Maritime Safety"
EXPECTED: dict[str, tuple[dict[str, str], str, list[str]]] = {
    "accusations": (
        {},
        "accuserName accusedName ofWhat words deniedBy denials denial",
        [
            "Ruritania|Norway||Ruritania accused Norway of having shipped patrol boats to Graustark.|||",
            "Ruritania|Norway|Norway supplied arms to Graustark|"
            "Ruritania accused Norway of having shipped patrol boats to Graustark.|Norway|1|"
            "Norway rejected that, saying it had sent Graustark no weapons.",
        ],
    ),
    "agreement-status": (
        {"agreement": "Tromsø Agreement", "until": "2023-05"},
        "on basis status withName standing documents publishers",
        [
            "2023-05-12|happened|concluded||stated|2|The Example Harbour Gazette, The Specimen Courier",
            "2023-05-12|happened|signed|Inês Valadão|stated|2|The Example Harbour Gazette, The Specimen Courier",
            "2023-05-12|happened|signed|Sigrid Aune|stated|1|The Example Harbour Gazette",
            "2023-05-12|reported|binding|Norway|stated|2|The Example Harbour Gazette, The Specimen Courier",
            "2023-05-12|reported|binding|Portugal|stated|2|The Example Harbour Gazette, The Specimen Courier",
            "2023-05-12|reported|concluded|Tromsø|stated|1|The Example Harbour Gazette",
            "2023-05-12|reported|in place of|Lisbon Memorandum|disputed|1|The Example Harbour Gazette",
        ],
    ),
    "agreements-of-state": (
        {"state": "Norway"},
        "agreementName signed fields documents publishers",
        [f"{PACT}|2023-05-12|joint exercises, maritime affairs|2|2"],
    ),
    "by-iso-code": (
        {"code": "NOR"},
        "alpha2 alpha3 name item documents agreements",
        ["NO|NOR|Norway|http://www.wikidata.org/entity/Q20|2|1"],
    ),
    "by-wikidata-item": (
        {"item": "Q45"},
        "subjectName property objectName affirming hedging denying documents",
        [
            "Inês Valadão|holds office in|Portugal|2|0|0|2",
            f"{PACT}|party|Portugal|2|0|0|2",
        ],
    ),
    "contradictions": (
        {},
        "subjectName property objectName polarity modality speakerName",
        [
            "Norway|supplied arms to|Graustark|Affirmed|Alleged|Ruritania",
            "Norway|supplied arms to|Graustark|Denied|Actual|Norway",
            f"{PACT}|covers|joint exercises|Affirmed|Actual|",
            f"{PACT}|covers|joint exercises|Denied|Actual|Norway",
            f"{PACT}|replaces|Lisbon Memorandum|Affirmed|Actual|",
            f"{PACT}|replaces|Lisbon Memorandum|Denied|Actual|Inês Valadão",
        ],
    ),
    "corroboration": (
        {"least": "2"},
        "subjectName property objectName affirming hedging denying publishers",
        [
            "Inês Valadão|holds office in|Portugal|2|0|0|2",
            f"{PACT}|date signed|2023-05-12|2|0|0|2",
            f"{PACT}|party|Norway|2|0|0|2",
            f"{PACT}|party|Portugal|2|0|0|2",
            f"{PACT}|signatory|Inês Valadão|2|0|0|2",
        ],
    ),
    "attribution-chains": (
        {"speaker": "Inês Valadão"},
        "publisher speakerName speakerKind forName polarity subjectName property objectName",
        [f"The Specimen Courier|Inês Valadão|Person|Portugal|Denied|{PACT}|replaces|Lisbon Memorandum"],
    ),
    "changes-over-time": (
        {"entity": "Lisbon Memorandum"},
        "subjectName property objectName before was issued is",
        [f"{PACT}|replaces|Lisbon Memorandum|2023-05-12|affirmed|2023-05-14|denied"],
    ),
    "disputed-arms-supplies": (
        {},
        "supplierName receiverName polarity modality speakerName issued",
        ["Norway|Graustark|Affirmed|Alleged|Ruritania|2023-05-14", "Norway|Graustark|Denied|Actual|Norway|2023-05-14"],
    ),
    "documents": (
        {},
        "title publisher issued assertions evidences",
        [
            "Portugal and Norway sign maritime pact|The Example Harbour Gazette|2023-05-12|13|13",
            "Ruritania takes aim at northern pact|The Specimen Courier|2023-05-14|10|11",
        ],
    ),
    "identity": (
        {"entity": "Inês Valadão"},
        "name writtenAs relation other confidence tier reason title",
        [
            "Inês Valadão|Valadão|||0.9|kg.identity.context.v1|same office|Ruritania takes aim at northern pact",
            "Inês Valadão||closeMatch|https://registry.example/p/1|0.8||no clear margin|",
        ],
    ),
    "link-candidates": (
        {"entity": "Inês Valadão"},
        "name candidate confidence reason service on",
        ["Inês Valadão|https://registry.example/p/1|0.8|no clear margin|https://registry.example/reconcile|2031-05-06"],
    ),
    "meetings": (
        {"who": "Sigrid Aune"},
        "oneName otherName on placeName words",
        ["Inês Valadão|Sigrid Aune|2023-05-11|Tromsø|Valadão and Aune met in Tromsø on Thursday."],
    ),
    "offices": (
        {"person": "person/ines-valadao"},
        "personName officeTitle inName publisher",
        [
            "Inês Valadão|Foreign Minister|Portugal|The Example Harbour Gazette",
            "Inês Valadão|foreign minister|Portugal|The Specimen Courier",
        ],
    ),
    "outside-links": (
        {"entity": "Norway"},
        "name item confidence reason service decidedBy on",
        [
            "Norway|http://www.wikidata.org/entity/Q20|1|decided by N. N. on 2031-05-07: the state|"
            "https://registry.example/reconcile|N. N.|2031-05-07"
        ],
    ),
    "participation": (
        {"agreement": "Tromsø Agreement"},
        "participantName part on onBehalfOfName standing affirming denying",
        [
            "Iceland|party|||possible|1|0",
            "Inês Valadão|signature|2023-05-12|Portugal|stated|2|0",
            "Norway|party|||stated|2|0",
            "Portugal|party|||stated|2|0",
            "Sigrid Aune|signature|2023-05-12|Norway|stated|1|0",
        ],
    ),
    "provenance": (
        {"assertion": "assertion/f2836c61d9d42807c8cc"},
        "subjectName property objectName words start end on placeName publisher confidence frame software model",
        [
            "Inês Valadão|met with|Sigrid Aune|Valadão and Aune met in Tromsø on Thursday.|346|389|2023-05-11|Tromsø|"
            "The Example Harbour Gazette|0.95|metWith/met@1|treatygraph 0.1.0|treatygraph-en 0.1.0"
        ],
    ),
    "replacements": (
        {},
        "laterName earlierName polarity speakerName words",
        [
            f"{PACT}|Lisbon Memorandum|Affirmed||It replaces the Lisbon Memorandum of 2009.",
            f"{PACT}|Lisbon Memorandum|Denied|Inês Valadão|Nor does it replace the Lisbon Memorandum, according to Valadão.",
        ],
    ),
    "timeline": (
        {"entity": "Sigrid Aune", "since": "2023-05"},
        "on basis subjectName property objectName placeName",
        [
            "2023-05-11|happened|Inês Valadão|met with|Sigrid Aune|Tromsø",
            f"2023-05-12|happened|{PACT}|signatory|Sigrid Aune|",
            "2023-05-12|reported|Sigrid Aune|holds office in|Norway|",
        ],
    ),
    "treaty-register": (
        {},
        "agreementName kinds laterality parties concluded places obligations fields predecessors successors registrations "
        "documents",
        [
            f"Lisbon Memorandum|memorandum||||||||{PACT}||2",
            f"{PACT}|co-operation agreement|bilateral|Norway, Portugal|2023-05-12|Tromsø||joint exercises, maritime affairs|"
            "Lisbon Memorandum||EXAMPLE I-7|2",
        ],
    ),
    "what-a-document-says": (
        {"document": "Ruritania takes aim at northern pact"},
        "subjectName property objectName polarity modality speakerName start",
        [
            f"{PACT}|date signed|2023-05-12|Affirmed|Actual||77",
            f"{PACT}|party|Norway|Affirmed|Actual||77",
            f"{PACT}|party|Portugal|Affirmed|Actual||77",
            "Inês Valadão|holds office in|Portugal|Affirmed|Actual||158",
            f"{PACT}|signatory|Inês Valadão|Affirmed|Actual||158",
            f"{PACT}|covers|joint exercises|Denied|Actual|Norway|217",
            f"{PACT}|replaces|Lisbon Memorandum|Denied|Actual|Inês Valadão|271",
            f"{PACT}|party|Iceland|Affirmed|Hypothetical||336",
            "Norway|supplied arms to|Graustark|Affirmed|Alleged|Ruritania|385",
            "Ruritania|accused|Norway|Affirmed|Actual||385",
            "Norway|supplied arms to|Graustark|Denied|Actual|Norway|455",
        ],
    ),
    "what-agreements-cover": (
        {"agreement": "Tromsø Agreement"},
        "fieldName polarity speakerName publisher",
        [
            "joint exercises|Affirmed||The Example Harbour Gazette",
            "joint exercises|Denied|Norway|The Specimen Courier",
            "maritime affairs|Affirmed||The Example Harbour Gazette",
        ],
    ),
    "what-a-frame-found": (
        {"frame": "metWith/met@1", "run": "https://w3id.org/treatygraph/id/run/demo"},
        "started software subjectName property objectName polarity modality confidence",
        ["2026-11-23T08:00:00Z|treatygraph 0.1.0|Inês Valadão|met with|Sigrid Aune|Affirmed|Actual|0.95"],
    ),
    "who-claims-what": (
        {"speaker": "Norway"},
        "speakerName polarity subjectName property objectName publisher issued",
        [
            "Norway|Denied|Norway|supplied arms to|Graustark|The Specimen Courier|2023-05-14",
            f"Norway|Denied|{PACT}|covers|joint exercises|The Specimen Courier|2023-05-14",
        ],
    ),
    "who-signed-what": (
        {},
        "agreementName signatoryName signed places publisher",
        [
            f"{PACT}|Inês Valadão|2023-05-12|Tromsø|The Example Harbour Gazette",
            f"{PACT}|Inês Valadão|2023-05-12|Tromsø|The Specimen Courier",
            f"{PACT}|Sigrid Aune|2023-05-12|Tromsø|The Example Harbour Gazette",
        ],
    ),
}


class TestBundled:
    def test_each_has_an_answer_here(self) -> None:
        assert set(saved_queries()) == set(EXPECTED)

    @pytest.mark.parametrize("name", EXPECTED)
    def test_it_answers_from_the_demonstration_graph(self, demo: MemoryStore, name: str) -> None:
        values, columns, expected = EXPECTED[name]
        text = saved_queries()[name].fill_in(values, partial(entity, demo))
        answer = csv.DictReader(io.StringIO(write(demo.query(text), "csv").decode()))
        assert ["|".join(row[column] for column in columns.split()) for row in answer] == expected

    @pytest.mark.parametrize("name", EXPECTED)
    def test_its_order_leaves_nothing_to_chance(self, name: str) -> None:
        assert "ORDER BY" in saved_queries()[name].text

    def test_what_is_left_open_finds_at_least_as_much(self, demo: MemoryStore) -> None:
        for name, (values, _, _) in EXPECTED.items():
            query = saved_queries()[name]
            find = partial(entity, demo)
            needed = {one.name: values[one.name] for one in query.parameters if one.required}
            some, more = (len(rows(demo, query.fill_in(given, find))) for given in (values, needed))
            assert more >= some > 0, name
