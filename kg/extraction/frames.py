"""Frames: what to look for, as data. One TOML file per property, checked when it is loaded.

A frame file names a property of the ontology, a version, and the finder that runs it. Its patterns name trigger words
("@sign" is a shared set), the roles that fill the statement's two ends, and what must stand where. The versioned name
("kg.signatory.v1") is what an evidence keeps as its provenance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, ValidationInfo
from pydantic.dataclasses import dataclass

from kg.errors import ResourceError
from kg.extraction.lexicon import table, words
from kg.model import Kind, Modality, Polarity
from kg.resources import read_toml
from kg.vocabulary import vocabulary

FRAMES = Path(__file__).with_name("frames")
#: Roles that finders fill beside those of `kg.extraction.syntax`.
_ROLES_OF_FINDERS = frozenset({"self", "announced", "where", "when", "own_date", "latest", "main"})
_PLACES_OF_NEEDS = frozenset({"self", "phrase", "verb", "head", "case"})
_STRICT = ConfigDict(extra="forbid")


def _resolved(entries: Any, info: ValidationInfo) -> Any:
    """Put a shared set's words of that sort in the place of its name ("@sign", "@sign.firm")."""
    if not isinstance(entries, list) or not all(isinstance(entry, str) for entry in entries):
        return entries  # the type is checked next
    found: set[str] = set()
    for entry in entries:
        if entry.startswith("@"):
            name, _, part = entry[1:].partition(".")
            try:
                found.update(table("triggers", name, part or str(info.field_name)))
            except ResourceError as error:
                raise ValueError(f"no shared set is called {entry!r} ({error})") from error
        else:
            found.add(entry)
    return found


def _a_role(name: str) -> str:
    for part in (p.removeprefix("above.").removeprefix("content.").removeprefix("deep.") for p in name.split("+")):
        if part not in _ROLES_OF_FINDERS | words("syntax", "roles") | words("syntax", "prepositions"):
            raise ValueError(f"no role is called {part!r}")
    return name


def _a_place(name: str) -> str:
    return name if name in _PLACES_OF_NEEDS else _a_role(name)


Words = Annotated[frozenset[str], BeforeValidator(_resolved)]
Role = Annotated[str, AfterValidator(_a_role)]


@dataclass(frozen=True, slots=True, config=_STRICT)
class Need:
    """One of the `words` must (or must not) stand in the noun phrase of one of the `roles`.

    Beside the roles of `kg.extraction.syntax` there are "self" (the trigger word), "phrase" (its whole noun phrase),
    "verb" (the verb above it), "head" (the word that it describes) and "case" (its preposition).
    """

    roles: tuple[Annotated[str, AfterValidator(_a_place)], ...]
    words: Words


@dataclass(frozen=True, slots=True, config=_STRICT)
class Pattern:
    """One way to say it.

    `pairs` instead of subject and object is for symmetric properties: `across` wants its ends in different roles, `mutual`
    makes two statements of a property that is not symmetric. `represent` puts a state in its leader's place; `abroad`
    leaves out a subject's own state and its capital; `bound` leaves out who is no party to an agreement whose parties are
    named; `negated` wants a "no longer" or "never" with the trigger; `types` narrows what the object, or each of a pair, may
    be; `holdings` lets what belongs to a state stand for it ("Saudi oil plants"), `deeds` who does what stands there ("Chad's
    offensive"); `affirmed` finds nothing where the words deny it (who did not ratify may have signed); `rule` names how the
    finder of derived statements finds them. `confidence` is a first guess, which `kg.extraction.confidence` corrects.
    """

    verbs: Words = frozenset()
    nouns: Words = frozenset()
    adjectives: Words = frozenset()
    subject: tuple[Role, ...] = ()
    object: tuple[Role, ...] = ()
    pairs: tuple[Role, ...] = ()
    need: tuple[Need, ...] = ()
    forbid: tuple[Need, ...] = ()
    particle: str | None = None
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality | None = None
    represent: bool = False
    confidence: Annotated[float, Field(gt=0, le=1)] = 0.8
    example: str = ""
    rule: str | None = None
    abroad: bool = False
    types: frozenset[Kind] = frozenset()
    across: bool = False
    holdings: bool = False
    deeds: bool = False
    mutual: bool = False
    affirmed: bool = False
    bound: bool = False
    negated: bool = False

    def __post_init__(self) -> None:
        if not (self.verbs or self.nouns or self.adjectives or self.rule):
            raise ValueError("it needs verbs, nouns, adjectives or a rule to be found by")
        if not self.rule and not self.pairs and not (self.subject and self.object):
            raise ValueError("it needs subject and object, or pairs")


@dataclass(frozen=True, slots=True, config=_STRICT)
class Frame:
    """All ways to say one property; with `refusals`, to say that one will not do it denies it here and now."""

    predicate: Annotated[str, Field(alias="property")]
    version: Annotated[int, Field(ge=1)]
    finders: tuple[str, ...]
    summary: str
    patterns: Annotated[tuple[Pattern, ...], Field(alias="pattern")] = ()
    refusals: bool = False

    @property
    def name(self) -> str:
        return f"kg.{self.predicate}.v{self.version}"


_FRAME = TypeAdapter(Frame)


@cache
def frames(folder: Path = FRAMES) -> tuple[Frame, ...]:
    """Return the frames of a folder, sorted by property.

    Raises ResourceError naming file and line if one is malformed.
    """
    return tuple(_frame(file) for file in sorted(folder.glob("*.toml")))


def _frame(file: Path) -> Frame:
    data = read_toml(file)
    try:
        frame = _FRAME.validate_python(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"] if not isinstance(part, int))
        reason = "is unknown here" if first["type"] == "unexpected_keyword_argument" else first["msg"]
        found = (
            f", not {first['input']!r}" if isinstance(first["input"], str | int | float) and reason != "is unknown here" else ""
        )
        raise ResourceError(file, f"{place}: {reason}{found}", line=_line(file, first["loc"])) from error
    if frame.predicate not in vocabulary().properties:
        raise ResourceError(file, f"{frame.predicate!r} is no property of the ontology", line=_line(file, ("property",)))
    if frame.predicate != file.stem:
        raise ResourceError(file, f"must be named {frame.predicate}.toml", line=_line(file, ("property",)))
    return frame


def _line(file: Path, place: tuple[int | str, ...]) -> int | None:
    """Return the line of a key ("version",), or of a pattern's key ("pattern", 2, "verbs"), or where the pattern begins."""
    lines = list(enumerate(file.read_text(encoding="utf-8").splitlines(), 1))
    if place[:1] == ("pattern",) and len(place) > 1 and isinstance(place[1], int):
        heads = [i for i, (_, text) in enumerate(lines) if text.strip() == "[[pattern]]"]
        lines, place = lines[heads[place[1]] :], place[2:]
        key = next(_keys(lines, place), None)
        return key or lines[0][0]
    return next(_keys(lines, place), None)


def _keys(lines: list[tuple[int, str]], place: tuple[int | str, ...]) -> Iterator[int]:
    return (number for number, text in lines if place and re.match(rf"\s*{re.escape(str(place[0]))}\s*=", text))
