"""What a pronoun, or a plural like "the two leaders", may point back to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Span, Token

from kg.extraction.affiliations import Affiliations
from kg.extraction.lists import conjuncts
from kg.language.cast import Cast, CastMention
from kg.model import EntityId, Kind

THEY = frozenset({"they", "them", "their", "both", "themselves"})
_BACK = 4  # sentences


class Antecedents:
    """Ranks the members that were named before a word of one document."""

    def __init__(self, doc: Doc, cast: Cast, affiliations: Affiliations) -> None:
        self._doc, self._cast, self._affiliations = doc, cast, affiliations
        self._sentences = list(doc.sents)
        self._sentence_of = {t.i: n for n, s in enumerate(self._sentences) for t in s}

    def near(self, mention: CastMention, token: Token) -> bool:
        """Does a mention stand at most a few sentences before a word?"""
        return self._sentence_of[token.i] - self._sentence_of[mention.start] <= _BACK

    def subjects(self, token: Token, kinds: Sequence[Kind], titles: Iterable[CastMention] = ()) -> list[EntityId]:
        """Return antecedents of a pronoun, best first: subjects before others, near sentences before far ones.

        `titles` are the places where a title alone stands for a person.
        """
        here = self._sentence_of[token.i]
        ranked = []
        for mention in sorted(
            (*self._cast.before(token.i, *kinds), *(m for m in titles if m.start < token.i)), key=lambda m: -m.start
        ):
            distance = here - self._sentence_of[mention.start]
            if distance > _BACK:
                break
            head = self._doc[mention.start : mention.end].root
            if mention.how == "adjective" or (distance == 0 and head.head is token.head and token.dep_.startswith("obj")):
                continue
            subject = any(
                t.dep_.startswith("nsubj")
                for t in (head, head.head if head.dep_ in ("flat", "conj", "appos", "nmod:desc") else head)
            )
            ranked.append((distance, not subject, -mention.start if distance == 0 else mention.start, mention.member))
        return [member for *_, member in sorted(ranked)]

    def ahead(self, token: Token) -> list[EntityId]:
        """Return the person in "On his visit to Oslo, X said": a phrase in front points ahead to the subject."""
        head = token
        while head.dep_ not in ("obl", "advcl", "ROOT", "obl:unmarked") and head.head.i != head.i:
            head = head.head
        verb = head.head
        if head.dep_ == "ROOT" or verb.i < token.i:
            return []
        subject = next((c for c in verb.children if c.dep_.startswith("nsubj") and c.i > token.i), None)
        mention = self._cast.at(subject.i) if subject is not None else None
        return [mention.member] if mention and self._cast.members[mention.member].kind is Kind.PERSON else []

    def embedded(self, token: Token) -> EntityId | None:
        """Return the state named last before "its" in a clause below another: "… accused X of arming Y for its war"."""
        verb = next((t for t in token.ancestors if t.pos_ in ("VERB", "AUX")), None)
        if verb is None or verb.dep_ in ("ROOT", "conj"):
            return None
        here = self._sentence_of[token.i]
        for mention in self._cast.before(token.i, Kind.STATE, Kind.ORGANIZATION):
            if self._sentence_of[mention.start] != here:
                return None
            if mention.how != "adjective":
                return mention.member
        return None

    def pair(self, token: Token, *kinds: Kind, count: int = 2) -> list[EntityId]:
        """Return the two (or `count`) members that a plural points back to: those of the nearest sentence that has so many."""
        here = self._sentence_of[token.i]
        for kind in kinds:
            for n in range(here, max(-1, here - _BACK - 1), -1):
                if n == here and token.lower_ in THEY and (group := self._listed_in(self._sentences[n], kind, token.i)):
                    return group
                found = self._members_in(self._sentences[n], kind, token.i)
                if len(found) >= count:
                    return found if len(found) == count else self._most_named(found, count)
        everywhere = self._members_in(self._doc[: token.i + 1], kinds[-1], token.i)
        return self._most_named(everywhere, count) if len(everywhere) >= count else []

    def _listed_in(self, sentence: Span, kind: Kind, before: int) -> list[EntityId]:
        """Return the first three or more members of a kind that a sentence lists ("A, B and C")."""
        for token in sentence:
            if token.i >= before:
                break
            members = [m.member for c in conjuncts(token) if c.i < before and (m := self._cast.at(c.i))]
            named = [m for m in dict.fromkeys(members) if self._cast.members[m].kind is kind]
            if len(named) > 2:
                return named
        return []

    def _members_in(self, span: Span, kind: Kind, before: int) -> list[EntityId]:
        found: list[EntityId] = []
        for token in span:
            mention = self._cast.at(token.i)
            if mention is None or token.i >= before:
                continue
            member: EntityId | None = mention.member
            if mention.how == "adjective" and kind is Kind.STATE:
                continue  # "Russian-led", "a French broadcaster" name no side
            if kind is Kind.STATE:
                member = self._affiliations.state_of(mention.member)
            elif self._cast.members[mention.member].kind is not kind:
                member = None
            if member and member not in found:
                found.append(member)
        return found

    def _most_named(self, members: Sequence[EntityId], number: int) -> list[EntityId]:
        count = {m: sum(self._cast.members[m].forms.values()) for m in members}
        best = sorted(members, key=lambda m: -count[m])[:number]
        return [m for m in members if m in best]
