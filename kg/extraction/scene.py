"""All that is known of one document while statements are sought in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Span, Token

from kg.extraction.affiliations import Affiliations
from kg.extraction.clusters import Cluster
from kg.extraction.offices import Office
from kg.extraction.referents import Referents
from kg.extraction.syntax import Roles, base, clause, is_compound_adjective, preposition
from kg.language.cast import Cast
from kg.language.dates import DateMention
from kg.model import Document, EntityId, Kind, PartialDate, ZoneKind

_LOCATIVE = frozenset({"in", "at", "near", "outside", "inside"})


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
    date_at: dict[int, DateMention] = field(default_factory=dict)
    #: Words that a frame may be triggered by: verb, noun or adjective, base form, token.
    triggers: list[tuple[str, str, Token]] = field(default_factory=list)
    _zone: dict[int, ZoneKind] = field(default_factory=dict)

    @property
    def affiliations(self) -> Affiliations:
        """Which states its people and bodies act for."""
        return self.referents.affiliations

    def __post_init__(self) -> None:
        for mention in self.dates:
            span = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                self.date_at.update(dict.fromkeys(range(span.start, span.end), mention))
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
        if token.pos_ in ("NOUN", "PROPN"):
            mention = self.cast.at(token.i)
            if mention is None or self.kind(mention.member) is Kind.AGREEMENT:
                return "noun", token.lemma_.lower()
        return None

    def zone(self, token: int) -> ZoneKind:
        """Return the zone that a token stands in."""
        return self._zone[token]

    def is_read(self, token: int) -> bool:
        """May statements of every kind be found here?"""
        return self._zone[token] in (ZoneKind.TITLE, ZoneKind.BODY)

    def sentence(self, token: Token) -> Span:
        return token.sent

    def kind(self, member: EntityId) -> Kind:
        return self.cast.members[member].kind

    # ---------------------------------------------------------------- when and where
    def when(self, trigger: Token, roles: Roles, *, ahead: bool = False) -> PartialDate | None:
        """Return the date of what a trigger tells: in its own clause, else in the clause that carries it.

        `ahead` says that it lies in the future: "on Wednesday" is then the next one.
        """
        mention = self._mention_of_time(trigger, roles)
        return None if mention is None else mention.ahead or mention.value if ahead else mention.value

    def _mention_of_time(self, trigger: Token, roles: Roles) -> DateMention | None:
        own = self._dated(self._time_words(trigger, roles))
        if own is not None:
            return own
        for head in self._carriers(trigger):
            if (found := self._dated(self._time_words(head, {}))) is not None:
                return found
        leading = next((self.date_at[t.i] for t in trigger.sent[:8] if t.i in self.date_at), None)
        opens = any(t.text == ":" for t in trigger.sent[:8])
        return leading if leading is not None and opens else self._of_line(trigger)

    def own_date(self, noun: Token) -> PartialDate | None:
        """Return the date inside a noun's own phrase: "the 1961 treaty", "an accord from 1998", "Thursday's deal"."""
        mention = self.cast.at(noun.i)
        years = [t.text for t in self.doc[mention.start : mention.end] if t.text.isdigit() and len(t) == 4] if mention else []
        if years:
            return PartialDate(years[0])
        parts = (c for c in noun.children if base(c.dep_) in ("nmod", "nummod", "compound", "amod", "nmod:poss"))
        found = [self.date_at[t.i] for c in parts for t in c.subtree if t.i in self.date_at]
        return max(found, key=lambda m: len(m.value.value)).value if found else None

    def _of_line(self, trigger: Token) -> DateMention | None:
        """Return the date that opens a timeline's entry, some sentences before."""
        text = self.document.text
        begin = text.rfind("\n", 0, trigger.idx) + 1
        first = next((d for d in self.dates if begin <= d.start <= begin + 2), None)
        return first if first and text[first.end : first.end + 2].strip().startswith(":") else None

    def _time_words(self, trigger: Token, roles: Roles) -> Iterable[Token]:
        if trigger.pos_ in ("VERB", "AUX"):
            for child in trigger.children:
                if base(child.dep_) in (
                    "obl",
                    "nmod",
                    "advmod",
                    "nsubj",
                    "obj",
                    "xcomp",
                    "dep",
                    "nummod",
                    "appos",
                    "parataxis",
                ) and not self._is_clause(child):
                    yield from self._phrase(child)
        else:
            yield from (t for t in trigger.subtree if t.i != trigger.i and self._below(t, trigger))
        for tokens in roles.values():
            for token in tokens:
                yield from self._phrase(token)

    def _phrase(self, token: Token) -> Iterable[Token]:
        return (t for t in token.subtree if self._below(t, token))

    def _below(self, token: Token, top: Token) -> bool:
        while token.i != top.i:
            if base(token.dep_) in ("ccomp", "advcl", "parataxis") or token.dep_ == "acl:relcl":
                return False
            token = token.head
        return True

    def _is_clause(self, token: Token) -> bool:
        return token.pos_ == "VERB"

    def _dated(self, tokens: Iterable[Token]) -> DateMention | None:
        found = [
            (len(self.date_at[t.i].value.value), t.i) for t in tokens if t.i in self.date_at and not self._names_an_agreement(t)
        ]
        return self.date_at[max(found, key=lambda f: (f[0], -f[1]))[1]] if found else None

    def _names_an_agreement(self, token: Token) -> bool:
        """Is a year the name of an agreement ("the 1961 treaty"), and so no time of what happens?"""
        mention = self.cast.at(token.i)
        return mention is not None and self.kind(mention.member) is Kind.AGREEMENT

    def _carriers(self, trigger: Token) -> Iterable[Token]:
        """Yield the words above that tell of the same event: what a verb is coordinated with, a noun's light verb."""
        token = trigger
        while token.head.i != token.i and base(token.dep_) in (
            "conj",
            "obj",
            "xcomp",
            "nmod",
            "obl",
            "acl",
            "compound",
            "advcl",
            "nsubj",
            "appos",
        ):
            if (
                base(token.dep_) == "advcl"
                or token.dep_ == "acl:relcl"
                or (token.dep_ == "acl" and token.pos_ == "VERB" and token.head.pos_ == "VERB")
            ):
                return
            token = token.head
            yield token

    def where(self, trigger: Token, roles: Roles) -> EntityId | None:
        """Return the place, or state, in which something happens."""
        for role in _LOCATIVE:
            for member in self.referents.among(roles.get(role, ()), Kind.PLACE):
                if self.kind(member) in (Kind.PLACE, Kind.STATE) and not self._is_adjective(roles[role]):
                    return member
        for top in (trigger, *self._carriers(trigger)):
            if (found := self._located(top)) is not None:
                return found
        return None

    def _is_close(self, token: Token, top: Token) -> bool:
        """Does a phrase belong to the trigger or to its object, not to something deeper ("arms X for its war in Y")?"""
        steps = 0
        while token.head.i != token.i and token.head.i != top.i:
            token = token.head
            steps += not self._names_an_agreement(token)
        return steps <= 1

    def _located(self, top: Token) -> EntityId | None:
        for token in (t for t in clause(top) if self._is_close(t, top)):
            mention = self.cast.at(token.i)
            if (
                mention is None
                or mention.how not in ("name", "seat")
                or self.kind(mention.member) not in (Kind.PLACE, Kind.STATE)
            ):
                continue
            if token.i != top.i and preposition(token) in _LOCATIVE and not self.affiliations.is_vast(mention.member):
                return mention.member
        return None

    def _is_adjective(self, tokens: Sequence[Token]) -> bool:
        return all((m := self.cast.at(t.i)) is not None and m.how in ("adjective", "people") for t in tokens)
