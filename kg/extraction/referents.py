"""Whom a word refers to: names, nationalities, titles, pronouns, "the two leaders", "both countries".

Nothing is guessed across more than a few sentences; what stays open refers to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from spacy.tokens import Doc, Span, Token

from kg.extraction.offices import Office, rank
from kg.extraction.syntax import conjuncts, preposition, verb_roles
from kg.language.cast import Cast, CastMention
from kg.language.lexicon import words
from kg.model import EntityId, Kind
from kg.reference import Place, PlaceKind, Reference

_HE = frozenset({"he", "him", "his", "she", "her", "himself", "herself", "hers"})
_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "both", "themselves"})
_I = frozenset({"i", "me", "my", "myself"})
_WE = frozenset({"we", "us", "our", "ours"})
_PAIR = frozenset({"two", "both", "three", "these"})
_BACK = 4  # sentences


class Referents:
    """Resolves the words of one document to members of its cast."""

    def __init__(self, doc: Doc, cast: Cast, offices: Sequence[Office], reference: Reference, issued: date | None) -> None:
        self._doc, self._cast, self._reference, self._issued = doc, cast, reference, issued
        self._offices = offices
        self._seats = {state.capital: state.id for state in reference.states if state.capital and not state.ended}
        self._epithets: list[CastMention] | None = None
        self._lists: dict[str, list[EntityId]] = {}  # "powers" -> the states that were listed as powers
        self._people = [m for m in cast.mentions if cast.members[m.member].kind is Kind.PERSON and not self._is_served(m)]
        self._sentences = list(doc.sents)
        self._sentence_of = {t.i: n for n, s in enumerate(self._sentences) for t in s}
        self._states = self._states_of_people()
        self.speaker_at: dict[int, EntityId] = {}  # token in a quotation -> who speaks, filled by attribution
        self.several: dict[int, list[EntityId]] = {}  # head of a plural noun phrase -> its members, filled with the agreements
        self._seen: dict[tuple[int, tuple[Kind, ...]], tuple[EntityId, ...]] = {}

    # ---------------------------------------------------------------- public doors
    def of(self, token: Token, *kinds: Kind) -> tuple[EntityId, ...]:
        """Return the members that a noun phrase's head word refers to; `kinds` prefers some for pronouns."""
        key = token.i, kinds
        if key not in self._seen:
            self._seen[key] = ()  # a phrase that refers to itself refers to nobody
            self._seen[key] = tuple(dict.fromkeys(self._resolve(token, kinds)))
        return self._seen[key]

    def among(self, tokens: Iterable[Token], *kinds: Kind) -> tuple[EntityId, ...]:
        """Return the members that several words refer to, in order, each once."""
        found = [e for token in tokens for e in (*self.of(token, *kinds), *self._companions(token))]
        return tuple(dict.fromkeys(found))

    def _companions(self, token: Token) -> list[EntityId]:
        """Return the persons beside a person in "President A of X and leader B": titles often break the tree there."""
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

    def state_of(self, member: EntityId) -> EntityId | None:
        """Return the state that a person leads or serves, or that a body belongs to; a state is its own."""
        found = self._cast.members[member]
        if found.kind is Kind.STATE:
            return member
        return self._states.get(member) if found.kind is Kind.PERSON else found.state

    def party(self, member: EntityId) -> EntityId | None:
        """Return whom a signature by the member binds: the state of a person, a state or a body itself."""
        found = self._cast.members[member]
        if found.kind is Kind.PERSON or found.state:
            return self.state_of(member)
        return member if found.kind in (Kind.STATE, Kind.ORGANIZATION) else None

    def state_member(self, reference: str) -> EntityId | None:
        """Return the member that is a state of the knowledge base, if the document names it."""
        return next((m.id for m in self._cast.members.values() if m.reference == reference), None)

    # ---------------------------------------------------------------- names and noun phrases
    def _resolve(self, token: Token, kinds: tuple[Kind, ...]) -> Iterable[EntityId]:
        if token.i in self.several:
            return self.several[token.i]
        mention = self._cast.at(token.i)
        if mention is not None:
            return [mention.member]
        if token.pos_ in ("PRON", "DET") or token.lower_ in _HE | _IT | _THEY:
            return self._pronoun(token, kinds)
        if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
            return []
        return (
            self._named_by_apposition(token)
            or self._epithet(token)
            or self._group(token)
            or self._acting(token)
            or self._country(token)
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
                found += [self._seated(e) or e for c in conjuncts(child) for e in self.of(c)]
        return found

    def is_vast(self, place: EntityId) -> bool:
        """Is a place too large to be where something happens: a sea, or a region of several states?"""
        known = self._reference.by_id.get(self._cast.members[place].reference or "")
        return isinstance(known, Place) and known.state is None and known.kind in (PlaceKind.REGION, PlaceKind.WATER)

    def state_of_place(self, place: EntityId) -> EntityId | None:
        """Return the state that a place of the knowledge base lies in, if the document names it."""
        known = self._reference.by_id.get(self._cast.members[place].reference or "")
        return self.state_member(known.state) if isinstance(known, Place) and known.state else None

    def _seated(self, member: EntityId) -> EntityId | None:
        """Return the state that is governed from a place."""
        place = self._cast.members[member]
        if place.kind is not Kind.PLACE or not place.reference:
            return None
        state = self._seats.get(place.reference)
        return self.state_member(state) if state else None

    def _epithet(self, token: Token) -> list[EntityId]:
        """ "the Russian leader", "the Kremlin's chief", "North Korea's foreign minister": who holds that office here?"""
        level = rank(token.text)
        if level is None or (token.lower_ != token.lemma_.lower() and token.lower_.endswith("s")):
            return []
        owners = [self.state_of(o) or o for o in self.owners(token)]
        held = [o for o in self._offices if o.of in owners and o.person in self._cast.members]
        same = [o.person for o in held if _last(o.title) == token.lemma_.lower()] or [
            o.person for o in held if rank(o.title) == level
        ]
        if same:
            return [self._nearest(same, token)]
        for owner in owners:
            for person in self._in_cast_by_office(owner, level):
                return [person]
        if not owners and self._definite(token):
            bearers = [o.person for o in self._offices if _last(o.title) == token.lemma_.lower()]
            return [self._nearest(bearers, token)] if bearers else []
        return []

    def _in_cast_by_office(self, owner: EntityId, level: str) -> list[EntityId]:
        reference = self._cast.members[owner].reference
        if reference is None or self._issued is None:
            return []
        people = [m for m in self._cast.members.values() if m.kind is Kind.PERSON and m.reference]
        return [
            m.id
            for m in people
            for office in self._reference.offices_of(m.reference or "", self._issued)
            if office.of == reference and any(rank(title) == level for title in office.titles)
        ]

    def _nearest(self, people: Sequence[EntityId], token: Token) -> EntityId:
        before = [m.member for m in self._cast.before(token.i, Kind.PERSON) if m.member in people]
        return before[0] if before else people[0]

    def _group(self, token: Token) -> list[EntityId]:
        """ "the two leaders", "both countries", "the pair"."""
        lemma = token.lemma_.lower()
        if lemma in words("institutions", "countries", "words") and (listed := self._states_after(token)):
            return listed
        plural = any(c.lower_ in _PAIR for c in token.children)
        if lemma in words("institutions", "people", "pairs") or (plural and lemma in words("institutions", "people", "words")):
            return self._pair(token, Kind.PERSON)
        if plural and lemma in words("institutions", "countries", "words"):
            return self._pair(token, Kind.STATE)
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
        """ "Russian officials", "the government in Kyiv": the state they act for."""
        if token.lemma_.lower() not in words("institutions", "acting", "words"):
            return []
        return [s for o in self.owners(token) if (s := self.state_of(o))]

    def _country(self, token: Token) -> list[EntityId]:
        """ "his country", "the kingdom": a person's state, or the state named last."""
        if token.lemma_.lower() not in words("institutions", "countries", "words") or not self._definite(token):
            return []
        owners = [e for c in token.children if c.dep_ == "nmod:poss" for e in self.of(c)]
        if owners:
            return [s for o in owners if (s := self.state_of(o))]
        if token.lemma_ in ("side", "party", "power", "ally", "government", "capital") or token.lower_ != token.lemma_.lower():
            return []
        return [m.member for m in self._cast.before(token.i, Kind.STATE)[:1] if self._near(m, token)]

    def _definite(self, token: Token) -> bool:
        return any(
            c.dep_ in ("det", "nmod:poss") and c.lower_ in ("the", "this", "that", "his", "her", "its", "their", "my", "our")
            for c in token.children
        )

    # ---------------------------------------------------------------- pronouns
    def _pronoun(self, token: Token, kinds: tuple[Kind, ...]) -> list[EntityId]:
        word = token.lower_
        if word in _I | _WE and (speaker := self.speaker_at.get(token.i)):
            state = self.state_of(speaker)
            return [state] if word in _WE and state else [speaker]
        if word in _HE:
            own = self._agents_of(token) if token.dep_ in ("obj", "iobj", "obl") else ()
            ahead = self._subject_ahead(token)
            return [p for p in ahead or self._subject_before(token, (Kind.PERSON,)) if p not in own][:1]
        if word in _IT:
            if token.dep_ == "nmod:poss" and (near := self._in_embedded_clause(token)):
                return [near]
            wanted = tuple(k for k in kinds if k not in (Kind.PERSON, Kind.PLACE)) or (
                Kind.STATE,
                Kind.ORGANIZATION,
                Kind.AGREEMENT,
            )
            return self._subject_before(token, wanted)[:1]
        if word in _THEY or (word == "either" and token.dep_ != "cc:preconj"):
            if Kind.PERSON in kinds or not kinds:
                return self._pair(token, Kind.PERSON, Kind.STATE)
            return self._pair(token, Kind.STATE)
        return []

    def _in_embedded_clause(self, token: Token) -> EntityId | None:
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

    def _subject_ahead(self, token: Token) -> list[EntityId]:
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

    def _agents_of(self, pronoun: Token) -> tuple[EntityId, ...]:
        """Return who does what is done to a pronoun: "he hoped to meet him" names two."""
        verb = pronoun.head
        return self.among(verb_roles(verb).get("agent", ())) if verb.pos_ == "VERB" else ()

    def _described(self) -> list[CastMention]:
        """Return the places where a title alone stands for a person: "The Russian president will be accompanied by …"."""
        if self._epithets is None:
            self._epithets = []
            for token in self._doc:
                if token.pos_ in ("NOUN", "PROPN") and self._cast.at(token.i) is None and rank(token.text):
                    self._epithets += [CastMention(token.i, token.i + 1, p, "title") for p in self._epithet(token)]
        return self._epithets

    def _subject_before(self, token: Token, kinds: tuple[Kind, ...]) -> list[EntityId]:
        """Return antecedents of a pronoun, best first: subjects before others, near sentences before far ones."""
        here = self._sentence_of[token.i]
        ranked = []
        described = [m for m in self._described() if m.start < token.i] if Kind.PERSON in kinds else []
        for mention in sorted((*self._cast.before(token.i, *kinds), *described), key=lambda m: -m.start):
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

    def _pair(self, token: Token, *kinds: Kind) -> list[EntityId]:
        """Return the two members that a plural points back to: those of the nearest sentence that has two."""
        here = self._sentence_of[token.i]
        for kind in kinds:
            for n in range(here, max(-1, here - _BACK - 1), -1):
                if n == here and token.lower_ in _THEY and (group := self._listed_in(self._sentences[n], kind, token.i)):
                    return group
                found = self._members_in(self._sentences[n], kind, token.i)
                if len(found) >= 2:
                    return found if len(found) == 2 else self._most_named(found)
        everywhere = self._members_in(self._doc[: token.i + 1], kinds[-1], token.i)
        return self._most_named(everywhere) if len(everywhere) >= 2 else []

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
                member = self.state_of(mention.member)
            elif self._cast.members[mention.member].kind is not kind:
                member = None
            if member and member not in found:
                found.append(member)
        return found

    def _most_named(self, members: Sequence[EntityId]) -> list[EntityId]:
        count = {m: sum(self._cast.members[m].forms.values()) for m in members}
        best = sorted(members, key=lambda m: -count[m])[:2]
        return [m for m in members if m in best]

    def _near(self, mention: CastMention, token: Token) -> bool:
        return self._sentence_of[token.i] - self._sentence_of[mention.start] <= _BACK

    # ---------------------------------------------------------------- states of people
    def _states_of_people(self) -> dict[EntityId, EntityId]:
        found: dict[EntityId, EntityId] = {}
        for office in self._offices:
            owner = self._cast.members.get(office.of or "")
            state = owner and (owner.id if owner.kind is Kind.STATE else owner.state)
            if state:
                found.setdefault(office.person, state)
        for member in self._cast.members.values():
            if member.kind is Kind.PERSON and member.reference and member.id not in found and self._issued:
                for held in self._reference.offices_of(member.reference, self._issued) or self._reference.offices_of(
                    member.reference
                ):
                    if state := self.state_member(held.of):
                        found.setdefault(member.id, state)
        return found


def _last(title: str) -> str:
    return title.split()[-1].lower() if title.split() else ""
