"""Who is who: one id for one thing, inside a document and across documents, and links to outside knowledge bases."""

from kg.identity.resolution import Resolution, resolve

__all__ = ["Resolution", "resolve"]
