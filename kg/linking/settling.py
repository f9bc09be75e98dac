"""What becomes a link: what people decided, then what the bundled knowledge base knows, then what services offer.

No entity is accepted as two items of one knowledge base, and no item for two entities: where services would have it so,
all of them stay candidates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Final

from kg.linking.decisions import Decision, Judgment, kept_decisions, merge, space
from kg.linking.findings import Finding, Offer, findings
from kg.model import EntityId, Kind, Link
from kg.resources import read_toml

FILE: Final = Path(__file__).with_name("judging.toml")
#: The name under which links that rest on a service's offers say how they came about.
RULE: Final = "kg.linking.v1"
#: Makes of the links that are known of these entities those that hold.
Settled = Callable[[Iterable[Link], Collection[EntityId]], list[Link]]
#: What an offer is worth that has no score.
_UNSCORED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Bar:
    """What an offer must reach, in shares of the full score, as judging.toml sets it."""

    share: float
    lead: float
    words: int
    keep: float
    at_most: int


@cache
def bar(file: Path = FILE) -> Bar:
    """Read the bar; raises ResourceError if the file lacks a part of it."""
    share, lead, words = (read_toml(file, "accept", key) for key in ("share", "lead", "words"))
    return Bar(share, lead, words, read_toml(file, "keep", "share"), read_toml(file, "keep", "at_most"))


def settle(
    links: Iterable[Link], entities: Collection[EntityId], found: Iterable[Finding], decisions: Iterable[Decision]
) -> list[Link]:
    """Return the links that hold of these entities: the given ones as far as nobody decided otherwise, and what is added.

    What was found and decided under an id that an entity had before holds for the entity.
    """
    given = [link for link in links if link.entity in entities]
    heirs = {link.target: link.entity for link in given if link.accepted and _inside(link)}
    decided = _Decided([one for one in _inherited(decisions, heirs) if one.entity in entities])
    held = [*decided.links(), *filter(None, map(decided.reviewed, given))]
    taken = {link.target: link.entity for link in held if link.accepted}
    linked = {(link.entity, space(link.target)) for link in held if link.accepted}
    offered = [
        link
        for finding in (replace(one, entity=heirs.get(one.entity, one.entity)) for one in found)
        if finding.entity in entities and finding.entity not in decided.new
        for link in proposals(finding)
        if (link.entity, space(link.target)) not in linked and (link.entity, link.target) not in decided.rejected
    ]
    return held + _without_rivals(offered, taken)


def settled_by(store: Path) -> Settled:
    """Return what settles links by all that was found and decided for a store.

    Raises StoreError or ResourceError if what is kept there is damaged.
    """
    return partial(settle, found=findings(store), decisions=kept_decisions(store))


def proposals(finding: Finding, rule: Bar | None = None) -> Iterator[Link]:
    """Yield what a service's offers come to by themselves: at most one accepted link, and candidates."""
    rule = rule or bar()
    for rank, offer in enumerate(finding.offers[: rule.at_most]):
        share = _UNSCORED if offer.share is None else offer.share
        if share < rule.keep:
            continue
        doubts = list(_doubts(finding, rank, offer, rule))
        score = "without a score" if offer.share is None else f"with {100 * share:.0f} of 100"
        match = ", and calls it a match" if offer.match else ""
        reason = f"{RULE}: {finding.name} offers {offer.name!r} for {finding.called!r} {score}{match}"
        if doubts:
            reason += f"; not accepted: {', '.join(doubts)}"
        yield Link(finding.entity, offer.target, not doubts, share, reason, finding.service, finding.on)


def _doubts(finding: Finding, rank: int, offer: Offer, rule: Bar) -> Iterator[str]:
    """Yield why an offer is no more than a candidate."""
    if rank:
        yield "another is offered before it"
    if not offer.match:
        yield "not called a match"
    if offer.share is None:
        yield "no score"
    elif offer.share < rule.share:
        yield f"less than {100 * rule.share:.0f}"
    elif not rank:
        rivals = [other.share for other in finding.offers[1:] if other.target != offer.target and other.share is not None]
        if rivals and offer.share - max(rivals) < rule.lead:
            yield f"no lead of {100 * rule.lead:.0f} over the next"
    if not offer.types:
        yield "its type is not told"
    elif not set(offer.types) & set(finding.types):
        yield f"its type {', '.join(offer.types)} is none that a {finding.kind.lower()} has there"
    if finding.kind is Kind.PERSON and len(finding.called.split()) < rule.words:
        yield "one word names no person surely"


def _without_rivals(offered: list[Link], taken: dict[str, EntityId]) -> list[Link]:
    """Demote accepted links to an item that another entity has or would have, and those of an entity to several items.

    Where an accepted one is left, the other candidates of the same knowledge base are not worth keeping.
    """
    accepted = {(link.entity, link.target) for link in offered if link.accepted}
    items = Counter(target for _, target in accepted)
    places = Counter((entity, space(target)) for entity, target in accepted)
    settled = []
    for link in offered:
        if link.accepted and taken.get(link.target, link.entity) != link.entity:
            link = _demoted(link, f"{taken[link.target]} is the same item")
        elif link.accepted and items[link.target] > 1:
            link = _demoted(link, "other entities would be the same item")
        elif link.accepted and places[link.entity, space(link.target)] > 1:
            link = _demoted(link, "services accept different items")
        settled.append(link)
    clear = {(link.entity, space(link.target)) for link in settled if link.accepted}
    return [link for link in settled if link.accepted or (link.entity, space(link.target)) not in clear]


def _demoted(link: Link, why: str) -> Link:
    return replace(link, accepted=False, reason=f"{link.reason}; not accepted: {why}")


def _inside(link: Link) -> bool:
    """Does it lead to another entity of the graph, about which nobody decides here?"""
    return ":" not in link.target


def _inherited(decisions: Iterable[Decision], heirs: Mapping[EntityId, EntityId]) -> list[Decision]:
    """Pass on what was decided under former ids; what was decided about the entity itself goes before it."""
    own: list[Decision] = []
    passed_on: list[Decision] = []
    for one in decisions:
        if one.entity in heirs:
            passed_on = merge(passed_on, [replace(one, entity=heirs[one.entity])])
        else:
            own.append(one)
    return merge(passed_on, own)


class _Decided:
    """What people decided, ready to hold links against."""

    def __init__(self, decisions: list[Decision]) -> None:
        self._matched = {one.place: one for one in decisions if one.judgment is Judgment.MATCHED}
        self._items = {one.candidate: one for one in self._matched.values()}
        self._spaces = {(one.entity, space(one.candidate)): one for one in self._matched.values()}
        self.rejected = {one.place for one in decisions if one.judgment is Judgment.REJECTED}
        self.new = {one.entity for one in decisions if one.judgment is Judgment.NEW}

    def links(self) -> Iterator[Link]:
        for one in self._matched.values():
            reason = f"decided by {one.author} on {one.decided.isoformat()}" + (f": {one.reason}" if one.reason else "")
            yield Link(one.entity, one.candidate, True, 1.0, reason, on=one.decided, author=one.author)

    def reviewed(self, link: Link) -> Link | None:
        """Return what is left of a link that was not decided: itself, a candidate, or nothing."""
        place = (link.entity, link.target)
        if _inside(link):
            return link
        if place in self.rejected or place in self._matched or link.entity in self.new:
            return None
        other = self._spaces.get((link.entity, space(link.target))) or self._items.get(link.target)
        if other is not None and link.accepted:
            return _demoted(link, f"{other.author} decided otherwise on {other.decided.isoformat()}")
        return link
