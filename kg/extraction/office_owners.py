"""Whose office a bare title is ("Defence Minister X said …"), where neither the words beside it nor knowledge tell.

In order: what a possessive before it refers to ("his defence minister"), whom its bearer signs or speaks for, the place
that opens its sentence ("In Washington, …"), the state that the document writes from, the state that the text is on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import words
from kg.extraction.offices import Office
from kg.extraction.referents import Referents
from kg.extraction.trees import preposition
from kg.language.cast import Cast, CastMention
from kg.language.lexicon import table
from kg.language.titles import rank
from kg.model import Document, EntityId, Kind, ZoneKind

_BACK = 60  # tokens


class OfficeOwners:
    """Completes the offices of one document."""

    def __init__(self, doc: Doc, cast: Cast, document: Document, referents: Referents) -> None:
        self._doc, self._cast, self._document, self._referents = doc, cast, document, referents

    def complete(self, offices: Sequence[Office]) -> list[Office]:
        """Return the offices, with an owner for each that the text tells."""
        self._home = self.home_state(offices)
        found: list[Office] = []
        for office in offices:
            owner = office.of or next((o.of for o in found if o.person == office.person and o.of), None)
            if owner is None and office.title and rank(office.title) != "counterpart":
                taken = {o.of for o in found if o.head == office.head and rank(office.title) in ("state", "minister")}
                owner = next((o for o in self._owners(office) if o not in taken and o != office.person), None)
            found.append(replace(office, of=owner))
        return [replace(o, of=o.of or next((f.of for f in found if f.person == o.person and f.of), None)) for o in found]

    def _owners(self, office: Office) -> Iterator[EntityId]:
        head = self._doc[office.head]
        for owner in self._referents.owners(head):
            yield self._as_owner(owner)
        if any(
            c.dep_ == "nmod:poss" or (c.dep_ == "nmod" and preposition(c) == "of" and c.pos_ == "NOUN") for c in head.children
        ):
            return  # "the group's leader", "an official of the movement": whoever that is
        yield from self._served(office)
        yield from self._opening(head)
        yield from self._presumed(office)
        if self._home and self._may_serve(office, self._home):
            yield self._home
        yield from (s for s in (*self._topics(office), *self._spoken_of(office)) if self._may_serve(office, s))

    def _as_owner(self, member: EntityId) -> EntityId:
        if self._cast.members[member].kind is Kind.PERSON:
            return self._referents.affiliations.state_of(member) or member
        return member

    def _served(self, office: Office) -> Iterator[EntityId]:
        """Yield the state in "X, the infrastructure minister, signed for Kyiv" and "led Russia's delegation"."""
        verb = self._verb(office)
        for child in verb.children:
            if child.i < office.end:
                continue
            signs = verb.lemma_ in ("sign", "initial", "ink", "speak") and preposition(child) in ("for", "behalf")
            leads = verb.lemma_ in ("lead", "head", "represent", "command") and child.dep_ == "obj"
            if leads and self._cast.at(child.i) is None:
                yield from (o for o in self._referents.owners(child) if self._is_state(o))
            elif signs or leads:
                yield from (o for o in self._referents.of(child) if self._is_state(o))

    def _verb(self, office: Office) -> Token:
        """Return the verb of the clause that an office's bearer is named in."""
        inside = (m for m in self._cast.mentions if office.start <= m.start < office.end and m.member == office.person)
        person = next(inside, None)
        verb = self._doc[person.start : person.end].root if person else self._doc[office.head]
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        return verb

    def _spoken_of(self, office: Office) -> Iterator[EntityId]:
        """Yield the state in "Minister X said Chad would …" and "told Chad's parliament"."""
        for child in self._verb(office).children:
            if child.dep_ == "ccomp" and any(c.lower_ in words("stance", "plan", "auxiliaries") for c in child.children):
                subjects = [c for c in child.children if c.dep_.startswith("nsubj")]
            elif child.dep_ in ("obj", "iobj") and child.i > office.head:
                subjects = [child, *child.children]
            else:
                continue
            for mention in (m for c in subjects if (m := self._cast.at(c.i))):
                state = mention.member if child.dep_ == "ccomp" else self._cast.members[mention.member].state
                if state and self._is_state(state):
                    yield state

    def _opening(self, token: Token) -> Iterator[EntityId]:
        """Yield the state of "In Washington, …" at the beginning of a sentence."""
        first = token.sent[0]
        if first.lower_ != "in" or first.i + 2 >= len(self._doc):
            return
        mention = self._cast.at(first.i + 1)
        if mention is not None and self._doc[mention.end].text == "," and (state := self._state_at(mention)):
            yield state

    def _presumed(self, office: Office) -> Iterator[EntityId]:
        """Yield the body or state that alone has an office of this name: "Trade Commissioner"."""
        owners: dict[str, str] = table("titles", "presumed")
        for name, owner in owners.items():
            if f" {name} " in f" {office.title.lower()} " and (" " in name or office.title[:1].isupper()):
                yield from (m.id for m in self._cast.members.values() if m.reference == owner)

    def _may_serve(self, office: Office, state: EntityId) -> bool:
        """Can a state have such an office? Some have secretaries, not ministers."""
        title = office.title.lower()
        never: dict[str, list[str]] = table("titles", "without")
        return not any(word in title.split() for word in never.get(self._cast.members[state].reference or "", ()))

    def _topics(self, office: Office) -> Iterator[EntityId]:
        """Yield the states named shortly before as those who act."""
        if rank(office.title) == "body":
            return
        for mention in self._cast.before(office.start, Kind.STATE):
            if office.start - mention.start > _BACK or self._paragraph(mention.start) != self._paragraph(office.start):
                return
            top = self._doc[mention.start : mention.end].root
            if top.dep_.startswith("nsubj") or (top.dep_ == "nmod:poss" and top.head.dep_.startswith("nsubj")):
                yield mention.member

    def _paragraph(self, token: int) -> int:
        return self._document.text.count("\n", 0, self._doc[token].idx)

    def home_state(self, offices: Sequence[Office]) -> EntityId | None:
        """Return the state that the document writes from: its dateline's, else that of the leaders whom it gives none."""
        fronts = [z.span for z in self._document.zones if z.kind is ZoneKind.FRONT]
        for span in sorted(fronts, key=lambda s: s.end - s.start):
            inside = [m for m in self._cast.mentions if span.start <= self._doc[m.start].idx < span.end]
            states = {s for m in inside if (s := self._state_at(m))}
            if len(states) == 1:
                return states.pop()
        if (opening := self._opens_text()) is not None and (state := self._state_at(opening)):
            return state
        explicit = {o.person for o in offices if o.stated and o.of}
        bare = [
            o for o in offices if not o.stated and o.of and o.person not in explicit and rank(o.title) in ("state", "minister")
        ]
        states = {o.of for o in bare if o.of and self._is_state(o.of)}
        return states.pop() if len(states) == 1 else None

    def _opens_text(self) -> CastMention | None:
        """Return the place in "Athens — By 153 votes …", which no agency or day makes a dateline."""
        for mention in self._cast.mentions[:12]:
            before = self._document.text[: self._doc[mention.start].idx].rstrip(" ")
            dash = mention.end < len(self._doc) and self._doc[mention.end].text in ("—", "–", "--")
            if dash and before.endswith("\n"):
                return mention
        return None

    def _state_at(self, mention: CastMention) -> EntityId | None:
        affiliations, member = self._referents.affiliations, mention.member
        if self._cast.members[member].kind is Kind.PLACE:
            return affiliations.seated(member) or affiliations.state_of_place(member)
        return affiliations.state_of(member) if self._cast.members[member].kind is not Kind.PERSON else None

    def _is_state(self, member: EntityId) -> bool:
        return self._cast.members[member].kind is Kind.STATE
