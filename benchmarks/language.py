"""Speed and memory of the language stage: python benchmarks/language.py [--no-long] [INPUT…]

Reads the inputs (the sample articles without any), then texts that are hard to read, made of the inputs' words, each in a
process of its own, and prints words, seconds of processor time, words a second and peak resident memory; first, how long
loading takes. The whole pipeline runs, with names, titles, dates and agreements.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

_SAMPLES = Path(__file__).parents[1] / "seeds"
_PAGE = 90  # words of a paragraph
_ODD = ("Москва", "подписала", "موسكو", "北京", "日本語", "\U0001f600", "e\u0301te\u0301", "\u0e01\u0e33", "\u200f")
_LONG = {
    "200 pages": 100_000,
    "one paragraph": 50_000,
    "shuffled words": 50_000,
    "no punctuation": 50_000,
    "all capitals": 50_000,
    "mixed scripts": 50_000,
}


def shaped(name: str, pool: Sequence[str], words: int) -> str:
    """Return a long text of one of the shapes, made of the words of a pool."""
    chance = random.Random(1)
    running = [pool[i % len(pool)] for i in range(words)]
    if name == "200 pages":
        return "\n\n".join(" ".join(running[k : k + _PAGE]) for k in range(0, words, _PAGE))
    if name == "shuffled words":
        chance.shuffle(running)
    if name == "mixed scripts":
        running = [chance.choice(_ODD) if chance.random() < 0.5 else word for word in running]
    text = " ".join(running)
    if name == "no punctuation":
        return "".join(c for c in text if c.isalnum() or c == " ")
    return text.upper() if name == "all capitals" else text


def measure(inputs: list[str], shape: str, repeats: int) -> list[float]:
    """Return seconds to import and to load, words, least seconds to read them, and peak memory in MB, of this process."""
    began = time.process_time()
    from kg.documents import read_documents, zones
    from kg.language import Reader
    from kg.model import Document

    imported = time.process_time()
    reader = Reader()
    loaded = time.process_time()
    documents = [d for d in read_documents(inputs) if isinstance(d, Document)]
    reader.read(documents[0])
    if shape:
        text = shaped(shape, [word for d in documents for word in d.text.split()], _LONG[shape])
        documents = [Document("long", text, zones=zones(text))]
    seconds = []
    for _ in range(repeats):
        start, words = time.process_time(), 0
        for document in documents:
            doc, _ = reader.read(document)
            words += sum(not token.is_space for token in doc)
        seconds.append(time.process_time() - start)
    return [imported - began, loaded - imported, words, min(seconds), peak_memory()]


def peak_memory() -> float:
    """Return the most memory that this process has held, in MB.

    On Linux getrusage counts what the parent held when it started this process, so the kernel's other figure is taken.
    """
    if sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / 1e6


def apart(inputs: list[str], shape: str = "", repeats: int = 1) -> list[float]:
    """Return what is measured in a process of its own."""
    arguments = [sys.executable, __file__, "--measure", shape, "--repeats", str(repeats), *inputs]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True)
    found: list[float] = json.loads(done.stdout.splitlines()[-1])
    return found


def show(name: str, words: float, seconds: float, peak: float) -> None:
    print(f"{name:20}{words:>10,.0f}{seconds:>10.1f}{words / seconds:>10,.0f}{peak:>10,.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", nargs="*", help="files, folders or globs; the samples without any")
    parser.add_argument("--no-long", action="store_true", help="leave out the texts that are hard to read")
    parser.add_argument("--measure", help=argparse.SUPPRESS)
    parser.add_argument("--repeats", type=int, default=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    inputs = options.inputs or [str(_SAMPLES)]
    if options.measure is not None:
        print(json.dumps(measure(inputs, options.measure, options.repeats)))
        return
    imported, loaded, *figures = apart(inputs, repeats=options.repeats)
    print(f"imports {imported:.2f} s, model and components {loaded:.2f} s")
    print(f"{'':20}{'words':>10}{'seconds':>10}{'words/s':>10}{'peak MB':>10}")
    show("articles", *figures)
    for name in () if options.no_long else _LONG:
        show(name, *apart(inputs, name)[2:])


if __name__ == "__main__":
    main()
