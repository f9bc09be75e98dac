"""The words of the Reconciliation Service API as a client speaks it: version 0.2 (and 0.1), and the draft of version 1.0."""

from __future__ import annotations

import json
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.errors import LinkError

DRAFT: Final = "1.0-draft"
#: How many queries a service gets at once if it does not say how many it takes, and how many at most.
_USUAL, _MOST = 10, 50
#: How many candidates are asked for.
_LIMIT: Final = 6

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """A value that a property should have: a text, and the service's id where it is known."""

    text: str
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: a name, the types it may have, and what properties should be."""

    name: str
    types: tuple[str, ...] = ()
    properties: tuple[tuple[str, tuple[Value, ...]], ...] = ()

    def in_02(self) -> Json:
        told: Json = {"query": self.name, "limit": _LIMIT}
        if self.types:
            told["type"] = self.types[0] if len(self.types) == 1 else list(self.types)
        if self.properties:
            told["properties"] = [{"pid": one, "v": _values(values)} for one, values in self.properties]
        return told

    def in_10(self) -> Json:
        conditions: list[Json] = [{"matchType": "name", "propertyValue": self.name}]
        for one, values in self.properties:
            conditions.append({"matchType": "property", "propertyId": one, "propertyValue": _values(values)})
        return {"conditions": conditions, "limit": _LIMIT, **({"type": self.types[0]} if self.types else {})}


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a service offers for a question; `score` is on its own scale, None where it gives none."""

    id: str
    name: str
    description: str
    types: tuple[str, ...]
    score: float | None
    match: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a service says of itself."""

    name: str
    version: str
    identifiers: str
    schema: str
    view: str
    batch: int
    standard_scores: bool

    def iri(self, identifier: str, template: str | None) -> str:
        """Return the IRI of an entity: by a template, as it is if it is one, or as the service's spaces tell."""
        if template is not None:
            return template.replace("{id}", identifier)
        if identifier.startswith(("http://", "https://")):
            return identifier
        if self.identifiers:
            return self.identifiers + identifier
        for gap in ("{{id}}", "{+id}", "{id}"):
            if gap in self.view:
                return self.view.replace(gap, identifier)
        raise LinkError(f"{self.name} does not say how an id becomes an IRI; give a mapping with `iri` (--mapping FILE)")


def read_manifest(told: Any) -> Manifest:
    """Read a service's manifest; raises LinkError if it is none, or of a version that is not spoken here."""
    if not isinstance(told, dict) or not isinstance(told.get("name"), str):
        raise LinkError("what stands there is no manifest of a reconciliation service: it has no name")
    versions = told.get("versions") or ["0.1"]
    version = next((one for one in ("0.2", "0.1", DRAFT) if one in versions), None)
    if version is None:
        spoken = ", ".join(map(str, versions))
        raise LinkError(f"{told['name']} speaks versions {spoken} of the protocol; spoken here are 0.2 and {DRAFT}")
    size = told.get("batchSize")
    view = told.get("view")
    return Manifest(
        told["name"],
        version,
        str(told.get("identifierSpace") or ""),
        str(told.get("schemaSpace") or ""),
        str(view.get("url") or "") if isinstance(view, dict) else "",
        min(size, _MOST) if isinstance(size, int) and size > 0 else _USUAL,
        told.get("standardizedScore") is True,
    )


def request(manifest: Manifest, batch: Sequence[Asked]) -> tuple[str, Json]:
    """Return where below the service's address a batch is posted, and what: as httpx takes it."""
    if manifest.version == DRAFT:
        return "/match", {"json": {"queries": [one.in_10() for one in batch]}}
    queries = {f"q{number}": one.in_02() for number, one in enumerate(batch)}
    return "", {"data": {"queries": json.dumps(queries, ensure_ascii=False)}}


def read_results(manifest: Manifest, told: Any, count: int) -> list[tuple[Candidate, ...]]:
    """Read the candidates of each query of a batch; raises LinkError if the answer does not fit the batch."""
    try:
        if manifest.version == DRAFT:
            listed = [result["candidates"] for result in told["results"]]
        else:
            listed = [told[f"q{number}"]["result"] for number in range(count)]
        if len(listed) != count:
            raise LinkError(f"{manifest.name} answers {len(listed)} of {count} queries")
        return [tuple(_candidate(one) for one in each) for each in listed]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LinkError(f"{manifest.name} answers with what is no result of the protocol: {error!r}") from error


def _candidate(told: Dictionary[str, Any]) -> Candidate:
    types = told.get("type") or []
    score = told.get("score")
    return Candidate(
        str(told["id"]),
        str(told["name"]),
        str(told.get("description") or ""),
        tuple(one["id"] if isinstance(one, dict) else str(one) for one in ([types] if isinstance(types, str) else types)),
        None if score is None else float(score),
        bool(told.get("match", False)),
    )


def _values(values: Sequence[Value]) -> Any:
    told = [{"id": one.id, "name": one.text} if one.id else one.text for one in values]
    return told[0] if len(told) == 1 else told
