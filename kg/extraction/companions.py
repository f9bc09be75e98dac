"""Persons named side by side: "President A of X and leader B". Titles often break the tree between them."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extraction.affiliations import Affiliations
from kg.language.cast import Cast, CastMention
from kg.language.titles import rank
from kg.model import EntityId, Kind


class Companions:
    """Knows who stands beside whom in the lists of people of one document."""

    def __init__(self, doc: Doc, cast: Cast, affiliations: Affiliations) -> None:
        self._doc, self._cast = doc, cast
        self._offices = affiliations.offices
        self._people = [m for m in cast.mentions if cast.members[m.member].kind is Kind.PERSON and not self._is_served(m)]

    def of(self, token: Token) -> list[EntityId]:
        """Return the persons beside a person."""
        mention = self._cast.at(token.i)
        if mention is None or self._cast.members[mention.member].kind is not Kind.PERSON:
            mention = self._cast.at(token.i + 1) if token.i + 1 < len(self._doc) and rank(token.text) else None
        if mention is None or self._cast.members[mention.member].kind is not Kind.PERSON:
            return []
        if mention not in self._people:
            return []
        place = self._people.index(mention)
        found = []
        for step in (-1, 1):
            here = place
            while 0 <= here + step < len(self._people) and self._coordinated(
                *sorted((self._people[here], self._people[here + step]), key=lambda m: m.start)
            ):
                here += step
                found.append(self._people[here].member)
        return found

    def _is_served(self, mention: CastMention) -> bool:
        """Is a person only named in another's title: "B, adviser to A"?"""
        return any(
            o.person != mention.member and o.of == mention.member and o.start <= mention.start < o.end for o in self._offices
        )

    def _coordinated(self, left: CastMention, right: CastMention) -> bool:
        """Does only "and", or a comma before another title, stand between two persons?"""
        end, start = self._extent(left)[1], self._extent(right)[0]
        if not 0 < start - end <= 4:
            return False
        between = [t.lower_ for t in self._doc[end:start] if len(t) > 1 or t.text == ","]
        words_between = [w for w in between if w not in (",", "his", "her", "their", "then")]
        return words_between == ["and"] or (not words_between and "," in between and start < right.start and end > left.end - 1)

    def _extent(self, mention: CastMention) -> tuple[int, int]:
        """Return the tokens of a name with its title, state and bracketed place in a picture ("(R)")."""
        office = next(
            (o for o in self._offices if o.person == mention.member and o.start <= mention.start and mention.end <= o.end), None
        )
        return (office.start, max(office.end, mention.end)) if office else (mention.start, mention.end)
