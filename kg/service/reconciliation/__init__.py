"""The graph as a reconciliation service (API 0.2 and the draft of 1.0): names from elsewhere in, entities of the graph out."""

from kg.service.reconciliation.routes import router

__all__ = ["router"]
