"""News sentences made from word lists: headlines, datelines, titles before names, transliterated names, demonyms.

They carry entity labels only; their trees are taught by the ensemble. Nothing is copied, and nobody real is quoted.
"""

from __future__ import annotations

import csv
import random
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from training.corpora import UNKNOWN, Paragraph

_WORDS = Path(__file__).with_name("words.toml")
_SLOT = re.compile(r"\{(\w+)\}")
_ANNOTATED = frozenset({"PERSON", "ORG", "LOC", "EVENT"})
#: Which entity a slot is; slots not named here hold plain words, and UNKNOWN ones nothing to learn from.
_TYPES = {
    "person": "PERSON", "country": "LOC", "city": "LOC", "upper_city": "LOC", "org": "ORG", "agency": "ORG",
    "demonym": UNKNOWN, "date": UNKNOWN, "deal": UNKNOWN, "month": UNKNOWN, "day": UNKNOWN, "office": UNKNOWN,
}  # fmt: skip


class Writer:
    """Writes sentences from the word lists and a CSV of countries (`name`, `status`, `demonym_adjectives`, `seats`)."""

    def __init__(self, countries: Path, seed: int, lists: Path = _WORDS) -> None:
        self._lists: dict[str, Any] = tomllib.loads(lists.read_text(encoding="utf-8"))
        self._chance = random.Random(seed)
        with countries.open(encoding="utf-8") as rows:
            states = [row for row in csv.DictReader(rows) if row["status"] == "sovereign"]
        self._fill: dict[str, list[str]] = {
            "country": [row["name"] for row in states],
            "demonym": [d for row in states for d in row["demonym_adjectives"].split("|") if d],
            "city": [city for row in states for city in row["seats"].split("|")[:1] if city and "," not in city],
            "title": self._lists["titles"],
            "office": self._lists["offices"],
            "topic": self._lists["topics"],
            "deal": self._lists["deals"],
            "date": self._lists["dates"],
            "month": self._lists["months"],
            "agency": self._lists["agencies"],
            "org": self._lists["organisations"],
            "day": [str(n) for n in range(1, 29)],
        }

    def paragraphs(self, count: int) -> Iterator[Paragraph]:
        """Yield that many paragraphs: a headline in four, else one or two sentences, the first often with a dateline."""
        for i in range(count):
            if self._chance.random() < 0.25:
                templates = [self._chance.choice(self._lists["headlines"])]
            else:
                templates = self._chance.sample(self._lists["templates"], self._chance.choice((1, 1, 2)))
            words: list[str] = []
            labels: list[str] = []
            for template in templates:
                opening = self._chance.choice(self._lists["datelines"]) if not words and self._chance.random() < 0.8 else ""
                begin = len(words)
                for word, label in self._filled(template.replace("{dateline}", opening)):
                    words.append(word[0].upper() + word[1:] if len(words) == begin else word)
                    labels.append(label)
            spaces = (True,) * len(words)
            yield Paragraph(f"synthetic-{i}", tuple(words), spaces, None, None, None, None, tuple(labels), _ANNOTATED)

    def _filled(self, template: str) -> Iterator[tuple[str, str]]:
        for part in template.split():
            slot = _SLOT.fullmatch(part)
            if slot is None:
                yield part, "O"
                continue
            kind = _TYPES.get(slot[1], "O")
            words = self._words(slot[1]).split()
            if kind not in ("O", UNKNOWN) and words and words[0] == "the":
                yield words.pop(0), "O"
            for i, word in enumerate(words):
                yield word, kind if kind in ("O", UNKNOWN) else f"{'I' if i else 'B'}-{kind}"

    def _words(self, slot: str) -> str:
        if slot == "person":
            pattern = self._chance.choice(self._lists["names"]["patterns"])
            return _SLOT.sub(lambda m: self._chance.choice(self._lists["names"][m[1]]), pattern)
        if slot == "upper_city":
            return self._chance.choice(self._fill["city"]).upper()
        return self._chance.choice(self._fill[slot])
