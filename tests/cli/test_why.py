"""`kg why`"""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from kg.errors import QueryError

Run = Callable[..., Result]


def flat(answer: Result) -> str:
    return " ".join(answer.stdout.split())


def test_support_and_denial_are_told_apart_with_their_words(run: Run) -> None:
    told = flat(run("why", "Tromsø Agreement", "replaces"))
    assert told.startswith("Tromsø Agreement on Maritime Safety – replaces – Lisbon Memorandum")
    assert "supporting 1, denying 1, hedged 0" in told
    supporting, _, denying = told.partition("Denying")
    assert "The Example Harbour Gazette, “Portugal and Norway sign maritime pact”, 2023-05-12" in supporting
    assert "It replaces the Lisbon Memorandum of 2009." in supporting
    assert "affirmed · actual · in the article's own voice · confidence 0.92" in supporting
    assert "Nor does it replace the Lisbon Memorandum, according to Valadão." in denying
    assert "denied · actual · says Inês Valadão, for Portugal" in denying


def test_what_stands_around_the_words_is_shown(run: Run) -> None:
    assert "Aune met in Tromsø on Thursday. Aune will visit Lisbon in June." in flat(run("why", "Aune", "visited"))


def test_when_where_and_as_what_are_told(run: Run) -> None:
    assert "on 2023-05-11 · at Tromsø" in flat(run("why", "Aune", "met with", "Valadão"))
    assert "as Foreign Minister" in flat(run("why", "Aune", "holdsOfficeIn"))


def test_the_words_are_marked_on_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    told = run("why", "Norway", "suppliedArmsTo").stdout
    assert "\x1b[1;3mGraustark\x1b[0m" in told
    assert "\x1b[2m…pped patrol boats" in told


def test_everything_about_a_thing_is_told(run: Run) -> None:
    told = run("why", "state/norway").stdout
    assert told.count("/assertion/") == 4


def test_a_program_gets_json(run: Run) -> None:
    (account,) = json.loads(run("why", "Norway", "tg:suppliedArmsTo", "Graustark", "--json").stdout)
    assert account["subject"]["label"] == "Norway"
    assert [one["polarity"] for one in account["testimony"]] == ["Affirmed", "Denied"]
    assert account["testimony"][1]["quote"]["exact"] == "Norway rejected that, saying it had sent Graustark no weapons."


def test_what_nobody_speaks_of_is_no_assertion(run: Run) -> None:
    with pytest.raises(QueryError, match="no source says or denies anything of Norway metWith"):
        run("why", "Norway", "metWith")


def test_an_unknown_name_brings_up_its_neighbours(run: Run) -> None:
    with pytest.raises(QueryError, match="near it are Lisbon"):
        run("why", "Lisb")
