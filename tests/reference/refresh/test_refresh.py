"""A refresh from a server that is not ours: what it brings, what stays, and that it is all or nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import httpx
import pytest

from kg.errors import ResourceError, StoreError
from kg.reference import BUNDLED, Reference, load
from kg.reference.reference import load_anew
from kg.reference.refresh import Endpoint, Summary, refresh
from kg.reference.refresh.spool import queries

DATA = Path(__file__).with_name("wikidata.ttl")
ITEM = "http://www.wikidata.org/entity/"


@pytest.fixture(scope="module")
def wikidata(oxigraph: str) -> str:
    """The address of an endpoint with a small data set in Wikidata's model."""
    update = {"Content-Type": "application/sparql-update"}
    httpx.post(f"{oxigraph}/update", content="DROP ALL", headers=update).raise_for_status()
    turtle = {"Content-Type": "text/turtle"}
    httpx.post(f"{oxigraph}/store?default", content=DATA.read_bytes(), headers=turtle).raise_for_status()
    return f"{oxigraph}/query"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refreshed") / "base"


@pytest.fixture(scope="module")
def refreshed(wikidata: str, folder: Path) -> tuple[Summary, Reference]:
    with closing(Endpoint(wikidata)) as endpoint:
        summary = refresh(endpoint, folder)
    return summary, load_anew(folder)


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_new_entries_join_the_bundled_ones(refreshed: tuple[Summary, Reference]) -> None:
    summary, base = refreshed
    norland = base.by_id["state/norland"]
    assert (norland.qid, norland.iso2, norland.capital) == ("Q9000001", "XN", "place/norhaven")
    assert norland.names == ("Republic of Norland",)
    assert norland.adjectives == ("Norlander",)
    assert set(norland.nouns) == {"Norlander", "Norlanders"}
    old = base.by_id["state/old-norland"]
    assert (old.began.value, old.ended.value, old.successors) == ("1815", "1918", ("state/norland",))
    union = base.by_id["organization/lion-union"]
    assert (union.kind, union.members, union.names) == ("union", ("state/kenya", "state/norland"), ("Union of the Lion",))
    assert base.by_id["organization/left-union"].members == ()
    treaty = base.by_id["agreement/norhaven-treaty-of-friendship"]
    assert (treaty.kind, treaty.signed.value) == ("PartnershipAgreement", "2031-05")
    assert treaty.parties == ("state/kenya", "state/norland")
    assert {n: summary.after[n] - summary.before[n] for n in summary.after} == {
        "states": 2,
        "organizations": 2,
        "places": 2,
        "agreements": 1,
        "persons": 2,
        "offices": 2,
    }


def test_names_that_people_chose_stay_and_facts_are_replaced(refreshed: tuple[Summary, Reference]) -> None:
    _, base = refreshed
    bundled, kenya = load(BUNDLED).by_id["state/kenya"], base.by_id["state/kenya"]
    assert kenya.name == bundled.name == "Kenya"
    assert kenya.seats == bundled.seats
    assert kenya.names == (*bundled.names, "Land of the Lion")
    assert kenya.adjectives == (*bundled.adjectives, "Lionlander")
    assert kenya.capital == "place/lion-city"


def test_a_name_that_would_stand_for_two_things_is_left_out(refreshed: tuple[Summary, Reference]) -> None:
    summary, base = refreshed
    assert base.find("Russia")[0] == "state/russia"
    assert not any(a.name == "Russia" for a in base.agreements)
    assert summary.left_out == 4  # "Russia" and "Russian" of Kenya, a treaty "Russia", and a name with a bar in it


def test_offices_have_titles_as_news_writes_them_and_dates_as_exact_as_known(refreshed: tuple[Summary, Reference]) -> None:
    _, base = refreshed
    [minister] = base.offices_of("person/ruth-holm")
    assert (minister.titles, minister.began.value, minister.ended.value) == (("foreign minister",), "2028-03", "2029-07-04")
    [president] = base.offices_of("person/ada-quist")
    assert set(president.titles) == {"president", "head of state"}
    assert president.began.value == "2030-05-01"
    assert base.office_holder("foreign minister", "state/norland", date(2029, 1, 1)).name == "Ruth Holm"


def test_what_the_endpoint_does_not_know_stays(refreshed: tuple[Summary, Reference]) -> None:
    _, base = refreshed
    known = load(BUNDLED)
    assert set(known.by_id) <= set(base.by_id)
    assert known.by_id["state/peru"] == base.by_id["state/peru"]
    assert set(known.offices) <= set(base.offices)


@pytest.mark.usefixtures("refreshed")
def test_in_small_pages_and_over_an_older_one_it_gives_the_same_tables(wikidata: str, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "old.csv").write_text("what was there before")
    with closing(Endpoint(wikidata)) as endpoint:
        refresh(endpoint, tmp_path / "base", page=3)
    assert contents(tmp_path / "base") == contents(folder)
    assert [p.name for p in tmp_path.iterdir()] == ["base"]


@pytest.mark.slow
def test_the_command_says_what_it_did_and_a_build_reads_by_it(wikidata: str, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("NORHAVEN, May 6, 2031 - Norland and Kenya signed a border treaty in Norhaven on Tuesday.\n")

    def kg(*arguments: str) -> str:
        command = [sys.executable, "-c", "from kg.cli import main; main()", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    base, store, out = (str(tmp_path / name) for name in ("base", "store", "graph.nq"))
    assert "agreements" in kg("reference", "refresh", base, "--from", wikidata)
    kg("build", str(article), "--store", store, "--reference", base, "--workers", "1", "--out", out)
    graph = Path(out).read_text(encoding="utf-8")
    assert "id/state/norland>" in graph
    assert "<http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q9000001>" in graph
    again = kg("build", str(article), "--store", store, "--workers", "1")  # the bundled tables do not know it
    assert "documents read                  1" in again


class Moody(BaseHTTPRequestHandler):
    """Passes questions on to a real server, or answers as it is told to."""

    upstream = ""
    moods: list[tuple[int, str]] = []  # noqa: RUF012 (set anew for each test)
    asked: list[str] = []  # noqa: RUF012 (the same)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.asked.append(parse_qs(body.decode())["query"][0])
        status, text = self.moods.pop(0) if self.moods else (200, "")
        if status == 200 and not text:
            headers = {"Content-Type": self.headers["Content-Type"], "Accept": self.headers["Accept"]}
            text = httpx.post(self.upstream, content=body, headers=headers).text
        self.send_response(status)
        if status == 429:
            self.send_header("Retry-After", "7")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def moody(wikidata: str) -> Iterator[Callable[..., str]]:
    """A server in front of the real one that first answers as it is told."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Moody)
    Thread(target=server.serve_forever, daemon=True).start()
    Moody.upstream, Moody.asked = wikidata, []

    def start(*moods: tuple[int, str]) -> str:
        Moody.moods = list(moods)
        return f"http://127.0.0.1:{server.server_address[1]}/sparql"

    yield start
    server.shutdown()
    server.server_close()


def test_a_busy_server_is_asked_again_with_longer_waits_or_as_it_says(moody: Callable[..., str], tmp_path: Path) -> None:
    waits: list[float] = []
    with closing(Endpoint(moody((503, ""), (429, ""), (200, '{"results": {"bindings": [')), sleep=waits.append)) as endpoint:
        refresh(endpoint, tmp_path / "base")
    assert waits == [1, 7, 15]
    assert load_anew(tmp_path / "base").find("Norland") == ("state/norland",)


def test_what_was_fetched_is_not_fetched_again(moody: Callable[..., str], tmp_path: Path) -> None:
    fine = [(200, "")] * 3
    with closing(Endpoint(moody(*fine, *[(503, "")] * 5), sleep=lambda _: None)) as endpoint:
        with pytest.raises(StoreError, match="answers 503, after 5 tries; run the same command"):
            refresh(endpoint, tmp_path / "base")
        assert not (tmp_path / "base").exists()
        before = len(Moody.asked)
        refresh(endpoint, tmp_path / "base")
    assert len(Moody.asked) - before == len(queries()) - len(fine)


def test_a_query_that_is_refused_is_not_asked_again(moody: Callable[..., str], tmp_path: Path) -> None:
    with (
        closing(Endpoint(moody((400, "no such prefix")), sleep=lambda _: None)) as endpoint,
        pytest.raises(StoreError, match="answers 400: no such prefix"),
    ):
        refresh(endpoint, tmp_path / "base")
    assert len(Moody.asked) == 1


def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    with (
        closing(Endpoint("http://127.0.0.1:9/sparql", sleep=lambda _: None)) as endpoint,
        pytest.raises(StoreError, match="cannot be reached"),
    ):
        refresh(endpoint, tmp_path / "base")


def test_what_breaks_a_promise_replaces_nothing(moody: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "base").mkdir()
    (tmp_path / "base" / "states.csv").write_text("what was there before")
    told = {"item": f"{ITEM}Q9000099", "name": "Wrong Treaty", "className": "treaty", "signed": "2031-99-01T00:00:00Z"}
    bindings = [{variable: {"value": value} for variable, value in told.items()}]
    moods = [(200, "")] * list(queries()).index("agreements") + [(200, json.dumps({"results": {"bindings": bindings}}))]
    with closing(Endpoint(moody(*moods))) as endpoint, pytest.raises(ResourceError, match="is no date"):
        refresh(endpoint, tmp_path / "base")
    assert contents(tmp_path / "base") == {"states.csv": b"what was there before"}


@pytest.mark.parametrize("name", queries())
def test_every_question_says_what_it_asks_and_in_which_order(name: str) -> None:
    text = queries()[name]
    assert text.startswith("# ")
    assert "ORDER BY ?item" in text
    assert "LIMIT" not in text
