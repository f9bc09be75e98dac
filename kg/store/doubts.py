"""Assertions that a person should look at: those of which the graph is least sure, or about which sources disagree."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from pyoxigraph import NamedNode

from kg.store.base import Store, rows
from kg.store.provenance import accounts
from kg.store.testimony import Account

_RANKED: Final = """PREFIX tg: <https://w3id.org/treatygraph/ontology#>
SELECT ?assertion {{
  {doubt}
  FILTER NOT EXISTS {{ GRAPH ?reviews {{ ?review tg:reviewed ?assertion }} }}
}} ORDER BY {order} ?assertion LIMIT {limit}"""


class Doubt(StrEnum):
    """Why to look at an assertion: its combined confidence is near one half, an evidence's is, or sources disagree."""

    UNCERTAINTY = "uncertainty"
    EVIDENCE = "evidence"
    DISAGREEMENT = "disagreement"


_DOUBTS: Final = {
    Doubt.UNCERTAINTY: (
        "GRAPH ?figures { ?assertion tg:combinedConfidence ?confidence } BIND(ABS(?confidence - 0.5) AS ?distance)",
        "?distance",
    ),
    Doubt.EVIDENCE: (
        """{ SELECT ?assertion (MIN(ABS(?confidence - 0.5)) AS ?distance) {
    GRAPH ?graph { ?evidence tg:evidenceFor ?assertion ; tg:confidence ?confidence }
  } GROUP BY ?assertion }""",
        "?distance",
    ),
    Doubt.DISAGREEMENT: (
        "GRAPH ?figures { ?assertion tg:disagreement ?disagreement } FILTER(?disagreement > 0)",
        "DESC(?disagreement)",
    ),
}


def doubtful(store: Store, by: Doubt, limit: int) -> list[Account]:
    """Give an account of up to so many assertions that nobody has decided about, the most doubtful first."""
    doubt, order = _DOUBTS[by]
    ranked = [row["assertion"] for row in rows(store, _RANKED.format(doubt=doubt, order=order, limit=limit))]
    return [account for one in ranked if isinstance(one, NamedNode) for account in accounts(store, one)]
