"""Titles in a text, before and after names: "Russian President", "the president of Chad", ", secretary of the council"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from spacy.tokens import Doc, Token

from kg.language.cast import Cast, CastMention
from kg.language.lexicon import words
from kg.model import Kind

_RANKS = ("state", "minister", "voice", "body", "counterpart", "staff")
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_OPENING = frozenset({",", "(", "-", "–", "—"})
_CLOSING = frozenset({",", ")", ".", ";", ":", "—", "–"})
_AGE = frozenset({"-", "year", "old", "year-old"})
_SPEAKERS = ("spokesman", "spokeswoman", "spokesperson", "speaker")
_OF = re.compile(r" (?:of|for|in|at|on) ")


@lru_cache(maxsize=20_000)
def rank(phrase: str) -> str | None:
    """Return how high a title stands: "state", "minister", "voice", "body", "counterpart" or "staff", or None if it is no title.

    >>> rank("Foreign Ministers"), rank("minister of finance"), rank("most senior diplomat"), rank("treaty")
    ('minister', 'minister', 'voice', None)
    """
    return _rank_of_end(phrase) or (_rank_of_end(_OF.split(phrase, maxsplit=1)[0]) if _OF.search(phrase) else None)


@lru_cache(maxsize=20_000)
def _rank_of_end(phrase: str) -> str | None:
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
    """A title in the text: the tokens it spans, and who or what it belongs to."""

    start: int
    end: int
    owner: CastMention | None


@dataclass(frozen=True, slots=True)
class Titled:
    """The name of a person, by its first token, with the titles before and after it."""

    name: int
    before: Title | None = None
    after: Title | None = None


def find_titles(doc: Doc, cast: Cast) -> Iterator[Titled]:
    """Yield the names of persons that have titles, in order."""
    titles = Titles(doc, cast)
    for mention in cast.mentions:
        if cast.members[mention.member].kind is Kind.PERSON:
            before = titles.before(mention.start)
            after = titles.after(mention, titled=before is not None)
            if before or after:
                yield Titled(mention.start, before, after)


class Titles:
    """Reads the titles around the names of one document."""

    def __init__(self, doc: Doc, cast: Cast) -> None:
        self._doc, self._cast = doc, cast

    def before(self, name: int) -> Title | None:
        """Return the title that ends right before a name's first token, with its state or body."""
        doc, end = self._doc, name
        while end > 1 and (doc[end - 1].text == "," or doc[end - 1].lower_ in words("titles", "address", "words")):
            if rank(doc[end - 2 : end].text):
                break  # "Crown Prince X"
            end -= 1  # "Iran's president, Hassan Rouhani", "counterpart, Prince Faisal"
        if end > 3 and doc[end - 3 : end].text.lower() == "of the time":
            end -= 3
        owner, link = self._owner_between(end, name)
        if link is not None:
            end = link.i
        start = end
        while start > 0 and end - start < 7 and (self._is_part(doc[start - 1]) or self._joins(start - 1, end)):
            start -= 1
        while start < end and (doc[start].pos_ in ("ADP", "ADV", "PUNCT", "CCONJ") or doc[start].lower_ in _AGE):
            start += 1
        if start >= end or not rank(doc[start:end].text):
            return None
        return Title(start, end, owner or self.owner_before(start))

    def _owner_between(self, end: int, name: int) -> tuple[CastMention | None, Token | None]:
        """Return the state or body in "the president of Chad, X" and "Prime Minister of Chad X", and the preposition.

        In "the US envoy for Chad, X" the title ends at the preposition too, but is not Chad's.
        """
        doc, nothing = self._doc, (None, None)
        owner = self._cast.at(end - 1) if end else None
        if owner is None or owner.end != end or self._is_person(owner):
            return nothing
        before = owner.start - 1 - (doc[owner.start - 1].lower_ == "the")
        if before < 1 or doc[before].lower_ not in ("of", "from", "for", "to", "in", "on") or doc[before].sent != doc[name].sent:
            return nothing
        person = self._cast.at(name)
        after = doc[person.end] if person and person.end < len(doc) else None
        closed = after is None or after.text in _CLOSING or after.lower_ in ("and", "or")
        # "After talks with the president of Chad, X left": there the title and the name are two persons.
        linked = any(t.dep_ in ("appos", "flat") and t.head.i < before for t in doc[name : person.end if person else name + 1])
        opens = before - doc[before].sent.start < 6 and doc[before - 1].dep_.startswith("nsubj")
        if not (closed or linked or opens or end == name):
            return nothing
        owns = doc[before].lower_ in ("of", "from") or (doc[before].lower_ == "for" and doc[before - 1].lower_ in _SPEAKERS)
        return (owner if owns and self.can_own(owner) else None), doc[before]

    def _is_part(self, token: Token) -> bool:
        if self._cast.at(token.i) is not None or token.ent_type_ == "DATE" or token.is_sent_end:
            return False
        return token.pos_ in ("NOUN", "PROPN", "ADJ", "ADV") or token.text == "-" or token.lower_ in ("of", "for", "elected")

    def _joins(self, place: int, end: int) -> bool:
        """Is this the "and" inside one title: "Trade and Industry Minister"?"""
        doc = self._doc
        if doc[place].lower_ not in ("and", "&") or place + 1 >= end or place == 0:
            return False
        before, after = doc[place - 1], doc[place + 1]
        alike = before.text[:1].isupper() == after.text[:1].isupper()
        return alike and self._is_part(before) and not rank(before.text) and not before.lower_.endswith("ly")

    def owner_before(self, start: int) -> CastMention | None:
        """Return the state or body named right before a title: "Russian", "North Korea's", "NATO", "US Middle East"."""
        doc, i = self._doc, start - 1
        while i >= 0:
            mention = self._cast.at(i)
            if mention is not None and self._cast.members[mention.member].kind is not Kind.PLACE:
                return mention
            word = doc[i]
            skipped = word.lower_ in words("titles", "modifiers", "words") or word.pos_ in ("ADJ", "NUM") or word.text == "-"
            aged = word.lower_ in ("year", "old", "time")
            if mention is None and not skipped and not aged and word.lower_ not in _POSSESSIVE:
                return None
            i = (mention.start if mention else i) - 1
        return None

    def owner_after(self, name: CastMention) -> CastMention | None:
        """Return the state in "Nikos Dendias of Greece", or the body in "Anna Holm, of the security council"."""
        doc, i = self._doc, name.end
        i += i < len(doc) and doc[i].text == ","
        if i + 1 < len(doc) and doc[i].lower_ == "of":
            i += 1 + (doc[i + 1].lower_ == "the")
            mention = self._cast.at(i)
            if mention and self.can_own(mention):
                if mention.end + 1 < len(doc) and doc[mention.end].lower_ in _POSSESSIVE:
                    body = self._cast.at(mention.end + 1)
                    return body if body and self.can_own(body) else None
                return mention
        return None

    def named_owner(self, name: CastMention) -> CastMention | None:
        """Return the state in "North Korea's Kim Jong Un"."""
        i = name.start - 1
        if i > 0 and self._doc[i].lower_ in _POSSESSIVE and (mention := self._cast.at(i - 1)):
            return mention if self._cast.members[mention.member].kind is Kind.STATE else None
        return None

    def after(self, name: CastMention, *, titled: bool) -> Title | None:
        """Return the title in apposition after a name: ", secretary of Iran's Security Council,".

        `titled` says that a title stands before the name already: a second one may then be that of the name that follows.
        """
        doc, start = self._doc, name.end
        if start + 1 >= len(doc) or doc[start].text not in _OPENING:
            return None
        inside = list(takewhile(lambda t: t.text not in _CLOSING and t.pos_ not in ("VERB", "AUX"), doc[start + 1 : start + 16]))
        if titled and inside and self._is_of_next(inside[-1].i + 1):
            return None
        for token in inside[:8]:
            if self._cast.at(token.i) is not None or token.pos_ not in ("NOUN", "PROPN", "ADJ") or not rank(token.text):
                continue
            title = self._apposed(start, token, inside)
            next_name = self._cast.at(title.end) if title.end < len(doc) else None
            if next_name is None or next_name.start != title.end or not self._is_person(next_name):
                return title
            if doc[next_name.end].lower_ not in _POSSESSIVE:  # "US President X's adviser" goes on
                return None  # "Ada Wekesa, Ugandan Foreign Minister Moses Okot and …"
        return None

    def _apposed(self, start: int, token: Token, inside: list[Token]) -> Title:
        doc, end, begin = self._doc, token.i + 1, token.i
        while end < len(doc) and end - start < 12 and _rank_of_end(doc[token.i : end + 1].text) and self._goes_on(doc[end]):
            end += 1
        while begin > start + 1 and self._is_part(doc[begin - 1]) and doc[begin - 1].pos_ != "ADP":
            begin -= 1
        following = [m for t in inside if t.i >= end and (m := self._cast.at(t.i))]
        served = [m for m in following if self._is_person(m)]  # "adviser to X"
        owner = self.owner_before(begin) or next((m for m in following if self.can_own(m)), None)
        return Title(begin, end, owner or next(iter(served), None))

    def _goes_on(self, token: Token) -> bool:
        return token.pos_ in ("NOUN", "PROPN", "ADP")

    def _is_of_next(self, end: int) -> bool:
        """Does a comma and then the name of a person follow, which itself ends there?"""
        doc = self._doc
        if end + 1 >= len(doc) or doc[end].text != ",":
            return False
        start = end + 1
        while start + 1 < len(doc) and doc[start].lower_ in words("titles", "address", "words"):
            start += 1
        person = self._cast.at(start)
        return person is not None and self._is_person(person) and person.end < len(doc) and doc[person.end].lower_ != "and"

    def can_own(self, mention: CastMention) -> bool:
        """Is a mention that of a state or body?"""
        return self._cast.members[mention.member].kind in (Kind.STATE, Kind.ORGANIZATION)

    def _is_person(self, mention: CastMention) -> bool:
        return self._cast.members[mention.member].kind is Kind.PERSON

    def plurals(self) -> Iterator[Token]:
        """Yield the titles in the plural: "the leaders of …", "both presidents"."""
        return (t for t in self._doc if t.lower_ != t.lemma_.lower() and t.pos_ in ("NOUN", "PROPN") and rank(t.text))
