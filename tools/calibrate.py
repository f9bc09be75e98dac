"""Fit the weights of confidence to gold, and say how well they do on articles that they have not seen.

    python -m tools.calibrate --gold DIR [DIR …] [--articles DIR [DIR …]] [--out FILE]

Reads the articles with the frames and finders of this checkout, judges all evidence, and writes the weights to
kg/extraction/lexicon/confidence.toml. Run it whenever frames or finders have changed. Articles lie beside their gold, or in the
folders named, one for each folder of gold; an article that several of them hold counts once. `--out -` writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.documents import Refusal, read_documents
from kg.errors import KgError
from kg.evaluation.examples import Example, examples
from kg.evaluation.fitting import cross_validated, fit
from kg.evaluation.gold import Gold
from kg.evaluation.goldfiles import load_golds
from kg.evaluation.reliability import Reliability, of_pairs
from kg.extraction.confidence import CALIBRATION, Calibration
from kg.extraction.reading import read
from kg.model import Reading
from kg.reading import reader
from kg.reference import load

_HEADER = """# What a pattern's own confidence is worth; kg/extraction/confidence.py says how the numbers are used.
# Written by `python -m tools.calibrate`, not by hand: {count} pieces of evidence in {articles} articles.
# On articles that the numbers had not seen: expected calibration error {error:.3f}, squared error {squared:.3f}.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, nargs="+", required=True, help="folders of gold files (*.json)")
    parser.add_argument("--articles", type=Path, nargs="+", help="folders of their articles (*.txt), in the same order")
    parser.add_argument("--out", default=str(CALIBRATION), help="the file to write, or - for none")
    arguments = parser.parse_args()
    folders = arguments.articles or arguments.gold
    if len(folders) != len(arguments.gold):
        parser.error("give as many folders of articles as of gold, or none if they lie beside the gold")
    try:
        found = _examples(list(zip(arguments.gold, folders, strict=True)))
    except KgError as error:
        print(f"calibrate: {error}", file=sys.stderr)
        return 2
    weights, unseen = fit(found), of_pairs(cross_validated(found))
    _report(found, weights, unseen)
    if arguments.out != "-":
        Path(arguments.out).write_text(as_toml(weights, found, unseen), encoding="utf-8")
        print(f"written to {arguments.out}")
    return 0


def _examples(folders: Iterable[tuple[Path, Path]]) -> list[Example]:
    golds: list[Gold] = []
    files: list[str] = []
    for gold, articles in folders:
        golds += load_golds(gold, articles)
        files += [str(articles / f"{file.stem}.txt") for file in sorted(gold.glob("*.json"))]
    return examples(_readings(files), golds, load())


def _readings(files: Sequence[str]) -> list[Reading]:
    readings = []
    for document in read_documents(files):
        if isinstance(document, Refusal):
            print(f"left out: {document.source}: {document.reason}", file=sys.stderr)
            continue
        doc, cast = reader().read(document)
        readings.append(read(doc, cast, reader().reference, weights=Calibration()))
    return readings


def as_toml(weights: Calibration, found: Sequence[Example], unseen: Reliability) -> str:
    """Write weights as the file that extraction reads."""
    articles = len({example.document for example in found})
    lines = [
        _HEADER.format(count=len(found), articles=articles, error=unseen.calibration_error, squared=unseen.squared_error),
        f"intercept = {weights.intercept}",
        f"slope = {weights.slope}",
        "\n[trait]",
        *(f"{trait.value} = {weight}" for trait, weight in weights.trait.items()),
        "\n[frame]",
        *(f'"{frame}" = {weight}' for frame, weight in weights.frame.items()),
    ]
    return "\n".join(lines) + "\n"


def _report(found: Sequence[Example], weights: Calibration, unseen: Reliability) -> None:
    seen = of_pairs((weights.confidence(one.own, one.frame, one.traits), one.right) for one in found)
    own = of_pairs((one.own, one.right) for one in found)
    print(f"{len(found)} pieces of evidence in {len({one.document for one in found})} articles")
    print(f"{'':36}{'calibration error':>18}{'squared error':>15}")
    for name, measured in (("patterns' own confidences", own), ("corrected", seen), ("corrected, articles left out", unseen)):
        print(f"{name:36}{measured.calibration_error:18.3f}{measured.squared_error:15.3f}")
    print("\nof articles left out:")
    print(f"{'confidence':12}{'evidence':>10}{'mean':>8}{'share right':>13}")
    for one in unseen.bins:
        print(f"{one.low:.1f} to {one.high:.1f}  {one.count:10}{one.confidence:8.3f}{one.right:13.3f}")


if __name__ == "__main__":
    sys.exit(main())
