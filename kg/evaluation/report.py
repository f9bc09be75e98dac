"""An evaluation as JSON, for whoever compares one with the next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from kg.evaluation.figures import Figures
from kg.evaluation.measures import Tally
from kg.evaluation.mistakes import Mistake


def as_json(found: Figures, mistakes: Iterable[Mistake] | None = None) -> dict[str, Any]:
    """Return all figures, and mistakes where they are asked for, in types that JSON knows."""
    report = {
        "documents": found.documents,
        "missing": list(found.missing),
        "facts": _tally(found.facts),
        "agreement facts": _tally(found.agreements),
        "other facts": _tally(found.others),
        "strict (polarity, modality)": _tally(found.strict),
        "grounded": found.grounded.value,
        "polarity": found.polarity.value,
        "modality": found.modality.value,
        "speaker": found.speaker.value,
        "entities found": {kind.value: round(share.value, 3) for kind, share in found.entities.items()},
        "identity B3": {kind.value: round(value, 3) for kind, value in found.identity.items()},
        "wikidata links": {kind.value: dict(counts) for kind, counts in found.links.items()},
        "broken": dict(found.broken),
        "per property": {name: _tally(tally) for name, tally in found.properties.items()},
        "per frame": {name: _tally(tally) for name, tally in found.frames.items()},
        "reliability": {
            "expected calibration error": found.reliability.calibration_error,
            "squared error": found.reliability.squared_error,
            "bins": [asdict(one) for one in found.reliability.bins],
        },
    }
    if mistakes is not None:
        report["mistakes"] = [asdict(one) for one in mistakes]
    return report


def _tally(tally: Tally) -> dict[str, float]:
    return {
        "precision": tally.precision,
        "recall": tally.recall,
        "f1": tally.f1,
        "tp": tally.right,
        "predicted": tally.said,
        "gold": tally.gold,
    }
