"""One supposed thing with all its sightings, and what speaks for and against two such being one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import IntEnum

from kg.identity.person_names import Likeness, is_single, likeness, name_words
from kg.identity.sightings import Post, Sighting
from kg.model import EntityId, Kind

#: Names of one thing that are compared, the commonest first: more are slips.
_COMPARED = 6
#: Years between the articles about two persons of one name from which on they are two.
_LIFETIME = 60
#: Years before and after an office in which an article is likely to mean its holder.
_PUBLIC = 10


class Support(IntEnum):
    """What else than the name two bearers share."""

    NONE = 0
    AROUND = 1  # the same states and bodies are named with both
    NAMED = 2  # the state or body that one serves is named with the other
    OFFICE = 3  # both serve the same state or body in the same years


class Bearer:
    """Sightings that are held to be of one thing; `reference` is its id in the knowledge base, if it is known there."""

    def __init__(self, kind: Kind, reference: EntityId | None = None) -> None:
        self.kind, self.reference = kind, reference
        self.sightings: list[Sighting] = []
        self.names: Counter[tuple[str, ...]] = Counter()
        self.posts: dict[tuple[EntityId, str], Post] = {}
        self.around: set[EntityId] = set()
        self.documents: set[str] = set()
        self.years: tuple[int, int] | None = None  # those of the first and the last article
        self._first: tuple[str, ...] = ("~",)

    def see(self, sighting: Sighting) -> None:
        """Take up one more sighting."""
        self.sightings.append(sighting)
        self.documents.add(sighting.id[0])
        self._first = min(self._first, sighting.order)
        if sighting.issued:
            self._span((sighting.issued.year, sighting.issued.year))
        self.around |= sighting.around
        for post in sighting.posts:
            self.hold(post)
        if sighting.kind is Kind.PERSON:
            found = {name_words(name) for name in sighting.names}
            self.call(max(found, key=lambda w: (not is_single(w), w == name_words(sighting.label), len(w), w)))

    def call(self, words: tuple[str, ...]) -> None:
        self.names[words] += 1

    def hold(self, post: Post) -> None:
        known = self.posts.get((post.body, post.rank))
        if known:
            post = Post(post.body, post.rank, min(post.since, known.since), max(post.until, known.until))
        self.posts[post.body, post.rank] = post

    def absorb(self, other: Bearer) -> None:
        """Take over everything that another bearer has."""
        self.sightings += other.sightings
        self.names += other.names
        self.around |= other.around
        self.documents |= other.documents
        self._first = min(self._first, other._first)
        if other.years:
            self._span(other.years)
        for post in other.posts.values():
            self.hold(post)
        self.reference = self.reference or other.reference

    def _span(self, years: tuple[int, int]) -> None:
        first, last = self.years or years
        self.years = (min(first, years[0]), max(last, years[1]))

    @property
    def order(self) -> tuple[str, ...]:
        return (self.reference or "~", *self._first)

    @property
    def single(self) -> bool:
        """Is nothing but one word of its name known?"""
        return self.kind is Kind.PERSON and all(is_single(words) for words in self.names)

    @property
    def compared(self) -> list[tuple[str, ...]]:
        """The names to compare: full ones where there are any, the commonest first."""
        full = {w: n for w, n in self.names.items() if self.single or not is_single(w)}
        return sorted(full, key=lambda w: (-full[w], w))[:_COMPARED]

    @property
    def bodies(self) -> set[EntityId]:
        return {post.body for post in self.posts.values()}

    @property
    def national(self) -> set[EntityId]:
        """The states that it governs or governed."""
        return {post.body for post in self.posts.values() if post.national}


def alike(one: Bearer, other: Bearer) -> Likeness:
    """Return how far the names of two persons go together at best."""
    return max((likeness(a, b) for a in one.compared for b in other.compared), default=Likeness.NONE)


def support(one: Bearer, other: Bearer, years: int = 6) -> Support:
    """Return the strongest that two bearers share beside the name."""
    if any(a.meets(b, years) for a in one.posts.values() for b in other.posts.values()):
        return Support.OFFICE
    if one.bodies & other.around or other.bodies & one.around:
        return Support.NAMED
    return Support.AROUND if one.around & other.around else Support.NONE


def shared(one: Bearer, other: Bearer) -> list[EntityId]:
    """Return the states and bodies that both serve, or that one serves and the other is named with."""
    return sorted((one.bodies & other.bodies) or (one.bodies & other.around) | (other.bodies & one.around))


def contradiction(one: Bearer, other: Bearer) -> str | None:
    """Return why two persons cannot be one, or None.

    Both govern, but different states; a lifetime lies between the articles. Against somebody of the knowledge base that
    counts only in articles that name nothing that they served, and of a time when they were long out of office: else
    it is likelier that the article was misread.
    """
    here, there = one.national, other.national
    known = one.reference or other.reference
    if here and there and here.isdisjoint(there) and not (known and _may_be_known(one, other)):
        return f"one holds office in {_listed(here)}, the other in {_listed(there)}"
    mine, theirs = one.years, other.years
    if not known and mine and theirs and max(mine[0], theirs[0]) - min(mine[1], theirs[1]) > _LIFETIME:
        return f"articles of {mine[0]} and {theirs[0]} lie a lifetime apart"
    return None


def _may_be_known(one: Bearer, other: Bearer) -> bool:
    known, told = (one, other) if one.reference else (other, one)
    first, last = told.years or (0, 9999)
    in_public = any(p.since - _PUBLIC <= last and first <= p.until + _PUBLIC for p in known.posts.values())
    return in_public or not known.bodies.isdisjoint(told.around)


def _listed(bodies: Iterable[EntityId]) -> str:
    return ", ".join(sorted(b.partition("/")[2] for b in bodies))
