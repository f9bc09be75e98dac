"""Persons with titles: which office of which state or body a text gives to whom.

Titles stand before a name ("Russian President Vladimir Putin"), after it ("John Bolton, Trump's national security
adviser"), or are shared ("Foreign Ministers A of X and B of Y", "the leaders of X and Y - A and B").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from spacy.tokens import Doc, Token

from kg.extraction.syntax import conjuncts
from kg.language.cast import Cast, CastMention
from kg.language.lexicon import words
from kg.model import EntityId, Kind, Modality
from kg.reference import Reference

_RANKS = ("state", "minister", "voice", "body", "counterpart")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Office:
    """One place where the text gives a person an office: tokens from start to end, title in the text's words."""

    person: EntityId
    title: str
    of: EntityId | None
    start: int
    end: int
    modality: Modality = Modality.ACTUAL


def rank(phrase: str) -> str | None:
    """Return how high a title stands: "state", "minister", "voice", "body" or "counterpart", or None if it is no title.

    >>> rank("Foreign Ministers"), rank("most senior diplomat"), rank("treaty")
    ('minister', 'voice', None)
    """
    parts = phrase.lower().split()
    for size in (4, 3, 2, 1):
        for tail in (" ".join(parts[-size:]), _singular(" ".join(parts[-size:]))):
            for name in _RANKS:
                if tail in words("titles", name, "words"):
                    return name
    return None


def _singular(phrase: str) -> str:
    return phrase[:-3] + "man" if phrase.endswith("men") else phrase.removesuffix("s")


@dataclass(frozen=True, slots=True)
class Title:
    """A title in the text: its words, the tokens it spans, and who or what it belongs to."""

    start: int
    end: int
    owner: CastMention | None


class OfficeFinder:
    """Finds the offices in one document."""

    def __init__(self, doc: Doc, cast: Cast, reference: Reference, issued: date | None) -> None:
        self._doc, self._cast, self._reference, self._issued = doc, cast, reference, issued

    def find(self) -> list[Office]:
        """Return every office the text gives, in order."""
        found: list[Office] = []
        for mention in list(self._cast.mentions):
            if self._cast.members[mention.member].kind is Kind.PERSON:
                found.extend(self._of(mention, found))
        found.extend(self._respective())
        return [o if o.of else replace(o, of=self._by_context(o, found)) for o in found]

    def _by_context(self, office: Office, others: list[Office]) -> EntityId | None:
        """Return whose office a bare title ("President Obama") is: as elsewhere in the text, or as is known."""
        for other in others:
            if other.person == office.person and other.of:
                return other.of
        reference = self._cast.members[office.person].reference
        if reference is None:
            return None
        held = self._reference.offices_of(reference, self._issued) + self._reference.offices_of(reference)
        bodies = [h.of for h in held if any(rank(title) == rank(office.title) for title in h.titles)]
        return next((m.id for body in bodies for m in self._cast.members.values() if m.reference == body), None)

    def _of(self, person: CastMention, before: list[Office]) -> Iterator[Office]:
        if (title := self.title_before(person.start)) is not None:
            yield self._office(person, title, self._owner_after(person) or title.owner)
        elif shared := self._shared_title(person, before):
            yield shared
        if (title := self._title_after(person.end)) is not None:
            yield self._office(person, title, title.owner)
        elif (owner := self._named_owner(person)) is not None:
            yield Office(person.member, "", owner.member, owner.start, person.end)

    def title_before(self, end: int) -> Title | None:
        """Return the title that ends right before a token, with its state or body."""
        doc = self._doc
        while end > 1 and (doc[end - 1].text == "," or doc[end - 1].lower_ in words("titles", "address", "words")):
            end -= 1  # "Iran's president, Hassan Rouhani", "counterpart, Prince Faisal"
        if end > 3 and doc[end - 3 : end].text.lower() == "of the time":
            end -= 3
        start = end
        while start > 0 and end - start < 7 and self._part_of_title(doc[start - 1]):
            start -= 1
        while start < end and doc[start].pos_ in ("ADP", "ADV", "PUNCT"):
            start += 1
        return Title(start, end, self._owner_before(start)) if start < end and rank(doc[start:end].text) else None

    def _part_of_title(self, token: Token) -> bool:
        if self._cast.at(token.i) is not None or token.ent_type_ == "DATE" or token.is_sent_end:
            return False
        return token.pos_ in ("NOUN", "PROPN", "ADJ", "ADV") or token.text == "-" or token.lower_ in ("of", "for", "elected")

    def _owner_before(self, start: int) -> CastMention | None:
        """Return the state or body named right before a title: "Russian", "North Korea's", "NATO"."""
        doc, i = self._doc, start - 1
        while i >= 0 and (doc[i].lower_ in words("titles", "modifiers", "words") or doc[i].pos_ == "ADJ" or doc[i].text == "-"):
            if self._cast.at(i) is not None:
                break
            i -= 1
        if i >= 0 and doc[i].lower_ in _POSSESSIVE:
            i -= 1
        mention = self._cast.at(i) if i >= 0 else None
        return mention if mention and self._cast.members[mention.member].kind is not Kind.PLACE else None

    def _owner_after(self, person: CastMention) -> CastMention | None:
        """Return the state in "Nikos Dendias of Greece"."""
        doc = self._doc
        i = person.end
        if i + 1 < len(doc) and doc[i].lower_ == "of":
            i += 1 + (doc[i + 1].lower_ == "the")
            mention = self._cast.at(i)
            if mention and self._cast.members[mention.member].kind in (Kind.STATE, Kind.ORGANIZATION):
                return mention
        return None

    def _named_owner(self, person: CastMention) -> CastMention | None:
        """Return the state in "North Korea's Kim Jong Un"."""
        i = person.start - 1
        if i > 0 and self._doc[i].lower_ in _POSSESSIVE and (mention := self._cast.at(i - 1)):
            return mention if self._cast.members[mention.member].kind is Kind.STATE else None
        return None

    def _title_after(self, start: int) -> Title | None:
        """Return the title in apposition after a name: ", secretary of Iran's Security Council,"."""
        doc = self._doc
        if start + 1 >= len(doc) or doc[start].text not in (",", "(", "-", "–", "—"):
            return None
        inside = list(
            takewhile(
                lambda t: t.text not in (",", ")", ".", ";", ":", "—", "–") and t.pos_ not in ("VERB", "AUX"),
                doc[start + 1 : start + 16],
            )
        )
        for token in inside[:8]:
            if self._cast.at(token.i) is None and token.pos_ in ("NOUN", "PROPN", "ADJ") and rank(token.text):
                end = token.i + 1
                while (
                    end < len(doc)
                    and end - start < 12
                    and rank(doc[token.i : end + 1].text)
                    and doc[end].pos_ in ("NOUN", "PROPN", "ADP")
                ):
                    end += 1
                begin = token.i
                while begin > start + 1 and self._part_of_title(doc[begin - 1]) and doc[begin - 1].pos_ != "ADP":
                    begin -= 1
                following = [m for t in inside if t.i >= end and (m := self._cast.at(t.i))]
                served = [m for m in following if self._cast.members[m.member].kind is Kind.PERSON]  # "adviser to X"
                owner = self._owner_before(begin) or next((m for m in following if self._can_own(m)), None)
                return Title(begin, end, owner or next(iter(served), None))
        return None

    def _can_own(self, mention: CastMention) -> bool:
        return self._cast.members[mention.member].kind in (Kind.STATE, Kind.ORGANIZATION)

    def _shared_title(self, person: CastMention, before: list[Office]) -> Office | None:
        """Return the office that "and" hands on: "Foreign Ministers A of X and B of Y"."""
        if not before:
            return None
        last = before[-1]
        plural = self._doc[last.start : last.end]
        heads = [t for t in plural if t.lower_.endswith("s") and rank(t.text) and t.lower_ != t.lemma_.lower()]
        gap = self._doc[last.end : person.start] if last.end <= person.start else None
        if not heads or gap is None or len(gap) > 8 or not any(t.lower_ in ("and", ",") for t in gap):
            return None
        owner = self._owner_after(person)
        of = owner.member if owner else last.of
        return Office(person.member, last.title, of, last.start, person.end) if of else None

    def _respective(self) -> Iterator[Office]:
        """Yield the offices in "the leaders of X, Y and Z - A, B and C", one person for each state."""
        for token in self._doc:
            if token.lower_ == token.lemma_.lower() or not rank(token.text):
                continue
            states = [s for c in token.children if c.dep_ == "nmod" for s in conjuncts(c)]
            owners = [m for s in states if (m := self._cast.at(s.i)) and self._can_own(m)]
            after = [m for m in self._cast.mentions if owners and owners[-1].end <= m.start < owners[-1].end + 6 * len(owners)]
            people = [m for m in after if self._cast.members[m.member].kind is Kind.PERSON and m.start < token.sent.end]
            if len(owners) > 1 and len(people) >= len(owners) and people[0].start - owners[-1].end <= 3:
                for owner, person in zip(owners, people, strict=False):
                    yield Office(person.member, token.text, owner.member, token.i, person.end)

    def _office(self, person: CastMention, title: Title, owner: CastMention | None) -> Office:
        text = self._doc[title.start : title.end].text
        start = min(title.start, person.start, owner.start if owner else title.start)
        around = {t.lower_ for t in self._doc[max(0, start - 2) : max(title.end, person.end)]}
        modality = Modality.PLANNED if around & words("titles", "modifiers", "incoming") else Modality.ACTUAL
        end = max(title.end, person.end, owner.end if owner else 0)
        return Office(person.member, text, owner.member if owner else None, start, end, modality)
