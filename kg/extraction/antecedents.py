"""What a pronoun, or a plural like "the two leaders", may point back to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from spacy.tokens import Doc, Span, Token

from kg.extraction.affiliations import Affiliations
from kg.extraction.lists import conjuncts
from kg.language.cast import Cast, CastMention
from kg.model import EntityId, Kind

HE = frozenset({"he", "him", "his", "she", "her", "himself", "herself", "hers"})
SHE = frozenset({"she", "her", "herself", "hers"})
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
            acts = distance == 0 and head.head == token.head and token.dep_.startswith(("obj", "iobj", "obl"))
            if mention.how == "adjective" or acts:
                continue  # who does something does it to another
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
        if any(c.dep_ in ("obj", "iobj") and c.lower_ in HE for c in verb.children):
            return []  # "On his first stop, X assured him of support": he is another
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

    def place(self, token: Token) -> list[EntityId]:
        """Return the place or state that "there" points back to, in this sentence or the one before."""
        for mention in self._cast.before(token.i, Kind.PLACE, Kind.STATE):
            if self._sentence_of[token.i] - self._sentence_of[mention.start] > 1:
                break
            if mention.how not in ("adjective", "people"):
                return [mention.member]
        return []

    def plural_subjects(self, token: Token) -> list[Token]:
        """Return the plural subjects of this sentence and the last before a pronoun, nearest first."""
        here = self._sentence_of[token.i]
        return [
            t
            for n in range(here, max(-1, here - 2), -1)
            for t in reversed(list(self._sentences[n]))
            if t.i < token.i and t.dep_.startswith("nsubj") and (t.lower_ in THEY or self._is_plural(t))
        ]

    def _is_plural(self, token: Token) -> bool:
        return token.pos_ == "NOUN" and token.lower_ != token.lemma_.lower() and self._cast.at(token.i) is None

    def centre(self, token: Token) -> list[Token]:
        """Return the pronouns "he" or "she" of the sentence before: whoever was spoken of so is still meant."""
        here = self._sentence_of[token.i]
        if here == 0:
            return []
        same = SHE if token.lower_ in SHE else HE - SHE
        return [t for t in self._sentences[here - 1] if t.lower_ in same and t.pos_ in ("PRON", "DET")]

    def in_sentence(self, member: EntityId, token: Token) -> bool:
        """Is a member named before a word in the word's own sentence?"""
        here = self._sentences[self._sentence_of[token.i]]
        return any(m.member == member and here.start <= m.start < token.i for m in self._cast.mentions)

    def group(self, token: Token, size: int, *kinds: Kind, among: Collection[EntityId] = ()) -> list[EntityId]:
        """Return the members that a plural points back to: those of the nearest sentence that has so many.

        `among` limits them to some, where enough of those are named at all. Two who are hardly named elsewhere are passed by.
        """
        here = self._sentence_of[token.i]
        for kind in kinds:
            named = self._members_in(self._doc[: token.i + 1], kind, token.i)
            wanted = [m for m in named if m in among] if sum(m in among for m in named) >= size else named
            salient = sorted(wanted, key=lambda m: -sum(self._cast.members[m].forms.values()))[: size + 1]
            for n in range(here, max(-1, here - _BACK - 1), -1):
                if n == here and token.lower_ in THEY and (group := self._listed_in(self._sentences[n], kind, token.i)):
                    return group
                found = [m for m in self._members_in(self._sentences[n], kind, token.i) if m in wanted]
                if len(found) >= size and (n >= here - 1 or all(m in salient for m in found)):
                    return found if len(found) == size else self._most_named(found, size)
        everywhere = self._members_in(self._doc[: token.i + 1], kinds[-1], token.i)
        chosen = [m for m in everywhere if m in among] if sum(m in among for m in everywhere) >= size else everywhere
        return self._most_named(chosen, size) if len(chosen) >= size else []

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

    def _most_named(self, members: Sequence[EntityId], size: int) -> list[EntityId]:
        count = {m: sum(self._cast.members[m].forms.values()) for m in members}
        best = sorted(members, key=lambda m: -count[m])[:size]
        return [m for m in members if m in best]
