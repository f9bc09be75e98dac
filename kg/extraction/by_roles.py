"""The finder that most frames use: a trigger word, and the roles around it fill the statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations, permutations

from spacy.tokens import Token

from kg.extraction.conditions import lacks_object
from kg.extraction.finders import Finding, finder
from kg.extraction.frames import Frame, Pattern
from kg.extraction.holdings import doers, holders
from kg.extraction.needs import is_met_at_core, meets, role
from kg.extraction.parts import wholes
from kg.extraction.scene import Scene
from kg.extraction.stance import Stance, stance
from kg.extraction.syntax import Roles, roles
from kg.model import EntityId, Kind, Modality, Node, PartialDate, Polarity
from kg.vocabulary import Property, Value, vocabulary

_MANY = 4


@finder("kg.roles.v1")
def by_roles(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:  # noqa: ARG001 (the protocol's)
    """Find a frame's statements at each of its trigger words."""
    prop = vocabulary().properties[frame.predicate]
    index = _index(frame)
    for sort, lemma, trigger in scene.triggers:
        for pattern in index.get((sort, lemma), ()):
            if pattern.particle is None or _has_particle(trigger, pattern.particle):
                yield from _statements(frame, prop, pattern, trigger, scene)


@cache
def _index(frame: Frame) -> dict[tuple[str, str], list[Pattern]]:
    """Return the patterns of a frame by sort and base form of their trigger words."""
    found: dict[tuple[str, str], list[Pattern]] = defaultdict(list)
    for pattern in frame.patterns:
        for sort, lemmas in (("verb", pattern.verbs), ("noun", pattern.nouns), ("adjective", pattern.adjectives)):
            for lemma in lemmas:
                found[sort, lemma].append(pattern)
    return dict(found)


def _has_particle(verb: Token, particle: str) -> bool:
    return any(c.lower_ == particle for c in verb.children) or particle in roles(verb)


def _statements(frame: Frame, prop: Property, pattern: Pattern, trigger: Token, scene: Scene) -> Iterator[Finding]:
    around = roles(trigger)
    if not all(meets(n, around, trigger) for n in pattern.need):
        return
    if any(is_met_at_core(n, around, trigger) for n in pattern.forbid):
        return
    held = stance(trigger)
    if pattern.object == ("own_date",) and scene.is_past(scene.own_date(trigger)):
        held = Stance()  # whatever is done to it now
    if pattern.negated:
        if not _is_ended(trigger):
            return
        held = Stance(Polarity.DENIED, held.modality, held.said_by, held.operator, held.denied)
    ahead = held.modality in (Modality.PLANNED, Modality.HYPOTHETICAL)
    if lacks_object(trigger):
        held = held.turned()
    if pattern.affirmed and held.polarity is Polarity.DENIED:
        return
    ends = list(_ends(prop, pattern, around, trigger, scene, ahead))
    if not ends:
        return
    if pattern.polarity is Polarity.DENIED:
        held = held.turned()
    if frame.refusals and held.polarity is Polarity.DENIED and held.modality is Modality.PLANNED:
        held = Stance(held.polarity, Modality.ACTUAL, held.said_by, held.operator, held.denied)
    if pattern.modality is not None and held.modality is Modality.ACTUAL:
        held = Stance(held.polarity, pattern.modality, held.said_by, held.operator, held.denied)
    when, where = scene.when(trigger, around, ahead=ahead), scene.where(trigger, around)
    for subject, target in ends:
        yield Finding(frame.name, subject, frame.predicate, target, trigger, held, when, where, pattern.confidence)


def _is_ended(trigger: Token) -> bool:
    """Is there a "no longer" or "never" with a word, or with the verb that it completes?"""
    beside = [*trigger.children, *(trigger.head.children if trigger.dep_ in ("xcomp", "ccomp") else ())]
    return any(c.lower_ in ("longer", "never", "anymore") for c in beside)


def _ends(
    prop: Property, pattern: Pattern, around: Roles, trigger: Token, scene: Scene, ahead: bool
) -> Iterator[tuple[EntityId, Node]]:
    if pattern.pairs:
        yield from _pairs(prop, pattern, around, trigger, scene)
        return
    subjects = _fillers(pattern.subject, prop.domain, around, trigger, scene, represent=pattern.represent)
    if not subjects and pattern.deeds:
        subjects = doers(scene, [t for name in pattern.subject for t in role(name, around, trigger)], prop.domain)
    if Value.DATE in prop.range:
        date = scene.own_date(trigger) if pattern.object == ("own_date",) else scene.when(trigger, around, ahead=ahead)
        years = {c.id: PartialDate(c.known_by_year) for c in scene.agreements if c.known_by_year}
        yield from ((s, d) for s in subjects if (d := years.get(s, date)) is not None)
        return
    if pattern.object == ("where",):
        place = scene.where(trigger, around)
        yield from ((s, place) for s in subjects if place is not None)
        return
    kinds = pattern.types or frozenset(k for k in prop.range if isinstance(k, Kind))
    objects = [t for name in pattern.object for t in role(name, around, trigger)]
    if any(_is_reciprocal(t) for t in objects) and Kind.AGREEMENT not in prop.domain:
        yield from permutations(subjects, 2)
        return
    if Kind.STATE in kinds and len(subjects) == 1 and any(scene.is_both(t) for t in objects):
        sides = [s for s in sorted(scene.parties(subjects[0])) if scene.kind(s) in kinds]
        if len(sides) == 2:
            yield from ((subjects[0], side) for side in sides)
            return
    targets = _fillers(pattern.object, kinds, around, trigger, scene, represent=pattern.represent)
    if not targets and pattern.holdings:
        targets = holders(scene, objects, kinds)
    if not targets and pattern.deeds:
        targets = doers(scene, objects, kinds)
    for subject in subjects:
        bound = scene.parties(subject) if pattern.bound else frozenset()
        for target in targets:
            foreign = len(bound) > 1 and target not in bound
            if subject != target and not foreign and not (pattern.abroad and _at_home(subject, target, scene)):
                yield subject, target


def _at_home(person: EntityId, place: EntityId, scene: Scene) -> bool:
    """Is a place the person's own state, or its capital, or so vast that nobody visits all of it?"""
    if scene.affiliations.is_vast(place):
        return True
    state = scene.affiliations.state_of(person)
    return state is not None and state in (place, scene.affiliations.seated(place))


def _is_reciprocal(token: Token) -> bool:
    """Does a word begin "each other" or "one another"?"""
    after = token.nbor(1).lower_ if token.i + 1 < len(token.doc) else ""
    return (token.lower_, after) in (("each", "other"), ("one", "another"))


def _fillers(
    names: Sequence[str], kinds: frozenset[Kind], around: Roles, trigger: Token, scene: Scene, *, represent: bool
) -> list[EntityId]:
    """Return the members in the first role that has one of the right kind; "a+b" takes both roles."""
    for name in names:
        members: tuple[EntityId, ...]
        if name == "announced":
            members = tuple(scene.announced[i] for i in (trigger.i,) if i in scene.announced)
        elif name == "where":
            place = scene.where(trigger, around)
            members = (place,) if place else ()
        elif name in ("latest", "main"):
            members = scene.latest(trigger) if name == "latest" else scene.main(trigger)
        else:
            tokens = role(name, around, trigger)
            members = scene.referents.among(wholes(tokens) if Kind.AGREEMENT in kinds else tokens, *sorted(kinds))
        if represent and Kind.PERSON not in kinds and Kind.AGREEMENT not in kinds:
            members = _represented(members, scene)
        if found := [m for m in members if scene.kind(m) in kinds]:
            return found
    return []


def _represented(members: Sequence[EntityId], scene: Scene) -> tuple[EntityId, ...]:
    """Put the state in the place of its leaders and bodies."""
    return tuple(dict.fromkeys(p for m in members if (p := scene.affiliations.party(m) or _unless_person(m, scene))))


def _unless_person(member: EntityId, scene: Scene) -> EntityId | None:
    return None if scene.kind(member) is Kind.PERSON else member


def _couples(group: Sequence[EntityId]) -> Iterator[tuple[EntityId, EntityId]]:
    """Yield each two of a group; of a large one ("X and six powers") the first with each other."""
    return combinations(group, 2) if len(group) <= _MANY else ((group[0], other) for other in group[1:])


def _pairs(prop: Property, pattern: Pattern, around: Roles, trigger: Token, scene: Scene) -> Iterator[tuple[EntityId, Node]]:
    """Yield each pair across two roles, or within one plural role where nothing stands across."""
    groups = [scene.referents.among(role(name, around, trigger), *sorted(prop.domain)) for name in pattern.pairs]
    groups = [_represented(group, scene) if pattern.represent else group for group in groups]
    kinds = pattern.types or prop.domain
    filled = [kept for group in groups if (kept := [m for m in group if scene.kind(m) in kinds])]
    across = [(a, b) for one, other in combinations(filled, 2) for a in one for b in other if a != b]
    across = [(a, b) for a, b in across if scene.kind(a) is scene.kind(b)]
    sided = groups[0] or pattern.pairs[-1] != "with"  # "with Chad and Mali" does not pair Chad with Mali
    within = [(a, b) for group in filled[:1] if sided for a, b in _couples(group) if scene.kind(a) is scene.kind(b)]
    seen: set[frozenset[EntityId]] = set()
    for a, b in across or ([] if pattern.across else within):
        if frozenset((a, b)) not in seen:
            seen.add(frozenset((a, b)))
            yield a, b
            if pattern.mutual:
                yield b, a
