"""Whom a word refers to: names, nationalities, titles, pronouns, "the two leaders", "both countries".

Nothing is guessed across more than a few sentences; what stays open refers to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Doc, Token

from kg.extraction.affiliations import Affiliations
from kg.extraction.antecedents import HE, THEY, Antecedents
from kg.extraction.companions import Companions
from kg.extraction.counterparts import Counterparts, antecedent, is_reciprocal
from kg.extraction.groups import Groups, is_definite
from kg.extraction.lexicon import words as trigger_words
from kg.extraction.lists import conjuncts, first_conjunct
from kg.extraction.nominals import NominalBodies
from kg.extraction.syntax import verb_roles
from kg.extraction.trees import preposition
from kg.language.cast import Cast, CastMention
from kg.language.lexicon import words
from kg.language.titles import rank
from kg.model import EntityId, Kind

_IT = frozenset({"it", "its", "itself"})
_I = frozenset({"i", "me", "my", "myself"})
_WE = frozenset({"we", "us", "our", "ours"})
_WHICH = frozenset({"who", "whom", "whose", "which"})


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
        self._groups = Groups(cast, affiliations, self._antecedents, self.of)
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

    def _those_whose(self, token: Token, described: Token) -> list[EntityId]:
        """Return all of "A and B, whose pact …": an agreement is of both."""
        if token.lower_ != "whose" or self.kind_at(token.head.i) is not Kind.AGREEMENT:
            return []
        before = [t for t in conjuncts(first_conjunct(described)) if t.i < token.i]
        return [member for t in before for member in self.of(t)]

    def kind_of(self, member: EntityId) -> Kind:
        return self._cast.members[member].kind

    def _resolve(self, token: Token, kinds: tuple[Kind, ...]) -> Iterable[EntityId]:
        if token.i in self.several:
            return self.several[token.i]
        mention = self._cast.at(token.i)
        if mention is not None:
            return [mention.member]
        if token.lower_ in _WHICH and (described := antecedent(token)) is not None:
            return self._those_whose(token, described) or self.of(described, *kinds)
        if Kind.AGREEMENT in kinds and (named := self._counterparts.texts(token)):
            return named
        if is_reciprocal(token):
            return self._counterparts.others(token, lambda t: self.among(t, Kind.STATE, Kind.ORGANIZATION))
        if token.pos_ in ("PRON", "DET") or token.lower_ in HE | _IT | THEY:
            return self._pronoun(token, kinds)
        if token.lower_ == "there" and token.dep_ == "advmod":
            return self._antecedents.place(token)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return []
        return (
            self._named_by_apposition(token)
            or self._epithet(token)
            or self._groups.named_by(token)
            or self._acting(token)
            or self._country(token)
            or self._bodies.of(token)
        )

    def _named_by_apposition(self, token: Token) -> list[EntityId]:
        """ "Russian leader Vladimir Putin", "the opposition leader, Alexei X": the name decides."""
        listed = [c for child in token.children if child.dep_ in ("appos", "list") for c in conjuncts(child)]
        if len(listed) > 1 and len(named := [m.member for c in listed if (m := self._cast.at(c.i))]) == len(listed):
            return named  # "five lake states - Kenya, Uganda, …"
        beside = token.lemma_.lower() in words("institutions", "countries", "words")  # "its ally Chad"
        for child in token.children:
            if child.dep_ in ("appos", "flat", "nmod:desc", "compound") and (mention := self._cast.at(child.i)):
                kind = self._cast.members[mention.member].kind
                ally = beside and kind is Kind.STATE and child.i > token.i
                if (kind is Kind.PERSON and rank(token.text)) or child.dep_ == "appos" or ally:
                    return [mention.member]
        if rank(token.text) and (named_after := self._named_after_body(token)):
            return named_after
        after = self._cast.at(token.i + 1) if token.i + 1 < len(self._doc) else None
        if after is None:
            return []
        kind = self._cast.members[after.member].kind
        titled = kind is Kind.PERSON and rank(token.text) is not None
        return [after.member] if titled or (kind is Kind.ORGANIZATION and after.how == "name") else []

    def _named_after_body(self, title: Token) -> list[EntityId]:
        """ "the leader of the opposition Alliance, Ana Silva": a tree may hang the name on the body."""
        bodies = (c for c in title.children if c.dep_ == "nmod" and preposition(c) in ("of", "for"))
        named = (m for body in bodies for c in body.children if c.dep_ in ("appos", "conj") and (m := self._cast.at(c.i)))
        return [m.member for m in named if self._cast.members[m.member].kind is Kind.PERSON][:1]

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
        if not owners and is_definite(token):
            bearers = [o.person for o in self.affiliations.offices if _last(o.title) == token.lemma_.lower()]
            if (
                not bearers
                and token.lemma_.lower() == "head"
                and any(c.lower_ in ("state", "government") for c in token.children)
            ):
                leaders = [o for o in self.affiliations.offices if rank(o.title) == "state"]
                bearers = [o.person for o in leaders if o.of == self.affiliations.home] or [o.person for o in leaders]
            return [self._nearest(bearers, token)] if bearers else []
        return []

    def _nearest(self, people: Sequence[EntityId], token: Token) -> EntityId:
        before = [m.member for m in self._cast.before(token.i, Kind.PERSON) if m.member in people]
        return before[0] if before else people[0]

    def _acting(self, token: Token) -> list[EntityId]:
        """ "Russian officials", "the government in Kyiv", "Hamas fighters": the state or body they act for."""
        lemma = token.lemma_.lower()
        owners = [o for o in self.owners(token) if self._cast.members[o].kind is not Kind.AGREEMENT]
        if lemma in words("institutions", "acting", "irregular"):
            return [o for o in owners if self._is_body(o)]
        acting = words("institutions", "acting", "words") | words("institutions", "bodies", "words")
        if lemma not in acting and not (lemma in trigger_words("triggers", "ratify", "assembly") and self._is_owned(token)):
            return []
        return [self.affiliations.state_of(o) or o for o in owners if self._is_body(o) or self.affiliations.state_of(o)]

    def _is_owned(self, token: Token) -> bool:
        """Does a pronoun say whose it is: "our parliament", "its lawmakers"?"""
        return any(c.dep_ == "nmod:poss" and c.pos_ == "PRON" for c in token.children)

    def _is_body(self, member: EntityId) -> bool:
        return self._cast.members[member].kind is Kind.ORGANIZATION

    def _country(self, token: Token) -> list[EntityId]:
        """ "his country", "the kingdom": a person's state, or the state named last."""
        if token.lemma_.lower() not in words("institutions", "countries", "words") or not is_definite(token):
            return []
        owners = [e for c in token.children if c.dep_ == "nmod:poss" for e in self.of(c)]
        if owners:
            return [s for o in owners if (s := self.affiliations.state_of(o))]
        if any(c.dep_ == "nmod:poss" for c in token.children):
            return []  # "our country", where nobody knows whose
        if token.lemma_ in ("side", "party", "power", "ally", "government", "capital") or token.lower_ != token.lemma_.lower():
            return []
        near = [m.member for m in self._cast.before(token.i, Kind.STATE) if self._antecedents.near(m, token)]
        return sorted(near, key=lambda member: not self.affiliations.is_styled(member, token.lemma_))[:1]

    def _pronoun(self, token: Token, kinds: tuple[Kind, ...]) -> list[EntityId]:
        word = token.lower_
        if word in _I | _WE and (speaker := self.speaker_at.get(token.i)):
            state = self.affiliations.state_of(speaker)
            return [state] if word in _WE and state else [speaker]
        if word in HE:
            own = self._agents_of(token) if token.dep_ in ("obj", "iobj", "obl") else self._apposed_to(token)
            if ahead := [p for p in self._antecedents.ahead(token) if p not in own]:
                return ahead[:1]
            ranked = self._antecedents.subjects(token, (Kind.PERSON,), self._described())
            if token.dep_.startswith("nsubj") and ranked and not self._antecedents.in_sentence(ranked[0], token):
                centres = [p for c in self._antecedents.centre(token) for p in self.of(c)]
                ranked = [p for p in centres if p in ranked][-1:] + ranked
            return [p for p in ranked if p not in own][:1]
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
            return self._groups.they(token, (Kind.PERSON, Kind.STATE) if Kind.PERSON in kinds or not kinds else (Kind.STATE,))
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
