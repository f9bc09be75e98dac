"""Measure the service beside other servers: python -m benchmarks.endpoint [--quads 2000000] [--seconds 5] [--minutes 10]

Needs `wrk` (Debian has it) and Linux. Servers that are not installed are passed over with a word; --only picks some of
oxigraph, ours, cached, workers, cached-workers, memory, rdflib, virtuoso, runaway, mixed. Everything runs on this machine,
one server at a time, and the graph and what is loaded from it stay in --folder for the next time.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from benchmarks.endpoint import load, stress
from benchmarks.endpoint.data import AGGREGATE, ROWS, Data
from benchmarks.endpoint.servers import NotHereError, Server, ours, oxigraph, rdflib_endpoint, virtuoso

Start = Callable[[Data], AbstractContextManager[Server]]

SERVERS: Final[dict[str, Start]] = {
    "oxigraph": oxigraph,
    "ours": lambda data: ours(data, name="kg serve, uncached", cache_bytes="0"),
    "cached": lambda data: ours(data, name="kg serve"),
    "workers": lambda data: ours(data, "--workers", "2", name="kg serve --workers 2, uncached", cache_bytes="0"),
    "cached-workers": lambda data: ours(data, "--workers", "2", name="kg serve --workers 2"),
    "memory": lambda data: ours(data, "--in-memory", name="kg serve --in-memory, uncached", cache_bytes="0"),
    "rdflib": rdflib_endpoint,
    "virtuoso": virtuoso,
}
STRESSES: Final = ("runaway", "mixed")
COLUMNS: Final = ("one entity", "provenance", "aggregate", "50 k rows")


def measure(server: Server, data: Data, seconds: float) -> list[load.Load]:
    """Put each kind of load on a server, after a first go that warms it."""
    found = []
    for queries in (data.entity_queries(), data.provenance_queries()):
        load.put(server.url, queries, 1)
        found.append(load.put(server.url, queries, seconds))
    for query in (AGGREGATE, ROWS):
        load.put(server.url, [query], 1, connections=1)
        found.append(load.put(server.url, [query], seconds, connections=1))
    return found


def show(results: dict[str, list[load.Load]]) -> None:
    """Print requests per second (p50/p99 in ms), failures if any, and ratios to oxigraph's server."""
    print(f"\n{'requests/s (p50/p99 ms)':34}" + "".join(f"{column:>28}" for column in COLUMNS))
    for name, loads in results.items():
        print(f"{name:34}" + "".join(f"{_cell(one):>28}" for one in loads))
    for base in ("oxigraph serve-read-only", "rdflib-endpoint, oxrdflib"):
        if base in results:
            print(f"\n{'times ' + base:34}" + "".join(f"{column:>28}" for column in COLUMNS))
            for name, loads in results.items():
                ratios = (one.rate / other.rate if other.rate else 0 for one, other in zip(loads, results[base], strict=True))
                print(f"{name:34}" + "".join(f"{ratio:>28.2f}" for ratio in ratios))


def _cell(one: load.Load) -> str:
    failures = f" {one.failed} failed" if one.failed else ""
    return f"{one.rate:,.4g} ({one.p50:.3g}/{one.p99:.3g}){failures}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quads", type=int, default=2_000_000)
    parser.add_argument("--folder", type=Path, default=Path(".benchmarks"))
    parser.add_argument("--seconds", type=float, default=5, help="of each load")
    parser.add_argument("--minutes", type=float, default=10, help="of the mixed load")
    parser.add_argument("--clients", type=int, default=50, help="quick clients beside the runaway query")
    parser.add_argument("--only", default=",".join((*SERVERS, *STRESSES)))
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk is needed: apt-get install wrk")
    wanted = options.only.split(",")
    data = Data.ready(options.folder.absolute(), options.quads)
    results: dict[str, list[load.Load]] = {}
    for name, start in SERVERS.items():
        if name in wanted:
            try:
                with start(data) as server:
                    results[server.name] = measure(server, data, options.seconds)
                    print(f"{server.name:34}" + "".join(f"{_cell(one):>28}" for one in results[server.name]), flush=True)
            except NotHereError as error:
                print(f"{name}: {error}; passed over", flush=True)
    show(results)
    if "runaway" in wanted:
        with ours(data, seconds="2", cache_bytes="0") as server:
            found = stress.runaway(server, data, options.clients)
        print(f"\nrunaway query, deadline 2 s: {found.status} after {found.seconds:.2f} s ({found.detail})")
        print(f"  0.2 s later the service uses {found.cpu_after:.0%} of a core")
        print(f"  {options.clients} clients beside two more of them: {_cell(found.beside)}")
    if "mixed" in wanted:
        with ours(data) as server:
            long = stress.mixed(server, data, options.minutes * 60, publish=True)
        print(f"\nmixed load for {options.minutes:g} minutes: {long.load.requests:,} requests, {long.load.failed} failed")
        print(f"  {long.generations} generations published meanwhile; {_cell(long.load)}")
        shown = long.memory[:: max(len(long.memory) // 12, 1)]
        print(f"  memory in MB as time went on: {', '.join(f'{one:.0f}' for one in shown)}; growth {long.growth:+.1%}")


if __name__ == "__main__":
    main()
