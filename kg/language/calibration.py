"""How sure the network is: temperatures that make its probabilities true, one for each head that gives a confidence."""

from __future__ import annotations

import json
from dataclasses import dataclass

#: The file of a model that holds them; `python -m training.calibrate` writes it.
CALIBRATION = "calibration.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """By what the scores of entity labels and of heads are divided before they become probabilities."""

    entity: float = 1.0
    arc: float = 1.0

    @classmethod
    def read(cls, content: bytes | None, version: str) -> Calibration:
        """Return the temperatures in a file, or 1 where there is no file or it was fitted to another network."""
        found = json.loads(content) if content else {}
        return cls(found["entity"], found["arc"]) if found.get("network") == version else cls()
