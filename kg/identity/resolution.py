"""Which local entity of which document is which global one, and readings rewritten to global ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from kg.identity.memory import Memory
from kg.identity.sightings import LocalId
from kg.model import Entity, EntityId, Identification, Link, Mention, Node, Reading, Statement


@dataclass(frozen=True)
class Resolution:
    """Which local entity of which document is which global one, and how each is called.

    `links` lead to the outside, to ids given up and to what may be the same; `identifications` say why what documents call
    by a name is an entity; `memory` is what the next build needs to give the same ids again.
    """

    ids: Mapping[LocalId, EntityId]
    labels: Mapping[EntityId, str]
    links: tuple[Link, ...]
    identifications: tuple[Identification, ...] = ()
    memory: Memory = field(default_factory=Memory)

    def apply(self, reading: Reading) -> Reading:
        """Return the reading with global ids; what became one entity is one, what became a statement of itself is gone."""
        document = reading.document.id

        def global_id(local: EntityId) -> EntityId:
            return self.ids[document, local]

        def node(value: Node) -> Node:
            return global_id(value) if isinstance(value, str) else value

        merged: dict[EntityId, Entity] = {}
        for entity in reading.entities:
            merged[global_id(entity.id)] = self._merge(merged.get(global_id(entity.id)), entity, global_id(entity.id))
        evidence = [
            replace(
                item,
                statement=Statement(global_id(item.statement.subject), item.statement.predicate, node(item.statement.object)),
                speaker=global_id(item.speaker) if item.speaker else None,
                where=global_id(item.where) if item.where else None,
            )
            for item in reading.evidence
        ]
        return Reading(
            reading.document,
            tuple(merged[key] for key in sorted(merged)),
            tuple(sorted((Mention(global_id(m.entity), m.span) for m in reading.mentions), key=lambda m: (m.span, m.entity))),
            tuple(item for item in evidence if item.statement.subject != item.statement.object),
        )

    def _merge(self, known: Entity | None, entity: Entity, identifier: EntityId) -> Entity:
        label = self.labels[identifier]
        forms = {*(known.aliases if known else ()), entity.label, *entity.aliases} - {label}
        return Entity(
            identifier,
            entity.kind,
            label,
            tuple(sorted(forms)),
            entity.subtype or (known.subtype if known else None),
            entity.reference if entity.reference == identifier else None,
        )
