"""When something happens: the date in its own clause, or in the clause that carries it; and dates in noun phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from kg.extraction.clusters import Cluster
from kg.extraction.lexicon import words
from kg.extraction.syntax import Roles
from kg.extraction.trees import base, is_passive, preposition
from kg.language.cast import Cast
from kg.language.dates import DateMention
from kg.model import Kind, PartialDate


def carriers(trigger: Token) -> Iterable[Token]:
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


class Times:
    """Knows the dates of one document."""

    def __init__(self, doc: Doc, cast: Cast, agreements: Sequence[Cluster], dates: Sequence[DateMention]) -> None:
        self._doc, self._cast, self._agreements, self._dates = doc, cast, agreements, dates
        self._text = doc.text  # the Doc joins its words anew each time it is asked
        self._at: dict[int, DateMention] = {}
        for mention in dates:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if span is not None:
                self._at.update(dict.fromkeys(range(span.start, span.end), mention))

    def at(self, token: int) -> PartialDate | None:
        """Return the date that a token stands in."""
        return self._at[token].value if token in self._at else None

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
        if trigger.dep_ == "acl" and is_passive(trigger):
            return self._right_after(trigger)
        for head in carriers(trigger):
            if (found := self._dated(self._time_words(head, {}))) is not None:
                return found
        leading = next((self._at[t.i] for t in trigger.sent[:8] if t.i in self._at), None)
        opens = any(t.text == ":" for t in trigger.sent[:8])
        return leading if leading is not None and opens else self._of_line(trigger)

    def _right_after(self, participle: Token) -> DateMention | None:
        """Return the date in the words after a participle, up to the next comma or verb: "signed with X the same day"."""
        for token in self._doc[participle.i + 1 : participle.sent.end]:
            if token.i in self._at:
                return self._at[token.i]
            if token.pos_ in ("VERB", "AUX", "PUNCT"):
                return None
        return None

    def own_date(self, noun: Token) -> PartialDate | None:
        """Return the date inside a noun's own phrase: "the 1961 treaty", "an accord from 1998", "Thursday's deal"."""
        mention = self._cast.at(noun.i)
        years = [t.text for t in self._doc[mention.start : mention.end] if t.text.isdigit() and len(t) == 4] if mention else []
        if years:
            return PartialDate(years[0])
        parts = (c for c in noun.children if self._is_own_date(c, noun))
        found = [self._at[t.i] for c in parts for t in c.subtree if t.i in self._at]
        return self._of_agreement(max(found, key=lambda m: len(m.value.value)), noun) if found else None

    def _is_own_date(self, part: Token, noun: Token) -> bool:
        """May a part of a noun's phrase date it? What only stands after it may date what becomes of it ("left it in 2015")."""
        if base(part.dep_) not in ("nmod", "nummod", "compound", "amod"):
            return False
        loose = part.i > noun.i and preposition(part) in ("in", "on", "during", "")
        fates = frozenset({"turn"}).union(*(words("triggers", fate, "verbs") for fate in ("withdraw", "violate", "ratify")))
        deep = noun.dep_ == "nmod" and preposition(noun) != "in" and noun.head.head.pos_ == "VERB"
        return not loose or (noun.head.lemma_.lower() not in fates and not deep)

    def _of_agreement(self, mention: DateMention, noun: Token) -> PartialDate:
        """Return a date, of an agreement whose year is known in that year: "the Sept. 19 accord" of 2018."""
        known = self._cast.at(noun.i)
        years = next((c.years for c in self._agreements if known and c.id == known.member), set()) if mention.yearless else set()
        value = mention.value.value
        return PartialDate(f"{min(years)}{value[4:]}") if len(years) == 1 and value[:4] not in years else mention.value

    def _of_line(self, trigger: Token) -> DateMention | None:
        """Return the date that opens a timeline's entry, some sentences before."""
        text = self._text
        begin = text.rfind("\n", 0, trigger.idx) + 1
        first = next((d for d in self._dates if begin <= d.start <= begin + 2), None)
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
        found = [(len(self._at[t.i].value.value), t.i) for t in tokens if t.i in self._at and not self._names_an_agreement(t)]
        return self._at[max(found, key=lambda f: (f[0], -f[1]))[1]] if found else None

    def _names_an_agreement(self, token: Token) -> bool:
        """Is a year the name of an agreement ("the 1961 treaty"), and so no time of what happens?"""
        mention = self._cast.at(token.i)
        return mention is not None and self._cast.members[mention.member].kind is Kind.AGREEMENT
