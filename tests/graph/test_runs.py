"""Runs stand in a graph of their own."""

from river_treaty import RUN

from kg.graph import Names, run_quads
from kg.terms import term


def test_a_run_is_an_activity_with_software_model_start_and_end() -> None:
    quads = run_quads([RUN], Names())
    assert {quad.graph_name for quad in quads} == {Names().shared_graph("runs")}
    told = {quad.predicate: quad.object.value for quad in quads}
    assert told == {
        term("rdf:type"): term("prov:Activity").value,
        term("tg:software"): "treatygraph 0.1.0",
        term("tg:model"): "treatygraph-en 0.1.0",
        term("prov:startedAtTime"): "2031-05-05T08:00:00Z",
        term("prov:endedAtTime"): "2031-05-05T08:01:00Z",
    }
