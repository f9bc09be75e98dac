"""Reading from a graph what is to be judged."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from kg.evaluation import Gold
from kg.evaluation.claims import read_graphs, read_links
from kg.model import Modality, Polarity
from kg.store import MemoryStore, open_store

STATE = "https://w3id.org/treatygraph/id/state/"


def test_a_document_is_known_by_its_text(demo: MemoryStore, golds: tuple[Gold, ...]) -> None:
    doubts, signing = golds
    graphs = read_graphs(demo, [doubts])
    assert list(graphs) == [doubts.sha256]
    (graph,) = graphs[doubts.sha256]
    assert graph.document.endswith("/tromso-doubts")
    assert len(graph.mentions) == 17
    assert all(one.span.of(doubts.text) == one.exact for one in (*graph.mentions, *graph.claims))
    assert read_graphs(MemoryStore(), [signing]) == {}


def test_an_evidence_is_read_with_all_that_qualifies_it(demo: MemoryStore, golds: tuple[Gold, ...]) -> None:
    (graph,) = read_graphs(demo, golds)[golds[0].sha256]
    (claim,) = (one for one in graph.claims if one.predicate == "suppliedArmsTo" and one.polarity is Polarity.AFFIRMED)
    assert (claim.subject, claim.object, claim.speaker) == (f"{STATE}norway", f"{STATE}graustark", f"{STATE}ruritania")
    assert (claim.modality, claim.confidence, claim.frame) == (Modality.ALLEGED, 0.86, "suppliedArmsTo/accused-of@1")
    assert claim.exact == "Ruritania accused Norway of having shipped patrol boats to Graustark."
    assert claim.triple not in graph.plain
    assert graph.labels[claim.subject] == "Norway"


def test_links_lead_to_wikidata(demo: MemoryStore) -> None:
    assert read_links(demo, [f"{STATE}norway", f"{STATE}graustark"]) == {f"{STATE}norway": {"Q20"}}


def test_every_kind_of_store_gives_the_same(
    demo: MemoryStore, demo_directory: Path, oxigraph_demo: str, golds: tuple[Gold, ...]
) -> None:
    expected = read_graphs(demo, golds)
    for selector in (demo_directory, oxigraph_demo):
        with closing(open_store(selector)) as store:
            found = read_graphs(store, golds)
        for sha, (graph,) in expected.items():
            assert set(found[sha][0].claims) == set(graph.claims)
            assert set(found[sha][0].mentions) == set(graph.mentions)
            assert (found[sha][0].plain, found[sha][0].labels) == (graph.plain, graph.labels)
