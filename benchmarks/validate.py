"""Time and memory of validating a graph: python benchmarks/validate.py [--workers 1] [STORE|FILE]

Without a store or file, a graph of a synthetic corpus is built first. Validates in a process of its own, and prints wall
time, CPU time, peak memory of the largest process, quads a second, and what was found.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_RUN = """
import json, sys
from contextlib import closing
from pathlib import Path
from kg.graph import validate
from kg.store import open_store
from kg.store.base import quads
if __name__ == "__main__":
    graph, workers = Path(sys.argv[1]), int(sys.argv[2])
    if graph.is_dir():
        with closing(open_store(graph)) as store:
            held, report = store.status().quads, validate(quads(store), workers=workers, ordered=True)
    else:
        held, report = 0, validate(graph, workers=workers)
    print(json.dumps([held, report.graphs, len(report.findings)]))
"""


def measure(graph: Path, workers: int, scratch: Path) -> dict[str, float]:
    """Validate once and return the figures."""
    script = scratch / "run.py"
    script.write_text(_RUN)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    arguments = [sys.executable, str(script), str(graph), str(workers)]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    held, graphs, findings = json.loads(done.stdout.splitlines()[-1])
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "quads": held,
        "graphs": graphs,
        "broken promises": findings,
        "wall seconds": round(wall, 1),
        "cpu seconds": round(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1),
        "peak MB": round(after.ru_maxrss * unit / 1e6),
        "quads per second": round(held / wall),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph", nargs="?", type=Path, help="a store's folder or a graph file; a synthetic corpus without any")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch, graph = Path(folder), options.graph
        if graph is None:
            make, graph = Path(__file__).with_name("corpus.py"), scratch / "store"
            corpus = scratch / "corpus"
            subprocess.run([sys.executable, str(make), "--documents", str(options.documents), "--out", str(corpus)], check=True)
            build = (
                "import sys; from pathlib import Path; from kg.build import build; build([sys.argv[1]], store=Path(sys.argv[2]))"
            )
            subprocess.run([sys.executable, "-c", build, str(corpus), str(graph)], check=True)
        for name, value in measure(graph, options.workers, scratch).items():
            print(f"{name:26}{value:>12,}")


if __name__ == "__main__":
    main()
