"""Finders run frames over scenes. They register under versioned names, built-in ones like any plug-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from typing import Protocol

from spacy.tokens import Token

from kg.errors import ExtractionError
from kg.extraction.frames import Frame
from kg.extraction.scene import Scene
from kg.extraction.stance import Stance
from kg.model import EntityId, Node, PartialDate


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement found at a trigger word, before speakers are resolved and evidence is written.

    `confidence` is the finder's own, which `kg.extraction.confidence` corrects.
    """

    frame: str
    subject: EntityId
    predicate: str
    object: Node
    trigger: Token
    stance: Stance
    when: PartialDate | None = None
    where: EntityId | None = None
    confidence: float = 0.8
    office_title: str | None = None


class Finder(Protocol):
    """Finds a frame's statements in a scene; `found` holds what earlier frames found."""

    def __call__(self, frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]: ...


_REGISTRY: dict[str, Finder] = {}


def finder(name: str) -> Callable[[Finder], Finder]:
    """Register a finder under a versioned name ("kg.roles.v1")."""

    def register(function: Finder) -> Finder:
        _REGISTRY[name] = function
        return function

    return register


def get_finder(name: str) -> Finder:
    """Return a finder by name: built-in, or from the entry point group "kg.finders".

    Raises ExtractionError if nobody registered it.
    """
    if name not in _REGISTRY:
        for entry in entry_points(group="kg.finders"):
            entry.load()
    if name not in _REGISTRY:
        raise ExtractionError(f"no finder is called {name!r}; known: {', '.join(sorted(_REGISTRY))}")
    return _REGISTRY[name]
