"""Which mentions of agreements in a document are one agreement.

Mentions are read in order. Each brings a profile: parties, signers' states, year, name, describing words. A definite
mention goes back to the nearest agreement that it does not contradict; an indefinite one starts an agreement of its own
unless it shares parties, name or words with one that is there already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import words as trigger_words
from kg.extraction.referents import Referents
from kg.extraction.syntax import is_passive, noun_roles, verb_roles
from kg.language.agreements import AgreementMention
from kg.language.cast import Cast, Member
from kg.language.lexicon import words
from kg.model import EntityId, Kind

_CLASSLESS = frozenset({None, "Declaration", "CooperationAgreement", "PartnershipAgreement"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What one mention says of its agreement."""

    mention: AgreementMention
    parties: frozenset[EntityId]
    year: str | None
    further: bool
    earlier: bool

    @property
    def content(self) -> frozenset[str]:
        return frozenset(self.mention.words) - words("agreements", "other", "plain") - words("agreements", "other", "earlier")


@dataclass(slots=True)
class Cluster:
    """One agreement with the profiles of its mentions."""

    id: EntityId
    profiles: list[Profile] = field(default_factory=list)

    @property
    def parties(self) -> frozenset[EntityId]:
        return frozenset(p for profile in self.profiles for p in profile.parties)

    @property
    def years(self) -> set[str]:
        return {p.year for p in self.profiles if p.year}

    @property
    def subtypes(self) -> set[str]:
        return {p.mention.subtype for p in self.profiles if p.mention.subtype}

    @property
    def names(self) -> set[tuple[str, ...]]:
        return {p.mention.words for p in self.profiles if p.mention.named}

    @property
    def content(self) -> frozenset[str]:
        return frozenset(w for p in self.profiles for w in p.content)

    @property
    def plural(self) -> bool:
        return all(p.mention.plural for p in self.profiles)


def gather(doc: Doc, cast: Cast, mentions: Sequence[AgreementMention], referents: Referents, years: dict[int, str]) -> list[Cluster]:
    """Add the document's agreements to its cast and return them.

    `years` gives the year of the date at each token that begins one.
    """
    clusters: list[Cluster] = []
    for mention in mentions:
        profile = _profile(doc, mention, referents, years)
        cluster = _home(profile, clusters)
        if cluster is None:
            label = doc[mention.start : mention.end].text
            member = cast.add(Member(cast.new_id(Kind.AGREEMENT), Kind.AGREEMENT, label))
            cluster = Cluster(member.id)
            clusters.append(cluster)
        cluster.profiles.append(profile)
        cast.mention(mention.start, mention.end, cluster.id, "name" if mention.named else "nominal")
    cast.mentions.sort(key=lambda m: m.start)
    return clusters


def _profile(doc: Doc, mention: AgreementMention, referents: Referents, years: dict[int, str]) -> Profile:
    head = doc[mention.head]
    around = set(mention.words) | {c.lower_ for c in head.children if c.dep_ in ("amod", "det", "advmod")}
    verb = head.head
    return Profile(
        mention,
        frozenset(_parties(head, referents)),
        mention.year or _year_after(head, years),
        bool(around & words("agreements", "other", "further")) or any(c.lower_ == "also" for c in verb.children if c.dep_ == "advmod"),
        bool(around & words("agreements", "other", "earlier")),
    )


def _parties(head: Token, referents: Referents) -> list[EntityId]:
    """Return the states and bodies that a mention's own words bind: "between", "with", its signers."""
    roles = noun_roles(head)
    tokens = [t for role in ("between", "with", "owner", "modifier", "agent") for t in roles.get(role, ())]
    for verb in (head.head, *head.children):
        if verb.pos_ == "VERB" and verb.lemma_ in trigger_words("triggers", "sign", "verbs") and _governs(verb, head):
            found = verb_roles(verb)
            tokens += [*found.get("agent", ()), *found.get("with", ()), *found.get("by", ())]
    members = [referents.party(e) for e in referents.among(tokens)]
    return [m for m in members if m]


def _governs(verb: Token, noun: Token) -> bool:
    return (noun.head == verb and (noun.dep_ == "obj" or (noun.dep_ == "nsubj:pass" and is_passive(verb)))) or verb.head == noun


def _year_after(head: Token, years: dict[int, str]) -> str | None:
    """Return the year in "accord from 1998" or "agreement signed in April 2001"."""
    for child in head.children:
        if child.i > head.i and child.dep_ in ("nmod", "acl", "nmod:unmarked", "acl:relcl"):
            if child.i in years:
                return years[child.i]
            if child.pos_ == "VERB" and child.lemma_ in trigger_words("triggers", "sign", "verbs"):
                return next((years[t.i] for t in child.children if t.i in years), None)
    return None


def _home(profile: Profile, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the agreement that a mention belongs to, or None if it is the first of its own."""
    open_to = [c for c in clusters if not _contradicts(profile, c)]
    mention = profile.mention
    if mention.named and (same := [c for c in open_to if any(_same_name(mention.words, n) for n in c.names)]):
        return same[-1]
    shared = [c for c in open_to if profile.year and profile.year in c.years]
    if shared:
        return shared[-1]
    if profile.further and not mention.definite:
        return None
    related = [c for c in open_to if _related(profile, c)]
    if mention.definite and not mention.named:
        bare = not profile.content and not profile.parties
        pool = related or (open_to if bare or not _specific(profile, open_to) else [])
        return max(pool, key=lambda c: (len(c.profiles) > 1 and bare and False, c.profiles[-1].mention.start), default=None)
    return related[-1] if related else None


def _contradicts(profile: Profile, cluster: Cluster) -> bool:
    mention = profile.mention
    if mention.plural != cluster.plural:
        return True
    if profile.year and cluster.years and profile.year not in cluster.years:
        return True
    if mention.named and cluster.names and not any(_same_name(mention.words, n) for n in cluster.names):
        return True
    if profile.earlier != cluster.profiles[0].earlier and not mention.named:
        return True
    ours, theirs = profile.parties, cluster.parties
    if ours and theirs and (ours - theirs) and (theirs - ours):
        return True
    kind, kinds = mention.subtype, cluster.subtypes
    return kind not in _CLASSLESS and bool(kinds) and kind not in kinds and not (kinds <= _CLASSLESS)


def _related(profile: Profile, cluster: Cluster) -> bool:
    if profile.parties and cluster.parties and (len(profile.parties & cluster.parties) >= 2 or profile.parties == cluster.parties):
        return True
    if profile.parties & cluster.parties and (profile.parties <= cluster.parties or cluster.parties <= profile.parties):
        return True
    return len(profile.content & cluster.content) >= min(2, len(profile.content) or 2)


def _specific(profile: Profile, clusters: Sequence[Cluster]) -> bool:
    """Does the mention say things that none of the agreements at hand is said to be?"""
    return bool(profile.content) and not any(profile.content & c.content for c in clusters)


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    short, long = sorted((set(one), set(other)), key=len)
    return bool(short) and short <= long
