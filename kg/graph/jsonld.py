"""JSON-LD in the short words of `ontology/context.jsonld` instead of full IRIs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from pyoxigraph import Quad, RdfFormat, serialize

from kg.errors import ResourceError
from kg.resources import folder
from kg.terms import PREFIXES, XSD
from kg.vocabulary import CONTEXT

Json = Mapping[str, "Json"] | list["Json"] | str | int | float | bool | None

_INTEGER: Final = XSD + "integer"
_RDF_TYPE: Final = PREFIXES["rdf"] + "type"


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of the context: what it is short for, and what its values are unless they say otherwise."""

    name: str
    type: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """A JSON-LD context, able to shorten what is written out in full.

    `definition` is the value of "@context"; `words` leads from an IRI to the word for it.
    """

    definition: Json
    words: Mapping[str, _Word]

    def compact(self, quads: Iterable[Quad]) -> list[Json]:
        """Return the quads as node and graph objects that mean the same under this context."""
        written = serialize(quads, format=RdfFormat.JSON_LD)
        return [self._node(node) for node in json.loads(written or b"[]")]

    def _node(self, node: Mapping[str, Json]) -> Json:
        short: dict[str, Json] = {}
        for key, value in node.items():
            if key == "@id":
                short["id"] = value
            elif key == _RDF_TYPE and (classes := _iris(value)):
                short["type"] = _single([self._word_for(iri) for iri in classes])
            elif key == "@graph":
                short["@graph"] = [self._node(item) for item in _items(value) if isinstance(item, Mapping)]
            else:
                word = self.words.get(key, _Word(_curie(key)))
                short[word.name] = _single([self._value(word, item) for item in _items(value)])
        return short

    def _value(self, word: _Word, value: Json) -> Json:
        match value:
            case {"@id": str(iri)}:
                return iri if word.type == "@id" else self._word_for(iri) if word.type == "@vocab" else {"id": iri}
            case {"@value": str(text), "@type": str(datatype)} if datatype == word.type:
                return int(text) if datatype == _INTEGER and _is_canonical(text) else text
            case {"@value": text, "@type": str(datatype)}:
                return {"@value": text, "@type": _curie(datatype)}
            case {"@value": text, "@language": language} if language == word.language:
                return text
            case {"@value": str(text), **others} if not others and word.type is None and word.language is None:
                return text
            case _:
                return value

    def _word_for(self, iri: str) -> str:
        return self.words[iri].name if iri in self.words else _curie(iri)


@cache
def context() -> Context:
    """Read the bundled context; raises ResourceError, with the line of a syntax error, if it is broken."""
    return read_context(folder("ontology") / CONTEXT)


def read_context(file: Path) -> Context:
    """Read a context in the plain form that the bundled one has: prefixes, words, and words with a type or language."""
    try:
        definition = json.loads(file.read_text(encoding="utf-8"))["@context"]
        words = {}
        for name, meaning in definition.items():
            if name.startswith("@") or name in PREFIXES or str(meaning).startswith("@"):
                continue
            parts = {"@id": meaning} if isinstance(meaning, str) else meaning
            coercion = parts.get("@type")
            words[_iri(parts["@id"])] = _Word(name, _iri(coercion) if coercion else None, parts.get("@language"))
    except json.JSONDecodeError as error:
        raise ResourceError(file, f"is no JSON: {error.msg}", line=error.lineno) from error
    except (OSError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(file, f"holds no context of prefixes and words: {error!r}") from error
    return Context(definition, words)


def _iri(curie: str) -> str:
    if curie.startswith("@"):
        return curie
    prefix, _, name = curie.partition(":")
    return PREFIXES[prefix] + name


def _curie(iri: str) -> str:
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and (name := iri.removeprefix(namespace)) and not name.startswith("//"):
            return f"{prefix}:{name}"
    return iri


def _is_canonical(integer: str) -> bool:
    return integer.isdecimal() and str(int(integer)) == integer


def _iris(value: Json) -> list[str]:
    """The IRIs of a property's values if all of them are nodes, else none."""
    items = _items(value)
    iris = [str(item["@id"]) for item in items if isinstance(item, Mapping) and "@id" in item]
    return iris if len(iris) == len(items) else []


def _items(value: Json) -> list[Json]:
    return value if isinstance(value, list) else [value]


def _single(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values
