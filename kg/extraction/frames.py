"""Frames: what to look for, as data. One TOML file per property, checked when it is loaded.

A frame file names a property of the ontology, a version, and the finder that runs it. Its patterns name trigger words
("@sign" is a shared set), the roles that fill the statement's two ends, and what must stand where. The versioned name
("kg.signatory.v1") is what an evidence keeps as its provenance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.errors import ResourceError
from kg.extraction.lexicon import table
from kg.model import Kind, Modality, Polarity
from kg.resources import line_of, read_toml
from kg.vocabulary import vocabulary

FRAMES = Path(__file__).with_name("frames")
_FRAME_KEYS = frozenset({"property", "version", "finders", "summary", "pattern"})
_PATTERN_KEYS = frozenset(
    {
        *("verbs", "nouns", "adjectives", "particle", "subject", "object", "pairs", "need", "forbid", "polarity", "modality"),
        *("represent", "abroad", "types", "across", "holdings", "mutual", "rule", "confidence", "example"),
    }
)


@dataclass(frozen=True, slots=True)
class Need:
    """One of the `words` must (or must not) stand in the noun phrase of one of the `roles`.

    Beside the roles of `kg.extraction.syntax` there are "self" (the trigger word), "phrase" (its whole noun phrase),
    "verb" (the verb above it) and "head" (the word that it describes).
    """

    roles: tuple[str, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say it.

    `pairs` instead of subject and object is for symmetric properties: `across` wants its ends in different roles, `mutual`
    makes two statements of a property that is not symmetric. `represent` puts a state in its leader's place; `abroad`
    leaves out a subject's own state; `types` narrows what the object may be; `holdings` lets what belongs to a state stand
    for it ("Saudi oil plants"); `rule` names how the finder of derived statements finds them.
    """

    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    pairs: tuple[str, ...] = ()
    need: tuple[Need, ...] = ()
    forbid: tuple[Need, ...] = ()
    particle: str | None = None
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality | None = None
    represent: bool = False
    confidence: float = 0.8
    example: str = ""
    rule: str | None = None
    abroad: bool = False
    types: frozenset[Kind] = frozenset()
    across: bool = False
    holdings: bool = False
    mutual: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """All ways to say one property."""

    predicate: str
    version: int
    finders: tuple[str, ...]
    summary: str
    patterns: tuple[Pattern, ...]

    @property
    def name(self) -> str:
        return f"kg.{self.predicate}.v{self.version}"


@cache
def frames(folder: Path = FRAMES) -> tuple[Frame, ...]:
    """Return the frames of a folder, sorted by property.

    Raises ResourceError naming file and line if one is malformed.
    """
    return tuple(_frame(file) for file in sorted(folder.glob("*.toml")))


def _frame(file: Path) -> Frame:
    data = read_toml(file)
    _known_keys(file, data, _FRAME_KEYS, "frame")
    for key in ("property", "version", "finders", "summary"):
        if key not in data:
            raise ResourceError(file, f"lacks {key}")
    if data["property"] not in vocabulary().properties:
        raise ResourceError(file, f"{data['property']!r} is no property of the ontology", line=line_of(file, "property"))
    if data["property"] != file.stem:
        raise ResourceError(file, f"must be named {data['property']}.toml", line=line_of(file, "property"))
    patterns = tuple(_pattern(file, entry) for entry in data.get("pattern", []))
    return Frame(data["property"], int(data["version"]), tuple(data["finders"]), data["summary"], patterns)


def _pattern(file: Path, entry: Mapping[str, Any]) -> Pattern:
    _known_keys(file, entry, _PATTERN_KEYS, "pattern")
    try:
        return Pattern(
            verbs=_words(entry.get("verbs", ()), "verbs"),
            nouns=_words(entry.get("nouns", ()), "nouns"),
            adjectives=_words(entry.get("adjectives", ()), "adjectives"),
            subject=tuple(entry.get("subject", ())),
            object=tuple(entry.get("object", ())),
            pairs=tuple(entry.get("pairs", ())),
            need=tuple(Need(tuple(n["roles"]), _words(n["words"], "words")) for n in entry.get("need", ())),
            forbid=tuple(Need(tuple(n["roles"]), _words(n["words"], "words")) for n in entry.get("forbid", ())),
            particle=entry.get("particle"),
            polarity=Polarity(entry.get("polarity", "Affirmed")),
            modality=Modality(entry["modality"]) if "modality" in entry else None,
            represent=bool(entry.get("represent", False)),
            confidence=float(entry.get("confidence", 0.8)),
            example=entry.get("example", ""),
            rule=entry.get("rule"),
            abroad=bool(entry.get("abroad", False)),
            types=frozenset(Kind(t) for t in entry.get("types", ())),
            across=bool(entry.get("across", False)),
            holdings=bool(entry.get("holdings", False)),
            mutual=bool(entry.get("mutual", False)),
        )
    except (KeyError, TypeError, ValueError) as error:
        first = str(next(iter(entry.get("verbs") or entry.get("nouns") or ["[[pattern]]"])))
        raise ResourceError(file, f"malformed pattern: {error}", line=line_of(file, first)) from error


def _words(entries: Iterable[str], sort: str) -> frozenset[str]:
    """Return the words of a list, shared sets ("@sign") replaced by their words of that sort."""
    found: set[str] = set()
    for entry in entries:
        if entry.startswith("@"):
            name, _, part = entry[1:].partition(".")
            found.update(table("triggers", name, part or sort))
        else:
            found.add(entry)
    return frozenset(found)


def _known_keys(file: Path, entry: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    for key in entry:
        if key not in known:
            raise ResourceError(
                file, f"unknown key {key!r} in a {what}; known: {', '.join(sorted(known))}", line=line_of(file, key)
            )
