"""How services name what the graph speaks of: one TOML file each in services/, or a user's own."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from kg.errors import ResourceError
from kg.model import Kind
from kg.resources import read_toml
from kg.vocabulary import vocabulary

_FOLDER: Final = Path(__file__).with_name("services")
#: What can be asked of the graph that is no statement property.
OFFICE: Final = "officeTitle"


class Pair(BaseModel):
    """What the graph states of entities of a kind, and the service's property for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    of: Kind
    graph: str
    service: str

    @model_validator(mode="after")
    def _known(self) -> Pair:
        if self.graph != OFFICE and self.graph.removeprefix("^") not in vocabulary().properties:
            raise ValueError(f"{self.graph!r} is no statement property, and not {OFFICE}")
        return self


class Mapping(BaseModel):
    """A service's ways: how it is known, its types and properties, the IRI of an id, and the score of a perfect match.

    `spaces` are beginnings of its identifier space, schema space, name, or the addresses of its pages. Without `iri`
    an entity's IRI is its id after the identifier space. A kind without types is asked for without, and never accepted.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    spaces: tuple[str, ...] = ()
    iri: str | None = None
    full: float = 100.0
    types: dict[Kind, tuple[str, ...]] = {}
    properties: tuple[Pair, ...] = ()

    def fits(self, signs: Iterable[str]) -> bool:
        """Is it a service with these signs?"""
        return any(sign.startswith(self.spaces) for sign in signs if sign)


def load_mapping(file: Path) -> Mapping:
    """Load one file; raises ResourceError, naming the key, if it is malformed."""
    try:
        return Mapping.model_validate(read_toml(file))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ResourceError(file, f"{'.'.join(map(str, first['loc'])) or 'it'}: {first['msg']}") from error


@cache
def bundled() -> tuple[Mapping, ...]:
    """Return the mappings that come along."""
    return tuple(load_mapping(file) for file in sorted(_FOLDER.glob("*.toml")))


def mapping_for(signs: Iterable[str], own: Path | None = None) -> Mapping:
    """Return the user's own mapping if there is one, else the bundled one that fits, else one that maps nothing."""
    if own is not None:
        return load_mapping(own)
    listed = list(signs)
    return next((one for one in bundled() if one.fits(listed)), Mapping(name="a service that is not known"))
