"""Bodies of a state that news names by what they are: "the Russian foreign ministry", "Greece's parliament"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.language.cast import Cast, CastMention, Member
from kg.language.lexicon import words
from kg.model import EntityId, Kind

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


def add_bodies(doc: Doc, cast: Cast) -> None:
    """Add the bodies that a document names with their state; a later bare "the ministry" is the one named before."""
    known: dict[tuple[EntityId, str], EntityId] = {}
    by_phrase: dict[str, EntityId] = {}
    for token in doc:
        start = _phrase_start(doc, cast, token)
        if start is None:
            continue
        phrase = doc[start : token.i + 1].text.lower()
        owner = _owner(doc, cast, start, token)
        if owner is None:
            if phrase in by_phrase:
                cast.mention(start, token.i + 1, by_phrase[phrase], "nominal")
            continue
        key = owner.member, phrase
        if key not in known:
            label = f"{phrase} of {cast.members[owner.member].label}"
            known[key] = cast.add(Member(cast.new_id(Kind.ORGANIZATION), Kind.ORGANIZATION, label, state=owner.member)).id
        by_phrase[phrase] = by_phrase[phrase.split()[-1]] = known[key]
        cast.mention(start, token.i + 1, known[key], "nominal")
    cast.mentions.sort(key=lambda m: m.start)


def _phrase_start(doc: Doc, cast: Cast, head: Token) -> int | None:
    """Return where the phrase of a body begins ("foreign ministry"), or None if the word heads none."""
    lemma = head.lemma_.lower()
    names = words("institutions", "bodies", "words")
    double = head.i > 0 and f"{head.nbor(-1).lower_} {lemma}" in names  # "coast guard"
    if not (lemma in names or double) or head.pos_ not in ("NOUN", "PROPN") or cast.at(head.i):
        return None
    if head.i + 1 < len(doc) and (doc[head.i + 1].dep_ == "flat" or cast.at(head.i + 1)):
        return None  # "the Russian news agency TASS"
    start = head.i
    while (
        start > 0
        and cast.at(start - 1) is None
        and doc[start - 1].pos_ in ("NOUN", "ADJ", "PROPN")
        and doc[start - 1].head.i in (head.i, start)
    ):
        start -= 1
    if start == head.i and lemma in words("institutions", "bodies", "needing_topic"):
        return None
    return start


def _owner(doc: Doc, cast: Cast, start: int, head: Token) -> CastMention | None:
    """Return the state beside a body: right before it, or after "of"."""
    i = start - 1
    if i > 0 and doc[i].lower_ in _POSSESSIVE:
        i -= 1
    before = cast.at(i) if i >= 0 else None
    if before and cast.members[before.member].kind is Kind.STATE:
        return before
    for child in head.children:
        if child.dep_ == "nmod" and child.i > head.i and any(c.lower_ == "of" for c in child.children):
            after = cast.at(child.i)
            if after and cast.members[after.member].kind is Kind.STATE:
                return after
    return None
