"""Size, time and memory of each export: python benchmarks/exchange.py [STORE] [--documents 1000] [--as FORM …]

Without a store, a synthetic corpus is generated and built first. Each form is written to a file by a process of its own,
from the store in its folder. Prints how many statements, rows or nanopublications were written, the file's size, wall and
processor time, and the peak resident memory, of which the form "nothing" shows what loading and opening take. With
nanopublications, the time that `kg verify` takes to check them stands below.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from kg.exchange.exporters import built_in

_RUN = """
import json, resource, sys, time
from pathlib import Path
from kg.exchange.exporters import export
from kg.exchange.verification import check, read
from kg.store import open_store
form, store, out = sys.argv[1:]
began = time.monotonic(), time.process_time()
written = 0
if form == "verify":
    for publication in read(Path(out)):
        check(publication)
        written += 1
else:
    opened = open_store(store)
    if form != "nothing":
        with open(out, "wb") as file:
            written = export(form, opened, file).written
    opened.close()
unit = 1 if sys.platform == "darwin" else 1024
print(json.dumps({
    "written": written,
    "wall s": time.monotonic() - began[0],
    "cpu s": time.process_time() - began[1],
    "peak MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6,
}))
"""


def build(documents: int, folder: Path) -> Path:
    """Build a store from a synthetic corpus."""
    from kg.build import build as build_graph

    corpus = folder / "corpus"
    make = Path(__file__).with_name("corpus.py")
    subprocess.run([sys.executable, str(make), "--documents", str(documents), "--out", str(corpus)], check=True)
    began = time.monotonic()
    summary = build_graph([str(corpus)], store=folder / "store")
    print(f"built {summary.documents:,} documents, {summary.quads:,} quads in {time.monotonic() - began:,.0f} s")
    return folder / "store"


def measure(form: str, store: Path, out: Path) -> dict[str, float]:
    """Export once, or verify what was exported, and return the figures."""
    done = subprocess.run([sys.executable, "-c", _RUN, form, str(store), str(out)], check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def main() -> None:
    forms = [one.short for one in built_in()]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", nargs="?", type=Path, help="a folder made by kg build; a synthetic corpus is built without one")
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--as", dest="forms", nargs="*", choices=forms, default=forms)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or build(options.documents, Path(folder))
        print(f"{'form':10}{'written':>12}{'MB':>10}{'wall s':>10}{'cpu s':>10}{'peak MB':>10}")
        for form in ["nothing", *options.forms, *(["verify"] if "nanopub" in options.forms else [])]:
            out = Path(folder) / f"{'nanopub' if form == 'verify' else form}.trig"
            figures = measure(form, store, out)
            size = out.stat().st_size / 1e6 if out.exists() else 0
            print(
                f"{form:10}{figures['written']:>12,}{size:>10,.1f}{figures['wall s']:>10,.1f}{figures['cpu s']:>10,.1f}"
                f"{figures['peak MB']:>10,.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
