"""The review stage: what people decide about assertions is applied to readings before they are written down."""

from kg.review.decisions import REVIEW_FRAME, Decisions, Reviewed
from kg.review.files import COLUMNS, load, parse_node, read_decisions, save, written

__all__ = ["COLUMNS", "REVIEW_FRAME", "Decisions", "Reviewed", "load", "parse_node", "read_decisions", "save", "written"]
