"""The finder of offices: persons with titles become statements that they lead or serve a state or body."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame
from kg.extraction.scene import Scene
from kg.extraction.stance import Stance, stance
from kg.extraction.syntax import noun_roles, verb_roles
from kg.extraction.trees import preposition
from kg.language.lexicon import words
from kg.language.titles import rank
from kg.model import EntityId, Kind, Modality, ZoneKind

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
            held = Stance(modality=office.modality)
            sure = 0.9 if office.title else 0.7
            yield Finding(
                frame.name,
                office.person,
                frame.predicate,
                owner,
                trigger,
                held,
                confidence=sure,
                office_title=office.title or None,
            )
    for token in scene.doc:
        if token.i not in beside_names and token.pos_ in ("NOUN", "PROPN") and rank(token.text):
            yield from _described(frame, scene, token)
        elif token.lemma_ in words("titles", "rule", "words") | words("titles", "rule", "begun") and scene.is_read(token.i):
            yield from _ruled(frame, scene, token)


def _ruled(frame: Frame, scene: Scene, rule: Token) -> Iterator[Finding]:
    """Find who rules where: "X's administration", "his inauguration" (which lies ahead)."""
    ahead = rule.lemma_ in words("titles", "rule", "begun")
    around = noun_roles(rule)
    for person in scene.referents.among((*around.get("owner", ()), *around.get("modifier", ()))):
        state = scene.affiliations.state_of(person)
        if scene.kind(person) is Kind.PERSON and state:
            held = Stance(modality=Modality.PLANNED if ahead else Modality.ACTUAL)
            yield Finding(frame.name, person, frame.predicate, state, rule, held, confidence=0.7)


def _described(frame: Frame, scene: Scene, title: Token) -> Iterator[Finding]:
    """Find persons whose title stands apart from the name: "the Russian president", "X has been Russia's foreign minister"."""
    if scene.zone(title.i) not in _READ or scene.cast.at(title.i) is not None:
        return
    owners = list(dict.fromkeys(o for member in scene.referents.owners(title) if (o := _owner(scene, member))))
    said = scene.referents.among(noun_roles(title).get("subject", ())) or scene.referents.of(title)
    given, held = _given(title)
    people = scene.referents.among(given) or said
    if given and not owners:  # "Chad named X as ambassador to Mali"
        givers = scene.referents.among(verb_roles(title.head).get("agent", ()))
        owners = [o for giver in givers if (o := _owner(scene, giver)) and giver not in people][:1]
    pairs = [(person, owner) for person in people for owner in owners]
    if len(people) > 1 and len(owners) > 1:  # "the ministers of the two neighbours, A and B": only knowledge tells who is whose
        pairs = [(person, owner) for person, owner in pairs if scene.affiliations.state_of(person) == owner]
    for person, owner in pairs:
        if scene.kind(person) is Kind.PERSON and person != owner:
            yield Finding(frame.name, person, frame.predicate, owner, title, held, confidence=0.75, office_title=title.text)


def _given(title: Token) -> tuple[list[Token], Stance]:
    """Return to whom a verb gives the title as an office ("was elected president of X", "serves as X's envoy"), and how."""
    verb = title.head
    if verb.pos_ != "VERB" or not (title.dep_ in ("xcomp", "obj", "ccomp") or preposition(title) in ("as", "to")):
        return [], Stance()
    lemma, around = verb.lemma_.lower(), verb_roles(verb)
    # A tree may take the name after "named" for what somebody is named.
    given = [*around.get("patient", ()), *(c for c in verb.children if c.dep_ == "xcomp" and c.pos_ == "PROPN")]
    if lemma in words("titles", "giving", "verbs"):
        return [t for t in given if t.i != title.i], stance(verb)
    if lemma in words("titles", "ahead", "verbs"):
        return [t for t in given if t.i != title.i], replace(stance(verb), modality=Modality.PLANNED)
    if lemma in words("titles", "having", "verbs") and title.dep_ != "obj":
        found = stance(verb)
        return around.get("agent", []), found if lemma in ("become", "remain", "serve", "act") else Stance()
    return [], Stance()


def _owner(scene: Scene, member: EntityId) -> EntityId | None:
    """Return the state or body that an office belongs to; a person's adviser serves the person's state."""
    owner = scene.affiliations.state_of(member) if scene.kind(member) is Kind.PERSON else member
    return owner if owner and scene.kind(owner) in (Kind.STATE, Kind.ORGANIZATION) else None
