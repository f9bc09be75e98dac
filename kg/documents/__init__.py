"""From what users have (files, folders, HTML, JSONL) to documents: text, title, publisher, date of issue, and zones."""

from kg.documents.reading import RESERVED, Limits, Refusal, read_documents
from kg.documents.slugs import slug
from kg.documents.zoning import zones

__all__ = ["RESERVED", "Limits", "Refusal", "read_documents", "slug", "zones"]
