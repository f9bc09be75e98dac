"""The figures that a store's account of an assertion comes to."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.store import MemoryStore, open_store
from kg.store.base import rows
from kg.store.corroboration import corroboration
from kg.store.provenance import accounts
from kg.store.resolve import entity, statement_property

_FIGURES = """PREFIX tg: <https://w3id.org/treatygraph/ontology#>
SELECT * { GRAPH ?graph {
  ?assertion tg:supporting ?supporting ; tg:denying ?denying ; tg:hedging ?hedging ; tg:publishers ?publishers ;
    tg:independentSources ?sources ; tg:combinedConfidence ?confidence ; tg:disagreement ?disagreement .
} }"""


def test_two_reports_that_agree_and_one_that_denies(demo: MemoryStore) -> None:
    (agreed,) = accounts(demo, entity(demo, "Tromsø Agreement"), statement_property(demo, "dateSigned"))
    found = corroboration(agreed)
    assert (found.supporting, found.publishers, found.sources) == (2, 2, 2)
    assert found.confidence > max(one.confidence for one in agreed.testimony)
    (disputed,) = accounts(demo, entity(demo, "Tromsø Agreement"), statement_property(demo, "replaces"))
    found = corroboration(disputed)
    assert (found.supporting, found.denying) == (1, 1)
    assert found.disagreement > 0.5
    assert isinstance(found.first, date)


@pytest.mark.slow
def test_the_graph_of_a_build_has_the_figures_that_its_accounts_come_to(sample_store: Path) -> None:
    with closing(open_store(sample_store)) as store:
        figures = rows(store, _FIGURES)
        assert len(figures) > 100
        for row in figures[::5]:
            (account,) = accounts(store, NamedNode(row["assertion"].value))
            found = corroboration(account)
            counts = (found.supporting, found.denying, found.hedging, found.publishers, found.sources)
            assert counts == tuple(int(row[name].value) for name in ("supporting", "denying", "hedging", "publishers", "sources"))
            assert found.confidence == pytest.approx(float(row["confidence"].value), abs=1e-4)
            assert found.disagreement == pytest.approx(float(row["disagreement"].value), abs=1e-4)
