"""Which mentions of agreements in a document are one agreement.

Mentions are read in order. Each brings a profile: parties, signers' states, year, name, describing words. A definite
mention goes back to an agreement of its paragraph that it does not contradict, else to the one the article is about; an
indefinite one starts an agreement of its own unless it shares parties, name or words with one that is there already.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from spacy.tokens import Doc, Token

from kg.extraction.clusters import Cluster, same_name
from kg.extraction.lexicon import words as trigger_words
from kg.extraction.lists import conjuncts
from kg.extraction.profiles import Profile, paragraph_start, profile_of
from kg.extraction.referents import Referents
from kg.language.agreements import AgreementMention
from kg.language.cast import Cast, Member
from kg.language.lexicon import words
from kg.model import Kind

_NEAR = 8  # sentences
_RECENT = 21  # days: what is signed before that is hardly the news


def gather(
    doc: Doc, cast: Cast, mentions: Sequence[AgreementMention], referents: Referents, dates: dict[int, str]
) -> list[Cluster]:
    """Add the document's agreements to its cast and return them.

    `dates` gives the date at each token of one, in ISO form.
    """
    clusters: list[Cluster] = []
    years = {i: value[:4] for i, value in dates.items()}

    def begin(label: str) -> Cluster:
        member = cast.add(Member(cast.new_id(Kind.AGREEMENT), Kind.AGREEMENT, label))
        clusters.append(Cluster(member.id))
        return clusters[-1]

    for mention in mentions:
        profile = profile_of(doc, mention, referents, dates)
        if mention.plural and len(dated := _listed_years(doc[mention.head], years)) > 1:
            for token in dated:
                cluster = _home(doc, replace(profile, year=years[token.i], listed=True), clusters) or begin(token.text)
                cluster.profiles.append(replace(profile, year=years[token.i], listed=True))
                cast.mention(token.i, token.i + 1, cluster.id, "year")
                referents.several.setdefault(mention.head, []).append(cluster.id)
            continue
        if mention.plural and (pair := _pair(doc, mention, clusters)):
            referents.several[mention.head] = [c.id for c in pair]
            continue
        cluster = (
            _other_name(doc, mention, clusters) or _home(doc, profile, clusters) or begin(doc[mention.start : mention.end].text)
        )
        cluster.profiles.append(profile)
        cast.mention(mention.start, mention.end, cluster.id, "name" if mention.named else "nominal")
    cast.mentions.sort(key=lambda m: m.start)
    return clusters


def _may_be_named(doc: Doc, profile: Profile, cluster: Cluster) -> bool:
    """May a name be that of an agreement without one, named not long before and not of another class?"""
    if cluster.names:
        return False
    between = doc[cluster.profiles[-1].mention.start : profile.mention.start]
    kind, kinds = profile.mention.subtype, cluster.subtypes
    return sum(bool(t.is_sent_start) for t in between) <= _NEAR and not (kind and kinds and kind not in kinds)


def _pair(doc: Doc, mention: AgreementMention, clusters: Sequence[Cluster]) -> list[Cluster]:
    """Return the last two agreements that "both texts" or "the two accords" points back to."""
    before = {t.lower_ for t in doc[max(0, mention.start - 2) : mention.head]}
    single = [c for c in clusters if not c.plural]
    if "both" in before or {"the", "two"} <= before or {"these", "two"} <= before:
        return sorted(single, key=lambda c: c.profiles[-1].mention.start)[-2:] if len(single) > 1 else []
    return []


def _listed_years(head: Token, years: dict[int, str]) -> list[Token]:
    """Return the years in "documents signed in 1961, 2000 and 2001": one for each agreement."""
    after = [c for c in head.children if c.i > head.i and c.dep_ in ("acl", "nmod", "nmod:unmarked")]
    return [t for c in after for t in c.subtree if t.i in years and t.text == years[t.i]]


def _home(doc: Doc, profile: Profile, clusters: Sequence[Cluster]) -> Cluster | None:
    """Return the agreement that a mention belongs to, or None if it is the first of its own."""
    mention = profile.mention
    if mention.reference and (same := [c for c in clusters if c.reference == mention.reference]):
        return same[-1]
    other_year = profile.year not in (None, _current_year(doc))
    last = max((c.profiles[-1].mention.head for c in clusters), default=-1)
    open_to = [
        c
        for c in clusters
        if not c.contradicts(profile)
        and not (mention.elliptic and c.profiles[-1].mention.head == last)
        and not _opposed(doc, profile, c)
        and not (other_year and not c.years and not c.names)
    ]
    if mention.named and (same := [c for c in open_to if any(same_name(mention.words, n) for n in c.names)]):
        return same[-1]
    told = {y for y in (profile.year, profile.day and profile.day[:4]) if y and (y == profile.year or y != _current_year(doc))}
    if told and (same := [c for c in open_to if told & c.years]):
        return same[-1]
    if mention.definite and profile.proper and (same := [c for c in open_to if profile.proper & (c.proper | c.marks)]):
        return same[-1]
    if not mention.definite:
        return _introduced(doc, profile, clusters, open_to)
    if profile.family not in (None, "treaty", "convention") and (same := [c for c in open_to if profile.family in c.families]):
        open_to = same
    topical = [c for c in open_to if profile.content and profile.content <= c.content]
    if not mention.named and topical and len(topical) < len(open_to):
        return topical[-1]
    if related := [c for c in open_to if c.related(profile, main=c is clusters[0])]:
        return related[-1]
    if mention.elliptic:
        return next((c for c in reversed(open_to) if profile.parties and profile.parties <= c.parties), None)
    if profile.further or profile.earlier or other_year or _is_past(doc, profile):
        return None
    return _pointed_to(doc, profile, clusters, open_to)


def _introduced(doc: Doc, profile: Profile, clusters: Sequence[Cluster], open_to: Sequence[Cluster]) -> Cluster | None:
    """Return the agreement that an indefinite mention names again: the title's, or one with the same parties or words."""
    if profile.further or profile.earlier:
        return None
    if open_to and open_to[0] is clusters[0] and clusters[0].only_titled and not profile.titled:
        return clusters[0]
    if profile.titled:
        return open_to[0] if open_to and "and" not in {t.lower_ for t in doc[: profile.mention.start]} else None
    sentence = doc[profile.mention.head].sent.start
    apart = [c for c in open_to if c.profiles[-1].mention.start < sentence or _is_said_of(doc, profile, c)]
    related = [c for c in apart if _shared(profile, c)]
    return related[-1] if related else None


def _shared(profile: Profile, cluster: Cluster) -> bool:
    """Do an indefinite mention and an agreement share all their parties, or all the words of one of them?"""
    ours, theirs = profile.content, cluster.content
    same_parties = len(profile.parties) > 1 and profile.parties == cluster.parties
    if same_parties and profile.topic and theirs and ours.isdisjoint(theirs):
        return False
    return same_parties or (len(ours & theirs) > 1 and (ours <= theirs or theirs <= ours))


def _is_said_of(doc: Doc, profile: Profile, cluster: Cluster) -> bool:
    """Does a mention say what an agreement of the same sentence is ("the pact is a treaty")?"""
    head, other = doc[profile.mention.head], doc[cluster.profiles[-1].mention.head]
    return other.head.i == head.i and other.dep_.startswith("nsubj")


def _pointed_to(doc: Doc, profile: Profile, clusters: Sequence[Cluster], open_to: Sequence[Cluster]) -> Cluster | None:
    """Return the agreement that "the pact" points back to: the last of its paragraph, else the one the article is about."""
    mention = profile.mention
    main = max(open_to, key=lambda c: (len(c.profiles) + 2 * (c is clusters[0]), -c.profiles[0].mention.start), default=None)
    if mention.named:
        return main if main is not None and main is clusters[0] and _may_be_named(doc, profile, main) else None
    near = [c for c in open_to if c.profiles[-1].mention.start >= paragraph_start(doc, mention.start)]
    return max(near, key=lambda c: c.profiles[-1].mention.start) if near else main


def _supersedes(new: Token, old: Token) -> bool:
    """Do both stand in "Superseding an agreement of 1999, the convention …"?"""
    verb = old.head
    replacing = verb.dep_ == "advcl" and verb.lemma_ in trigger_words("triggers", "replace", "verbs")
    return replacing and new.dep_.startswith("nsubj") and new.head == verb.head


def _opposed(doc: Doc, profile: Profile, cluster: Cluster) -> bool:
    """Do both stand around one verb ("the treaty replaces the 1994 agreement")? Then they are two."""
    head = doc[profile.mention.head]
    if any(c.lower_ in ("this", "that", "same") for c in head.children if c.i < head.i):
        return False
    for other in (doc[p.mention.head] for p in cluster.profiles[-3:]):
        if head in conjuncts(other) and profile.topic:
            return True
        if _supersedes(head, other) or _supersedes(other, head):
            return True
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


def _is_past(doc: Doc, profile: Profile) -> bool:
    """Does a mention's own phrase date it weeks before the document ("the ceasefire of July 28")?"""
    issued: date | None = doc._.document.issued if doc._.document else None
    if issued is None or profile.day is None or not profile.restricted:
        return False
    return (issued - date.fromisoformat(profile.day)).days > _RECENT


def _current_year(doc: Doc) -> str | None:
    issued = doc._.document.issued if doc._.document else None
    return str(issued.year) if issued else None
