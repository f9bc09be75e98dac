"""The graph on the web: SPARQL, saved queries, and a page for people. It writes for those who have a token."""

from typing import Final

from kg.service.app import create_app

#: What a reader loads before it is asked anything: the modules that questions come from.
READERS_NEED: Final = ("kg.service.answers",)

__all__ = ["READERS_NEED", "create_app"]
