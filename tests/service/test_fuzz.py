"""Queries and requests that nobody would write on purpose: none may hang the service, break it, or leave anything behind."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import httpx
import pytest

from kg.engine import ReaderPool
from kg.queries import saved_queries
from kg.service import READERS_NEED, create_app
from kg.service.serving import config
from kg.service.settings import Settings
from kg.service.tokens import new_token
from kg.store import MemoryStore
from tests.service.running import serving

_MUTANTS: Final = 10_000
_SCRAPS: Final = (
    *"{}()[]<>.,;:?$@^#\"'\\/*+-|&!=~_",
    *"\x00\t\n\r\u00e9\ufffd\U0001f600",
    *(" SELECT ", " * ", " ASK ", " FROM ", " GRAPH ", " SERVICE ", " VALUES ", " OPTIONAL ", " FILTER ", " UNION ", " BIND "),
    *(" ORDER BY ", " GROUP BY ", " LIMIT 0 ", " ?s ?p ?o . ", " <urn:a> ", " <http://[> ", "{" * 300, "(" * 300, "\\u0000"),
    *("\\uD800", " 9" * 400, '"""', "<<(", ")>>", "{|", "|}", " NOT EXISTS ", " MINUS ", " REDUCED ", " (COUNT(*) AS ?n) "),
)
LIMITS: Final = Settings(seconds=2, readers=2, rows=10_000, bytes=5_000_000, memory=256 << 20)


def mutant(seeds: list[str], chance: random.Random) -> str:
    """A query with a few pieces cut out, doubled, moved, or put in."""
    text = chance.choice(seeds)
    for _ in range(chance.randint(1, 6)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice((1, 1, 2, 5, 20)))
        other = chance.randrange(len(text) + 1)
        match chance.randrange(4):
            case 0:
                text = text[:start] + text[end:]
            case 1:
                text = text[:end] + text[start:]
            case 2:
                text = text[:other] + text[start:end] + text[other:]
            case _:
                text = text[:start] + chance.choice(_SCRAPS) + text[start:]
    return text


@pytest.fixture
def address(demo_directory: Path) -> Iterator[str]:
    pool = ReaderPool(str(demo_directory), LIMITS.limits, prepare=READERS_NEED)
    with serving(config(create_app(pool, settings=LIMITS), LIMITS)) as address:
        yield address


def test_mutants_are_the_same_every_time() -> None:
    seeds = ["SELECT * { ?s ?p ?o }"]
    assert [mutant(seeds, random.Random(n)) for n in range(50)] == [mutant(seeds, random.Random(n)) for n in range(50)]


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="counts open files by what Linux shows")
def test_ten_thousand_mutants_break_nothing(address: str) -> None:
    chance = random.Random(7)
    seeds = [query.text for query in saved_queries().values()]
    statuses: Counter[int] = Counter()
    with httpx.Client(base_url=address, timeout=10) as client:
        for number in range(_MUTANTS):
            query = mutant(seeds, chance)
            content = query.encode("utf-8", "surrogatepass")
            response = client.post("/sparql", content=content, headers={"Content-Type": "application/sparql-query"})
            statuses[response.status_code] += 1
            assert response.status_code in {200, 400, 413, 503}, (query, response.text)
            if response.status_code == 503:
                assert "2 seconds" in response.text, (query, response.text)
            assert "Traceback" not in response.text
            if number == _MUTANTS // 10:
                files, memory = open_files(), resident()
        assert client.get("/ready").status_code == 200
    assert statuses[200] > 100
    assert statuses[400] > 1000
    assert open_files() <= files + 5
    assert resident() < memory + (64 << 20)


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.slow
@pytest.mark.parametrize("may", [True, False], ids=["with a token", "without"])
def test_every_address_keeps_the_word_that_is_given_of_it(may: bool, tmp_path: Path) -> None:
    token, digest = new_token()
    with serving(create_app(MemoryStore(), settings=LIMITS.model_copy(update={"tokens": (digest,)}))) as address:
        command = [sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json", "--seed", "7", "--no-color"]
        command += ["--checks", "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"]
        command += [
            "--max-examples",
            "15",
            "--phases",
            "examples,fuzzing",
            "--suppress-health-check",
            "all",
            "--exclude-method",
            "PATCH",
        ]
        command += ["--header", f"Authorization: Bearer {token}"] if may else []
        run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert run.returncode == 0, run.stdout[-6000:]
