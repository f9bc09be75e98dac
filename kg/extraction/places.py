"""Where something happens: the place in its own clause, or in the clause that carries it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extraction.referents import Referents
from kg.extraction.syntax import Roles
from kg.extraction.times import carriers
from kg.extraction.trees import clause, preposition
from kg.language.cast import Cast
from kg.model import EntityId, Kind

_LOCATIVE = frozenset({"in", "at", "near", "outside", "inside"})


class Places:
    """Knows the places of one document."""

    def __init__(self, cast: Cast, referents: Referents) -> None:
        self._cast, self._referents = cast, referents

    def where(self, trigger: Token, roles: Roles) -> EntityId | None:
        """Return the place, or state, in which something happens."""
        for role in _LOCATIVE:
            for member in self._referents.among(roles.get(role, ()), Kind.PLACE):
                if self._cast.members[member].kind in (Kind.PLACE, Kind.STATE) and not self._is_adjective(roles[role]):
                    return member
        for top in (trigger, *carriers(trigger)):
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

    def _names_an_agreement(self, token: Token) -> bool:
        mention = self._cast.at(token.i)
        return mention is not None and self._cast.members[mention.member].kind is Kind.AGREEMENT

    def _located(self, top: Token) -> EntityId | None:
        for token in (t for t in clause(top) if self._is_close(t, top)):
            mention = self._cast.at(token.i)
            if (
                mention is None
                or mention.how not in ("name", "seat")
                or self._cast.members[mention.member].kind not in (Kind.PLACE, Kind.STATE)
            ):
                continue
            if token.i != top.i and preposition(token) in _LOCATIVE and not self._referents.affiliations.is_vast(mention.member):
                return mention.member
        return None

    def _is_adjective(self, tokens: Sequence[Token]) -> bool:
        return all((m := self._cast.at(t.i)) is not None and m.how in ("adjective", "people") for t in tokens)
