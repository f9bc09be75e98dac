"""The finder of offices: persons with titles become statements that they lead or serve a state or body."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame
from kg.extraction.scene import Scene
from kg.extraction.stance import Stance
from kg.model import Kind, ZoneKind


@finder("kg.offices.v1")
def by_office(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:  # noqa: ARG001 (the protocol's)
    """Find who holds which office; captions and teasers count too."""
    for office in scene.offices:
        if office.of is None or scene.zone(office.start) is ZoneKind.BOILERPLATE:
            continue
        owner = scene.referents.state_of(office.of) if scene.kind(office.of) is Kind.PERSON else office.of
        if owner is None or owner == office.person or scene.kind(owner) not in (Kind.STATE, Kind.ORGANIZATION):
            continue
        trigger = scene.doc[office.start : office.end].root
        yield Finding(
            frame.name, office.person, frame.predicate, owner, trigger, Stance(modality=office.modality),
            confidence=0.9 if office.title else 0.7, office_title=office.title or None,
        )  # fmt: skip
