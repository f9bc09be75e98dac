"""Which bodies, places and states of different documents are one.

What the knowledge base knows is one; so are names that differ in the spelling of English only. Romanisations of a name
are one where the state agrees, initials stand for the body in whose document they are, and what has only common words for
a name ("Ministry of Finance") is known in its document only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from kg.identity.bearers import Bearer
from kg.identity.blocks import CROWD
from kg.identity.decisions import Decisions, Groups
from kg.identity.sightings import Sighting
from kg.identity.spelling import listed, plain, spelling, words
from kg.identity.tiers import ALIAS, LOCAL, NAME, TRANSLITERATION, Judgement, Verdict
from kg.model import EntityId, Kind
from kg.reference import Entry, Place, Reference, State

_INITIALS = re.compile(r"[A-Z]{3,8}")
_OWN_NAME = (NAME, LOCAL)
_KNOWN = Judgement(Verdict.SAME, 1.0, NAME, "a name that the knowledge base knows")
_SAME_NAME = Judgement(Verdict.SAME, 0.98, NAME, "the same name in full")
_COMMON = Judgement(Verdict.SAME, 1.0, LOCAL, "a name of common words, which others may bear")


def bodies(found: Sequence[Sighting], reference: Reference) -> Decisions:
    """Return which is which among sightings of bodies, places and states; their order does not matter."""
    decisions = Decisions()
    named = _by_name(sorted(found, key=lambda s: s.order), decisions)
    bearers = list(named.values())
    unseen = {id_: b for id_, b in _known(named, reference).items() if id_ not in named}
    groups = Groups([*bearers, *unseen.values()], decisions)
    for one, other, judgement in (*_known_otherwise(named, unseen, reference), *_romanised(bearers), *_initials(found, named)):
        a, b = groups.root(one), groups.root(other)
        if a is b or (a.reference and b.reference):
            continue
        if judgement.verdict is Verdict.SAME:
            groups.unite(a, b, judgement, _OWN_NAME)
        else:
            decisions.candidates.append((one, other, judgement))
    decisions.bearers = sorted(groups.roots([*bearers, *unseen.values()]), key=lambda b: b.order)
    decisions.candidates = [
        (a, b, j) for one, other, j in decisions.candidates if (a := groups.root(one)) is not (b := groups.root(other))
    ]
    return decisions


def is_common(name: str) -> bool:
    """Is a name made of words that any state has a body for: "Ministry of Finance", "People's Party"?"""
    return all(word in listed("common", "words") for word in words(name))


def _key(sighting: Sighting) -> str:
    """Return what sightings of one thing share: the id in the knowledge base, or kind and name."""
    if sighting.reference:
        return sighting.reference
    if sighting.kind is Kind.ORGANIZATION and is_common(sighting.label):
        return f"{sighting.kind}:{plain(sighting.label)}:{sighting.id[0]}"
    return f"{sighting.kind}:{plain(sighting.label)}"


def _by_name(found: Sequence[Sighting], decisions: Decisions) -> dict[str, Bearer]:
    named: dict[str, Bearer] = {}
    for sighting in found:
        key = _key(sighting)
        named.setdefault(key, Bearer(sighting.kind, sighting.reference)).see(sighting)
        local = key.endswith(f":{sighting.id[0]}") and key.count(":") > 1
        decisions.why[sighting.id] = _KNOWN if sighting.reference else _COMMON if local else _SAME_NAME
    return named


def _known(named: Mapping[str, Bearer], reference: Reference) -> dict[EntityId, Bearer]:
    """Return the entries of the knowledge base that a name nobody knew may mean otherwise spelt, as bearers."""
    wanted = {
        key for name, bearer in named.items() if bearer.reference is None for key in _spelt(bearer.kind, name.split(":")[1])
    }
    return {
        entry.id: Bearer(kind, entry.id)
        for kind, entry in _entries(reference)
        if not wanted.isdisjoint(key for form in (entry.name, *entry.names) for key in _spelt(kind, plain(form)))
    }


def _entries(reference: Reference) -> Iterator[tuple[Kind, Entry]]:
    yield from ((Kind.ORGANIZATION, entry) for entry in reference.organizations)
    yield from ((Kind.PLACE, entry) for entry in reference.places)
    yield from ((Kind.STATE, entry) for entry in reference.states)


def _spelt(kind: Kind, name: str) -> tuple[str, str]:
    return f"{kind}:{name}", f"{kind}~{'-'.join(spelling(w) for w in name.split('-'))}"


def _known_otherwise(
    named: Mapping[str, Bearer], unseen: Mapping[EntityId, Bearer], reference: Reference
) -> Iterator[tuple[Bearer, Bearer, Judgement]]:
    """Yield what the knowledge base has under another spelling."""
    owners: dict[str, set[EntityId]] = defaultdict(set)
    known = {**{b.reference: b for b in named.values() if b.reference}, **unseen}
    for kind, entry in _entries(reference):
        for form in (entry.name, *entry.names) if entry.id in known else ():
            for key in _spelt(kind, plain(form)):
                owners[key].add(entry.id)
    for name, bearer in named.items():
        if bearer.reference is not None or name.count(":") > 1:
            continue
        exact, romanised = _spelt(bearer.kind, name.split(":")[1])
        if len(owners[exact]) == 1 and "-" in exact:
            [identifier] = owners[exact]
            yield (
                bearer,
                known[identifier],
                Judgement(Verdict.SAME, 0.97, ALIAS, "a name that the knowledge base knows, in other English"),
            )
        elif len(owners[romanised]) == 1:
            [identifier] = owners[romanised]
            yield bearer, known[identifier], _romanisation(bearer, reference.by_id[identifier])


def _romanisation(bearer: Bearer, entry: Entry) -> Judgement:
    state = entry.state if isinstance(entry, Place) else entry.id if isinstance(entry, State) else None
    if state and state in bearer.around:
        return Judgement(
            Verdict.SAME, 0.9, TRANSLITERATION, f"spellings of one name, and {state.partition('/')[2]} is named with it"
        )
    return Judgement(Verdict.CANDIDATE, 0.5, TRANSLITERATION, "spellings of one name, with nothing else in common")


def _romanised(bearers: Sequence[Bearer]) -> Iterator[tuple[Bearer, Bearer, Judgement]]:
    """Yield places that nobody knows and that are spelt in two ways in articles about the same states."""
    blocks: dict[str, list[Bearer]] = defaultdict(list)
    for bearer in bearers:
        if bearer.reference is None and bearer.kind is Kind.PLACE:
            blocks[_spelt(bearer.kind, plain(bearer.sightings[0].label))[1]].append(bearer)
    for block in blocks.values():
        for one, other in combinations(block[:CROWD], 2):
            if one.around & other.around and one.documents.isdisjoint(other.documents):
                yield (
                    one,
                    other,
                    Judgement(Verdict.SAME, 0.85, TRANSLITERATION, "spellings of one name, in articles about the same states"),
                )


def _initials(found: Sequence[Sighting], named: Mapping[str, Bearer]) -> Iterator[tuple[Bearer, Bearer, Judgement]]:
    """Yield initials with the body whose initials they are, where every document that has both agrees on it."""
    documents: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in found:
        if sighting.kind is Kind.ORGANIZATION:
            documents[sighting.id[0]].append(sighting)
    meant: dict[str, set[str]] = defaultdict(set)
    for together in documents.values():
        full = defaultdict(set)
        for sighting in together:
            for name in sighting.names:
                full[_initials_of(name)].add(_key(sighting))
        for sighting in together:
            if _INITIALS.fullmatch(sighting.label) and not sighting.reference:
                meant[_key(sighting)] |= full.get(sighting.label, set()) - {_key(sighting)}
    for short, bodies_ in sorted(meant.items()):
        for body in sorted(bodies_):
            if len(bodies_) == 1:
                judgement = Judgement(Verdict.SAME, 0.9, ALIAS, "its initials, in the same article")
            else:
                judgement = Judgement(Verdict.CANDIDATE, 0.4, ALIAS, f"its initials, which fit {len(bodies_)} bodies")
            yield named[short], named[body], judgement


def _initials_of(name: str) -> str:
    parts = [w for w in re.split(r"[\s\-]+", name) if w[:1].isupper()]
    return "".join(w[0] for w in parts) if len(parts) > 2 else ""
