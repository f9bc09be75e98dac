"""The synthetic corpus is deterministic, varied, and as long as news is."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from benchmarks.corpus import articles, main

KEYS = {"id", "title", "publisher", "issued", "url", "text"}


@pytest.fixture(scope="module")
def corpus() -> list[dict[str, str]]:
    return list(articles(200))


def test_there_are_as_many_articles_as_were_asked_for(corpus: list[dict[str, str]]) -> None:
    assert len(corpus) == 200
    assert all(article.keys() == KEYS for article in corpus)


def test_no_article_comes_twice(corpus: list[dict[str, str]]) -> None:
    assert len({article["text"] for article in corpus}) == len({article["id"] for article in corpus}) == len(corpus)


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(corpus: list[dict[str, str]]) -> None:
    assert list(articles(20)) == corpus[:20]


def test_another_seed_gives_other_articles(corpus: list[dict[str, str]]) -> None:
    others = {article["text"] for article in articles(20, seed=2)}
    assert others.isdisjoint(article["text"] for article in corpus)


def test_articles_are_as_long_as_news_is(corpus: list[dict[str, str]]) -> None:
    lengths = sorted(len(article["text"].split()) for article in corpus)
    assert lengths[0] >= 150
    assert lengths[-1] <= 700
    assert 280 <= lengths[len(lengths) // 2] <= 420


def test_every_slot_and_choice_is_filled_and_every_date_is_one(corpus: list[dict[str, str]]) -> None:
    for article in corpus:
        assert not re.search(r"[\[\]{}|]", article["title"] + article["text"])
        assert date.fromisoformat(article["issued"]).year >= 2015


def test_publishers_are_marked_as_samples(corpus: list[dict[str, str]]) -> None:
    assert all(re.search("Sample|Example|Specimen", article["publisher"]) for article in corpus)


def test_the_command_writes_the_same_bytes_each_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("once", "again"):
        main(["--documents", "5", "--out", str(tmp_path / folder), "--seed", "3"])
    once, again = (Path(line).read_bytes() for line in capsys.readouterr().out.splitlines())
    assert once == again
    assert [json.loads(line)["id"] for line in once.splitlines()] == [f"synthetic-3-{number:06}" for number in range(1, 6)]
