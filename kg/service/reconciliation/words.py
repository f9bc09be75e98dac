"""What the service says: its manifests, candidates, suggestions and cells, in the words of either version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any, Final

from kg.model import Kind
from kg.service.reconciliation.catalogue import Catalogue, Item
from kg.service.reconciliation.extending import CONTENTS, Column
from kg.service.reconciliation.matching import Candidate
from kg.service.reconciliation.properties import Property, properties
from kg.service.reconciliation.queries import BATCH
from kg.terms import TG

Json = dict[str, Any]

#: Where either version is spoken, below the service's own address.
HERE: Final = "/reconcile"
DRAFT: Final = f"{HERE}/1.0-draft"
_WIDTH, _HEIGHT = 430, 300
_FEATURES: Final = {
    "name": "how like the name is",
    "same_name": "same name, case and accents apart",
    "type": "of a type that is asked for",
    "documents": "documents that speak of it",
}


def manifest_02(root: str, known: Catalogue) -> Json:
    """Return the manifest of version 0.2 for a service at this address."""
    return {
        "versions": ["0.2"],
        **_common(known),
        "identifierSpace": known.base,
        "schemaSpace": TG,
        "view": {"url": f"{root}{HERE}/preview?id={{{{id}}}}"},
        "preview": {"url": f"{root}{HERE}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
        "suggest": {
            what: {
                "service_url": root,
                "service_path": f"{HERE}/suggest/{what}",
                "flyout_service_path": f"{HERE}/flyout/{what}?id=${{id}}",
            }
            for what in ("entity", "property", "type")
        },
        "extend": {
            "propose_properties": {"service_url": root, "service_path": f"{HERE}/extend/propose"},
            "property_settings": [_setting(one, "name", "label", "help_text") for one in _SETTINGS],
        },
    }


def manifest_10(known: Catalogue) -> Json:
    """Return the manifest of the draft of version 1.0."""
    return {
        "versions": ["1.0-draft"],
        **_common(known),
        "lang": "en",
        "view": {"url": f"{known.base}{{+id}}"},  # In this version it is what makes an IRI of an id.
        "preview": {"width": _WIDTH, "height": _HEIGHT},
        "suggest": {"entity": True, "property": True, "type": True},
        "extend": {"proposeProperties": True, "propertySettings": [_setting(one, "id", "name", "helpText") for one in _SETTINGS]},
        "standardizedScore": True,
    }


def candidate_02(found: Candidate, known: Catalogue) -> Json:
    features = [{"id": feature, "value": value} for feature, value in found.features.items()]
    return {**_candidate(found, known), "features": features}


def candidate_10(found: Candidate, known: Catalogue) -> Json:
    features = [{"id": key, "name": _feature(key, known), "value": value} for key, value in found.features.items()]
    return {**_candidate(found, known), "features": features}


def rows_02(columns: Sequence[Column], ids: Iterable[str]) -> Json:
    return {text: {column.property.id: column.cells[text] for column in columns} for text in ids}


def rows_10(columns: Sequence[Column], ids: Iterable[str]) -> list[Json]:
    return [
        {"id": text, "properties": [{"id": column.property.id, "values": column.cells[text]} for column in columns]}
        for text in ids
    ]


def meta(columns: Iterable[Column], known: Catalogue) -> list[Json]:
    """Return what the columns are; the type of their entities, where they are of one."""
    found = []
    for column in columns:
        told: Json = {"id": column.property.id, "name": title(column.property, known)}
        if len(column.property.ends) == 1:
            told["type"] = type_of(min(column.property.ends), known)
        found.append(told)
    return found


def entity(item: Item, known: Catalogue) -> Json:
    """An entity as it is suggested."""
    return {"id": item.id, "name": item.name, "description": about(item, known), "notable": _types(item, known)}


def about(item: Item, known: Catalogue) -> str:
    """Return what tells an entity from its namesakes."""
    documents = f"{item.documents} document{'' if item.documents == 1 else 's'}"
    others = f"; also {', '.join(item.others[:3])}" if item.others else ""
    return f"{known.label(item.types[0])}, in {documents}{others}"


def type_of(name: str, known: Catalogue) -> Json:
    return {"id": str(name), "name": known.label(name)}


def described_type(name: str, known: Catalogue) -> Json:
    return {**type_of(name, known), "description": known.terms.get(name, ("", ""))[1]}


def property_of(one: Property, known: Catalogue) -> Json:
    comment = known.terms.get(one.statement or "", ("", one.comment))[1] if not one.inverse else one.comment
    return {"id": one.id, "name": title(one, known), "description": comment}


def title(one: Property, known: Catalogue) -> str:
    """Return what a property is called; the ontology's own label where the graph holds it."""
    if one.statement is None or one.statement not in known.terms:
        return one.name
    label = known.label(one.statement)
    return f"{label} (inverse)" if one.inverse else label


def proposed(kind: str, known: Catalogue) -> list[Json]:
    """Return the properties that things of a type may have, by name; all of them where no type is named."""
    fitting = (one for one in properties().values() if not kind or kind in one.kinds)
    return sorted(({"id": one.id, "name": title(one, known)} for one in fitting), key=lambda one: (one["name"], one["id"]))


def _common(known: Catalogue) -> Json:
    return {
        "name": "treatygraph: treaties, states and people in the news",
        "serviceVersion": version("treatygraph"),
        "defaultTypes": [type_of(kind, known) for kind in Kind],
        "batchSize": BATCH,
    }


def _candidate(found: Candidate, known: Catalogue) -> Json:
    return {
        "id": found.item.id,
        "name": found.item.name,
        "description": about(found.item, known),
        "type": _types(found.item, known),
        "score": found.score,
        "match": found.match,
    }


def _types(item: Item, known: Catalogue) -> list[Json]:
    return [type_of(name, known) for name in item.types]


def _feature(key: str, known: Catalogue) -> str:
    if key in _FEATURES:
        return _FEATURES[key]
    return f"agreement of {title(properties()[key.removeprefix('property:')], known)}"


_SETTINGS: Final[tuple[Mapping[str, Any], ...]] = (
    {
        "key": "content",
        "title": "Content",
        "help": "What is given for what documents say: the values, or where it is said",
        "type": "select",
        "default": "values",
        "choices": [{"value": value, "name": name} for value, name in CONTENTS.items()],
    },
    {"key": "limit", "title": "Limit", "help": "How many values for each entity; 0 for all", "type": "number", "default": 0},
)


def _setting(one: Mapping[str, Any], key: str, title: str, hint: str) -> Json:
    """A setting, with its parts named as a version names them."""
    rest = {name: value for name, value in one.items() if name not in {"key", "title", "help"}}
    return {key: one["key"], title: one["title"], hint: one["help"], **rest}
