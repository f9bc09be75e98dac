"""Tiers: rules that say of two bearers whether they are one, and why. They register under versioned names.

A tier returns a judgement, or None to leave it to the tiers after it. The first tier that judges decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from importlib.metadata import entry_points

from kg.identity.bearers import Bearer, Support, alike, contradiction, shared, support
from kg.identity.person_names import Likeness
from kg.model import Kind

NAME, ALIAS, TRANSLITERATION = "kg.identity.name.v1", "kg.identity.alias.v1", "kg.identity.transliteration.v1"
CONTEXT, LOCAL, AGREEMENT = "kg.identity.context.v1", "kg.identity.local.v1", "kg.identity.agreement.v1"
#: What keeps ids as they were in earlier builds.
MEMORY = "kg.identity.memory.v1"
#: Years within which an office and a family name tell who it is.
_TERM = 4


class Verdict(Enum):
    SAME = "same"
    CANDIDATE = "candidate"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a tier says of two bearers: `confidence` from 0 to 1 that they are one, `reason` in words for the reader."""

    verdict: Verdict
    confidence: float
    tier: str
    reason: str


Tier = Callable[[Bearer, Bearer], Judgement | None]
_REGISTRY: dict[str, Tier] = {}


def tier(name: str) -> Callable[[Tier], Tier]:
    """Register a tier under a versioned name ("kg.identity.name.v1"); those that register first judge first."""

    def register(function: Tier) -> Tier:
        _REGISTRY[name] = function
        return function

    return register


def tiers() -> Iterator[Tier]:
    """Yield the tiers in order: the built-in ones, then those of the entry point group "kg.identity"."""
    for entry in entry_points(group="kg.identity"):
        entry.load()
    yield from _REGISTRY.values()


def judge(one: Bearer, other: Bearer, rules: tuple[Tier, ...]) -> Judgement | None:
    """Return the judgement of the first tier that has one."""
    return next((found for rule in rules if (found := rule(one, other))), None)


@tier(NAME)
def by_name(one: Bearer, other: Bearer) -> Judgement | None:
    """The same full name is the same person, unless something contradicts it."""
    if one.kind is not Kind.PERSON or alike(one, other) is not Likeness.WORDS or one.single:
        return None
    if reason := contradiction(one, other):
        return Judgement(Verdict.CANDIDATE, 0.3, NAME, f"the same name, but {reason}")
    return Judgement(Verdict.SAME, 0.98, NAME, "the same name in full")


@tier(ALIAS)
def by_alias(one: Bearer, other: Bearer) -> Judgement | None:
    """A name without some of its words, or with initials for them, is the same person where the office agrees."""
    if alike(one, other) is not Likeness.SHORTER or contradiction(one, other):
        return None
    found = support(one, other)
    if found >= Support.NAMED:
        return Judgement(Verdict.SAME, 0.9, ALIAS, f"a shorter form of the name, and both with {_with(one, other)}")
    if found is Support.AROUND:
        return Judgement(Verdict.CANDIDATE, 0.5, ALIAS, "a shorter form of the name, in articles about the same states")
    return None


@tier(TRANSLITERATION)
def by_transliteration(one: Bearer, other: Bearer) -> Judgement | None:
    """Spellings of one name are the same person where something else agrees."""
    found, like = support(one, other), alike(one, other)
    if like is Likeness.SPELLING:
        if reason := contradiction(one, other):
            return Judgement(Verdict.CANDIDATE, 0.2, TRANSLITERATION, f"spellings of one name, but {reason}")
        if found >= Support.NAMED:
            return Judgement(Verdict.SAME, 0.95, TRANSLITERATION, f"spellings of one name, and both with {_with(one, other)}")
        if not (one.posts and other.posts) and not (one.reference or other.reference) and found is Support.AROUND:
            return Judgement(Verdict.SAME, 0.85, TRANSLITERATION, "spellings of one name, in articles about the same states")
        return Judgement(Verdict.CANDIDATE, 0.5, TRANSLITERATION, "spellings of one name, with nothing else in common")
    if like is Likeness.NEAR and found >= Support.NAMED and not contradiction(one, other):
        verdict, confidence = (Verdict.SAME, 0.85) if found is Support.OFFICE else (Verdict.CANDIDATE, 0.4)
        return Judgement(verdict, confidence, TRANSLITERATION, f"the same consonants, and both with {_with(one, other)}")
    return None


@tier(CONTEXT)
def by_context(one: Bearer, other: Bearer) -> Judgement | None:
    """A family name alone is whoever of that name holds such an office in that state or body at that time."""
    if not (one.single or other.single) or contradiction(one, other):
        return None
    if alike(one, other) not in (Likeness.FAMILY, Likeness.WORDS, Likeness.SPELLING):
        return None
    years = 0 if one.reference or other.reference else _TERM
    posts = [(a, b) for a in one.posts.values() for b in other.posts.values() if a.meets(b, years)]
    both_alone = one.single and other.single
    same = [a for a, b in posts if a.rank == b.rank and (a.rank == "state" or not both_alone)]
    if same:
        what = f"the same family name and an office of the same rank in {_with(one, other)} in the same years"
        return Judgement(Verdict.SAME, 0.9 if "state" in {p.rank for p in same} else 0.8, CONTEXT, what)
    if posts and not both_alone:
        return Judgement(Verdict.CANDIDATE, 0.4, CONTEXT, f"the same family name, and both serve {_with(one, other)}")
    return None


def _with(one: Bearer, other: Bearer) -> str:
    return ", ".join(body.partition("/")[2] for body in shared(one, other)[:3])
