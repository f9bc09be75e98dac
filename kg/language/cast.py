"""The cast of a document: who and what it names, each with all its mentions.

Names that differ in spelling, length or form become one member where the document itself, or the knowledge base,
says that they are one: "Vladimir Putin" and "Putin", "Kim Jong Un" and "Kim Jong-Un", "Russian" and "the Kremlin".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from spacy.tokens import Doc

from kg.language.names import Name
from kg.model import EntityId, Kind
from kg.reference import Organization, OrganizationKind, Person, Reference

#: They sit in a state but do not act for it, as its ministries, courts and agencies do.
PRIVATE = frozenset(
    {
        OrganizationKind.ARMED_GROUP,
        OrganizationKind.PARTY,
        OrganizationKind.MEDIA,
        OrganizationKind.NEWS_AGENCY,
        OrganizationKind.FIRM,
        OrganizationKind.NGO,
        OrganizationKind.COLLECTIVE,
    }
)
_JOINTS = re.compile(r"[\s\-‐‑–.]+")


@dataclass(slots=True)
class Member:
    """One entity of a document. `state` is the state that a body belongs to, where the text says so."""

    id: EntityId
    kind: Kind
    label: str
    reference: str | None = None
    state: EntityId | None = None
    forms: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class CastMention:
    """Tokens that name a member; `how` as in `kg.language.names.Name`."""

    start: int
    end: int
    member: EntityId
    how: str


class Cast:
    """Members by id, mentions in order of place, and the mention that each token belongs to."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.members: dict[EntityId, Member] = {}
        self.mentions: list[CastMention] = []
        #: The mentions in the order in which they were recorded, and so in which they claimed their words.
        self.recorded: list[CastMention] = []
        self._owner: dict[int, CastMention] = {}

    @classmethod
    def of(cls, doc: Doc) -> Cast:
        """Return the cast that the pipeline found, as a copy of one's own: what is added to it stays out of the Doc."""
        cast = cls(doc)
        for member in doc._.members:
            cast.add(replace(member, forms=Counter(member.forms)))
        for mention in doc._.mentions:
            cast._record(mention)
        cast.mentions.sort(key=lambda m: m.start)
        return cast

    def add(self, member: Member) -> Member:
        return self.members.setdefault(member.id, member)

    def mention(self, start: int, end: int, member: EntityId, how: str = "name") -> CastMention:
        """Record that the tokens mention the member; words that mention something already keep on doing so."""
        found = CastMention(start, end, member, how)
        self.members[member].forms[self.doc[start:end].text] += 1
        self._record(found)
        return found

    def _record(self, mention: CastMention) -> None:
        self.mentions.append(mention)
        self.recorded.append(mention)
        for token in range(mention.start, mention.end):
            self._owner.setdefault(token, mention)

    def at(self, token: int) -> CastMention | None:
        """Return the mention that the token belongs to."""
        return self._owner.get(token)

    def before(self, token: int, *kinds: Kind) -> list[CastMention]:
        """Return the mentions that begin before the token, nearest first, of the given kinds."""
        return [m for m in reversed(self.mentions) if m.start < token and self.members[m.member].kind in kinds]

    def new_id(self, kind: Kind) -> EntityId:
        return f"{kind.lower()}#{sum(m.kind is kind for m in self.members.values()) + 1}"


def assemble(doc: Doc, names: Sequence[Name], reference: Reference, issued: date | None) -> Cast:
    """Return the cast of a document from its names."""
    cast = Cast(doc)
    people = _People(doc, names, reference, issued)
    known: dict[str, EntityId] = {}
    for name in names:
        text = doc[name.start : name.end].text
        if name.kind is Kind.PERSON:
            key, identifier = people.key(name)
        else:
            identifier = name.reference or _by_name(reference, text, name.kind)
            key = identifier or f"{name.kind}:{_normal(text)}"
        if key not in known:
            label = reference.by_id[identifier].name if identifier else people.label(key) or text
            known[key] = cast.add(Member(cast.new_id(name.kind), name.kind, label, identifier)).id
        cast.mention(name.start, name.end, known[key], name.how)
    for member in cast.members.values():
        body = reference.by_id.get(member.reference or "")
        if isinstance(body, Organization) and body.state and body.kind not in PRIVATE:
            member.state = next((m.id for m in cast.members.values() if m.reference == body.state), None)
    return cast


def _by_name(reference: Reference, text: str, kind: Kind) -> str | None:
    prefix = f"{kind.lower()}/"
    found = [i for i in reference.find(text) if i.startswith(prefix)]
    return found[0] if len(found) == 1 else None


def _normal(text: str) -> str:
    return " ".join(part for part in _JOINTS.split(text.casefold().removeprefix("the ")) if part)


class _People:
    """Which names of persons go together: a single name belongs to a full one that has it as first or last part."""

    def __init__(self, doc: Doc, names: Sequence[Name], reference: Reference, issued: date | None) -> None:
        self._doc, self._reference, self._issued = doc, reference, issued
        self._full: list[tuple[int, str, str | None, list[str]]] = []  # place, key, reference, parts
        self._labels: dict[str, str] = {}
        for name in names:
            text = doc[name.start : name.end].text
            parts = _normal(text).split()
            if name.kind is Kind.PERSON and len(parts) > 1:
                identifier = name.reference or _by_name(reference, text, Kind.PERSON)
                key = identifier or self._variant(parts) or "person:" + " ".join(parts)
                self._full.append((name.start, key, identifier, parts))
                if len(text) > len(self._labels.get(key, "")):
                    self._labels[key] = text

    def _variant(self, parts: list[str]) -> str | None:
        """Return the key of a full name already seen that this one abbreviates or extends ("George W. Bush")."""
        for _, key, _, other in self._full:
            short, long = sorted((parts, other), key=len)
            if other[-1] == parts[-1] and other[0] == parts[0] and (len(short) == 2 or short == long):
                return key
            if long[-len(short) :] == short:
                return key  # "Diomaye Faye", "Al Thani"
        return None

    def label(self, key: str) -> str | None:
        return self._labels.get(key)

    def key(self, name: Name) -> tuple[str, str | None]:
        """Return the key of a person's name and its id in the knowledge base, where it has one."""
        parts = _normal(self._doc[name.start : name.end].text).split()
        for start, key, identifier, _ in self._full:
            if start == name.start:
                return key, identifier
        fits = [f for f in self._full if parts[-1] == f[3][-1] or (parts[-1] == f[3][0] and self._family_first(f))]
        before = [f for f in fits if f[0] < name.start]
        if fits:
            _, key, identifier, _ = before[-1] if before else self._most_named(fits)
            return key, identifier
        partly = {f[1]: f[2] for f in self._full if len(parts) == 1 and len(parts[0]) > 2 and parts[0] in f[3][:-1]}
        if len(partly) == 1:
            return next(iter(partly.items()))  # by the given name, as in Thailand, or the first of two family names
        if identifier := self._sole_bearer(name):
            return identifier, identifier
        return "person:" + " ".join(parts), None

    def _family_first(self, full: tuple[int, str, str | None, list[str]]) -> bool:
        """Are the parts in the Chinese, Korean or Vietnamese order? Short first part, or the knowledge base says so."""
        _, _, identifier, parts = full
        known = self._reference.by_id.get(identifier or "")
        if isinstance(known, Person):
            return parts[0] in {_normal(family) for family in known.families}
        return len(parts[0]) <= 4 and len(parts) in (2, 3)

    def _most_named(self, fits: list[tuple[int, str, str | None, list[str]]]) -> tuple[int, str, str | None, list[str]]:
        counts = Counter(f[1] for f in fits)
        return max(fits, key=lambda f: (counts[f[1]], -f[0]))

    def _sole_bearer(self, name: Name) -> str | None:
        """Return the one person in the knowledge base with this family name who held an office when the text was written."""
        text = self._doc[name.start : name.end].text
        bearers = [i for i in self._reference.find(text) if i.startswith("person/")]
        if self._issued:
            in_office = [i for i in bearers if self._reference.offices_of(i, self._issued)]
            bearers = in_office or bearers
        return bearers[0] if len(bearers) == 1 else None
