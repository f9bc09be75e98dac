"""Temperatures hold for the network that they were fitted to, and for no other."""

from __future__ import annotations

import json

from kg.language.calibration import CALIBRATION, Calibration
from kg.language.models import MODEL
from kg.language.network import Network


def test_without_a_file_confidence_is_as_the_network_has_it() -> None:
    assert Calibration.read(None, "a") == Calibration(1.0, 1.0)


def test_temperatures_of_another_network_are_left_alone() -> None:
    content = json.dumps({"network": "a", "entity": 1.5, "arc": 2.0}).encode()
    assert Calibration.read(content, "a") == Calibration(1.5, 2.0)
    assert Calibration.read(content, "b") == Calibration()


def test_the_bundled_network_is_calibrated() -> None:
    """After a new network: python -m training.calibrate kg/language/model --data DATA."""
    network = Network.load(MODEL)
    assert json.loads((MODEL / CALIBRATION).read_bytes())["network"] == network.version
    assert network.calibration.entity > 1
    assert network.calibration.arc > 1
