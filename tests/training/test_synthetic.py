"""Sentences from word lists: the same for a seed, with entity labels that hold together."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from training.corpora import Paragraph, entities
from training.synthetic import Writer

ROOT = Path(__file__).parents[2]
COUNTRIES = ROOT / "kg/reference/states.csv"


@pytest.fixture(scope="module")
def written() -> list[Paragraph]:
    return list(Writer(COUNTRIES, 3).paragraphs(300))


def test_the_seed_decides(written: list[Paragraph]) -> None:
    assert written == list(Writer(COUNTRIES, 3).paragraphs(300))
    assert written[:20] != list(Writer(COUNTRIES, 4).paragraphs(20))


def test_every_slot_is_filled(written: list[Paragraph]) -> None:
    assert not any("{" in word or not word for p in written for word in p.words)


def test_labels_hold_together(written: list[Paragraph]) -> None:
    for p in written:
        assert p.ents is not None
        assert len(p.words) == len(p.spaces) == len(p.ents)
        assert sum(label.startswith("B-") for label in p.ents) == len(entities(p.ents))
        assert all(after[2:] == before[2:] for before, after in zip(p.ents, p.ents[1:], strict=False) if after[0] == "I")
        assert {kind for _, _, kind in entities(p.ents)} <= p.annotated


def test_titles_and_articles_stand_outside_names(written: list[Paragraph]) -> None:
    names = [(kind, p.words[a:b]) for p in written for a, b, kind in entities(p.ents or ())]
    assert not any(words[0] in ("the", "President", "Chancellor", "Ambassador") for _, words in names)
    assert ("LOC", ("North", "Korea")) in names or ("LOC", ("South", "Korea")) in names
    assert not any(kind != "LOC" for kind, words in names if words in {("Kenya",), ("South", "Korea")})


def test_the_lists_name_known_slots_only() -> None:
    lists = tomllib.loads((ROOT / "training/words.toml").read_text())
    used = {
        slot for key in ("templates", "headlines", "datelines") for line in lists[key] for slot in re.findall(r"\{(\w+)\}", line)
    }
    known = {
        "dateline", "person", "upper_city", "country", "demonym", "city", "title", "office", "topic", "deal", "date", "month",
        "agency", "org", "day",
    }  # fmt: skip
    assert used <= known
    assert {slot for p in lists["names"]["patterns"] for slot in re.findall(r"\{(\w+)\}", p)} <= set(lists["names"])
