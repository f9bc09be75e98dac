"""The bundled reference knowledge base: states, organisations, places, agreements, persons and their offices, as CSV.

>>> reference = load()
>>> reference.find("Pyongyang")
('state/north-korea', 'place/pyongyang')
"""

from kg.reference.reference import Name, NameKind, Reference, load
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
    "load",
]
