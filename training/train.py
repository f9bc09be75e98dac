"""Train the language model: python -m training.train RUN --encoder DIR --data DIR --countries states.csv

First the teachers, then the students that learn from them. Goes on after the last saved epoch when interrupted. Writes
RUN/meta.json, RUN/log.jsonl, and RUN/student-N.safetensors for the `--keep` best students, best first.
"""

from __future__ import annotations

import argparse
import csv
import json
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file

from kg.language.features import Encoder
from training.corpora import Paragraph, corpus_file, read, training_set
from training.encoder import from_encoder
from training.labels import Labels, example
from training.members import Members
from training.stage import Stage
from training.store import Store
from training.synthetic import Writer
from training.trial import trial


class Run:
    """What both stages share: labels, the training store, and the development sets."""

    def __init__(self, recipe: dict[str, Any], encoder: Path, data: Path, countries: Path, device: torch.device) -> None:
        self.recipe, self.encoder, self.device = recipe, encoder, device
        with countries.open(encoding="utf-8") as rows:
            names = {tuple(row["name"].split()) for row in csv.DictReader(rows)}
        paragraphs, self.dev = training_set(recipe, data, names)
        paragraphs += Writer(countries, recipe["seed"]).paragraphs(recipe["synthetic"])
        for part in recipe["dev"]:
            every = [p for p in read(corpus_file(data, part["file"])) if len(p.words) < 200]
            hidden = tuple(part.get("not_genres", ()))
            self.dev[part["file"]] = [
                p if part["entities"] and not any(g in p.document for g in hidden) else replace(p, ents=None) for p in every
            ]
        relations = {d for p in (*paragraphs, *(p for part in self.dev.values() for p in part)) for d in p.deps or ()}
        self.labels = Labels(recipe["labels"]["upos"], recipe["labels"]["entities"], sorted(relations))
        self._subwords = Encoder(encoder / "tokenizer.json")
        self.store = self._store(paragraphs)[1]
        self._tests = {name: self._store(part) for name, part in self.dev.items()}

    def _store(self, paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], Store]:
        """Return the paragraphs that are not too long, and their store."""
        pairs = [(p, example(p, self._subwords, self.labels)) for p in paragraphs]
        pairs = [(p, e) for p, e in pairs if len(e.ids) <= self.recipe["longest"]]
        return [p for p, _ in pairs], Store([e for _, e in pairs], self.device)

    def fresh(self, count: int, seed: int) -> Members:
        """Return members that start from the published encoder, their heads from the seed."""
        torch.manual_seed(seed)
        sizes = len(self.labels.relations), len(self.labels.entities), len(self.labels.upos)
        return Members([from_encoder(self.encoder, *sizes, self.recipe["dropout"]) for _ in range(count)], self.device)

    def scores(self, members: Members) -> list[dict[str, float]]:
        """Return the scores of each member on the development sets, `SET las` and `SET entities`."""
        found: list[dict[str, float]] = [{} for _ in range(members.count)]
        for name, (paragraphs, store) in self._tests.items():
            for row, scores in zip(found, trial(members, store, paragraphs, self.labels), strict=True):
                row |= {f"{name} {key}": value for key, value in scores.items()}
        return found


def train(run: Run, out: Path, keep: int, save_every: int) -> None:
    """Train teachers and students, and write the best students."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "meta.json").write_text(json.dumps(run.labels.meta()))
    recipe = run.recipe
    words, size = int(run.store.words.sum()), len(run.store.words)
    print(f"{size} paragraphs, {words} words, on {run.device.type}", flush=True)
    teachers = run.fresh(recipe["teachers"]["members"], recipe["seed"])
    Stage("teachers", recipe, out, teachers).run(run.store, run.scores, save_every)
    students = run.fresh(recipe["students"]["members"], recipe["seed"] + 1)
    for student, teacher in enumerate(recipe["students"]["begin"]):
        if teacher >= 0:
            for name, stack in students.weights.items():
                stack.data[student] = teachers.mean[name][teacher]
                students.mean[name][student] = teachers.mean[name][teacher]
    Stage("students", recipe, out, students, teachers).run(run.store, run.scores, save_every)
    scores = run.scores(students)
    merit = [sum(row[name] for name in recipe["choose_by"]) / len(recipe["choose_by"]) for row in scores]
    best = sorted(range(students.count), key=lambda i: -merit[i])[:keep]
    print("merit of the students:", [round(float(m), 2) for m in merit], "written, best first:", best, flush=True)
    for place, i in enumerate(best):
        weights = {name: t.half().contiguous().cpu() for name, t in students.averaged(i).items()}
        save_file(weights, out / f"student-{place}.safetensors")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder", type=Path, required=True, help="folder with config.json, model.safetensors, tokenizer.json")
    parser.add_argument("--data", type=Path, required=True, help="folder with the corpora, JSONL or CoNLL-U")
    parser.add_argument("--countries", type=Path, required=True, help="CSV of countries: name, status, demonym_adjectives, seats")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.toml"))
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--keep", type=int, default=1, help="how many students to write")
    parser.add_argument("--save-every", type=int, default=1, help="epochs between measures and saved states")
    options = parser.parse_args()
    recipe = tomllib.loads(options.recipe.read_text())
    run = Run(recipe, options.encoder, options.data, options.countries, torch.device(options.device))
    train(run, options.out, options.keep, options.save_every)


if __name__ == "__main__":
    main()
