"""The bundled reference knowledge base: states, organisations, places, agreements, persons and their offices, as CSV.

>>> reference = load()
>>> reference.find("Pyongyang")
('state/north-korea', 'place/pyongyang')
"""

from kg.reference.reference import BUNDLED, VARIABLE, Name, NameKind, Reference, chosen, load
from kg.reference.values import (
    Agreement,
    AgreementKind,
    Entry,
    Office,
    Organization,
    OrganizationKind,
    Person,
    Place,
    PlaceKind,
    State,
    Status,
)

__all__ = [
    "BUNDLED",
    "VARIABLE",
    "Agreement",
    "AgreementKind",
    "Entry",
    "Name",
    "NameKind",
    "Office",
    "Organization",
    "OrganizationKind",
    "Person",
    "Place",
    "PlaceKind",
    "Reference",
    "State",
    "Status",
    "chosen",
    "load",
]
