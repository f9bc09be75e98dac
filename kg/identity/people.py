"""Which persons of different documents are one.

Full names come first: the same name is one person unless something contradicts it, and names that differ in spelling,
length or order are one where the context agrees. Family names that stand alone are then given to the one person whom
office, state and time leave; where several are left, they become candidates.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, product

from kg.identity.bearers import Bearer, contradiction, support
from kg.identity.blocks import CROWD, pairs
from kg.identity.decisions import Decisions, Groups
from kg.identity.person_names import core, is_single, name_words
from kg.identity.sightings import Sighting, known_posts
from kg.identity.spelling import frame, spelling
from kg.identity.tiers import ALIAS, CONTEXT, LOCAL, NAME, Judgement, Verdict, judge, tiers
from kg.model import EntityId, Kind
from kg.reference import Reference

#: Candidates of one person beyond this number tell nothing.
_CANDIDATES = 3
_OWN_NAME = (NAME, LOCAL)
#: Of two bearers the one whose name says less, the other, and what a tier says of them.
Choice = tuple[Bearer, Bearer, Judgement]


def people(found: Sequence[Sighting], reference: Reference, successors: Mapping[str, str]) -> Decisions:
    """Return who is who among sightings of persons; their order does not matter."""
    decisions = Decisions()
    known = _known(reference, successors)
    bearers = _by_name(sorted(found, key=lambda s: s.order), known, decisions)
    everybody = [*bearers, *(b for b in known.values() if not b.sightings)]
    groups = Groups(everybody, decisions)
    _unite(everybody, groups, decisions)
    decisions.bearers = sorted(groups.roots(bearers), key=lambda b: b.order)
    decisions.candidates = [
        (a, b, j) for one, other, j in decisions.candidates if (a := groups.root(one)) is not (b := groups.root(other))
    ]
    return decisions


def _known(reference: Reference, successors: Mapping[str, str]) -> dict[EntityId, Bearer]:
    """Return the persons of the knowledge base as bearers that nobody has seen yet."""
    known = {}
    for person in reference.persons:
        bearer = known[person.id] = Bearer(Kind.PERSON, person.id)
        for name in (person.name, *person.names):
            bearer.call(name_words(name))
        for post in known_posts(person, reference, successors):
            bearer.hold(post)
    return known


def _by_name(found: Sequence[Sighting], known: Mapping[EntityId, Bearer], decisions: Decisions) -> list[Bearer]:
    """Group sightings by what the knowledge base and their full names say."""
    bearers: list[Bearer] = []
    named: dict[tuple[str, ...], list[Bearer]] = defaultdict(list)
    seen: set[EntityId] = set()
    rules = tuple(tiers())
    for sighting in found:
        alone = Bearer(Kind.PERSON)
        alone.see(sighting)
        anchor = known.get(sighting.reference or "")
        judgement = None if anchor is None else _anchored(sighting, anchor, alone)
        if anchor is not None and judgement is not None and judgement.verdict is Verdict.SAME:
            if anchor.reference not in seen:
                seen.add(str(anchor.reference))
                bearers.append(anchor)
            anchor.see(sighting)
            decisions.why[sighting.id] = judgement
            continue
        if anchor is not None and judgement is not None:
            decisions.candidates.append((alone, anchor, judgement))
        [words] = alone.names
        if is_single(words):
            bearers.append(alone)
            decisions.why[sighting.id] = Judgement(Verdict.SAME, 1.0, LOCAL, "one word of a name, which others may bear")
            continue
        home = named[tuple(sorted(words))]
        fits = [(b, j) for b in home if (j := judge(b, alone, rules)) and j.verdict is Verdict.SAME]
        if fits:
            best, judgement = max(fits, key=lambda fit: (support(fit[0], alone), -home.index(fit[0])))
            best.see(sighting)
            decisions.why[sighting.id] = judgement
            continue
        if home and (judgement := judge(home[0], alone, rules)):
            decisions.candidates.append((home[0], alone, judgement))
        home.append(alone)
        bearers.append(alone)
        decisions.why[sighting.id] = Judgement(Verdict.SAME, 1.0, NAME, "the same name in full")
    return bearers


def _anchored(sighting: Sighting, anchor: Bearer, alone: Bearer) -> Judgement:
    """Return how surely a sighting is the person of the knowledge base that its document takes it for."""
    full = [name for name in sighting.names if name_words(name) in anchor.names]
    if not full:
        reason = "a name of theirs, and nobody else of the knowledge base who bears it held an office then"
        return Judgement(Verdict.SAME, 0.95, CONTEXT, reason)
    if (found := judge(anchor, alone, tuple(tiers()))) and found.verdict is not Verdict.SAME:
        return found
    return Judgement(Verdict.SAME, 1.0, NAME, "a name that the knowledge base knows")


def _unite(bearers: Sequence[Bearer], groups: Groups, decisions: Decisions) -> None:
    """Make one what the tiers judge to be one, from the surest down; what may be several becomes a candidate of each."""
    alone = [b for b in bearers if b.single and not b.reference]
    full = [b for b in bearers if not b.single or b.reference]
    choices: dict[int, list[Choice]] = defaultdict(list)
    for one, other, judgement in _judged((*pairs(full, _coarse, _fine), *_with_namesakes(alone, full))):
        if judgement.verdict is Verdict.CANDIDATE:
            decisions.candidates.append((one, other, judgement))
        elif judgement.tier in (ALIAS, CONTEXT):
            less, more = sorted((one, other), key=lambda b: (not b.single, max(map(len, b.names)), b.order))
            choices[id(less)].append((less, more, judgement))
        else:
            _try(one, other, judgement, groups, decisions)
    for found in choices.values():
        _choose(found, groups, decisions)
    for one, other, judgement in _judged(_in_succession([b for b in alone if groups.root(b) is b])):
        if judgement.verdict is Verdict.SAME:
            _try(one, other, judgement, groups, decisions)


def _judged(compared: Iterable[tuple[Bearer, Bearer]]) -> list[Choice]:
    """Return the pairs of which a tier says something, the surest first."""
    rules = tuple(tiers())
    found = [(a, b, j) for a, b in compared if _comparable(a, b) and (j := judge(a, b, rules))]
    return sorted(found, key=lambda each: (-each[2].confidence, each[0].order, each[1].order))


def _with_namesakes(alone: Sequence[Bearer], full: Sequence[Bearer]) -> Iterator[tuple[Bearer, Bearer]]:
    """Yield each single name with the persons whose name begins or ends with it and who serve the same state or body."""
    served: dict[tuple[str, EntityId], list[Bearer]] = defaultdict(list)
    for bearer in full:
        ends = {frame(end) for words in bearer.compared for end in (core(words)[0], core(words)[-1])}
        for key in product(sorted(ends), sorted(bearer.bodies)):
            served[key].append(bearer)
    for bearer in alone:
        names = {frame(word) for words in bearer.names for word in core(words)}
        fits = {id(b): b for key in product(sorted(names), sorted(bearer.bodies)) for b in served.get(key, ())[:CROWD]}
        yield from ((bearer, other) for other in fits.values())


def _in_succession(alone: Sequence[Bearer]) -> Iterator[tuple[Bearer, Bearer]]:
    """Yield single names that are alike and serve the same state or body, each with the next in time."""
    blocks: dict[tuple[str, EntityId], list[Bearer]] = defaultdict(list)
    for bearer in sorted(alone, key=lambda b: b.order):
        names = {spelling(word) for words in bearer.names for word in core(words)}
        for key in product(sorted(names), sorted(bearer.bodies)):
            blocks[key].append(bearer)
    return (pair for block in blocks.values() for pair in pairwise(block))


def _comparable(one: Bearer, other: Bearer) -> bool:
    """Has somebody seen one of them, and does the knowledge base not know both?"""
    return bool(one.sightings or other.sightings) and not (one.reference and other.reference)


def _choose(choices: Sequence[Choice], groups: Groups, decisions: Decisions) -> None:
    """Give a short name to the one person whom it fits; if it fits several, it stays a candidate of each."""
    homes = {id(groups.root(more)): (less, more, judgement) for less, more, judgement in reversed(choices)}
    if len(homes) == 1:
        _try(*choices[0], groups, decisions)
        return
    for less, more, judgement in list(homes.values())[:_CANDIDATES]:
        confidence = round(judgement.confidence / len(homes), 2)
        reason = f"{judgement.reason}, which fits {len(homes)} persons"
        decisions.candidates.append((less, more, Judgement(Verdict.CANDIDATE, confidence, judgement.tier, reason)))


def _try(one: Bearer, other: Bearer, judgement: Judgement, groups: Groups, decisions: Decisions) -> None:
    """Unite two bearers, unless what they have become meanwhile speaks against it or a document keeps them apart."""
    a, b = groups.root(one), groups.root(other)
    if a is b or (a.reference and b.reference) or not a.documents.isdisjoint(b.documents):
        return
    if reason := contradiction(a, b):
        told = f"{judgement.reason}, but {reason}"
        decisions.candidates.append((one, other, Judgement(Verdict.CANDIDATE, 0.3, judgement.tier, told)))
        return
    groups.unite(a, b, judgement, _OWN_NAME)


def _coarse(bearer: Bearer) -> Iterator[Hashable]:
    """Yield a key for each end of a name with each initial of the rest."""
    for words in bearer.compared:
        frames = [frame(w) if len(w) > 1 else w for w in core(words)]
        yield from (("full", frames[-1], f[:1]) for f in frames[:-1])
        yield from (("full", frames[0], f[:1]) for f in frames[1:])


def _fine(bearer: Bearer) -> Iterator[Hashable]:
    """Yield a key for each whole name with each body served, or without any."""
    for words in bearer.compared:
        name = tuple(sorted(frame(w) for w in core(words)))
        yield from ((name, body) for body in sorted(bearer.bodies) or ("",))
