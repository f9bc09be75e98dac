"""Training paragraphs: reading JSONL and CoNLL-U corpora, holding out a slice, relabelling country names."""

from __future__ import annotations

import json
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

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word begins and ends in the text."""
        found, at = [], 0
        for word, space in zip(self.words, self.spaces, strict=True):
            found.append((at, at + len(word)))
            at += len(word) + space
        return found


def corpus_file(data: Path, name: str) -> Path:
    """Return the file of a corpus in a folder, JSONL or CoNLL-U."""
    for suffix in (".jsonl", ".conllu"):
        if (file := data / f"{name}{suffix}").is_file():
            return file
    raise FileNotFoundError(f"{data}: no {name}.jsonl or {name}.conllu")


def read(path: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of one JSONL or CoNLL-U file."""
    with path.open(encoding="utf-8") as lines:
        yield from _read_conllu(lines) if path.suffix == ".conllu" else map(_from_row, map(json.loads, lines))


def _from_row(row: dict[str, Any]) -> Paragraph:
    return Paragraph(
        row["doc"],
        tuple(row["words"]),
        tuple(bool(s) for s in row["spaces"]),
        *(tuple(row[k]) if row[k] is not None else None for k in ("sent_starts", "upos", "heads", "deps", "ents")),
    )


def _read_conllu(lines: Iterable[str]) -> Iterator[Paragraph]:
    """Join the sentences of one paragraph (`# newpar`, `# newdoc id`); entities from `NE=` in the last column, if any."""
    document, parts = "", []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        line = line.rstrip("\n")
        if line.startswith(("# newdoc", "# newpar")):
            if parts:
                yield _joined(document, parts)
                parts = []
            document = line.partition("=")[2].strip() if line.startswith("# newdoc id") else document
        elif line and not line.startswith("#"):
            rows.append(line.split("\t"))
        elif not line and rows:
            parts.append(rows)
            rows = []
    if parts:
        yield _joined(document, parts)


def _joined(document: str, sentences: list[list[list[str]]]) -> Paragraph:
    words, spaces, starts, upos, heads, deps, ents = ([] for _ in range(7))  # type: ignore[var-annotated]
    for rows in sentences:
        begin = len(words)
        tight = {row[0].partition("-")[2]: row for row in rows if "-" in row[0]}
        for row in (row for row in rows if row[0].isdigit()):
            notes = dict(part.split("=", 1) for part in row[9].split("|") if "=" in part)
            words.append(row[1])
            spaces.append("SpaceAfter=No" not in (tight.get(row[0], row)[9], *row[9].split("|")))
            starts.append(int(len(words) == begin + 1))
            upos.append(row[3])
            heads.append(begin + int(row[6]) - 1 if row[6] != "0" else len(words) - 1)
            deps.append(row[7])
            ents.append(notes.get("NE"))
        for row in tight.values():  # the parts of one written word follow each other without a space
            first, last = map(int, row[0].split("-"))
            spaces[begin + first - 1 : begin + last - 1] = [False] * (last - first)
    known = tuple(e or "O" for e in ents) if any(ents) else None
    return Paragraph(document, *map(tuple, (words, spaces, starts, upos, heads, deps)), known)


def training_set(
    recipe: dict[str, Any], data: Path, countries: set[tuple[str, ...]]
) -> tuple[list[Paragraph], dict[str, list[Paragraph]]]:
    """Return the training paragraphs of the recipe, country names relabelled as LOC, and the slices held out of it."""
    found: list[Paragraph] = []
    held: dict[str, list[Paragraph]] = {}
    for corpus in recipe["corpus"]:
        merged = tuple((k, tuple(v)) for k, v in corpus.get("merged", {}).items())
        every = corpus.get("hold_out", 0)
        for i, paragraph in enumerate(read(corpus_file(data, corpus["file"]))):
            marked = replace(paragraph, annotated=frozenset(corpus["annotated"]), merged=merged)
            if every and i % every == 0:
                held.setdefault(corpus["file"], []).append(marked)
            else:
                found += [countries_as_places(marked, countries)] * corpus.get("repeat", 1)
    return found, held


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
