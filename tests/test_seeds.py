"""The sample articles: enough of them, in every format, by invented outlets, in words of our own."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.resources import folder

SHARED = Path(__file__).parents[2] / "shared" / "articles"
#: Real news that the samples must not repeat; nothing to compare with in a checkout that stands alone.
REAL = sorted([*SHARED.glob("seed-*.txt"), *SHARED.glob("dev-0[1-6].txt")])
#: Where each format names the publisher.
PUBLISHER = {
    ".txt": re.compile(r"^(.+?) \| |^[A-Z]+, .+? \((.+?)\) - ", re.MULTILINE),
    ".html": re.compile(r"<title>.+? \| (.+?)</title>"),
}


@dataclass(frozen=True)
class Sample:
    name: str
    text: str
    publisher: str | None


def records(file: Path) -> list[Sample]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".jsonl":
        return [
            Sample(f"{file.name}:{record['id']}", record["text"], record["publisher"])
            for record in map(json.loads, text.splitlines())
        ]
    found = PUBLISHER[file.suffix].search(text)
    return [Sample(file.name, text, found and (found[1] or found[2]))]


FILES = sorted(file for file in folder("seeds").iterdir() if file.suffix in {".txt", ".html", ".jsonl"})
SAMPLES = [sample for file in FILES for sample in records(file)]


def runs(text: str, length: int = 8) -> set[tuple[str, ...]]:
    words = re.findall(r"[^\W_]+", html.unescape(re.sub(r"<[^>]+>", " ", text)).lower())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


def test_there_are_at_least_eight_samples() -> None:
    assert len(SAMPLES) >= 8


def test_every_format_is_present() -> None:
    assert {file.suffix for file in FILES} == {".txt", ".html", ".jsonl"}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_the_publisher_is_marked_as_a_sample(sample: Sample) -> None:
    assert re.search(r"\b(Sample|Example|Specimen)\b", sample.publisher or "")


@pytest.mark.parametrize("real", REAL, ids=lambda file: file.stem)
def test_no_sample_shares_eight_words_in_a_row_with_real_news(real: Path) -> None:
    taken = runs(real.read_text(encoding="utf-8"))
    shared = {" ".join(run) for sample in SAMPLES for run in runs(sample.text) & taken}
    assert shared == set()


def test_a_run_of_words_is_found_across_markup_and_case() -> None:
    assert runs("<p>One two</p> <b>THREE</b> four", 4) == {("one", "two", "three", "four")}
