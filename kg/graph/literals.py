"""Values as RDF literals, in the one spelling that every store gives back unchanged."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg.model import PartialDate
from kg.terms import XSD

#: Decimal places of a confidence.
PLACES: Final = 4

_DATE: Final = NamedNode(XSD + "date")
_DATE_TIME: Final = NamedNode(XSD + "dateTime")
_DECIMAL: Final = NamedNode(XSD + "decimal")
_PARTIAL: Final = {4: NamedNode(XSD + "gYear"), 7: NamedNode(XSD + "gYearMonth"), 10: _DATE}


def english(value: str) -> Literal:
    return Literal(value, language="en")


def day(value: date) -> Literal:
    return Literal(value.isoformat(), datatype=_DATE)


def partial_date(value: PartialDate) -> Literal:
    """Type a day, month or year as what it is.

    >>> print(partial_date(PartialDate("2024-06")))
    "2024-06"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>
    """
    return Literal(value.value, datatype=_PARTIAL[len(value.value)])


def instant(value: datetime) -> Literal:
    """Write a moment in UTC to the second; one without a time zone is taken as UTC.

    >>> print(instant(datetime(2026, 11, 23, 8, 30)))
    "2026-11-23T08:30:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>
    """
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return Literal(aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), datatype=_DATE_TIME)


def confidence(value: float) -> Literal:
    """Write a confidence as a canonical decimal of at most four places.

    >>> print(confidence(0.90).value, confidence(1.0).value, confidence(0.12345).value)
    0.9 1 0.1235
    """
    digits = f"{value:.{PLACES}f}".rstrip("0").rstrip(".")
    return Literal(digits, datatype=_DECIMAL)
