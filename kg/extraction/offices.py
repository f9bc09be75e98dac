"""Persons with titles: which office of which state or body a text gives to whom.

Titles stand before a name ("Russian President Vladimir Putin"), after it ("John Bolton, Trump's national security
adviser"), or are shared ("Foreign Ministers A of X and B of Y", "the leaders of X and Y - A and B").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc

from kg.extraction.lists import conjuncts
from kg.language.cast import Cast, CastMention
from kg.language.lexicon import words
from kg.language.titles import Title, Titled, Titles, rank
from kg.model import EntityId, Kind, Modality
from kg.reference import Reference


@dataclass(frozen=True, slots=True)
class Office:
    """One place where the text gives a person an office: tokens from start to end, title in the text's words.

    `head` is the title's last token; `stated` says that the words beside the name tell whose office it is.
    """

    person: EntityId
    title: str
    of: EntityId | None
    start: int
    end: int
    head: int
    modality: Modality = Modality.ACTUAL
    stated: bool = True


class OfficeFinder:
    """Finds the offices in one document."""

    def __init__(self, doc: Doc, cast: Cast, reference: Reference, issued: date | None) -> None:
        self._doc, self._cast, self._reference, self._issued = doc, cast, reference, issued
        self._titles = Titles(doc, cast)
        self._titled: dict[int, Titled] = {titled.name: titled for titled in doc._.titles}

    def find(self) -> list[Office]:
        """Return every office the text gives, in order."""
        found: list[Office] = []
        for mention in list(self._cast.mentions):
            if self._cast.members[mention.member].kind is Kind.PERSON:
                found.extend(self._of(mention, found))
        found.extend(self._respective())
        return [o if o.of else replace(o, of=self._by_context(o, found), stated=False) for o in found]

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
        titles, after = self._titles, self._titles.owner_after(person)
        titled = self._titled.get(person.start, Titled(person.start))
        first, second = titled.before, titled.after
        if first is not None:
            yield self._office(person, first, after or first.owner)
        elif shared := self._shared_title(person, before):
            yield shared
        if second is not None:
            yield self._office(person, second, second.owner)
        if (named := titles.named_owner(person)) is not None and (second is None or second.owner is None):
            yield Office(person.member, "", named.member, named.start, person.end, person.start)
        elif after is not None and first is None and second is None and not self._shared_title(person, before):
            yield Office(person.member, "", after.member, person.start, after.end, person.start)

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
        owner = self._titles.owner_after(person)
        # "Norwegian ministers A and B" serve one state, "Foreign Ministers A of Norway and B" do not.
        leading = self._cast.at(last.start)
        of = owner.member if owner else last.of if leading and leading.member == last.of else None
        return Office(person.member, last.title, of, last.start, person.end, last.head)

    def _respective(self) -> Iterator[Office]:
        """Yield the offices in "the leaders of X, Y and Z - A, B and C", and in "both presidents, A and B"."""
        for token in self._titles.plurals():
            states = [s for c in token.children if c.dep_ == "nmod" for s in conjuncts(c)]
            owners = [m for s in states if (m := self._cast.at(s.i)) and self._titles.can_own(m)]
            begin = owners[-1].end if owners else token.i + 1
            people = [
                m
                for m in self._cast.mentions
                if begin <= m.start < min(begin + 6 * max(len(owners), 2), token.sent.end)
                and self._cast.members[m.member].kind is Kind.PERSON
            ]
            if len(owners) > 1 and len(people) >= len(owners) and people[0].start - begin <= 3:
                for owner, person in zip(owners, people, strict=False):
                    yield Office(person.member, token.text, owner.member, token.i, person.end, token.i)
            elif (
                not owners and len(people) > 1 and people[0].start == begin + 1 and self._doc[begin].text in (",", "-", "–", "—")
            ):
                for person in people:
                    yield Office(person.member, token.lemma_.lower(), None, token.i, person.end, token.i)

    def _office(self, person: CastMention, title: Title, owner: CastMention | None) -> Office:
        text = self._doc[title.start : title.end].text
        start = min(title.start, person.start, owner.start if owner else title.start)
        around = {t.lower_ for t in self._doc[max(0, start - 2) : max(title.end, person.end)]}
        modality = Modality.PLANNED if around & words("titles", "modifiers", "incoming") else Modality.ACTUAL
        end = max(title.end, person.end, owner.end if owner else 0)
        of = owner.member if owner else None
        if of and rank(text) == "minister":
            of = self._cast.members[of].state or of  # "French Armed Forces Minister X"
        return Office(person.member, text, of, start, end, title.end - 1, modality)
