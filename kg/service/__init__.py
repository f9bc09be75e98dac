"""The graph on the web: SPARQL, saved queries, and a page for people. It reads and never writes."""

from kg.service.app import create_app

__all__ = ["create_app"]
