"""Names in a text: what the network and the gazetteer find, reconciled and typed."""

from __future__ import annotations

import calendar
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.language.agreement_names import AgreementName, known_agreement
from kg.language.gazetteer import Match, Sense
from kg.language.lexicon import table, words
from kg.language.metonymy import is_place
from kg.model import Kind

_KINDS = {"PERSON": Kind.PERSON, "ORG": Kind.ORGANIZATION, "LOC": Kind.PLACE}
_DASHES = frozenset("-–")
_OF_STATES = ("name", "adjective", "people")


@dataclass(frozen=True, slots=True)
class _Named:
    """What a document names beyond doubt: the words of its people's full names, the ids of its states."""

    people: frozenset[str]
    states: frozenset[str]


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of tokens that names something.

    `how` is "name", "adjective", "people", "seat", "shortening" or "family"; `reference` is the id in the knowledge
    base, where the name is known there.
    """

    start: int
    end: int
    kind: Kind
    how: str = "name"
    reference: str | None = None


def find_names(doc: Doc, known: Sequence[Match], agreements: Sequence[AgreementName] = ()) -> list[Name]:
    """Return the names of a document in order, none overlapping, but for agreements: those are sought apart.

    `known` is what the gazetteer finds in the document. Inside the name of an agreement only the gazetteer counts.
    """
    matches = [m for m in known if known_agreement(m) is None]
    taken = {i for name in agreements for i in range(name.start, name.end)}
    spans = (s for s in doc.ents if s.label_ in (*_KINDS, "MISC", "EVENT") and taken.isdisjoint(range(s.start, s.end)))
    raw = [trimmed for span in spans if (trimmed := _trimmed(span)) and not _is_topic(trimmed)]
    people = frozenset(t.text for span in raw if span.label_ == "PERSON" and len(span) > 1 for t in span)
    states = frozenset(s.reference for m in matches for s in m.senses if s.how in _OF_STATES)
    named = _Named(people, states)
    found: list[Name] = []
    used: set[int] = set()
    begins, longest = [m.start for m in matches], max((m.end - m.start for m in matches), default=0)
    for span in raw:
        near = matches[bisect_left(begins, span.start - longest) : bisect_left(begins, span.end)]
        inside = [m for m in near if m.start < span.end and span.start < m.end]
        for name in _reconciled(doc, span, inside, named):
            found.append(name)
            used.update(range(name.start, name.end))
    for match in matches:
        place = range(match.start, match.end)
        free = used.isdisjoint(place) and (taken.isdisjoint(place) or _tells(doc, match))
        if free and (more := _known(doc, match, None, named)):
            found.append(more)
    found.extend(_combining_forms(doc, used))
    return sorted(_without_overlaps(found), key=lambda n: n.start)


def _combining_forms(doc: Doc, used: set[int]) -> Iterator[Name]:
    """Yield the first halves of "Franco-German", "Sino-Russian"."""
    forms: dict[str, str] = table("combining", "forms")
    for token in doc[:-2]:
        joined = token.text in forms and token.nbor(1).text in ("-", "–") and token.nbor(2).text[0].isupper()
        if joined and token.i not in used and not token.whitespace_:
            yield Name(token.i, token.i + 1, Kind.STATE, "adjective", forms[token.text])


def _tells(doc: Doc, match: Match) -> bool:
    """Does a name inside that of an agreement say whose it is? "American" in "American Convention" does not."""
    dashed = doc[match.start - 1].text in _DASHES if match.start else False
    return dashed or doc[match.end].text in _DASHES or match.sense("adjective", "people") is None


def _trimmed(span: Span) -> Span | None:
    """Cut off what the network takes along: articles, possessive endings, titles, brackets."""
    start, end = span.start, span.end
    doc = span.doc
    for token in span[1:-2]:  # "the Agreement on Trade, and Bangkok"
        if token.text == "," and token.nbor(1).lower_ in ("and", "but", "while", "as"):
            end = token.i
            break
    while start < end and (doc[start].pos_ in ("DET", "PUNCT", "ADP") or doc[start].is_space or _is_title(doc[start])):
        start += 1
    while end > start and (doc[end - 1].pos_ in ("PUNCT", "PART", "ADP", "CCONJ") or doc[end - 1].is_space):
        end -= 1
    if span.label_ == "PERSON" and doc[end - 1].lower_ in words("titles", "particles", "words") and end < len(doc):
        end += doc[end].text[:1].isupper()  # "Fahd bin" of "Fahd bin Said"
    if start == end or not any(t.is_alpha and t.text[0].isupper() for t in doc[start:end]):
        return None
    return Span(doc, start, end, label=span.label_)


def _is_topic(span: Span) -> bool:
    """Is it only what a ministry is for ("Foreign Affairs"), or a plain word for those who govern ("government")?"""
    plain = words("institutions", "topics", "words") | words("institutions", "acting", "governing")
    return span.label_ == "ORG" and all(t.lower_ in plain for t in span)


def _is_title(token: Token) -> bool:
    lemma = token.text.lower().rstrip(".")
    return any(lemma in words("titles", group, "words") for group in ("state", "minister", "voice", "body", "address"))


def _reconciled(doc: Doc, span: Span, inside: list[Match], named: _Named) -> Iterator[Name]:
    kind = _KINDS.get(span.label_)
    if not inside:
        if len(span) == 1 and span[0].text in named.people:
            kind = Kind.PERSON  # the network may take a family name alone for a place
        if kind and not _is_agreement(span):
            yield Name(span.start, span.end, kind)
        return
    first = inside[0]
    covers = all(span.start <= m.start and m.end <= span.end for m in inside)
    whole = len(inside) == 1 and covers and first.end - first.start == span.end - span.start
    if not covers or whole or kind is None:
        yield from (n for m in inside if (n := _known(doc, m, span.label_ if whole else None, named)))
        return
    if first.start == span.start and first.sense(*_OF_STATES) and _is_topic(Span(doc, first.end, span.end, label=span.label_)):
        yield from (n for n in (_known(doc, first, None, named),) if n)  # "Chadian Trade" and Industry Minister
        return
    if _is_government(span, inside):
        yield from (n for m in inside if (n := _known(doc, m, None, named)))
        return
    rest = _after_owner(doc, span, first)
    if rest is not None and (name := _known(doc, first, None, named)):
        yield name
        yield from _reconciled(doc, rest, inside[1:], named)
        return
    if _is_agreement(span) or _is_of_states(doc, span, inside):
        yield from (n for m in inside if (n := _known(doc, m, None, named)))
        return
    longest = max(inside, key=lambda m: m.end - m.start)
    known = longest.sense("name")
    if kind is Kind.PERSON and known and known.reference.startswith("person/"):
        yield Name(longest.start, longest.end, kind, "name", known.reference)
    else:
        yield Name(span.start, span.end, kind)


def _is_government(span: Span, inside: list[Match]) -> bool:
    """Is it the state's own name with a word for its government: "Government of Spain", "Royal Norwegian Government"?"""
    left = [t.lower_ for t in span if not any(m.start <= t.i < m.end for m in inside)]
    governs = words("institutions", "governments", "words")
    return bool(governs.intersection(left)) and all(w in governs or w in ("of", "the", "'s", "’s", "royal") for w in left)


def _is_of_states(doc: Doc, span: Span, inside: list[Match]) -> bool:
    """Do only hyphens stand between the names of states ("the Kenyan-Ugandan border")?"""
    named = {i for m in inside if m.sense(*_OF_STATES) for i in range(m.start, m.end)}
    return len(inside) > 1 and all(i in named or doc[i].text in _DASHES for i in range(span.start, span.end))


def _is_agreement(span: Span) -> bool:
    """Does a name end as agreements do ("Oslo Accords")? Those are sought later."""
    last = span[-1].lower_
    return len(span) > 1 and (last in words("agreements", "heads") or last.removesuffix("s") in words("agreements", "heads"))


def _after_owner(doc: Doc, span: Span, first: Match) -> Span | None:
    """Return what follows a state at the start of a name ("Russia's Putin", "Greek parliament"), if it names by itself."""
    if first.start != span.start or not first.sense(*_OF_STATES, "seat"):
        return None
    start = first.end
    possessive = start < span.end and doc[start].lower_ in ("'s", "’s", "'", "’")
    start += possessive
    if start >= span.end:
        return None
    institution = doc[span.end - 1].lower_ in words("institutions", "bodies", "words") and span.label_ == "ORG"
    return Span(doc, start, span.end, label=span.label_) if possessive or institution else None


def _known(doc: Doc, match: Match, label: str | None, named: _Named) -> Name | None:
    """Return the name that a gazetteer match is at its place, or None where its word means something else."""
    token = doc[match.start]
    if match.end - match.start == 1 and label == "PERSON" and token.text in named.people:
        return Name(match.start, match.end, Kind.PERSON, "family")
    if (sense := match.sense("adjective", "people")) and not (_state_name(match) and not _is_before_noun(doc, match)):
        return Name(match.start, match.end, _kind(sense.reference), sense.how, sense.reference)
    if (seat := match.sense("seat")) and not _state_name(match):
        body = next((s for s in match.senses if s.how == "shortening" and s.reference.startswith("organization/")), None)
        if body and seat.reference not in named.states and not is_place(doc, match.start, match.end):
            return Name(match.start, match.end, Kind.ORGANIZATION, "seat", body.reference)  # "Brussels" is rarely Belgium
        place = match.sense("capital", "name")
        if is_place(doc, match.start, match.end):
            return Name(match.start, match.end, Kind.PLACE, "name", place.reference if place else None)
        return Name(match.start, match.end, Kind.STATE, "seat", seat.reference)
    if sense := _state_name(match) or match.sense("name", "capital"):
        return Name(match.start, match.end, _kind(sense.reference), "name", sense.reference)
    if (sense := match.sense("shortening")) and not sense.reference.startswith("agreement/") and _stands_alone(doc, match):
        return Name(match.start, match.end, _kind(sense.reference), "shortening", sense.reference)
    if match.sense("family") and (label == "PERSON" or (token.pos_ == "PROPN" and _is_free(token, named))):
        return Name(match.start, match.end, Kind.PERSON, "family")
    return None


def _is_before_noun(doc: Doc, match: Match) -> bool:
    """Does a form that is both noun and adjective ("UK") stand before a noun that it describes?"""
    top = doc[match.start : match.end].root
    return top.dep_ in ("compound", "amod", "nmod", "flat") and top.head.i > top.i


def _is_free(token: Token, named: _Named) -> bool:
    """May a family name that the network does not mark be one here? Months are not, unless such a person is named ("May")."""
    taken = token.ent_type_ in ("DATE", "EVENT")
    return not taken and (token.text not in calendar.month_name or token.text in named.people)


def _state_name(match: Match) -> Sense | None:
    return next((s for s in match.senses if s.how == "name" and s.reference.startswith("state/")), None)


def _kind(reference: str) -> Kind:
    return {"person": Kind.PERSON, "state": Kind.STATE, "organization": Kind.ORGANIZATION, "place": Kind.PLACE}[
        reference.split("/")[0]
    ]


def _stands_alone(doc: Doc, match: Match) -> bool:
    """ "the North" is a state's short name only where no other capitalised word goes on with it."""
    after = doc[match.end] if match.end < len(doc) else None
    before = doc[match.start - 1] if match.start else None
    return before is not None and before.lower_ == "the" and not (after is not None and after.text[:1].isupper())


def _without_overlaps(names: list[Name]) -> list[Name]:
    taken: set[int] = set()
    kept = []
    for name in sorted(names, key=lambda n: (n.start - n.end, n.start)):
        place = range(name.start, name.end)
        if not taken.intersection(place):
            taken.update(place)
            kept.append(name)
    return kept
