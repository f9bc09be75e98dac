"""IRIs are derived from content alone, keep different things apart, and do not depend on the base but for their start."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.graph import RESERVED_GRAPHS, Names
from kg.model import Evidence, FieldConcept, Link, Mention, Modality, PartialDate, Polarity, Span, Statement

slugs = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
entity_ids = st.builds("{}/{}".format, st.sampled_from(["person", "state", "agreement"]), slugs)
document_ids = st.text(min_size=1).filter(lambda document: document not in RESERVED_GRAPHS)
objects = st.one_of(entity_ids, st.builds(FieldConcept, st.sampled_from(["Trade", "Space"])), st.just(PartialDate("2024")))
statements = st.builds(Statement, entity_ids, st.sampled_from(["party", "covers", "replaces", "accused"]), objects)
spans = st.tuples(st.integers(0, 1000), st.integers(0, 1000)).map(lambda ends: Span(min(ends), max(ends)))


@given(statements, statements)
def test_two_assertions_share_an_iri_only_if_they_are_the_same_statement(one: Statement, other: Statement) -> None:
    assert (Names().assertion(one) == Names().assertion(other)) == (one == other)


@given(entity_ids, entity_ids, st.sampled_from(["alliedWith", "metWith", "cooperatesWith"]))
def test_both_directions_of_a_symmetric_property_are_one_assertion(a: str, b: str, predicate: str) -> None:
    assert Names().assertion(Statement(a, predicate, b)) == Names().assertion(Statement(b, predicate, a))


def test_the_two_directions_of_another_property_are_two_assertions() -> None:
    there, back = Statement("state/a", "accused", "state/b"), Statement("state/b", "accused", "state/a")
    assert Names().assertion(there) != Names().assertion(back)


def test_an_entity_a_field_and_a_date_of_the_same_spelling_are_three_objects() -> None:
    objects = ["2024", PartialDate("2024"), FieldConcept("2024")]
    assert len({Names().assertion(Statement("agreement/a", "covers", item)) for item in objects}) == 3


@given(document_ids, document_ids)
def test_any_text_can_be_a_document_id_and_two_ids_never_share_a_graph(one: str, other: str) -> None:
    names = Names()
    assert (names.graph(one) == names.graph(other)) == (one == other)
    assert NamedNode(names.document(one).value) == names.document(one)


@pytest.mark.parametrize("name", sorted(RESERVED_GRAPHS))
def test_a_document_cannot_take_the_graph_of_something_else(name: str) -> None:
    with pytest.raises(GraphError, match="rename it"):
        Names().graph(name)


@given(st.text(max_size=8), st.text(max_size=8), spans, spans)
def test_mentions_are_told_apart_by_document_entity_and_span(one: str, other: str, here: Span, there: Span) -> None:
    first, second = Names().mention(one, Mention("person/a", here)), Names().mention(other, Mention("person/a", there))
    assert (first == second) == ((one, here) == (other, there))
    assert Names().mention(one, Mention("person/b", here)) != first


def test_evidence_is_told_apart_by_all_that_it_says_except_how_sure_it_is() -> None:
    statement = Statement("agreement/a", "party", "state/b")
    plain = Evidence(statement, Span(0, 5), "party/x@1")
    variants = [
        plain,
        Evidence(statement, Span(0, 6), "party/x@1"),
        Evidence(statement, Span(0, 5), "party/x@2"),
        Evidence(statement, Span(0, 5), "party/x@1", polarity=Polarity.DENIED),
        Evidence(statement, Span(0, 5), "party/x@1", modality=Modality.PLANNED),
        Evidence(statement, Span(0, 5), "party/x@1", speaker="person/c"),
        Evidence(statement, Span(0, 5), "party/x@1", when=PartialDate("2024")),
        Evidence(statement, Span(0, 5), "party/x@1", where="place/d"),
        Evidence(statement, Span(0, 5), "party/x@1", office_title="chair"),
    ]
    assert len({Names().evidence("doc", item) for item in variants}) == len(variants)
    assert Names().evidence("doc", Evidence(statement, Span(0, 5), "party/x@1", confidence=0.5)) == Names().evidence("doc", plain)


def test_another_base_changes_nothing_but_the_start_of_an_iri() -> None:
    here, there = Names(), Names("https://graph.example/")
    statement, link = Statement("agreement/a", "party", "state/b"), Link("state/b", "state/c", True, 1.0, "same name")
    for one, other in [
        (here.document("x"), there.document("x")),
        (here.graph("x"), there.graph("x")),
        (here.entity("state/b"), there.entity("state/b")),
        (here.assertion(statement), there.assertion(statement)),
        (here.link(link), there.link(link)),
        (here.run("r"), there.run("r")),
    ]:
        assert one.value.removeprefix(here.base) == other.value.removeprefix(there.base)


@pytest.mark.parametrize("base", ["https://graph.example", "graph/", "https://graph example/"])
def test_a_base_that_could_not_carry_names_is_refused(base: str) -> None:
    with pytest.raises(GraphError, match="base"):
        Names(base)


def test_shared_graphs_are_those_that_the_contract_names() -> None:
    assert Names().shared_graph("links").value.endswith("/graph/links")
    with pytest.raises(GraphError, match="no shared graph"):
        Names().shared_graph("likns")
