"""Who speaks in quotation marks: each stretch between them belongs to the verb of saying beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extraction.lexicon import words
from kg.extraction.referents import Referents
from kg.extraction.syntax import verb_roles
from kg.extraction.trees import preposition
from kg.language.cast import Cast
from kg.model import EntityId, Kind

_QUOTED = re.compile(r"[“\"](?P<a>[^“”\"\n]{2,}(?:\n(?!\n)[^“”\"\n]+)*)[”\"]|«(?P<b>[^»]{2,})»")
_DASHED = re.compile(r"^[-–—]\s(?P<a>.+?)\s[-–—]\s", re.MULTILINE)


def attribute(doc: Doc, cast: Cast, referents: Referents) -> None:
    """Tell the referents who speaks at each token inside a quotation."""
    for span in _quotations(doc):
        speaker = _speaker(doc, span, cast, referents)
        if speaker is not None:
            referents.speaker_at.update(dict.fromkeys(range(span.start, span.end), speaker))


def _quotations(doc: Doc) -> Iterator[Span]:
    for pattern in (_QUOTED, _DASHED):
        for match in pattern.finditer(doc.text):
            span = doc.char_span(match.start(), match.end(), alignment_mode="contract")
            if span is not None and len(span) > 3:
                yield span


def _speaker(doc: Doc, quotation: Span, cast: Cast, referents: Referents) -> EntityId | None:
    """Return whose words a quotation is: by the verb of saying in its own sentence, before or after, or nearby."""
    first, last = doc[quotation.start].sent, doc[quotation.end - 1].sent
    for sentence in dict.fromkeys((last, first, *_neighbours(doc, first, last))):
        for token in sentence:
            if quotation.start <= token.i < quotation.end:
                continue
            for source in _sources(token):
                members = [
                    m
                    for m in referents.of(source, Kind.PERSON, Kind.ORGANIZATION, Kind.STATE)
                    if cast.members[m].kind is not Kind.AGREEMENT
                ]
                if members:
                    return members[0]
    return None


def _neighbours(doc: Doc, first: Span, last: Span) -> Iterator[Span]:
    """Yield the sentence after a quotation, in the same paragraph, where a bare "he said" may stand."""
    after = last.end
    if after < len(doc) and not doc[after - 1].is_space and not doc[after].is_space:
        yield doc[after].sent
    if first.start > 0 and not doc[first.start - 1].is_space:
        yield doc[first.start - 1].sent


def _sources(token: Token) -> list[Token]:
    if token.pos_ == "VERB" and token.lemma_.lower() in words("stance", "say", "verbs"):
        return verb_roles(token).get("agent", [])
    return [token] if preposition(token) in words("stance", "say", "prepositions") else []
