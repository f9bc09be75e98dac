"""One agreement of a document with what its mentions say of it, and whether a further mention may be of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.extraction.profiles import Profile
from kg.model import EntityId

#: Classes that the same agreement may be given by different mentions.
_CLASSLESS = frozenset({None, "Declaration", "CooperationAgreement", "PartnershipAgreement", "DefencePact"})


@dataclass(slots=True)
class Cluster:
    """One agreement with the profiles of its mentions."""

    id: EntityId
    profiles: list[Profile] = field(default_factory=list)

    @property
    def known_by_year(self) -> str | None:
        """The year of an agreement that is one of several in "the documents signed in 1961, 2000 and 2001"."""
        return next((p.year for p in self.profiles if p.listed), None)

    @property
    def parties(self) -> frozenset[EntityId]:
        return frozenset(p for profile in self.profiles for p in profile.parties)

    @property
    def years(self) -> set[str]:
        return {p.year for p in self.profiles if p.year}

    @property
    def days(self) -> set[str]:
        return {p.day for p in self.profiles if p.day}

    @property
    def subtypes(self) -> set[str]:
        return {p.mention.subtype for p in self.profiles if p.mention.subtype}

    @property
    def families(self) -> set[str]:
        return {p.family for p in self.profiles if p.family}

    @property
    def names(self) -> set[tuple[str, ...]]:
        return {p.mention.words for p in self.profiles if p.mention.named}

    @property
    def content(self) -> frozenset[str]:
        return frozenset(w for p in self.profiles for w in p.content)

    @property
    def proper(self) -> frozenset[str]:
        return frozenset(w for p in self.profiles for w in p.proper)

    @property
    def marks(self) -> frozenset[str]:
        return frozenset(w for p in self.profiles for w in p.marks)

    @property
    def topic(self) -> frozenset[str]:
        return frozenset(w for p in self.profiles for w in p.topic)

    @property
    def signers(self) -> frozenset[EntityId]:
        return frozenset(s for p in self.profiles for s in p.signers)

    @property
    def reference(self) -> str | None:
        """Its id in the knowledge base, where a mention has a name known there."""
        return next((p.mention.reference for p in self.profiles if p.mention.reference), None)

    @property
    def plural(self) -> bool:
        return self.known_by_year is None and all(p.mention.plural for p in self.profiles)

    @property
    def only_titled(self) -> bool:
        """Has only the title named it so far?"""
        return all(p.titled for p in self.profiles)

    def contradicts(self, profile: Profile) -> bool:
        """Does a mention say something of its agreement that cannot be true of this one?"""
        mention = profile.mention
        if mention.reference and self.reference and mention.reference != self.reference:
            return True
        if mention.plural != self.plural and not (self._named_in_plural and not mention.plural and mention.definite):
            return True
        if profile.year and self.years and profile.year not in self.years:
            return True
        if profile.day and (profile.day not in self.days if self.days else self.years and profile.day[:4] not in self.years):
            return True
        if self._of_another_place(profile):
            return True
        if mention.named and self.names and not any(same_name(mention.words, n) for n in self.names):
            return True
        if profile.earlier != self.profiles[0].earlier and not mention.named:
            return True
        return self._of_another_sort(profile) or self._of_others(profile)

    def _of_another_place(self, profile: Profile) -> bool:
        """Are both named after something, "the Oslo accord" and "the Geneva Agreement", or this one signed elsewhere?"""
        places = frozenset(w for p in self.profiles for w in p.places)
        if profile.proper and not self.names and places and profile.proper.isdisjoint(places | self.proper | self.content):
            return True
        ours = profile.proper or (frozenset(profile.mention.words) if profile.mention.named else frozenset())
        theirs = self.proper
        short = 0 < len(ours) < 3 and profile.mention.subtype is None
        return short and bool(theirs) and not self.names and ours.isdisjoint(theirs | self.marks | self.content)

    @property
    def _named_in_plural(self) -> bool:
        return any(p.mention.plural and (p.mention.named or p.mention.definite) for p in self.profiles)

    def _of_another_sort(self, profile: Profile) -> bool:
        if profile.family and self.families and profile.family not in self.families:
            return True
        if profile.family in ("memorandum", "protocol", "loan") and not profile.mention.definite and not self.families:
            return True
        kind, kinds = profile.mention.subtype, self.subtypes
        return kind not in _CLASSLESS and bool(kinds) and kind not in kinds and not (kinds <= _CLASSLESS)

    def _of_others(self, profile: Profile) -> bool:
        ours, theirs = profile.parties, self.parties
        if profile.signers and self.signers and profile.signers.isdisjoint(self.signers):
            return True
        if profile.restricted and ours and (theirs or not self.profiles[0].titled) and ours.isdisjoint(theirs):
            return True
        if len(theirs) > 1 and profile.named_parties - theirs:
            return True
        partial = profile.mention.definite and (len(ours) == len(theirs) == 1 or ours.isdisjoint(theirs))
        return bool(ours and theirs and (ours - theirs) and (theirs - ours)) and not partial

    def related(self, profile: Profile, *, main: bool) -> bool:
        """Do parties or words tie a mention to this agreement? To the one the article is about, fewer will do."""
        shared = profile.parties & self.parties
        if len(shared) > 1 or (main and shared and (profile.parties <= self.parties or self.parties <= profile.parties)):
            return True
        ours, theirs = profile.content, self.content
        if main and ours and theirs and (ours <= theirs or theirs <= ours):
            return True
        return len(ours & theirs) >= min(2, len(ours) or 2)


def same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Are the words of two names the same agreement's: one within the other, or one the other's initials ("INF accord")?"""
    short, long = sorted((set(one), set(other)), key=len)
    if bool(short) and short <= long:
        return True
    return _is_short_for(one, other) or _is_short_for(other, one)


def _is_short_for(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    initials = "".join(w[0] for w in long)
    return len(short) == 1 and len(short[0]) > 1 and len(long) > 1 and initials.startswith(short[0])
