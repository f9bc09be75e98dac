"""The lexicon's patterns for what agreements cover, and their matches in a stretch of words.

A pattern's words match any of their forms in either spelling; "a/b" is either word, "…" a gap of a few words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.errors import ResourceError
from kg.extraction.lexicon import table
from kg.vocabulary import vocabulary

_GAP = 8  # words that "…" may stand for
_SPELLINGS = (("defence", "defense"), ("labour", "labor"), ("isation", "ization"), ("ise", "ize"), ("manoeuvre", "maneuver"))
_TOPIC_OPENERS = frozenset({"on", "about", "over", "concerning", "regarding"})


@dataclass(frozen=True, slots=True)
class FieldPattern:
    """One pattern: sets of words that may stand at each place, None for a gap."""

    field: str
    places: tuple[frozenset[str] | None, ...]

    def match(self, stems: Sequence[str], start: int) -> tuple[int, ...] | None:
        """Return the places of the pattern's words if it begins at a word."""
        return self._rest(stems, start, 0)

    def _rest(self, stems: Sequence[str], at: int, done: int) -> tuple[int, ...] | None:
        if done == len(self.places):
            return ()
        wanted = self.places[done]
        if wanted is None:
            for skipped in range(_GAP + 1):
                if (found := self._rest(stems, at + skipped, done + 1)) is not None:
                    return found
            return None
        if at >= len(stems) or stems[at] not in wanted:
            return None
        found = self._rest(stems, at + 1, done + 1)
        return None if found is None else (at, *found)


@cache
def patterns(sort: str) -> Mapping[str, tuple[FieldPattern, ...]]:
    """Return the lexicon's patterns by their first word: "patterns" for clauses and topics, "names" for agreements' own words.

    Raises ResourceError if a list stands under no field of the ontology.
    """
    found: dict[str, list[FieldPattern]] = defaultdict(list)
    for name, group in table("fields", sort).items():
        if name not in vocabulary().fields:
            raise ResourceError("fields.toml", f"{name!r} is no field concept of the ontology")
        for text in group:
            places = tuple(None if word == "…" else frozenset(stem(w) for w in word.split("/")) for word in text.split())
            for first in places[0] or ():
                found[first].append(FieldPattern(name, places))
    return {first: tuple(sorted(group, key=lambda p: -len(p.places))) for first, group in found.items()}


@cache
def stem(word: str) -> str:
    """Return what the forms and spellings of a word have in common.

    >>> [stem(w) for w in ("Defences", "demilitarised", "supplies", "crisis")]
    ['defense', 'demilitarized', 'supply', 'crisis']
    """
    word = word.lower().replace("co-op", "coop").replace("cease-fire", "ceasefire")
    for british, american in _SPELLINGS:
        if len(word) > len(british) + 1 or british in ("defence", "labour", "manoeuvre"):
            word = word.replace(british, american)
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")) else word


def fields_in(
    tokens: Sequence[Token], sort: str = "patterns", named: Callable[[Token], bool] = lambda _: False
) -> list[tuple[str, Token]]:
    """Return the fields that a stretch of words speaks of, each with the word where it begins; `named` words are passed over."""
    words = list(_joined(tokens))
    stems = ["" if named(token) else text for text, token in words]
    known, used, found = patterns(sort), set[int](), []
    skip_to = 0
    for i, (_, token) in enumerate(words):
        if i in used or i < skip_to:
            continue
        hits = [(p, places) for p in known.get(stems[i], ()) if (places := p.match(stems, i)) is not None]
        if hits:
            best, places = max(hits, key=lambda hit: (len(hit[1]), -hit[1][-1]))
            used.update(places)
            found.append((best.field, token))
            if best.field == "Consultation" and places[-1] + 1 < len(stems) and stems[places[-1] + 1] in _TOPIC_OPENERS:
                skip_to = next((n for n in range(places[-1], len(stems)) if stems[n] == ","), len(stems))
    return found


def _joined(tokens: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    """Yield each word's stem, words with hyphens as one: "military - technical"."""
    text, first = "", None
    for n, token in enumerate(tokens):
        if token.is_space:
            continue
        part = token.lemma_.lower() if token.pos_ != "PROPN" else token.lower_
        if first is None:
            text, first = part, token
        else:
            text += part
        after = tokens[n + 1].text if n + 1 < len(tokens) and tokens[n + 1].i == token.i + 1 else ""
        if "-" in (token.text, after) and after != "" and not token.whitespace_:
            continue
        yield stem(text), first
        text, first = "", None
    if first is not None:
        yield stem(text), first
