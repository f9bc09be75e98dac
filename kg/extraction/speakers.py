"""Who says a statement: the subject of a verb of saying, else whoever speaks in the quotation around its trigger."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.scene import Scene
from kg.extraction.stance import Stance
from kg.model import EntityId, Kind

_SPEAKING = (Kind.PERSON, Kind.STATE, Kind.ORGANIZATION)


def speakers(scene: Scene, held: Stance, trigger: Token) -> tuple[EntityId, ...]:
    """Return who says what a trigger tells, in the way that it is held; nobody where it is the article's own voice."""
    members = tuple(m for m in scene.referents.among(held.said_by, *_SPEAKING) if scene.kind(m) in _SPEAKING)
    if not members and (quoted := scene.referents.speaker_at.get(trigger.i)):
        return (quoted,)
    return members
