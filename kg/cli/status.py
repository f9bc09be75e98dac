"""`kg status`: what a store holds."""

from __future__ import annotations

from contextlib import closing

import typer

from kg.cli.stores import DEFAULT_STORE, StoreOption
from kg.store import open_store
from kg.store.base import rows

_COUNTS = """PREFIX tg: <https://w3id.org/treatygraph/ontology#>
SELECT ?kind (COUNT(DISTINCT ?thing) AS ?count) {
  VALUES ?kind { tg:Document tg:Mention tg:Assertion tg:Evidence tg:Person tg:State tg:Organization tg:Place tg:Agreement }
  GRAPH ?graph { ?thing a ?kind }
} GROUP BY ?kind ORDER BY ?kind"""


def status(store: StoreOption = DEFAULT_STORE) -> None:
    """Print the store's generation and how much of each kind it holds."""
    with closing(open_store(store)) as opened:
        state = opened.status()
        typer.echo(f"generation {state.generation}, {state.quads:,} quads")
        for row in rows(opened, _COUNTS):
            typer.echo(f"{row['kind'].value.rpartition('#')[2]:14}{int(row['count'].value):>10,}")
