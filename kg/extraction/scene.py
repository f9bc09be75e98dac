"""All that is known of one document while statements are sought in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from kg.extraction.affiliations import Affiliations
from kg.extraction.clusters import Cluster
from kg.extraction.counterparts import is_reciprocal
from kg.extraction.lexicon import words
from kg.extraction.offices import Office
from kg.extraction.places import Places
from kg.extraction.referents import Referents
from kg.extraction.syntax import Roles
from kg.extraction.times import Times
from kg.extraction.trees import is_compound_adjective, lemmas
from kg.language.cast import Cast, CastMention
from kg.language.dates import DateMention
from kg.language.lexicon import words as institution_words
from kg.model import Document, EntityId, Kind, PartialDate, ZoneKind


@dataclass(slots=True)
class Scene:
    """A document with its cast, offices, agreements and dates, and doors to ask what stands where."""

    doc: Doc
    document: Document
    cast: Cast
    offices: Sequence[Office]
    agreements: Sequence[Cluster]
    referents: Referents
    dates: Sequence[DateMention]
    #: Verb of agreeing, by its token -> the agreement that it brings about.
    announced: dict[int, EntityId] = field(default_factory=dict)
    times: Times = field(init=False)
    places: Places = field(init=False)
    #: Words that a frame may be triggered by: verb, noun or adjective, base form, token.
    triggers: list[tuple[str, str, Token]] = field(default_factory=list)
    _zone: dict[int, ZoneKind] = field(default_factory=dict)

    @property
    def affiliations(self) -> Affiliations:
        """Which states its people and bodies act for."""
        return self.referents.affiliations

    def __post_init__(self) -> None:
        self.times = Times(self.doc, self.cast, self.agreements, self.dates)
        self.places = Places(self.cast, self.referents)
        zones = iter(self.document.zones)
        zone = next(zones, None)
        for token in self.doc:
            while zone is not None and zone.span.end <= token.idx:
                zone = next(zones, None)
            inside = zone is not None and zone.span.start <= token.idx
            self._zone[token.i] = zone.kind if inside and zone is not None else ZoneKind.BODY
        self.triggers = [(*sorted_as, token) for token in self.doc if self.is_read(token.i) and (sorted_as := self._sort(token))]

    def _sort(self, token: Token) -> tuple[str, str] | None:
        """Return how a word may trigger a frame; a word inside a name triggers none, unless it heads an agreement's."""
        if token.pos_ in ("VERB", "AUX", "ADJ", "NOUN", "PROPN") and is_compound_adjective(token):
            return "adjective", token.lower_
        if token.pos_ in ("VERB", "AUX"):
            return "verb", token.lemma_.lower()
        if token.pos_ == "ADJ":
            return "adjective", token.lower_
        if token.lower_ == "go" and [t.lower_ for t in self.doc[token.i + 1 : token.i + 3]] == ["-", "between"]:
            return "noun", "go-between"
        if token.pos_ in ("NOUN", "PROPN"):
            mention = self.cast.at(token.i)
            if mention is None:
                return "noun", token.lemma_.lower()
            if self.kind(mention.member) is Kind.AGREEMENT:
                return "noun", self._noun_of_agreement(token, mention)
        return None

    def _noun_of_agreement(self, token: Token, mention: CastMention) -> str:
        """Return a word's base form, and "agreement" for the last word of a name without such a noun ("SALT II")."""
        heads = words("triggers", "agreement", "nouns")
        nameless = not any(t.lemma_.lower() in heads for t in self.doc[mention.start : mention.end])
        return "agreement" if nameless and token == self.doc[mention.start : mention.end].root else token.lemma_.lower()

    def zone(self, token: int) -> ZoneKind:
        """Return the zone that a token stands in."""
        return self._zone[token]

    def is_read(self, token: int) -> bool:
        """May statements of every kind be found here?"""
        return self._zone[token] in (ZoneKind.TITLE, ZoneKind.BODY)

    def parties(self, agreement: EntityId) -> frozenset[EntityId]:
        """Return the states and bodies that mentions of an agreement name as bound by it."""
        return next((c.parties for c in self.agreements if c.id == agreement), frozenset())

    def is_past(self, day: PartialDate | None) -> bool:
        """Does a date lie before the day on which the document was issued?"""
        issued = self.document.issued
        return day is not None and issued is not None and day.value < issued.isoformat()

    def is_both(self, token: Token) -> bool:
        """Does a word stand for the two sides of an agreement: "both parliaments", "each of the warring sides", "the other"?"""
        sides = institution_words("institutions", "countries", "words") | institution_words("institutions", "bodies", "words")
        marked = any(c.lower_ in ("both", "two", "each", "either", "neither", "warring") for c in token.subtree)
        return is_reciprocal(token) or token.lower_ in ("both", "they") or (marked and bool(lemmas(token.subtree) & sides))

    def main(self, token: Token) -> tuple[EntityId, ...]:
        """Return the agreement that is mentioned most of those mentioned before a word, else in its sentence."""
        before = {m.member for m in self.cast.before(token.i, Kind.AGREEMENT) or self.cast.before(token.sent.end, Kind.AGREEMENT)}
        known = [c for c in self.agreements if c.id in before]
        return (max(known, key=lambda c: len(c.profiles)).id,) if known else ()

    def latest(self, token: Token) -> tuple[EntityId, ...]:
        """Return the agreement that was mentioned last before a word, at most two sentences back."""
        start = token.sent.start
        for _ in range(2):
            start = self.doc[start - 1].sent.start if start else 0
        found = [m for m in self.cast.before(token.i, Kind.AGREEMENT) if m.start >= start]
        return (found[0].member,) if found else ()

    def kind(self, member: EntityId) -> Kind:
        return self.cast.members[member].kind

    def when(self, trigger: Token, roles: Roles, *, ahead: bool = False) -> PartialDate | None:
        """Return the date of what a trigger tells; `ahead` says that it lies in the future."""
        return self.times.when(trigger, roles, ahead=ahead)

    def own_date(self, noun: Token) -> PartialDate | None:
        """Return the date inside a noun's own phrase."""
        return self.times.own_date(noun)

    def where(self, trigger: Token, roles: Roles) -> EntityId | None:
        """Return the place, or state, in which something happens."""
        return self.places.where(trigger, roles)
