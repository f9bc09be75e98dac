"""The finder of what follows from statements already found.

A clause on mutual defence makes allies of an agreement's parties; who is in a city of a state that he visits has visited
the city; what is signed on a visit, with no other place named, is signed there; who says that another broke a truce
accuses that other; whoever leaves, breaks or ratifies an agreement, or is said or denied to, is bound by it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations

from kg.errors import ExtractionError
from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame
from kg.extraction.lexicon import words
from kg.extraction.menaces import menaces
from kg.extraction.reproaches import wrongs_named, wrongs_told
from kg.extraction.scene import Scene
from kg.extraction.sides import sides
from kg.extraction.speakers import speakers
from kg.extraction.stance import Stance
from kg.model import EntityId, FieldConcept, Kind, Modality, Polarity

_NEAR = 2  # sentences between a visit and what is signed on it

Rule = Callable[[Scene, list[Finding]], Iterator[Finding]]


@finder("kg.derived.v1")
def by_derivation(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Apply the rules that a frame's patterns name; raises ExtractionError if there is none of that name."""
    for pattern in frame.patterns:
        if pattern.rule:
            if pattern.rule not in _RULES:
                raise ExtractionError(f"{frame.name}: no rule is called {pattern.rule!r}; known: {', '.join(sorted(_RULES))}")
            for finding in _RULES[pattern.rule](scene, found):
                yield replace(finding, frame=frame.name, predicate=frame.predicate, confidence=pattern.confidence)


def _allies(scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    parties: dict[EntityId, list[EntityId]] = {}
    for finding in _affirmed(found, "party"):
        state = str(finding.object)
        if scene.kind(state) is Kind.STATE and state not in parties.setdefault(finding.subject, []):
            parties[finding.subject].append(state)
    left = {(f.subject, str(f.object)) for f in _actual(found, "withdrawnBy")}
    for finding in _affirmed(found, "covers"):
        if finding.object == FieldConcept("MutualDefence") and finding.stance.modality is Modality.ACTUAL:
            bound = [p for p in parties.get(finding.subject, []) if (finding.subject, p) not in left]
            for one, other in combinations(bound[:4], 2):
                yield replace(finding, subject=one, object=other)


def _city(scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Whoever visits a state and does something in a city of it has visited the city."""
    visited = {(f.subject, str(f.object)) for f in _actual(found, "visited")}
    seen = set(visited)
    for finding in (f for f in found if f.predicate in ("metWith", "signatory") and f.stance.modality is Modality.ACTUAL):
        people = [p for p in (finding.subject, str(finding.object)) if p in scene.cast.members and scene.kind(p) is Kind.PERSON]
        state = _state_of_place(scene, finding.where)
        for person in people:
            if finding.where and state and (person, state) in visited and (person, finding.where) not in seen:
                seen.add((person, finding.where))
                yield replace(finding, subject=person, object=finding.where)


def _on_a_visit(scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """What is signed near the words on a visit, without a place of its own, is signed where the visit goes."""
    placed = {f.subject for f in found if f.predicate == "placeSigned"}
    visits = list(_actual(found, "visited"))
    starts = [s.start for s in scene.doc.sents]
    for finding in _actual(found, "signatory"):
        if finding.subject in placed:
            continue
        for visit in visits:
            apart = sum(min(visit.trigger.i, finding.trigger.i) < s <= max(visit.trigger.i, finding.trigger.i) for s in starts)
            if visit.subject == finding.object and apart <= _NEAR and visit.when in (None, finding.when):
                placed.add(finding.subject)
                yield replace(finding, object=visit.object, where=None)
                break


def _charges(scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Whoever says that another has broken an agreement or attacked accuses that other."""
    for finding in _actual(found, "violatedBy", "attacked", "suppliedArmsTo"):
        culprit = str(finding.object) if finding.predicate == "violatedBy" else finding.subject
        for speaker in speakers(scene, finding.stance, finding.trigger):
            if _is_news(finding):
                continue
            if culprit not in (speaker, scene.affiliations.state_of(speaker)):
                yield replace(finding, subject=speaker, object=culprit, stance=Stance(), where=None)


def _bound(scene: Scene, found: list[Finding]) -> Iterator[Finding]:
    """Whoever leaves or breaks an agreement is a party to it, and so it is presupposed even where that is denied or planned."""
    leaving = [f for f in found if f.predicate in ("withdrawnBy", "violatedBy")]
    for finding in (*leaving, *_actual(found, "ratifiedBy")):
        if (party := scene.affiliations.party(str(finding.object))) is not None:
            yield replace(finding, object=party, stance=Stance(), when=None, where=None)


def _is_news(finding: Finding) -> bool:
    """Is an attack or a delivery only reported, rather than held against somebody: "said", but not "maintained"?"""
    operator = finding.stance.operator
    held = operator is not None and operator.lemma_.lower() in words("reproaches", "insist", "verbs")
    return finding.predicate != "violatedBy" and not (held and finding.trigger.pos_ == "VERB")


def _state_of_place(scene: Scene, place: EntityId | None) -> EntityId | None:
    if place is None or scene.kind(place) is not Kind.PLACE:
        return None
    return scene.affiliations.state_of_place(place)


def _affirmed(found: list[Finding], *predicates: str) -> Iterator[Finding]:
    return (f for f in found if f.predicate in predicates and f.stance.polarity is Polarity.AFFIRMED)


def _actual(found: list[Finding], *predicates: str) -> Iterator[Finding]:
    return (f for f in _affirmed(found, *predicates) if f.stance.modality is Modality.ACTUAL)


_RULES: dict[str, Rule] = {
    "allies": _allies,
    "city": _city,
    "on-a-visit": _on_a_visit,
    "charges": _charges,
    "bound": _bound,
    "sides": sides,
    "menaces": menaces,
    "wrongs-told": wrongs_told,
    "wrongs-named": wrongs_named,
}
