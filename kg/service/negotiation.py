"""Choosing the form of an answer by what the client accepts (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Range:
    """A media range with its quality, such as `text/*;q=0.5`."""

    type: str
    subtype: str
    quality: float

    def precision(self, offer: str) -> int:
        """How closely the range names the offer: 0 not at all, 3 exactly."""
        kind, _, subtype = offer.partition("/")
        if self.type == "*":
            return 1
        if self.type != kind:
            return 0
        if self.subtype == "*":
            return 2
        return 3 if self.subtype == subtype else 0


def choose(accept: str | None, offers: Iterable[str]) -> str | None:
    """Return the offer that the client likes best, the earliest among equals; None if it accepts none.

    >>> choose("text/csv;q=0.5, application/json", ["text/csv", "application/json"])
    'application/json'
    >>> choose("image/png", ["text/csv"]) is None
    True
    """
    ranges = [found for part in (accept or "*/*").split(",") if (found := _read(part))]
    best, best_quality = None, 0.0
    for offer in offers:
        closest = max(ranges, key=lambda one: one.precision(offer), default=None)
        quality = closest.quality if closest and closest.precision(offer) else 0.0
        if quality > best_quality:
            best, best_quality = offer, quality
    return best


def _read(part: str) -> _Range | None:
    """Read one media range; parameters other than its quality are passed over, and so is what is malformed."""
    media_type, *parameters = (piece.strip().lower() for piece in part.split(";"))
    kind, slash, subtype = media_type.partition("/")
    if not slash:
        return None
    quality = _quality(parameters)
    return None if quality is None else _Range(kind, subtype, quality)


def choose_coding(accept_encoding: str | None, offers: Iterable[str]) -> str | None:
    """Return the content coding that the client likes best, None to send as it is (RFC 9110, section 12.5.3).

    >>> choose_coding("gzip, zstd;q=0.5", ["zstd", "gzip"]), choose_coding("identity", ["gzip"]), choose_coding(None, ["gzip"])
    ('gzip', None, None)
    """
    qualities: dict[str, float] = {}
    for part in (accept_encoding or "").lower().split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        qualities[name] = _quality(parameters) or 0.0
    best, best_quality = None, max(qualities.get("identity", 0.0), 0.0)
    for offer in offers:
        quality = qualities.get(offer, qualities.get("*", 0.0))
        if quality > best_quality or (quality and quality == best_quality and best is None):
            best, best_quality = offer, quality
    return best


def _quality(parameters: Iterable[str]) -> float | None:
    """Read the quality among parameters, 1 where there is none; None if it is malformed."""
    for name, _, value in (parameter.partition("=") for parameter in parameters):
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return None
    return 1.0
