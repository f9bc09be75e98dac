"""The finder of offices: persons with titles become statements that they lead or serve a state or body."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame
from kg.extraction.offices import rank
from kg.extraction.scene import Scene
from kg.extraction.stance import Stance
from kg.extraction.syntax import noun_roles
from kg.language.lexicon import words
from kg.model import EntityId, Kind, ZoneKind

_READ = frozenset({ZoneKind.TITLE, ZoneKind.BODY, ZoneKind.CAPTION, ZoneKind.TEASER})


@finder("kg.offices.v1")
def by_office(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:  # noqa: ARG001 (the protocol's)
    """Find who holds which office; captions and teasers count too."""
    beside_names: set[int] = set()
    for office in scene.offices:
        beside_names.update(range(office.start, office.end))
        owner = _owner(scene, office.of) if office.of else None
        if owner is not None and owner != office.person and scene.zone(office.start) in _READ:
            trigger = scene.doc[office.start : office.end].root
            stance = Stance(modality=office.modality)
            sure = 0.9 if office.title else 0.7
            yield Finding(
                frame.name,
                office.person,
                frame.predicate,
                owner,
                trigger,
                stance,
                confidence=sure,
                office_title=office.title or None,
            )
    for token in scene.doc:
        if token.i not in beside_names and token.pos_ in ("NOUN", "PROPN") and rank(token.text):
            yield from _described(frame, scene, token)
        elif token.lemma_ in words("titles", "rule", "words") and scene.is_read(token.i):
            yield from _ruled(frame, scene, token)


def _ruled(frame: Frame, scene: Scene, rule: Token) -> Iterator[Finding]:
    """Find who rules where: "X's administration"."""
    for person in scene.referents.among(noun_roles(rule).get("owner", ())):
        state = scene.affiliations.state_of(person)
        if scene.kind(person) is Kind.PERSON and state:
            yield Finding(frame.name, person, frame.predicate, state, rule, Stance(), confidence=0.7)


def _described(frame: Frame, scene: Scene, title: Token) -> Iterator[Finding]:
    """Find persons whose title stands apart from the name: "the Russian president", "X has been Russia's foreign minister"."""
    if scene.zone(title.i) not in _READ or scene.cast.at(title.i) is not None:
        return
    owners = [o for member in scene.referents.owners(title) if (o := _owner(scene, member))]
    people = scene.referents.among(noun_roles(title).get("subject", ())) or scene.referents.of(title)
    for person in people:
        for owner in dict.fromkeys(owners):
            if scene.kind(person) is Kind.PERSON and person != owner:
                yield Finding(
                    frame.name, person, frame.predicate, owner, title, Stance(), confidence=0.75, office_title=title.text
                )


def _owner(scene: Scene, member: EntityId) -> EntityId | None:
    """Return the state or body that an office belongs to; a person's adviser serves the person's state."""
    owner = scene.affiliations.state_of(member) if scene.kind(member) is Kind.PERSON else member
    return owner if owner and scene.kind(owner) in (Kind.STATE, Kind.ORGANIZATION) else None
