"""Time and memory of building a graph: python benchmarks/build.py [--documents 1000] [--workers 1] [INPUT…]

Without inputs, a synthetic corpus is generated. Runs `kg build` in a process of its own, and prints wall time, CPU time,
peak memory of the largest process, documents per core-hour, and what was built.
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
from dataclasses import asdict
from pathlib import Path
from kg.build import build
if __name__ == "__main__":
    inputs, store, workers = json.loads(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    print(json.dumps(asdict(build(inputs, store=store, workers=workers))))
"""


def measure(inputs: list[str], workers: int, scratch: Path) -> dict[str, float]:
    """Build once and return the figures."""
    script = scratch / "run.py"
    script.write_text(_RUN)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(script), json.dumps(inputs), str(scratch / "store"), str(workers)],
        check=True,
        capture_output=True,
        text=True,
    )
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    summary = json.loads(done.stdout.splitlines()[-1])
    unit = 1 if sys.platform == "darwin" else 1024
    return {
        "documents": summary["documents"],
        "evidence": summary["evidence"],
        "quads": summary["quads"],
        "wall seconds": round(wall, 1),
        "cpu seconds": round(cpu, 1),
        "peak MB": round(after.ru_maxrss * unit / 1e6),
        "documents per core-hour": round(summary["documents"] / cpu * 3600),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", help="files, folders or globs; a synthetic corpus without any")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        inputs = options.inputs
        if not inputs:
            corpus = scratch / "corpus"
            make = Path(__file__).with_name("corpus.py")
            subprocess.run([sys.executable, str(make), "--documents", str(options.documents), "--out", str(corpus)], check=True)
            inputs = [str(corpus)]
        for name, value in measure(inputs, options.workers, scratch).items():
            print(f"{name:26}{value:>12,}")


if __name__ == "__main__":
    main()
