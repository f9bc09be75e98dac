"""Names of agreements before the text is parsed: those that the gazetteer knows, and those that spelling shows.

Both are read as one plain word by the network, because a long name breaks the tree around it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.language.gazetteer import Match
from kg.language.lexicon import table, words

_DASHES = frozenset("-–")
_CALENDAR = frozenset({*calendar.month_name, *calendar.month_abbr, *calendar.day_name, "Sept"})


@dataclass(frozen=True, slots=True)
class AgreementName:
    """Tokens that name an agreement; `head` is the token of the noun, or the last; `reference` where it is known."""

    start: int
    end: int
    head: int
    reference: str | None = None


def agreement_names(doc: Doc, known: Sequence[Match]) -> list[AgreementName]:
    """Return the names in order, none overlapping; `known` is what the gazetteer finds in the tokenised document."""
    found = [
        AgreementName(m.start, end, _noun(doc, m.start, end), reference)
        for m in known
        if (reference := known_agreement(m)) and (end := _without_stops(doc, m.start, m.end))
    ]
    taken = {i for name in found for i in range(name.start, name.end)}
    found += [name for name in _spelled(doc) if taken.isdisjoint(range(name.start, name.end))]
    return sorted(found, key=lambda name: name.start)


def known_agreement(match: Match) -> str | None:
    """Return the agreement of the knowledge base that a match names unmistakably ("New START")."""
    return next((s.reference for s in match.senses if s.how == "name" and s.reference.startswith("agreement/")), None)


def _without_stops(doc: Doc, start: int, end: int) -> int:
    while end > start + 1 and doc[end - 1].is_punct:
        end -= 1
    return end


def _noun(doc: Doc, start: int, end: int) -> int:
    """Return the token that heads a known name: its first noun for agreements, else its last word."""
    return next((t.i for t in doc[start:end] if _is_head(t)), end - 1)


def _spelled(doc: Doc) -> Iterator[AgreementName]:
    """Yield "Reciprocal Access Agreement", "Treaty on Conventional Armed Forces": capitals around a noun for agreements."""
    last, line, headline = 0, range(0), False
    for token in doc:
        if token.i < last or not token.text[0].isupper() or not _is_head(token):
            continue
        if token.i not in line:
            line = _line(token)
            headline = _is_headline(doc, line)
        if headline:
            continue
        start, end = _begin(doc, token.i), _finish(doc, token.i + 1)
        goes_on = end < len(doc) and doc[end].text[0].isupper() and not doc[end].is_sent_start and bool(doc[end - 1].whitespace_)
        if end - start > 1 and not (goes_on and end == token.i + 1) and start >= last:
            last = end
            yield AgreementName(start, end, token.i)


def _is_head(token: Token) -> bool:
    lemma = token.lower_
    heads = table("agreements", "heads")
    return (lemma in heads or lemma.removesuffix("s") in heads) and lemma not in words("agreements", "weak", "never_names")


def _is_headline(doc: Doc, line: range) -> bool:
    """Do all words of a line begin with capitals? Then they show no names."""
    return not any(t.is_lower and t.is_alpha and len(t) > 3 and not t.is_stop for t in doc[line.start : line.stop])


def _line(token: Token) -> range:
    doc, start, end = token.doc, token.i, token.i
    while start > 0 and "\n" not in doc[start - 1].text:
        start -= 1
    while end < len(doc) and "\n" not in doc[end].text:
        end += 1
    return range(start, end)


def _begin(doc: Doc, head: int) -> int:
    """Return where a name begins: capitalised words, with hyphens between them, before its noun."""
    start = head
    while start > 0:
        before = doc[start - 1]
        joined = before.text in _DASHES and start > 1 and not before.whitespace_ and not doc[start - 2].whitespace_
        if joined and doc[start - 2].text[:1].isupper():
            start -= 2
        elif _is_capital(before) and before.whitespace_:
            start -= 1
        elif before.lower_ == "and" and start > 1 and _is_capital(doc[start - 2]):
            start -= 2
        else:
            break
    return start - 1 if start and _is_year(doc[start - 1]) else start


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper() and (token.is_alpha or "." in token.text) and not token.is_stop


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token) == 4


def _finish(doc: Doc, end: int) -> int:
    """Return where a name ends: "on", "of" and "for" lead on to further capitalised words, "and" and commas between them."""
    if end >= len(doc) or doc[end].lower_ not in words("agreements", "other", "leading_on"):
        return end
    last = i = end
    while i < len(doc) and i - last < 3:
        token = doc[i]
        if token.text.rstrip(".") in _CALENDAR:
            break
        if token.text[0].isupper() and token.is_alpha:
            last = i + 1
        elif token.lower_ not in words("agreements", "other", "within_names") or _begins_a_clause(doc, i, end):
            break
        i += 1
    return last


def _begins_a_clause(doc: Doc, comma: int, start: int) -> bool:
    """Does ", and" go on with something else, for want of a comma before it that would make a list?"""
    followed = doc[comma].text == "," and comma + 1 < len(doc) and doc[comma + 1].lower_ == "and"
    return followed and not any(t.text == "," for t in doc[start:comma])
