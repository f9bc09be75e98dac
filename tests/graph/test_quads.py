"""A reading as quads: what the contract promises, the same every time, and nothing that was not said."""

from dataclasses import replace

import pytest
import river_treaty
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse
from river_treaty import ESTMARK, LIND, MEETING, NORLAND, REVE, RUN, SIGNING, TREATY, WEST, WESTRIA, says

from kg.errors import GraphError
from kg.graph import PREFIXES, TG, Names, document_quads, sorted_nquads, vocabulary
from kg.graph.quads import CONTEXT
from kg.model import Document, Entity, Evidence, Kind, Mention, Modality, PartialDate, Polarity, Reading, Run, Span
from kg.terms import term

NAMES = Names()
GRAPH = NAMES.graph("river-treaty")


def store_of(quads: list[Quad]) -> Store:
    store = Store()
    store.extend(quads)
    return store


@pytest.fixture(scope="module")
def store() -> Store:
    return store_of(document_quads(river_treaty.reading(), NAMES, RUN))


def ask(store: Store, pattern: str) -> bool:
    prefixes = "".join(f"PREFIX {name}: <{namespace}>\n" for name, namespace in PREFIXES.items())
    answer = store.query(f"{prefixes} PREFIX : <{NAMES.base}> ASK {{ GRAPH ?graph {{ {pattern} }} }}")
    return bool(answer)


def plain(store: Store, subject: str, predicate: str, value: str) -> bool:
    return Quad(NAMES.entity(subject), term(f"tg:{predicate}"), NAMES.entity(value), GRAPH) in store


def test_everything_stands_in_the_graph_of_the_document(store: Store) -> None:
    assert {quad.graph_name for quad in store} == {GRAPH}


def test_the_document_has_its_digest_title_publisher_date_and_address(store: Store) -> None:
    digest = river_treaty.reading().document.sha256
    assert ask(
        store,
        f"""?d a tg:Document ; tg:sha256 "{digest}" ; dcterms:title "{river_treaty.TITLE}" ;
        dcterms:publisher "The Example Gazette" ; dcterms:issued "2031-05-05"^^xsd:date ;
        dcterms:source <https://gazette.example/river-treaty>""",
    )


def test_what_a_document_does_not_tell_of_itself_is_left_out() -> None:
    quads = document_quads(Reading(Document("bare", "Nothing."), (), (), ()), NAMES)
    assert {quad.predicate for quad in quads} == {term("rdf:type"), term("tg:sha256")}


def test_an_entity_has_the_class_of_its_kind_and_of_its_subtype_and_its_labels(store: Store) -> None:
    treaty, leader = f"<{NAMES.entity(TREATY).value}>", f"<{NAMES.entity(LIND).value}>"
    assert ask(store, f'{treaty} a tg:Agreement, tg:PartnershipAgreement ; skos:prefLabel "River Treaty"@en')
    assert ask(store, f'{leader} a tg:Person ; skos:prefLabel "Ada Lind"@en ; skos:altLabel "Lind"@en')


def test_every_selector_quotes_the_words_at_its_offsets_with_what_stands_around_them(store: Store) -> None:
    text = river_treaty.TEXT
    found = {
        quad.subject: {
            q.predicate: q.object.value
            for q in store.quads_for_pattern(quad.subject, None, None)
            if isinstance(q.object, Literal)
        }
        for quad in store.quads_for_pattern(None, term("rdf:type"), term("oa:TextPositionSelector"))
    }
    assert len(found) > 20
    for selector in found.values():
        start, end = int(selector[term("oa:start")]), int(selector[term("oa:end")])
        assert selector[term("oa:exact")] == text[start:end]
        assert text[:start].endswith(selector[term("oa:prefix")])
        assert text[end:].startswith(selector[term("oa:suffix")])


@given(st.text(min_size=1), st.data())
def test_offsets_count_code_points_whatever_the_text_is_made_of(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    person = Entity("person/a", Kind.PERSON, "A")
    reading = Reading(Document("x", text), (person,), (Mention("person/a", Span(start, end)),), ())
    written = sorted_nquads(document_quads(reading, NAMES))
    read_back = {quad.predicate: quad.object.value for quad in parse(written, format=RdfFormat.N_QUADS)}
    assert read_back[term("oa:exact")] == text[start:end]
    assert int(read_back[term("oa:end")]) - int(read_back[term("oa:start")]) == len(read_back[term("oa:exact")])
    around = read_back[term("oa:prefix")] + read_back[term("oa:exact")] + read_back[term("oa:suffix")]
    assert around == text[max(0, start - CONTEXT) : end + CONTEXT]


def test_an_evidence_says_how_who_when_where_and_by_which_rule_and_run(store: Store) -> None:
    assert ask(
        store,
        """?e a tg:Evidence ; tg:evidenceFor ?a ; tg:polarity tg:Affirmed ; tg:modality tg:Actual ; tg:confidence 0.9 ;
        tg:when "2031-05-04"^^xsd:date ; tg:where <https://w3id.org/treatygraph/id/place/aldenhaven> ;
        tg:frame "metWith/test@1" ; prov:wasGeneratedBy <https://w3id.org/treatygraph/id/run/run-1> ;
        oa:hasSource <https://w3id.org/treatygraph/id/document/river-treaty> ; oa:hasSelector ?s .
        ?s a oa:TextPositionSelector, oa:TextQuoteSelector . ?a a tg:Assertion ; rdf:predicate tg:metWith""",
    )
    assert ask(store, '?e tg:officeTitle "President" ; tg:evidenceFor/rdf:predicate tg:holdsOfficeIn')
    assert ask(store, f"?e prov:wasAttributedTo <{NAMES.entity(WEST).value}> ; tg:modality tg:Alleged")


def test_the_articles_own_voice_is_the_absence_of_a_speaker(store: Store) -> None:
    assert not ask(store, "?e tg:evidenceFor/rdf:predicate tg:accused ; prov:wasAttributedTo ?speaker")


@pytest.mark.parametrize(("value", "datatype"), [("1998", "gYear"), ("2024-06", "gYearMonth"), ("2024-06-19", "date")])
def test_a_date_is_typed_as_exact_as_it_is(value: str, datatype: str) -> None:
    good = river_treaty.reading()
    evidence = (says(SIGNING, TREATY, "dateSigned", PartialDate(value)),)
    quads = document_quads(replace(good, evidence=evidence), NAMES)
    typed = Literal(value, datatype=term(f"xsd:{datatype}"))
    assert Quad(NAMES.entity(TREATY), term("tg:dateSigned"), typed, GRAPH) in quads


def test_what_the_article_affirms_stands_as_a_plain_triple(store: Store) -> None:
    assert plain(store, TREATY, "party", NORLAND)
    assert plain(store, ESTMARK, "supports", NORLAND), "said by the president of Norland"
    assert Quad(NAMES.entity(TREATY), term("tg:covers"), term("tgf:Trade"), GRAPH) in store


def test_what_is_denied_alleged_planned_or_only_said_by_others_does_not(store: Store) -> None:
    assert not plain(store, TREATY, "party", WEST)
    assert not plain(store, NORLAND, "threatened", WEST)
    assert not plain(store, NORLAND, "cooperatesWith", ESTMARK)
    assert not plain(store, ESTMARK, "attacked", WEST)
    assert ask(store, "?a a tg:Assertion ; rdf:predicate tg:attacked"), "it stays an assertion with its evidence"


def test_a_symmetric_statement_stands_both_ways_and_is_one_assertion() -> None:
    both_ways = (says(MEETING, LIND, "metWith", REVE), says(MEETING, REVE, "metWith", LIND))
    store = store_of(document_quads(replace(river_treaty.reading(), evidence=both_ways), NAMES))
    assert plain(store, LIND, "metWith", REVE)
    assert plain(store, REVE, "metWith", LIND)
    assert len(list(store.quads_for_pattern(None, term("rdf:type"), term("tg:Assertion")))) == 1
    assert len(list(store.quads_for_pattern(None, term("rdf:type"), term("tg:Evidence")))) == 1


def test_evidence_that_is_found_twice_is_as_sure_as_its_surest_finding() -> None:
    found = says(WESTRIA, WEST, "accused", NORLAND)
    reading = replace(river_treaty.reading(), evidence=(replace(found, confidence=0.4), replace(found, confidence=0.8)))
    sure = [quad.object.value for quad in document_quads(reading, NAMES) if quad.predicate == term("tg:confidence")]
    assert sure == ["0.8"]


def test_two_builds_give_the_same_bytes() -> None:
    first = sorted_nquads(document_quads(river_treaty.reading(), Names(), RUN))
    assert first == sorted_nquads(document_quads(river_treaty.reading(), Names(), RUN))


def test_only_what_leads_to_the_run_differs_from_run_to_run() -> None:
    other = Run("run-2", RUN.software, RUN.model, RUN.started, RUN.ended)
    here = set(document_quads(river_treaty.reading(), NAMES, RUN))
    there = set(document_quads(river_treaty.reading(), NAMES, other))
    assert {quad.predicate for quad in here ^ there} == {term("prov:wasGeneratedBy")}


def test_without_a_run_nothing_is_said_of_one() -> None:
    assert term("prov:wasGeneratedBy") not in {quad.predicate for quad in document_quads(river_treaty.reading(), NAMES)}


def test_a_store_gives_back_exactly_what_was_written(store: Store) -> None:
    assert sorted_nquads(store) == sorted_nquads(document_quads(river_treaty.reading(), NAMES, RUN))


def test_only_terms_of_the_ontology_are_used(store: Store) -> None:
    used = {
        node.value.removeprefix(TG)
        for quad in store
        for node in (quad.predicate, quad.object)
        if isinstance(node, NamedNode) and node.value.startswith(TG)
    }
    assert used <= vocabulary().terms


def test_a_reading_that_breaks_a_promise_is_not_written() -> None:
    broken = replace(river_treaty.reading(), evidence=(says(SIGNING, TREATY, "party", LIND),))
    with pytest.raises(GraphError, match="river-treaty"):
        document_quads(broken, NAMES)


def test_a_document_with_a_reserved_id_is_not_written() -> None:
    with pytest.raises(GraphError, match="'links'"):
        document_quads(river_treaty.reading("links"), NAMES)


evidence_of_any_kind = st.builds(
    lambda polarity, modality, speaker: Evidence(
        says(SIGNING, TREATY, "party", NORLAND).statement, Span(0, 5), "party/test@1", polarity, modality, speaker
    ),
    st.sampled_from(Polarity),
    st.sampled_from(Modality),
    st.sampled_from([None, NORLAND, ESTMARK, LIND, WEST]),
)


@given(st.lists(evidence_of_any_kind, max_size=4))
def test_a_plain_triple_never_stands_without_affirmed_and_actual_evidence(evidence: list[Evidence]) -> None:
    quads = document_quads(replace(river_treaty.reading(), evidence=tuple(evidence)), NAMES)
    stands = any(quad.predicate == term("tg:party") for quad in quads)
    good = [item for item in evidence if item.polarity is Polarity.AFFIRMED and item.modality is Modality.ACTUAL]
    assert stands == any(item.speaker in (None, NORLAND) for item in good)
