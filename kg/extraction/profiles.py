"""What one mention says of its agreement: parties, signers' states, date, name, describing words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extraction.lexicon import words as trigger_words
from kg.extraction.referents import Referents
from kg.extraction.syntax import noun_roles, verb_roles
from kg.extraction.trees import is_passive, preposition
from kg.language.agreements import AgreementMention
from kg.language.lexicon import table, words
from kg.model import EntityId, Kind, ZoneKind


@dataclass(frozen=True, slots=True)
class Profile:
    """What one mention says of its agreement.

    `named_parties` are those of `parties` that its own phrase names ("with", "between", nationalities); `proper` are the
    capitalised words of a description ("the Oslo accord"), `marks` the words of place and month where it is signed;
    `day` is when it is signed, if the text gives a day; `titled` says that it stands in a title; `topic` holds the words of
    "on …" after the noun; `signers` are the people who sign it, `places` the words of where; `listed` says that it is one
    of several known by their years; `restricted` says that its phrase goes on to tell which one
    it is ("the pact that they signed").
    """

    mention: AgreementMention
    parties: frozenset[EntityId]
    year: str | None
    further: bool
    earlier: bool
    named_parties: frozenset[EntityId] = frozenset()
    proper: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    day: str | None = None
    titled: bool = False
    topic: frozenset[str] = frozenset()
    restricted: bool = False
    signers: frozenset[EntityId] = frozenset()
    places: frozenset[str] = frozenset()
    listed: bool = False

    @property
    def family(self) -> str | None:
        """The sort of text that the noun names, where it can be of no other sort ("memorandum", "truce")."""
        families = table("agreements", "families")
        found: str | None = families.get(self.mention.noun)
        return None if set(self.mention.words) & set(families) else found

    @property
    def content(self) -> frozenset[str]:
        plain = words("agreements", "other", "plain") | words("agreements", "other", "earlier")
        return frozenset(w for w in self.mention.words if w not in plain and w[0].isalpha()) | self.topic


def profile_of(doc: Doc, mention: AgreementMention, referents: Referents, dates: dict[int, str]) -> Profile:
    """Return what a mention says; `dates` gives the date at each token of one, in ISO form."""
    head = doc[mention.head]
    years = {i: value[:4] for i, value in dates.items()}
    around = set(mention.words) | {c.lower_ for c in head.children if c.dep_ in ("amod", "det", "advmod")}
    verb = head.head
    signing = signing_verb(head)
    named = noun_roles(head)
    own = [*named.get("between", ()), *named.get("modifier", ()), *(t for t in named.get("with", ()) if _is_next(t, mention.end))]
    entry = _date_of_entry(doc, head, dates)
    return Profile(
        mention,
        frozenset(_parties(head, referents)),
        mention.year
        or _year_after(head, years)
        or _year_of_participle(doc, mention, years)
        or (entry[:4] if entry and signing is not None else None),
        bool(around & words("agreements", "other", "further"))
        or (
            any(c.lower_ == "also" for c in verb.children if c.dep_ == "advmod")
            and not (mention.definite and head.dep_.startswith("nsubj"))  # "the document also covers …"
        ),
        bool(around & words("agreements", "other", "earlier")),
        frozenset(p for e in referents.among(own) if (p := referents.affiliations.party(e))),
        _proper(doc, mention, referents),
        frozenset(_marks(doc, signing, dates, paragraph_start(doc, head.i) if entry else None)) if signing else frozenset(),
        (_day(signing, dates) or entry if signing is not None else None) or _day_of_phrase(head, dates),
        _is_titled(doc, head),
        frozenset(_topic(head)),
        _day_of_phrase(head, dates) is not None
        or (signing is not None and signing.head == head and doc[mention.end].text != ","),
        frozenset(_signers(signing, referents)) if signing is not None else frozenset(),
        frozenset(_cities(signing, referents)) if signing is not None else frozenset(),
    )


def _signers(verb: Token, referents: Referents) -> Iterator[EntityId]:
    if verb.lemma_ in trigger_words("triggers", "sign", "firm"):
        found = verb_roles(verb)
        tokens = [t for role in ("agent", "with", "by") for t in found.get(role, ())]
        yield from (e for e in referents.among(tokens, Kind.PERSON) if referents.kind_of(e) is Kind.PERSON)


def signing_verb(noun: Token) -> Token | None:
    """Return the verb that says that an agreement is signed, concluded or reached."""
    head = noun
    while head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN"):
        head = head.head
    for verb in (head.head, *noun.children):
        if verb.pos_ == "VERB" and _governs(verb, head) and verb.lemma_ in trigger_words("triggers", "sign", "verbs"):
            return verb
    return None


def _phrases(verb: Token) -> list[Token]:
    """Return the phrases with prepositions of a verb, or of its object, where trees hang them as often."""
    objects = [c for c in verb.children if c.dep_ in ("obj", "nsubj:pass")]
    return [c for top in (verb, *objects) for c in top.children if c.dep_.startswith(("obl", "nmod"))]


def _cities(verb: Token, referents: Referents) -> Iterator[str]:
    for child in _phrases(verb):
        if preposition(child) == "in" and referents.kind_at(child.i) is Kind.PLACE:
            yield from (t.lower_ for t in child.subtree if t.text[0].isupper())


def _is_next(noun: Token, end: int) -> bool:
    """Do "with" and its noun follow a mention with nothing between them but its topic? Else they belong to the verb."""
    case = next((c.i for c in noun.children if c.dep_ == "case"), noun.i)
    return all(t.pos_ in ("ADP", "DET", "NOUN", "PROPN", "ADJ") for t in noun.doc[end:case])


def _topic(head: Token) -> Iterator[str]:
    """Yield the words of what an agreement is on."""
    for child in head.children:
        about = preposition(child) in words("agreements", "other", "leading_on")
        if child.i > head.i and child.dep_ in ("nmod", "obl") and about:
            yield from (t.lower_ for t in child.subtree if t.pos_ in ("NOUN", "ADJ") and t.ent_type_ != "DATE")


def _marks(doc: Doc, verb: Token, dates: dict[int, str], entry: int | None) -> Iterator[str]:
    """Yield the words of place and month where something is signed, and of places in the sentence before.

    `entry` is the first token of a timeline's entry.
    """
    if entry is not None:
        yield from (t.lower_ for t in doc[entry : entry + 3] if t.i in dates and t.is_alpha)
    phrases = _phrases(verb)
    yield from (t.lower_ for c in phrases for t in c.subtree if t.i in dates and t.is_alpha)
    before = doc[verb.sent.start - 1].sent if verb.sent.start else ()
    yield from list(_places(phrases)) or _places(before)


def _places(phrases: Iterable[Token]) -> Iterator[str]:
    for phrase in phrases:
        if phrase.dep_.startswith(("obl", "nmod")) and preposition(phrase) in ("in", "at", "on", "near", "outside"):
            yield from (t.lower_ for t in phrase.subtree if t.text[0].isupper() and not t.is_stop and t.ent_type_ != "DATE")


def _day(verb: Token | None, dates: dict[int, str]) -> str | None:
    if verb is None or verb.lemma_ not in trigger_words("triggers", "sign", "firm"):
        return None
    if any(c.lower_ in ("to", "will", "would", "shall") for c in verb.children if c.dep_ in ("aux", "mark")):
        return None
    found = [dates[t.i] for c in verb.children if c.dep_.startswith(("obl", "nmod")) for t in c.subtree if t.i in dates]
    return next((d for d in found if len(d) == 10), None)


def _day_of_phrase(head: Token, dates: dict[int, str]) -> str | None:
    """Return the day in "the ceasefire of July 28"."""
    found = [dates[c.i] for c in head.children if c.i > head.i and c.dep_ == "nmod" and c.i in dates]
    return next((d for d in found if len(d) == 10), None)


def _proper(doc: Doc, mention: AgreementMention, referents: Referents) -> frozenset[str]:
    """Return the capitalised words before the noun of a mere description: "the Oslo accord", but no nationalities."""
    if mention.end > mention.head + 1 and mention.named:
        return frozenset()
    found = []
    for token in doc[mention.start : mention.head]:
        state = referents.kind_at(token.i) is Kind.STATE
        if token.text[0].isupper() and token.is_alpha and not state and not token.is_sent_start:
            found.append(token.lower_)
    return frozenset(found)


def _is_titled(doc: Doc, token: Token) -> bool:
    document = doc._.document
    return document is not None and any(
        z.kind is ZoneKind.TITLE and z.span.start <= token.idx < z.span.end for z in document.zones
    )


def _parties(head: Token, referents: Referents) -> list[EntityId]:
    """Return the states and bodies that a mention's own words bind: "between", "with", its signers."""
    around = noun_roles(head)
    tokens = [t for role in ("between", "with", "owner", "agent") for t in around.get(role, ())]
    states = list(around.get("modifier", ()))
    for verb in (head.head, *head.children):
        if verb.pos_ == "VERB" and _governs(verb, head):
            found = verb_roles(verb)
            if verb.lemma_ in trigger_words("triggers", "sign", "verbs"):
                tokens += [*found.get("agent", ()), *found.get("with", ()), *found.get("by", ())]
            elif verb.lemma_ in trigger_words("triggers", "ratify", "verbs"):
                states += found.get("agent", [])
    members = [referents.affiliations.party(e) for e in referents.among(tokens)] + [
        referents.affiliations.state_of(e) for e in referents.among(states)
    ]
    return [m for m in members if m]


def _governs(verb: Token, noun: Token) -> bool:
    return (noun.head == verb and (noun.dep_ == "obj" or (noun.dep_ == "nsubj:pass" and is_passive(verb)))) or verb.head == noun


def _year_after(head: Token, years: dict[int, str]) -> str | None:
    """Return the year in "accord from 1998" or "agreement signed in April 2001"."""
    for child in head.children:
        if child.i > head.i and child.dep_ in ("nmod", "acl", "nmod:unmarked", "acl:relcl"):
            if child.i in years:
                return years[child.i]
            if child.pos_ == "VERB" and child.lemma_ in trigger_words("triggers", "sign", "verbs") | {"date"}:
                return next((years[t.i] for t in child.children if t.i in years), None)
    return None


def _date_of_entry(doc: Doc, head: Token, dates: dict[int, str]) -> str | None:
    """Return the date of a timeline's entry ("May 26, 1972: In Moscow, …", "May 26, 1972 - …") that a mention stands in."""
    start = paragraph_start(doc, head.i)
    opening = [t for t in doc[start : start + 8] if t.i in dates]
    if not opening or opening[0].i != start or doc[opening[-1].i + 1].text not in (":", "-", "–", "—"):
        return None
    return dates[start]


def _year_of_participle(doc: Doc, mention: AgreementMention, years: dict[int, str]) -> str | None:
    """Return the year in "Treaty of Friendship and Cooperation, signed in 2000": a long name hides its head from the tree."""
    for token in doc[mention.end : mention.end + 2]:
        if token.pos_ == "VERB" and token.lemma_ in trigger_words("triggers", "sign", "verbs") and token.dep_ == "acl":
            return next((years[t.i] for t in token.subtree if t.i in years), None)
    return None


def paragraph_start(doc: Doc, token: int) -> int:
    """Return the first token of the paragraph that a token stands in."""
    while token > 0 and not (doc[token - 1].is_space and "\n" in doc[token - 1].text):
        token -= 1
    return token
