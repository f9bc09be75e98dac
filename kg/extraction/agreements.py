"""Which mentions of agreements in a document are one agreement.

Mentions are read in order. Each brings a profile: parties, signers' states, year, name, describing words. A definite
mention goes back to an agreement of its paragraph that it does not contradict, else to the one the article is about; an
indefinite one starts an agreement of its own unless it shares parties, name or words with one that is there already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Doc, Token

from kg.extraction.profiles import Profile, paragraph_start, profile_of
from kg.extraction.referents import Referents
from kg.language.agreements import AgreementMention
from kg.language.cast import Cast, Member
from kg.language.lexicon import words
from kg.model import EntityId, Kind

_CLASSLESS = frozenset({None, "Declaration", "CooperationAgreement", "PartnershipAgreement", "DefencePact"})


@dataclass(slots=True)
class Cluster:
    """One agreement with the profiles of its mentions."""

    id: EntityId
    profiles: list[Profile] = field(default_factory=list)

    @property
    def known_by_year(self) -> str | None:
        """The year of an agreement that is one of several in "the documents signed in 1961, 2000 and 2001"."""
        return next((p.year for p in self.profiles if p.mention.plural and p.mention.year != p.year), None)

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
    def reference(self) -> str | None:
        """Its id in the knowledge base, where a mention has a name known there."""
        return next((p.mention.reference for p in self.profiles if p.mention.reference), None)

    @property
    def plural(self) -> bool:
        return self.known_by_year is None and all(p.mention.plural for p in self.profiles)


def gather(
    doc: Doc, cast: Cast, mentions: Sequence[AgreementMention], referents: Referents, years: dict[int, str]
) -> list[Cluster]:
    """Add the document's agreements to its cast and return them.

    `years` gives the year of the date at each token that begins one.
    """
    clusters: list[Cluster] = []

    def begin(label: str) -> Cluster:
        member = cast.add(Member(cast.new_id(Kind.AGREEMENT), Kind.AGREEMENT, label))
        clusters.append(Cluster(member.id))
        return clusters[-1]

    for mention in mentions:
        profile = profile_of(doc, mention, referents, years)
        if mention.plural and len(dated := _listed_years(doc[mention.head], years)) > 1:
            for token in dated:
                cluster = _home(doc, replace(profile, year=years[token.i]), clusters) or begin(token.text)
                cluster.profiles.append(replace(profile, year=years[token.i]))
                cast.mention(token.i, token.i + 1, cluster.id, "year")
                referents.several.setdefault(mention.head, []).append(cluster.id)
            continue
        cluster = (
            _other_name(doc, mention, clusters) or _home(doc, profile, clusters) or begin(doc[mention.start : mention.end].text)
        )
        cluster.profiles.append(profile)
        cast.mention(mention.start, mention.end, cluster.id, "name" if mention.named else "nominal")
    cast.mentions.sort(key=lambda m: m.start)
    return clusters


def _listed_years(head: Token, years: dict[int, str]) -> list[Token]:
    """Return the years in "documents signed in 1961, 2000 and 2001": one for each agreement."""
    after = [c for c in head.children if c.i > head.i and c.dep_ in ("acl", "nmod", "nmod:unmarked")]
    return [t for c in after for t in c.subtree if t.i in years and t.text == years[t.i]]


def _home(doc: Doc, profile: Profile, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the agreement that a mention belongs to, or None if it is the first of its own."""
    paragraph = paragraph_start(doc, profile.mention.start)
    mention = profile.mention
    if mention.reference and (same := [c for c in clusters if c.reference == mention.reference]):
        return same[-1]
    other_year = profile.year not in (None, _current_year(doc))
    open_to = [
        c
        for c in clusters
        if not _contradicts(profile, c) and not _opposed(doc, profile, c) and not (other_year and not c.years and not c.names)
    ]
    if mention.named and (same := [c for c in open_to if any(_same_name(mention.words, n) for n in c.names)]):
        return same[-1]
    if profile.year and (same := [c for c in open_to if profile.year in c.years]):
        return same[-1]
    if related := [c for c in open_to if _related(profile, c, main=c is clusters[0])]:
        return None if profile.further and not mention.definite else related[-1]
    if not mention.definite or profile.further or profile.earlier:
        return None
    if other_year:
        return None
    main = max(open_to, key=lambda c: (len(c.profiles), -c.profiles[0].mention.start), default=None)
    if mention.named:
        return main if main is not None and main is clusters[0] and not main.names else None
    near = [c for c in open_to if c.profiles[-1].mention.start >= paragraph]
    return max(near, key=lambda c: c.profiles[-1].mention.start) if near else main


def _opposed(doc: Doc, profile: Profile, cluster: Cluster) -> bool:
    """Do both stand around one verb ("the treaty replaces the 1994 agreement")? Then they are two."""
    head = doc[profile.mention.head]
    for other in (doc[p.mention.head] for p in cluster.profiles[-3:]):
        if other.sent.start == head.sent.start and (verb := _predicate(head)) is not None and _predicate(other) == verb:
            apart = not (head.is_ancestor(other) or other.is_ancestor(head))
            if apart and {head.dep_, other.dep_}.isdisjoint({"xcomp", "appos", "parataxis", "conj"}):
                return True
    return False


def _predicate(token: Token) -> Token | None:
    """Return the verb, or the noun of a copula, that a noun phrase belongs to."""
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in above.children):
            return above
    return None


def _other_name(doc: Doc, mention: AgreementMention, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the agreement that a mention gives another name: "X, or Y", "X (Y)", "an accord known as Y", "X, the last pact"."""
    renaming = words("agreements", "other", "renaming")
    for cluster in clusters:
        last = cluster.profiles[-1].mention
        gap = {t.lower_ for t in doc[last.end : mention.start]} if 0 <= mention.start - last.end <= 5 else None
        if gap and gap & renaming and gap <= renaming | words("agreements", "other", "between_names"):
            return cluster
        head = doc[mention.head]
        if head.dep_ == "appos" and last.start <= head.head.i < last.end:
            return cluster
    return None


def _contradicts(profile: Profile, cluster: Cluster) -> bool:
    mention = profile.mention
    if mention.reference and cluster.reference and mention.reference != cluster.reference:
        return True
    if mention.plural != cluster.plural:
        return True
    if profile.year and cluster.years and profile.year not in cluster.years:
        return True
    if mention.named and cluster.names and not any(_same_name(mention.words, n) for n in cluster.names):
        return True
    if profile.earlier != cluster.profiles[0].earlier and not mention.named:
        return True
    ours, theirs = profile.parties, cluster.parties
    if mention.subtype == "Declaration" and not mention.definite and cluster.subtypes and "Declaration" not in cluster.subtypes:
        return True
    partial = mention.definite and (len(ours) == len(theirs) == 1 or ours.isdisjoint(theirs))
    if ours and theirs and (ours - theirs) and (theirs - ours) and not partial:
        return True
    kind, kinds = mention.subtype, cluster.subtypes
    if "Memorandum" in {kind, *kinds} and kind and kinds and kind not in kinds:
        return True
    return kind not in _CLASSLESS and bool(kinds) and kind not in kinds and not (kinds <= _CLASSLESS)


def _current_year(doc: Doc) -> str | None:
    issued = doc._.document.issued if doc._.document else None
    return str(issued.year) if issued else None


def _related(profile: Profile, cluster: Cluster, *, main: bool) -> bool:
    """Do parties or words tie a mention to an agreement? To the one the article is about, fewer will do."""
    shared = profile.parties & cluster.parties
    if len(shared) > 1 or (main and shared and (profile.parties <= cluster.parties or cluster.parties <= profile.parties)):
        return True
    if (
        main
        and profile.content
        and cluster.content
        and (profile.content <= cluster.content or cluster.content <= profile.content)
    ):
        return True
    return len(profile.content & cluster.content) >= min(2, len(profile.content) or 2)


def _same_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Are the words of two names the same agreement's: one within the other, or one the other's initials ("INF accord")?"""
    short, long = sorted((set(one), set(other)), key=len)
    if bool(short) and short <= long:
        return True
    return _is_short_for(one, other) or _is_short_for(other, one)


def _is_short_for(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    initials = "".join(w[0] for w in long)
    return len(short) == 1 and len(short[0]) > 1 and len(long) > 1 and initials.startswith(short[0])
