"""Plurals that point back to several at once: "the two leaders", "both countries", "the pair", "they"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from spacy.tokens import Token

from kg.extraction.affiliations import Affiliations
from kg.extraction.antecedents import Antecedents
from kg.extraction.lists import conjuncts
from kg.extraction.trees import preposition
from kg.language.cast import Cast
from kg.language.lexicon import words
from kg.language.titles import rank
from kg.model import EntityId, Kind

Resolve = Callable[[Token], Sequence[EntityId]]

_PAIR = frozenset({"two", "both", "three", "3", "four", "these", "each", "either", "warring"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "its", "their", "my", "our", "whose"})


def is_definite(token: Token) -> bool:
    """Does an article or a possessive say that the reader knows what is meant?"""
    return any(c.dep_ in ("det", "nmod:poss") and c.lower_ in _DEFINITE for c in token.children)


class Groups:
    """Finds whom the plurals of one document mean; `of` resolves a single word."""

    def __init__(self, cast: Cast, affiliations: Affiliations, antecedents: Antecedents, of: Resolve) -> None:
        self._doc, self._cast, self._affiliations, self._antecedents, self._of = cast.doc, cast, affiliations, antecedents, of
        self._lists: dict[str, list[EntityId]] = {}  # "powers" -> the states that were listed as powers

    def named_by(self, token: Token) -> list[EntityId]:
        """Return whom a plural noun means: "the two leaders", "both countries", "six powers - A, B and C"."""
        lemma = token.lemma_.lower()
        if token.lower_ == "each":
            return [m for c in token.children if preposition(c) == "of" for m in self._of(c)]
        countries, people = words("institutions", "countries", "words"), words("institutions", "people", "words")
        if lemma in countries | {"member"} and (listed := self._states_after(token)):
            return listed
        count = next((c.lower_ for c in token.children if c.lower_ in _PAIR), None)
        if count is not None and rank(token.text) in ("voice", "staff") and not is_definite(token):
            return []  # "two officials in London" are unknown
        size = {"three": 3, "3": 3, "four": 4}.get(count or "", 2)
        if lemma in words("institutions", "people", "pairs") or (count and lemma in people) or self._heads_of_state(token, count):
            level = rank(token.text)
            ranked = {o.person for o in self._affiliations.offices if rank(o.title) == level}
            among = ranked if level in ("state", "minister") else set()
            return self._antecedents.group(token, size, Kind.PERSON, among=among)
        bodies = words("institutions", "bodies", "words") | {"junta", "army", "government"}
        if count and lemma in countries | bodies:
            return self._antecedents.group(token, size, Kind.STATE)
        return []

    def _heads_of_state(self, token: Token, count: str | None) -> bool:
        """Is it "both Heads of State"? "Head" alone may be that of a body."""
        led = any(c.lower_ in ("state", "government") for c in token.children)
        return count is not None and led and rank(token.text) == "body"

    def they(self, token: Token, kinds: Sequence[Kind]) -> list[EntityId]:
        """Return whom "they" means: those of a plural subject before, else the two that were named together."""
        for subject in self._antecedents.plural_subjects(token):
            members = list(self._of(subject))
            if len(members) > 1 and all(self._cast.members[m].kind in kinds for m in members):
                return members
        return self._antecedents.group(token, 2, *kinds)

    def _states_after(self, token: Token) -> list[EntityId]:
        """Return the states in "five lake states - A, B and C", and for "the same five states" those listed there."""
        if token.lower_ == token.lemma_.lower():
            return []
        after = self._end_of(token)
        if after + 1 < len(self._doc) and self._doc[after].text in ("-", "–", "—", ":", "(", ","):
            first = next((m for m in (self._cast.at(after + 1), self._cast.at(after + 2)) if m), None)
            named = self._doc[first.start : first.end].root if first else None
            opening = self._doc[after].text
            closing = next((t.i for t in self._doc[after + 1 :] if t.text == opening or t.is_sent_start), len(self._doc))
            closing = closing if opening in ("-", "–", "—") else len(self._doc)  # "– A, B and C – and D" has three
            listed = [c for c in conjuncts(named) if c.i < closing] if named is not None else []
            members = [m.member for c in listed if (m := self._cast.at(c.i))]
            states = [m for m in members if self._cast.members[m].kind is Kind.STATE]
            if len(states) > 1:
                self._lists[token.lemma_.lower()] = states
                return states
        count = sum(1 for c in token.children if c.dep_ == "nummod")
        return self._lists.get(token.lemma_.lower(), []) if count or is_definite(token) else []

    def _end_of(self, token: Token) -> int:
        """Return where a noun with its "of" phrase ends: "the four members of the association – A, B …"."""
        after = token.i + 1
        if after + 1 < len(self._doc) and self._doc[after].lower_ == "of":
            mention = self._cast.at(after + 1) or (self._cast.at(after + 2) if after + 2 < len(self._doc) else None)
            return mention.end if mention else after
        return after
