"""The bundled reference knowledge base: states, organisations, places, persons and their offices, as editable CSV files.

>>> reference = load()
>>> reference.find("Pyongyang")
('state/north-korea', 'place/pyongyang')
"""

from kg.reference.reference import Name, NameKind, Reference, load
from kg.reference.values import Entry, Office, Organization, OrganizationKind, Person, Place, PlaceKind, State, Status

__all__ = [
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
