"""Which ids earlier builds gave, and how new ones keep to them.

What an IRI was once used for keeps it: of things that become one the oldest id stays, of one that becomes several the
largest part keeps it, and every id that is given up leads to the one in its place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kg.model import EntityId

#: What an id was given to: document, name in it, local id.
Use = tuple[str, str, EntityId]


@dataclass(frozen=True)
class Memory:
    """The ids in use by what they were given to, each id's age (smaller is older), and the heirs of ids given up."""

    uses: Mapping[Use, EntityId] = field(default_factory=dict)
    ages: Mapping[EntityId, int] = field(default_factory=dict)
    heirs: Mapping[EntityId, EntityId] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that needs an id: what it is made of, and the ids that it would like, best first.

    `fixed` says that it has its id from the knowledge base and takes no other.
    """

    uses: tuple[Use, ...]
    wanted: tuple[EntityId, ...]
    fixed: bool = False


def settle(claims: Sequence[Claim], memory: Memory, reserved: Container[EntityId] = ()) -> tuple[list[EntityId], Memory]:
    """Return an id for each claim, all different, and what to remember of it; `reserved` ids are for fixed claims only."""
    given: dict[int, EntityId] = {i: claim.wanted[0] for i, claim in enumerate(claims) if claim.fixed}
    taken = {identifier: i for i, identifier in given.items()}
    votes = _votes(claims, memory)
    heirs: dict[EntityId, int] = {}
    for old in sorted(votes, key=lambda id_: (memory.ages.get(id_, 0), id_)):
        claimants = [i for i, _ in sorted(votes[old].items(), key=lambda vote: (-vote[1], vote[0]))]
        keeper = next((i for i in claimants if i not in given), None)
        if old in taken:
            continue
        if keeper is None or claims[claimants[0]].fixed:
            heirs[old] = claimants[0]
        else:
            given[keeper], taken[old] = old, keeper
    former = {*memory.heirs, *heirs}
    for i, claim in enumerate(claims):
        if i not in given:
            free = (id_ for id_ in _names(claim.wanted) if id_ not in taken and id_ not in former and id_ not in reserved)
            given[i] = next(free)
            taken[given[i]] = i
    return [given[i] for i in range(len(claims))], _remembered(claims, given, heirs, memory)


def _votes(claims: Sequence[Claim], memory: Memory) -> dict[EntityId, Counter[int]]:
    """Return which claims are made of what had each id; a name tells where a later reading gave other local ids."""
    named: dict[Use, set[EntityId]] = defaultdict(set)
    for use, held in memory.uses.items():
        named[_without_number(use)].add(held)
    votes: dict[EntityId, Counter[int]] = defaultdict(Counter)
    for i, claim in enumerate(claims):
        for use in claim.uses:
            same_name = named.get(_without_number(use), set())
            alone = next(iter(same_name)) if len(same_name) == 1 else None
            identifier: EntityId | None = memory.uses.get(use, alone)
            if identifier is not None:
                votes[identifier][i] += 1
    return votes


def _without_number(use: Use) -> Use:
    document, name, local = use
    return document, name, local.partition("#")[0]


def _names(wanted: Iterable[EntityId]) -> Iterator[EntityId]:
    last = ""
    for last in wanted:
        yield last
    number = 2
    while True:
        yield f"{last}-{number}"
        number += 1


def _remembered(claims: Sequence[Claim], given: Mapping[int, EntityId], heirs: Mapping[EntityId, int], memory: Memory) -> Memory:
    in_use = set(given.values())
    former = {old: heir for old, heir in memory.heirs.items() if old not in in_use}
    former |= {old: given[i] for old, i in heirs.items()}
    for old, heir in former.items():
        seen = {old}
        while heir in former and heir not in in_use and heir not in seen:
            seen.add(heir)
            heir = former[heir]
        former[old] = heir
    ages = dict(memory.ages)
    for i in range(len(claims)):
        ages.setdefault(given[i], len(ages))
    uses = {use: given[i] for i, claim in enumerate(claims) for use in claim.uses}
    return Memory(uses, ages, former)
