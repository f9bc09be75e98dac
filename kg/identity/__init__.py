"""Who is who: one id for one thing, inside a document and across documents, why, and what may be the same.

Everything that a document names becomes a `Sighting`; sightings that tiers of rules hold to be of one thing are a `Bearer`.
"""

from kg.identity.memory import Memory
from kg.identity.resolution import Resolution
from kg.identity.resolver import resolve

__all__ = ["Memory", "Resolution", "resolve"]
