"""Training paragraphs: reading the JSONL corpora, relabelling country names, drawing noise."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

UNKNOWN = "-"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph with what its corpus annotates; None where it annotates nothing of the kind.

    heads are absolute word indices (a root is its own head); ents are BIO labels, "-" where unknown.
    """

    document: str
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    sent_starts: tuple[int, ...] | None
    upos: tuple[str, ...] | None
    heads: tuple[int, ...] | None
    deps: tuple[str, ...] | None
    ents: tuple[str, ...] | None
    annotated: frozenset[str] = frozenset()
    merged: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def text(self) -> str:
        return "".join(w + (" " if s else "") for w, s in zip(self.words, self.spaces, strict=True)).rstrip()


def read(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of one JSONL file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row: dict[str, Any] = json.loads(line)
            yield Paragraph(
                row["doc"],
                tuple(row["words"]),
                tuple(bool(s) for s in row["spaces"]),
                *(tuple(row[k]) if row[k] is not None else None for k in ("sent_starts", "upos", "heads", "deps", "ents")),
            )


def training_set(recipe: dict[str, Any], data: Path, countries: set[tuple[str, ...]]) -> list[Paragraph]:
    """Return every training paragraph of the recipe, country names relabelled as LOC."""
    found = []
    for corpus in recipe["corpus"]:
        merged = tuple((k, tuple(v)) for k, v in corpus.get("merged", {}).items())
        for paragraph in read(data / f"{corpus['file']}.jsonl"):
            marked = replace(paragraph, annotated=frozenset(corpus["annotated"]), merged=merged)
            found += [countries_as_places(marked, countries)] * corpus.get("repeat", 1)
    return found


def countries_as_places(paragraph: Paragraph, countries: set[tuple[str, ...]]) -> Paragraph:
    """Relabel entities that are exactly a country's name as LOC: corpora disagree, the gazetteer decides later."""
    if paragraph.ents is None:
        return paragraph
    ents = list(paragraph.ents)
    for start, end, label in entities(ents):
        if label != "LOC" and tuple(paragraph.words[start:end]) in countries:
            ents[start:end] = ["B-LOC"] + ["I-LOC"] * (end - start - 1)
    return replace(paragraph, ents=tuple(ents))


def entities(labels: Iterable[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, type) of each entity in a list of BIO labels."""
    found: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels):
        if label.startswith("B-"):
            found.append((i, i + 1, label[2:]))
        elif label.startswith("I-") and found and found[-1][1] == i and found[-1][2] == label[2:]:
            found[-1] = (found[-1][0], i + 1, label[2:])
    return found


def noisy(paragraph: Paragraph, noise: dict[str, float], chance: random.Random) -> Paragraph:
    """Return the paragraph as a headline might write it, or unchanged."""
    words = paragraph.words
    last = len(words) - 1
    headless = paragraph.heads is None or last not in (*paragraph.heads[:last],)
    if last > 3 and words[last] == "." and headless and chance.random() < noise["drop_final_stop"]:
        cut = {
            k: v[:-1] for k in ("words", "spaces", "sent_starts", "upos", "heads", "deps", "ents") if (v := getattr(paragraph, k))
        }
        paragraph = replace(paragraph, **cut)
    draw = chance.random()
    if draw < noise["title_case"]:
        return replace(
            paragraph,
            words=tuple(
                w[0].upper() + w[1:] if len(w) > 3 or (w.islower() and i == 0) else w for i, w in enumerate(paragraph.words)
            ),
        )
    if draw < noise["title_case"] + noise["upper_case"]:
        return replace(paragraph, words=tuple(w.upper() for w in paragraph.words))
    return paragraph
