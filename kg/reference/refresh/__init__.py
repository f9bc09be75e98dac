"""Rebuilding the knowledge base from a SPARQL endpoint that has Wikidata's model.

The questions lie in `queries/`, one file each, and what new entries are taken for in `kinds.toml`. What was fetched is merged
with the bundled tables, checked as those are, and only then put in the place of what was there.
"""

from kg.reference.refresh.endpoint import Endpoint
from kg.reference.refresh.refresh import Summary, refresh

__all__ = ["Endpoint", "Summary", "refresh"]
