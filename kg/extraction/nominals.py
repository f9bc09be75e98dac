"""Bodies that a common noun points back to: "the group's president", "the bloc", "the movement", "the company"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.antecedents import Antecedents
from kg.language.cast import Cast
from kg.language.lexicon import table
from kg.model import EntityId, Kind
from kg.reference import Organization, Reference

_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her"})


class NominalBodies:
    """Finds which organisation of one document such a noun means."""

    def __init__(self, cast: Cast, reference: Reference, antecedents: Antecedents) -> None:
        self._cast, self._reference, self._antecedents = cast, reference, antecedents

    def of(self, token: Token) -> list[EntityId]:
        """Return the organisation named last that a definite noun can mean, if it stands near."""
        kinds = table("institutions", "nominal").get(token.lemma_.lower())
        if kinds is None or token.lower_ != token.lemma_.lower():
            return []
        if not any(c.dep_ == "det" and c.lower_ in _DEFINITE for c in token.children):
            return []
        if any(c.dep_ in ("nmod", "nmod:poss", "acl:relcl", "acl") or self._cast.at(c.i) for c in token.children):
            return []  # "the group of seven", "the Russian company": these name by themselves
        for mention in self._cast.before(token.i, Kind.ORGANIZATION):
            if not self._antecedents.near(mention, token):
                return []
            known = self._reference.by_id.get(self._cast.members[mention.member].reference or "")
            fits = known.kind.value in kinds if isinstance(known, Organization) else mention.how == "name"
            if fits and mention.start < token.i:
                return [mention.member]
        return []
