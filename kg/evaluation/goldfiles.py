"""Reading gold files, one JSON file beside each article, and saying all that is wrong with one.

The format is described in docs/evaluation.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import Annotated, Any

from pydantic import ConfigDict, Field, PositiveInt, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from kg.errors import ResourceError
from kg.evaluation.gold import Fact, Gold, GoldEntity, GoldStatement
from kg.model import Kind, Modality, PartialDate, Polarity, Span
from kg.vocabulary import Value, vocabulary

_STRICT = ConfigDict(extra="forbid")
_Words = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True, config=_STRICT)
class _Entity:
    id: _Words
    type: Kind
    mentions: Annotated[tuple[_Words | tuple[_Words, PositiveInt], ...], Field(min_length=1)]
    subtype: str | None = None
    wikidata: Annotated[str, Field(pattern=r"^Q\d+$")] | None = None
    everywhere: Annotated[str | None, Field(alias="global")] = None


@dataclass(frozen=True, slots=True, config=_STRICT)
class _Assertion:
    s: str
    p: str
    o: str | Annotated[tuple[str, ...], Field(min_length=1)]
    evidence: Annotated[tuple[_Words, ...], Field(min_length=1)]
    polarity: Polarity = Polarity.AFFIRMED
    modality: Modality = Modality.ACTUAL
    speaker: str | Annotated[tuple[str | None, ...], Field(min_length=1)] | None = None
    when: str | None = None

    @property
    def objects(self) -> frozenset[str]:
        return frozenset({self.o} if isinstance(self.o, str) else self.o)

    @property
    def speakers(self) -> frozenset[str | None]:
        return frozenset(self.speaker if isinstance(self.speaker, tuple) else {self.speaker})


@dataclass(frozen=True, slots=True, config=_STRICT)
class _File:
    document: _Words
    entities: tuple[_Entity, ...]
    assertions: tuple[_Assertion, ...]
    title: str | None = None
    publisher: str | None = None
    issued: str | None = None
    by_id: dict[str, _Entity] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_id.update({entity.id: entity for entity in self.entities})


_FILE = TypeAdapter(_File)


def load_golds(folder: Path, articles: Path | None = None, only: str = "") -> tuple[Gold, ...]:
    """Return the gold of a folder's files whose names begin as `only` says, by name; articles lie there too, or elsewhere.

    Raises ResourceError, naming the file and every fault in it, if one is malformed or its article is not there.
    """
    files = sorted(folder.glob(f"{only}*.json"))
    if not files:
        raise ResourceError(folder, f"holds no gold file {only}*.json; docs/evaluation.md says how to write one")
    return tuple(load_gold(file, (articles or folder) / f"{file.stem}.txt") for file in files)


def load_gold(file: Path, article: Path) -> Gold:
    """Return the gold of one file, for the article's text exactly as it stands in its own."""
    data = _parsed(file)
    text = _text(article)
    if faults := list(_faults(data, text)):
        raise ResourceError(file, "\n  ".join(faults))
    entities = {one.id: _entity(one, text) for one in data.entities}
    return Gold(data.document, text, entities, tuple(_statement(one, text) for one in data.assertions))


def _parsed(file: Path) -> _File:
    try:
        return _FILE.validate_python(json.loads(file.read_text(encoding="utf-8")))
    except json.JSONDecodeError as error:
        raise ResourceError(file, f"is no JSON: {error.msg}", line=error.lineno) from error
    except ValidationError as error:
        raise ResourceError(file, "\n  ".join(dict.fromkeys(_fault(one) for one in error.errors()))) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(file, f"cannot be read: {error}") from error


def _fault(error: Any) -> str:
    """A fault of types and its place: "assertions 3, polarity: …"; alternatives that were tried are left out."""
    places = [str(part) for part in error["loc"] if isinstance(part, int) or str(part).isidentifier()]
    return f"{' '.join(places)}: {'is unknown here' if error['type'] == 'unexpected_keyword_argument' else error['msg']}"


def _text(article: Path) -> str:
    try:
        return article.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(article, f"the article of a gold file cannot be read: {error}") from error


def _faults(data: _File, text: str) -> Iterator[str]:
    """Yield what the types cannot see: ids that nobody bears, words that the text lacks, words that name two entities."""
    if len(data.by_id) < len(data.entities):
        yield "two entities have the same id"
    taken: dict[Span, str] = {}
    for entity in data.entities:
        for mention in entity.mentions:
            spans = _occurrences(mention, text)
            if not spans:
                yield f"entity {entity.id}: the text lacks the mention {mention!r}"
            for span in spans:
                if taken.setdefault(span, entity.id) != entity.id:
                    words = f"{span.of(text)!r} at character {span.start}"
                    yield f"{words} names both {taken[span]} and {entity.id}; give the n-th occurrence: [words, n]"
    for number, assertion in enumerate(data.assertions):
        place = f"assertion {number} ({assertion.s} {assertion.p} {', '.join(sorted(assertion.objects))})"
        yield from (f"{place}: {fault}" for fault in _faults_of(assertion, data, text))


def _faults_of(assertion: _Assertion, data: _File, text: str) -> Iterator[str]:
    known = vocabulary().properties.get(assertion.p)
    if known is None:
        yield f"the ontology has no property {assertion.p!r}"
        return
    for role, name in [("subject", assertion.s), *(("speaker", s) for s in assertion.speakers if s is not None)]:
        if name not in data.by_id:
            yield f"the {role} {name!r} is no entity of this file"
    for name in sorted(assertion.objects):
        if Value.FIELD in known.range:
            if name not in vocabulary().fields:
                yield f"the object {name!r} is no field of the ontology"
        elif Value.DATE in known.range:
            try:
                PartialDate(name)
            except ValueError:
                yield f"the object {name!r} is no date such as 2024-06-19, 2024-06 or 2024"
        elif name not in data.by_id:
            yield f"the object {name!r} is no entity of this file"
    for words in assertion.evidence:
        if words not in text:
            yield f"the text lacks the evidence {words!r}"


def _statement(one: _Assertion, text: str) -> GoldStatement:
    spans = (Span(m.start(), m.end()) for words in one.evidence for m in re.finditer(re.escape(words), text))
    return GoldStatement(Fact(one.p, one.s, one.objects), one.polarity, one.modality, one.speakers, tuple(spans))


def _entity(one: _Entity, text: str) -> GoldEntity:
    first = one.mentions[0]
    spans = {span for mention in one.mentions for span in _occurrences(mention, text)}
    label = first if isinstance(first, str) else first[0]
    return GoldEntity(one.id, one.type, label, tuple(sorted(spans)), one.wikidata, one.everywhere)


def _occurrences(mention: str | tuple[str, int], text: str) -> list[Span]:
    """Every place where the words stand as whole words, or only the n-th."""
    words, nth = (mention, None) if isinstance(mention, str) else mention
    found = [Span(m.start(), m.end()) for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    return found if nth is None else found[nth - 1 : nth]
