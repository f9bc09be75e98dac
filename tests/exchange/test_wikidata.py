"""QuickStatements: the syntax can be read back, and nothing is written that is not linked, mapped, sure and standing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg import terms
from kg.errors import ResourceError
from kg.exchange.counterparts import counterparts
from kg.exchange.exporters import Tally
from kg.resources import folder
from kg.store import MemoryStore, Store, open_store
from kg.store.base import quads, rows
from kg.vocabulary import vocabulary

Export = Callable[..., tuple[bytes, Tally]]
ID, WD = "https://w3id.org/treatygraph/id/", "http://www.wikidata.org/entity/"
TREATY = NamedNode(f"{ID}agreement/tromso-agreement-on-maritime-safety")
ITEMS = {
    TREATY: "Q900001",
    NamedNode(f"{ID}place/tromso"): "Q26087",
    NamedNode(f"{ID}person/ines-valadao"): "Q900002",
    NamedNode(f"{ID}agreement/lisbon-memorandum-2009"): "Q900003",
}
LINKS = NamedNode(f"{ID}graph/links")


@dataclass(frozen=True)
class Statement:
    """A line of QuickStatements V1, taken apart as its documentation says."""

    item: str
    property: str
    value: str
    qualifiers: tuple[tuple[str, str], ...]
    reference: tuple[tuple[str, str], ...]


def value(column: str) -> str:
    """The value in a column: an item, a time, a string or a text in a language."""
    item = re.fullmatch(r"Q[1-9]\d*", column)
    time = re.fullmatch(r"\+\d{4}-\d\d-\d\dT00:00:00Z/(9|10|11)", column)
    text = re.fullmatch(r'([a-z]{2}:)?"(\S|\S.*\S)"', column)
    assert item or time or text, column
    if time:
        zeros = {"9": "-00-00T", "10": "-00T", "11": "T"}[time[1]]
        assert zeros in column
    return column


def parse_back(data: bytes) -> list[Statement]:
    assert data.endswith(b"\n") or not data
    statements = []
    for line in data.decode().splitlines():
        item, name, what, *pairs = line.split("\t")
        assert re.fullmatch(r"Q[1-9]\d*", item)
        assert re.fullmatch(r"P[1-9]\d*", name)
        assert len(pairs) % 2 == 0
        told = [(pairs[place], value(pairs[place + 1])) for place in range(0, len(pairs), 2)]
        kinds = "".join(key[0] for key, _ in told)
        assert re.fullmatch(r"P*S+", kinds), kinds
        qualifiers = tuple(pair for pair in told if pair[0].startswith("P"))
        statements.append(Statement(item, name, value(what), qualifiers, tuple(pair for pair in told if pair not in qualifiers)))
    return statements


def linked(demo: MemoryStore, extra: tuple[Quad, ...] = (), without: Callable[[Quad], bool] = lambda _: False) -> MemoryStore:
    """The demonstration graph with more of its things linked to Wikidata."""
    links = [Quad(thing, terms.SAME_AS, NamedNode(WD + item), LINKS) for thing, item in ITEMS.items()]
    return MemoryStore([*(quad for quad in quads(demo) if not without(quad)), *links, *extra])


@pytest.fixture
def written(demo: MemoryStore, exported: Export) -> list[Statement]:
    return parse_back(exported("wikidata", linked(demo))[0])


@pytest.fixture(scope="module")
def samples(sample_store: Path) -> Iterator[Store]:
    with closing(open_store(sample_store)) as store:
        yield store


def test_parties_hands_dates_and_places_are_written(written: list[Statement]) -> None:
    assert {(one.item, one.property, one.value, *one.qualifiers) for one in written} == {
        ("Q900001", "P710", "Q45"),
        ("Q900001", "P710", "Q20"),
        ("Q900001", "P1891", "Q900002", ("P585", "+2023-05-12T00:00:00Z/11")),
        ("Q900001", "P585", "+2023-05-12T00:00:00Z/11"),
        ("Q900001", "P276", "Q26087"),
        ("Q900001", "P1365", "Q900003"),
        ("Q900003", "P1366", "Q900001"),
    }


def test_a_reference_has_address_title_dates_and_quotation(written: list[Statement]) -> None:
    place = next(one for one in written if one.property == "P276")
    assert place.reference == (
        ("S854", '"https://harbour-gazette.example/tromso-signing"'),
        ("S1476", 'en:"Portugal and Norway sign maritime pact"'),
        ("S577", "+2023-05-12T00:00:00Z/11"),
        ("S813", "+2026-11-23T00:00:00Z/11"),
        ("S1683", 'en:"Portugal and Norway signed the Tromsø Agreement on Maritime Safety in Tromsø on Friday."'),
    )


def test_each_publisher_is_one_reference(written: list[Statement]) -> None:
    portugal = [one for one in written if (one.property, one.value) == ("P710", "Q45")]
    assert len(portugal) == 2
    assert len({dict(one.reference)["S1476"] for one in portugal}) == 2


def test_a_publisher_with_an_item_is_named(demo: MemoryStore, exported: Export) -> None:
    paper = NamedNode(f"{ID}organization/gazette")
    about = (
        Quad(paper, terms.RDF_TYPE, NamedNode(terms.TG + "Organization"), LINKS),
        Quad(paper, terms.PREF_LABEL, Literal("The Example Harbour Gazette", language="en"), LINKS),
        Quad(paper, terms.SAME_AS, NamedNode(WD + "Q900009"), LINKS),
    )
    found = parse_back(exported("wikidata", linked(demo, about))[0])
    assert {dict(one.reference).get("S123") for one in found} == {"Q900009", None}


def test_what_is_denied_or_hedged_is_left_out_and_counted(demo: MemoryStore, exported: Export) -> None:
    graph = (Quad(NamedNode(f"{ID}state/iceland"), terms.SAME_AS, NamedNode(WD + "Q189"), LINKS),)
    data, tally = exported("wikidata", linked(demo, graph), confidence=0.0)
    assert "Q189" not in data.decode()
    assert tally.left_out["denied, hedged, or said only by others"] == 1


def test_what_a_person_accepted_is_written_with_what_affirms_it(reviewed: MemoryStore, exported: Export) -> None:
    iceland = Quad(NamedNode(f"{ID}state/iceland"), terms.SAME_AS, NamedNode(WD + "Q189"), LINKS)
    found = parse_back(exported("wikidata", linked(reviewed, (iceland,)), confidence=0.5)[0])
    [one] = [one for one in found if one.value == "Q189"]
    assert dict(one.reference)["S1683"] == 'en:"If talks go well, Iceland could become a party."'
    assert len([one for one in found if one.value == "Q45"]) == 1


def test_a_candidate_is_no_link(demo: MemoryStore, exported: Export) -> None:
    def accepted(quad: Quad) -> bool:
        return quad.predicate == terms.SAME_AS and quad.object == NamedNode(WD + "Q20")

    candidate = Quad(NamedNode(f"{ID}state/norway"), terms.CLOSE_MATCH, NamedNode(WD + "Q20"), LINKS)
    data, tally = exported("wikidata", linked(demo, (candidate,), accepted))
    assert "Q20" not in {one.value for one in parse_back(data)}
    assert tally.left_out["a thing has no accepted Wikidata item"] >= 1


def test_two_items_are_none(demo: MemoryStore, exported: Export) -> None:
    data, tally = exported("wikidata", linked(demo, (Quad(TREATY, terms.SAME_AS, NamedNode(WD + "Q900010"), LINKS),)))
    assert data == b""
    assert tally.left_out["a thing has more than one Wikidata item"] > 0


def test_what_wikidata_has_no_property_for_is_counted_with_the_reason(demo: MemoryStore, exported: Export) -> None:
    _, tally = exported("wikidata", linked(demo))
    assert tally.left_out["metWith: needs an item of the meeting"] == 1
    assert tally.left_out["covers: fields of co-operation have no items"] == 2


def test_unsure_evidence_is_left_out_unless_it_is_wished_for(demo: MemoryStore, exported: Export) -> None:
    sure = parse_back(exported("wikidata", linked(demo))[0])
    surest = parse_back(exported("wikidata", linked(demo), confidence=0.95)[0])
    assert {one.property for one in surest} < {one.property for one in sure}


def test_texts_stay_in_their_column(demo_file: Path, exported: Export) -> None:
    trig = demo_file.read_text(encoding="utf-8").replace("Portugal and Norway sign maritime pact", r"A \"pact\",\tthey\n say ", 1)
    store = linked(MemoryStore(parse(trig.encode(), RdfFormat.TRIG)))
    titles = {dict(one.reference)["S1476"] for one in parse_back(exported("wikidata", store)[0])}
    assert 'en:"A "pact", they say"' in titles


def test_a_long_quotation_is_left_out(demo_file: Path, exported: Export) -> None:
    trig = demo_file.read_text(encoding="utf-8").replace("in Tromsø on Friday.", "in Tromsø on Friday." + " And so on." * 40)
    store = linked(MemoryStore(parse(trig.encode(), RdfFormat.TRIG)))
    place = next(one for one in parse_back(exported("wikidata", store)[0]) if one.property == "P276")
    assert "S1683" not in dict(place.reference)


def test_the_sample_graph_gives_what_a_reader_knows_of_the_treaty(samples: Store, exported: Export) -> None:
    found = {(one.item, one.property, one.value) for one in parse_back(exported("wikidata", samples)[0])}
    treaty = "Q126896555"
    assert {(treaty, "P1891", "Q7747"), (treaty, "P1891", "Q56226"), (treaty, "P276", "Q18808")} <= found
    items = {row["item"].value for row in rows(samples, f"SELECT ?item {{ GRAPH ?g {{ ?s <{terms.SAME_AS.value}> ?item }} }}")}
    assert {WD + one for statement in found for one in statement if one.startswith("Q")} <= items


def test_every_statement_property_is_mapped_or_left_out_with_a_reason() -> None:
    known = counterparts()
    assert known.mapped.keys() | known.left_out.keys() == vocabulary().properties.keys()
    assert all(known.left_out.values())


def test_the_mapping_agrees_with_the_alignments_of_the_ontology() -> None:
    aligned: dict[str, set[str]] = {}
    for quad in parse((folder("ontology") / "alignments.ttl").read_bytes(), RdfFormat.TURTLE):
        if isinstance(quad.object, NamedNode) and "/prop/direct/" in quad.object.value:
            aligned.setdefault(quad.subject.value.removeprefix(terms.TG), set()).add(quad.object.value.rpartition("/")[2])
    for name, mapped in counterparts().mapped.items():
        assert aligned[name] & {one.property for one in mapped}, name


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('property = "P710"', 'property = "710"', "710"),
        ('when = "P585"', 'when = "P571"', "P580, P582, P585"),
        ("inverse = true", "inverse = 1", "true or false"),
        ("inverse = true", "reverse = true", "reverse means nothing"),
        ("[[party]]", "[[partner]]", "partner is no statement property"),
        ("[left_out]", '[left_out]\nparty = "no"', "both mapped and left out"),
        ('covers = "fields of co-operation have no items"', "", "says nothing of covers"),
        ("[left_out]", "[left_out", "wikidata.toml, line"),
    ],
)
def test_a_mistake_in_the_mapping_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    file = tmp_path / "wikidata.toml"
    source = Path(__file__).parents[2] / "kg" / "exchange" / "wikidata.toml"
    file.write_text(source.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ResourceError, match=message):
        counterparts(file)
