"""Read second sources: files in which a Wikidata item stands beside what somebody else calls it."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_ITEM = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d*)")
_ENDING = re.compile(r"[ :_-]*(?:wikidata(?:[ _-]?id)?|qid|id)$", re.IGNORECASE)
_DELIMITERS = {".csv": ",", ".tsv": "\t"}
KINDS = (".csv", ".tsv", ".json", ".geojson", ".jsonl", ".ndjson")


class Sighting(NamedTuple):
    """An item, and the words that stand beside it in one record."""

    item: str
    words: tuple[str, ...]


def sightings(path: Path) -> Iterator[Sighting]:
    """Yield what a file, or every file of a known kind in a folder, says of Wikidata items.

    Raises ValueError if a JSON file is broken, OSError if the path cannot be read.
    """
    if path.is_dir():
        for file in sorted(file for file in path.rglob("*") if file.suffix.lower() in KINDS):
            yield from sightings(file)
        return
    kind = path.suffix.lower()
    with path.open(encoding="utf-8", newline="") as handle:
        if kind in _DELIMITERS:
            for row in csv.DictReader(handle, delimiter=_DELIMITERS[kind]):
                yield from of_record({key: value for key, value in row.items() if isinstance(key, str)})
        elif kind in (".jsonl", ".ndjson"):
            for line in handle:
                yield from of_record(json.loads(line))
        elif kind in KINDS:
            yield from of_record(json.load(handle))
        else:
            raise ValueError(f"{path} is none of {', '.join(KINDS)}")


def of_record(record: object) -> Iterator[Sighting]:
    """Yield the items of a record with their words.

    A record that holds one item is about it, with all its words. One that holds several is taken apart; a word beside
    several items belongs to the one whose key begins as its own: "person" to "personLabel", "country_id" to "country".

    >>> list(of_record({"wikidata": "Q159", "name": {"en": "Russia"}}))
    [Sighting(item='Q159', words=('Russia',))]
    >>> list(of_record({"person": "Q7747", "personLabel": "Putin", "country_id": "Q159", "country": "Russia"}))
    [Sighting(item='Q7747', words=('Putin',)), Sighting(item='Q159', words=('Russia',))]
    >>> list(of_record({"Q159": "Russia", "Q212": ["Ukraine"]}))
    [Sighting(item='Q159', words=('Russia',)), Sighting(item='Q212', words=('Ukraine',))]
    """
    items = _items(record)
    if len(items) == 1:
        yield Sighting(items.pop(), tuple(_words(record)))
    elif isinstance(record, list) and items:
        for part in record:
            yield from of_record(part)
    elif isinstance(record, dict) and items:
        for key, value in record.items():
            if named := _ITEM.fullmatch(key):
                yield Sighting(named[1], tuple(_words(value)))
            elif len(found := _items(value)) == 1:
                begin = _ENDING.sub("", key)
                beside = [name for name in record if name != key and name.startswith(begin) and not _items(record[name])]
                yield Sighting(found.pop(), tuple(_words([value, *(record[name] for name in beside)])))
            else:
                yield from of_record(value)


def _items(value: object) -> set[str]:
    if isinstance(value, str):
        return {found[1]} if (found := _ITEM.fullmatch(value)) else set()
    if isinstance(value, list):
        return set().union(*map(_items, value))
    if isinstance(value, dict):
        return set().union(*map(_items, [*value, *value.values()]))
    return set()


def _words(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value and not _ITEM.fullmatch(value):
            yield value
    elif isinstance(value, list):
        for part in value:
            yield from _words(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words(part)
