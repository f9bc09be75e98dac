"""Whom a word refers to: names, nationalities, titles, pronouns, "the two leaders", "both countries".

Nothing is guessed across more than a few sentences; what stays open refers to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from kg.extraction.affiliations import Affiliations
from kg.extraction.antecedents import THEY, Antecedents
from kg.extraction.companions import Companions
from kg.extraction.counterparts import Counterparts, antecedent, is_reciprocal
from kg.extraction.lists import conjuncts
from kg.extraction.nominals import NominalBodies
from kg.extraction.syntax import preposition, verb_roles
from kg.language.cast import Cast, CastMention
from kg.language.lexicon import words
from kg.language.titles import rank
from kg.model import EntityId, Kind

_HE = frozenset({"he", "him", "his", "she", "her", "himself", "herself", "hers"})
_IT = frozenset({"it", "its", "itself"})
_I = frozenset({"i", "me", "my", "myself"})
_WE = frozenset({"we", "us", "our", "ours"})
_WHICH = frozenset({"who", "whom", "whose", "which"})
_PAIR = frozenset({"two", "both", "three", "these"})


class Referents:
    """Resolves the words of one document to members of its cast."""

    def __init__(self, doc: Doc, cast: Cast, affiliations: Affiliations) -> None:
        self._doc, self._cast = doc, cast
        self.affiliations = affiliations
        self._companions = Companions(doc, cast, affiliations)
        self._antecedents = Antecedents(doc, cast, affiliations)
        self._counterparts = Counterparts(cast, self._antecedents)
        self._bodies = NominalBodies(cast, affiliations.reference, self._antecedents)
        self._epithets: list[CastMention] | None = None
        self._lists: dict[str, list[EntityId]] = {}  # "powers" -> the states that were listed as powers
        self.speaker_at: dict[int, EntityId] = {}  # token in a quotation -> who speaks, filled by attribution
        self.several: dict[int, list[EntityId]] = {}  # head of a plural noun phrase -> its members, filled with the agreements
        self._seen: dict[tuple[int, tuple[Kind, ...]], tuple[EntityId, ...]] = {}

    def of(self, token: Token, *kinds: Kind) -> tuple[EntityId, ...]:
        """Return the members that a noun phrase's head word refers to; `kinds` prefers some for pronouns."""
        key = token.i, kinds
        if key not in self._seen:
            self._seen[key] = ()  # a phrase that refers to itself refers to nobody
            self._seen[key] = tuple(dict.fromkeys(self._resolve(token, kinds)))
        return self._seen[key]

    def among(self, tokens: Iterable[Token], *kinds: Kind) -> tuple[EntityId, ...]:
        """Return the members that several words refer to, in order, each once."""
        found = [e for token in tokens for e in (*self.of(token, *kinds), *self._companions.of(token))]
        return tuple(dict.fromkeys(found))

    def kind_at(self, token: int) -> Kind | None:
        """Return the kind of what a word names, if it names anything."""
        mention = self._cast.at(token)
        return None if mention is None else self._cast.members[mention.member].kind

    def _resolve(self, token: Token, kinds: tuple[Kind, ...]) -> Iterable[EntityId]:
        if token.i in self.several:
            return self.several[token.i]
        mention = self._cast.at(token.i)
        if mention is not None:
            return [mention.member]
        if token.lower_ in _WHICH and (described := antecedent(token)) is not None:
            return self.of(described, *kinds)
        if Kind.AGREEMENT in kinds and (named := self._counterparts.texts(token)):
            return named
        if is_reciprocal(token):
            return self._counterparts.others(token, lambda t: self.among(t, Kind.STATE, Kind.ORGANIZATION))
        if token.pos_ in ("PRON", "DET") or token.lower_ in _HE | _IT | THEY:
            return self._pronoun(token, kinds)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return []
        return (
            self._named_by_apposition(token)
            or self._epithet(token)
            or self._group(token)
            or self._acting(token)
            or self._country(token)
            or self._bodies.of(token)
        )

    def _named_by_apposition(self, token: Token) -> list[EntityId]:
        """ "Russian leader Vladimir Putin", "the opposition leader, Alexei X": the name decides."""
        listed = [c for child in token.children if child.dep_ in ("appos", "list") for c in conjuncts(child)]
        if len(listed) > 1 and len(named := [m.member for c in listed if (m := self._cast.at(c.i))]) == len(listed):
            return named  # "six world powers - the United States, Britain, …"
        for child in token.children:
            if child.dep_ in ("appos", "flat", "nmod:desc", "compound") and (mention := self._cast.at(child.i)):
                kind = self._cast.members[mention.member].kind
                if (kind is Kind.PERSON and rank(token.text)) or child.dep_ == "appos":
                    return [mention.member]
        after = self._cast.at(token.i + 1) if token.i + 1 < len(self._doc) else None
        if after is None:
            return []
        kind = self._cast.members[after.member].kind
        titled = kind is Kind.PERSON and rank(token.text) is not None
        return [after.member] if titled or (kind is Kind.ORGANIZATION and after.how == "name") else []

    def owners(self, token: Token) -> list[EntityId]:
        """Return the states or bodies around a noun: "Russian officials", "authorities in Pyongyang", "its army"."""
        found: list[EntityId] = []
        for child in token.children:
            if child.dep_ == "nmod:poss" or (child.dep_ in ("amod", "compound", "nmod") and child.i < token.i):
                found += [e for c in conjuncts(child) for e in self.of(c)]
            elif child.dep_.startswith("nmod") and preposition(child) in ("of", "in", "from"):
                found += [self.affiliations.seated(e) or e for c in conjuncts(child) for e in self.of(c)]
        return found

    def _epithet(self, token: Token) -> list[EntityId]:
        """ "the Russian leader", "the Kremlin's chief", "North Korea's foreign minister": who holds that office here?"""
        level = rank(token.text)
        if level in (None, "staff") or (token.lower_ != token.lemma_.lower() and token.lower_.endswith("s")):
            return []
        owners = [self.affiliations.state_of(o) or o for o in self.owners(token)]
        held = [o for o in self.affiliations.offices if o.of in owners and o.person in self._cast.members]
        same = [o.person for o in held if _last(o.title) == token.lemma_.lower()] or [
            o.person for o in held if rank(o.title) == level
        ]
        if same:
            return [self._nearest(same, token)]
        for owner in owners:
            for person in self.affiliations.holders(owner, level):
                return [person]
        if not owners and self._definite(token):
            bearers = [o.person for o in self.affiliations.offices if _last(o.title) == token.lemma_.lower()]
            return [self._nearest(bearers, token)] if bearers else []
        return []

    def _nearest(self, people: Sequence[EntityId], token: Token) -> EntityId:
        before = [m.member for m in self._cast.before(token.i, Kind.PERSON) if m.member in people]
        return before[0] if before else people[0]

    def _group(self, token: Token) -> list[EntityId]:
        """ "the two leaders", "both countries", "the pair"."""
        lemma = token.lemma_.lower()
        if token.lower_ == "each":
            return [m for c in token.children if preposition(c) == "of" for m in self.of(c)]
        if lemma in words("institutions", "countries", "words") and (listed := self._states_after(token)):
            return listed
        plural = any(c.lower_ in _PAIR | {"each", "either", "warring"} for c in token.children)
        if plural and rank(token.text) in ("voice", "staff") and not self._definite(token):
            return []  # "two officials in London" are unknown
        if lemma in words("institutions", "people", "pairs") or (plural and lemma in words("institutions", "people", "words")):
            return self._antecedents.pair(token, Kind.PERSON)
        bodies = words("institutions", "bodies", "words") | {"junta", "army", "government"}
        if plural and (lemma in words("institutions", "countries", "words") or lemma in bodies):
            three = any(c.lower_ in ("three", "3") for c in token.children)
            return self._antecedents.pair(token, Kind.STATE, count=3 if three else 2)
        return []

    def _states_after(self, token: Token) -> list[EntityId]:
        """Return the states in "six world powers - A, B and C", and for "the same six powers" those listed there."""
        if token.lower_ == token.lemma_.lower():
            return []
        after = token.i + 1
        if after + 1 < len(self._doc) and self._doc[after].text in ("-", "–", "—", ":", "(", ","):
            first = next((m for m in (self._cast.at(after + 1), self._cast.at(after + 2)) if m), None)
            named = self._doc[first.start : first.end].root if first else None
            members = [m.member for c in conjuncts(named) if (m := self._cast.at(c.i))] if named is not None else []
            states = [m for m in members if self._cast.members[m].kind is Kind.STATE]
            if len(states) > 1:
                self._lists[token.lemma_.lower()] = states
                return states
        count = sum(1 for c in token.children if c.dep_ == "nummod")
        return self._lists.get(token.lemma_.lower(), []) if count or self._definite(token) else []

    def _acting(self, token: Token) -> list[EntityId]:
        """ "Russian officials", "the government in Kyiv", "Hamas fighters": the state or body they act for."""
        lemma = token.lemma_.lower()
        owners = [o for o in self.owners(token) if self._cast.members[o].kind is not Kind.AGREEMENT]
        if lemma in words("institutions", "acting", "irregular"):
            return [o for o in owners if self._is_body(o)]
        if lemma not in words("institutions", "acting", "words") | words("institutions", "bodies", "words"):
            return []
        return [self.affiliations.state_of(o) or o for o in owners if self._is_body(o) or self.affiliations.state_of(o)]

    def _is_body(self, member: EntityId) -> bool:
        return self._cast.members[member].kind is Kind.ORGANIZATION

    def _country(self, token: Token) -> list[EntityId]:
        """ "his country", "the kingdom": a person's state, or the state named last."""
        if token.lemma_.lower() not in words("institutions", "countries", "words") or not self._definite(token):
            return []
        owners = [e for c in token.children if c.dep_ == "nmod:poss" for e in self.of(c)]
        if owners:
            return [s for o in owners if (s := self.affiliations.state_of(o))]
        if token.lemma_ in ("side", "party", "power", "ally", "government", "capital") or token.lower_ != token.lemma_.lower():
            return []
        return [m.member for m in self._cast.before(token.i, Kind.STATE)[:1] if self._antecedents.near(m, token)]

    def _definite(self, token: Token) -> bool:
        return any(
            c.dep_ in ("det", "nmod:poss") and c.lower_ in ("the", "this", "that", "his", "her", "its", "their", "my", "our")
            for c in token.children
        )

    def _pronoun(self, token: Token, kinds: tuple[Kind, ...]) -> list[EntityId]:
        word = token.lower_
        if word in _I | _WE and (speaker := self.speaker_at.get(token.i)):
            state = self.affiliations.state_of(speaker)
            return [state] if word in _WE and state else [speaker]
        if word in _HE:
            own = self._agents_of(token) if token.dep_ in ("obj", "iobj", "obl") else self._apposed_to(token)
            ahead = self._antecedents.ahead(token)
            return [p for p in ahead or self._antecedents.subjects(token, (Kind.PERSON,), self._described()) if p not in own][:1]
        if word in _IT:
            if token.dep_ == "nmod:poss" and (near := self._antecedents.embedded(token)):
                return [near]
            wanted = tuple(k for k in kinds if k not in (Kind.PERSON, Kind.PLACE)) or (
                Kind.STATE,
                Kind.ORGANIZATION,
                Kind.AGREEMENT,
            )
            return self._antecedents.subjects(token, wanted)[:1]
        if word in THEY or (word == "either" and token.dep_ != "cc:preconj"):
            if Kind.PERSON in kinds or not kinds:
                return self._antecedents.pair(token, Kind.PERSON, Kind.STATE)
            return self._antecedents.pair(token, Kind.STATE)
        return []

    def _agents_of(self, pronoun: Token) -> tuple[EntityId, ...]:
        """Return who does what is done to a pronoun: "he hoped to meet him" names two."""
        verb = pronoun.head
        return self.among(verb_roles(verb).get("agent", ())) if verb.pos_ == "VERB" else ()

    def _apposed_to(self, pronoun: Token) -> tuple[EntityId, ...]:
        """Return the person in "X, his foreign minister": "his" is somebody else's."""
        mention = self._cast.at(pronoun.i - 2) if pronoun.i > 1 and pronoun.nbor(-1).text == "," else None
        return (mention.member,) if mention is not None and rank(pronoun.head.text) else ()

    def _described(self) -> list[CastMention]:
        """Return the places where a title alone stands for a person: "The Russian president will be accompanied by …"."""
        if self._epithets is None:
            self._epithets = []
            for token in self._doc:
                if token.pos_ in ("NOUN", "PROPN") and self._cast.at(token.i) is None and rank(token.text):
                    self._epithets += [CastMention(token.i, token.i + 1, p, "title") for p in self._epithet(token)]
        return self._epithets


def _last(title: str) -> str:
    return title.split()[-1].lower() if title.split() else ""
