"""What docker-compose.yml and the Dockerfile promise, as far as it can be tried without an engine."""

from __future__ import annotations

import re
import shlex
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
import yaml
from pyoxigraph import RdfFormat, parse, serialize

from kg.cli.serve import serve
from kg.store import RemoteStore

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    compose: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert set(compose) == {"services", "networks", "volumes"}
    found: dict[str, Any] = compose["services"]
    return found


@pytest.fixture(scope="module")
def dockerfile() -> list[list[str]]:
    """The instructions of the image that is run, each as its words."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    stages = [index for index, line in enumerate(lines) if line.startswith("FROM")]
    return [shlex.split(line) for line in lines[stages[-1] :]]


@pytest.fixture
def loaded(services: dict[str, Any], demo_file: Path, tmp_path: Path) -> Iterator[str]:
    """The address of a server that was filled and started by the very commands of the file."""
    graph = tmp_path / "graph.nq"
    graph.write_bytes(serialize(parse(path=demo_file), format=RdfFormat.N_QUADS) or b"")
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    places = {"/data": str(tmp_path / "data"), "/graph.nq": str(graph), "0.0.0.0:7878": address}
    oxigraph = str(Path(sys.executable).parent / "oxigraph")
    load, run = ([oxigraph, *(places.get(word, word) for word in services[name]["command"])] for name in ("load", "oxigraph"))
    subprocess.run(load, check=True, capture_output=True)
    process = subprocess.Popen(run, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and process.poll() is None:
            try:
                httpx.get(f"http://{address}/query", params={"query": "ASK {}"})
                break
            except httpx.TransportError:
                time.sleep(0.05)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait()


def test_its_commands_fill_and_start_a_server_that_the_service_can_ask(loaded: str) -> None:
    with closing(RemoteStore(loaded)) as store:
        assert store.status().quads == 910


def test_the_server_takes_no_updates(loaded: str) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    assert httpx.post(f"{loaded}/update", content="DROP ALL", headers=headers).is_error


def test_each_part_waits_for_the_one_before(services: dict[str, Any]) -> None:
    assert services["oxigraph"]["depends_on"] == {"load": {"condition": "service_completed_successfully"}}
    assert list(services["service"]["depends_on"]) == ["oxigraph"]


def test_loader_and_server_are_the_same_release_and_share_a_volume(services: dict[str, Any]) -> None:
    load, oxigraph = services["load"], services["oxigraph"]
    assert load["image"] == oxigraph["image"]
    assert re.fullmatch(r"ghcr\.io/oxigraph/oxigraph:\d+\.\d+\.\d+", load["image"])
    assert "data:/data" in load["volumes"]
    assert oxigraph["volumes"] == ["data:/data:ro"]


def test_only_the_service_can_be_reached_and_only_from_this_machine(services: dict[str, Any]) -> None:
    assert {name for name, service in services.items() if service.get("ports")} == {"service"}
    assert all(port.startswith("127.0.0.1:") for port in services["service"]["ports"])


def test_the_service_takes_its_command(services: dict[str, Any]) -> None:
    command = typer.main.get_command(_app())
    name, *arguments = services["service"]["command"]
    context = command.make_context("kg", [name, *arguments])
    parsed = command.commands[name].make_context(name, arguments, parent=context).params  # type: ignore[attr-defined]
    assert parsed["store"] == "http://oxigraph:7878"
    assert services["service"]["ports"] == [f"127.0.0.1:8000:{parsed['port']}"]


def test_the_image_runs_kg_as_nobody_in_particular(dockerfile: list[list[str]]) -> None:
    instructions = {words[0]: words[1:] for words in dockerfile}
    assert instructions["FROM"][0] == "python:3.13-slim"
    assert instructions["USER"] not in (["root"], ["0"])
    assert "".join(instructions["ENTRYPOINT"]) == "[kg]"


def test_its_health_is_the_services_own(dockerfile: list[list[str]]) -> None:
    (check,) = [words for words in dockerfile if words[0] == "HEALTHCHECK"]
    assert "http://127.0.0.1:8000/health" in " ".join(check)


def _app() -> typer.Typer:
    app = typer.Typer()
    app.command()(serve)

    @app.callback()
    def kg() -> None:
        """Stand in for the command as a whole."""

    return app
