"""Train the language model: python -m training.train OUT --encoder DIR --data DIR --countries states.csv

Resumes from OUT/last.pt after an interruption; writes OUT/meta.json, OUT/model.pt and OUT/log.jsonl.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.language.features import Encoder, collate
from training.corpora import UNKNOWN, Paragraph, noisy, read, training_set
from training.network import Network, from_encoder

NOT_ANNOTATED = -100


class Labels:
    """The label sets of one training run, as kept in meta.json."""

    def __init__(self, upos: list[str], entities: list[str], relations: list[str]) -> None:
        self.upos, self.relations = upos, relations
        self.entities = ["O", *(f"{b}-{t}" for t in entities for b in "BI")]

    def meta(self) -> dict[str, list[str]]:
        return {"rels": self.relations, "upos": self.upos, "ner": self.entities}

    def allowed(self, label: str, paragraph: Paragraph) -> list[bool]:
        """Which of our entity labels a corpus's label may stand for."""
        if label == UNKNOWN:
            return [True] * len(self.entities)
        if label == "O":
            return [
                own == "O" or (own[2:] not in paragraph.annotated and own[2:] not in _merged(paragraph)) for own in self.entities
            ]
        kinds = dict(paragraph.merged).get(label[2:], (label[2:],))
        return [own != "O" and own[0] == label[0] and own[2:] in kinds for own in self.entities]


def _merged(paragraph: Paragraph) -> set[str]:
    return {kind for _, kinds in paragraph.merged for kind in kinds}


def targets(paragraphs: list[Paragraph], labels: Labels, words: int) -> dict[str, Tensor]:
    """Return the padded targets of a batch; NOT_ANNOTATED where a corpus says nothing."""
    shape = (len(paragraphs), words)
    out = {name: np.full(shape, NOT_ANNOTATED) for name in ("pos", "start", "head", "label")}
    sentence = np.full(shape, -1)
    allowed = np.ones((*shape, len(labels.entities)), bool)
    for row, p in enumerate(paragraphs):
        n = len(p.words)
        if p.heads is not None and p.upos is not None and p.deps is not None and p.sent_starts is not None:
            out["pos"][row, :n] = [labels.upos.index(x) for x in p.upos]
            out["start"][row, :n] = p.sent_starts
            out["head"][row, :n] = p.heads
            out["label"][row, :n] = [labels.relations.index(x) for x in p.deps]
            sentence[row, :n] = np.cumsum(p.sent_starts)
        if p.ents is not None:
            allowed[row, :n] = [labels.allowed(x, p) for x in p.ents]
    found = {name: torch.from_numpy(a.astype(np.int64)) for name, a in out.items()}
    return {**found, "sentence": torch.from_numpy(sentence.astype(np.int64)), "allowed": torch.from_numpy(allowed)}


def head_scores(arc: Tensor, root: Tensor, sentence: Tensor) -> Tensor:
    """Return head scores with the root on the diagonal and heads outside the sentence ruled out."""
    same = (sentence.unsqueeze(1) == sentence.unsqueeze(2)) & (sentence.unsqueeze(2) >= 0)
    own = torch.eye(arc.shape[1], dtype=torch.bool)
    scores = arc + torch.diag_embed(root - torch.diagonal(arc, dim1=1, dim2=2))
    return scores.masked_fill(~(same | own), -1e9)


def losses(network: Network, outputs: tuple[Tensor, ...], gold: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the mean loss of each task that the batch annotates."""
    pos, start, entity, arc, root, dependent, head = (t.float() for t in outputs)
    found = {}
    for name, scores in (("pos", pos), ("start", start), ("arc", head_scores(arc, root, gold["sentence"]))):
        target = gold["head" if name == "arc" else name]
        if (keep := target != NOT_ANNOTATED).any():
            found[name] = functional.cross_entropy(scores[keep], target[keep])
    known = ~gold["allowed"].all(-1)
    if known.any():
        scores = entity[known]
        right = scores.masked_fill(~gold["allowed"][known], -1e9)
        found["entity"] = (scores.logsumexp(-1) - right.logsumexp(-1)).mean()
    if (keep := gold["head"] != NOT_ANNOTATED).any():
        row = torch.arange(keep.shape[0]).unsqueeze(1).expand_as(keep)
        scores = network.label_scores(dependent[keep], head[row[keep], gold["head"][keep]])
        found["label"] = functional.cross_entropy(scores, gold["label"][keep])
    return found


def batches(lengths: list[int], room: int, chance: random.Random) -> Iterator[list[int]]:
    """Yield shuffled batches of like lengths, at most `room` padded subwords each."""
    order = list(range(len(lengths)))
    chance.shuffle(order)
    found: list[list[int]] = []
    for k in range(0, len(order), 600):
        batch: list[int] = []
        for i in sorted(order[k : k + 600], key=lambda i: lengths[i]):
            if batch and lengths[i] * (len(batch) + 1) > room:
                found.append(batch)
                batch = []
            batch.append(i)
        found.append(batch)
    chance.shuffle(found)
    yield from found


def run_batch(
    network: Network, encoder: Encoder, paragraphs: list[Paragraph], labels: Labels
) -> tuple[tuple[Tensor, ...], dict[str, Tensor]]:
    batch = collate([encoder.encode(p.words) for p in paragraphs])
    arrays = [torch.from_numpy(a) for a in batch.inputs().values()]
    return network(*arrays), targets(paragraphs, labels, batch.first.shape[1])


@torch.no_grad()
def attachment(network: Network, encoder: Encoder, paragraphs: list[Paragraph], labels: Labels) -> dict[str, float]:
    """Return unlabelled and labelled attachment on gold words and sentences."""
    network.eval()
    words = right = labelled = 0
    for k in range(0, len(paragraphs), 8):
        outputs, gold = run_batch(network, encoder, paragraphs[k : k + 8], labels)
        _, _, _, arc, root, dependent, head = outputs
        keep = gold["head"] != NOT_ANNOTATED
        best = head_scores(arc, root, gold["sentence"]).argmax(-1)
        row = torch.arange(keep.shape[0]).unsqueeze(1).expand_as(keep)
        label = network.label_scores(dependent[keep], head[row[keep], best[keep]]).argmax(-1)
        hit = best[keep] == gold["head"][keep]
        words += int(keep.sum())
        right += int(hit.sum())
        labelled += int((hit & (label == gold["label"][keep])).sum())
    return {"uas": right / words, "las": labelled / words}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder", type=Path, required=True, help="folder with config.json, model.safetensors, tokenizer.json")
    parser.add_argument("--data", type=Path, required=True, help="folder with the JSONL corpora")
    parser.add_argument("--countries", type=Path, required=True, help="CSV with a `name` column of country names")
    parser.add_argument("--recipe", type=Path, default=Path(__file__).with_name("recipe.toml"))
    options = parser.parse_args()
    recipe = tomllib.loads(options.recipe.read_text())
    train(recipe, options.out, options.encoder, options.data, options.countries)


def train(recipe: dict[str, Any], out: Path, encoder_folder: Path, data: Path, countries: Path) -> None:
    torch.manual_seed(recipe["seed"])
    torch.set_num_threads(recipe["threads"])
    out.mkdir(parents=True, exist_ok=True)
    with countries.open(encoding="utf-8") as rows:
        names = {tuple(row["name"].split()) for row in csv.DictReader(rows)}
    encoder = Encoder(encoder_folder / "tokenizer.json")
    paragraphs = training_set(recipe, data, names)
    relations = sorted({d for p in [*paragraphs, *read(data / "ewt_dev.jsonl")] for d in p.deps or ()})
    labels = Labels(recipe["labels"]["upos"], recipe["labels"]["entities"], relations)
    (out / "meta.json").write_text(json.dumps(labels.meta()))
    lengths = [len(encoder.encode(p.words).ids) for p in paragraphs]
    paragraphs = [p for p, n in zip(paragraphs, lengths, strict=True) if n <= recipe["longest"]]
    lengths = [n for n in lengths if n <= recipe["longest"]]
    dev = [p for name in ("ewt_dev", "gum_dev") for p in list(read(data / f"{name}.jsonl"))[:250] if len(p.words) < 200]

    network = from_encoder(encoder_folder, len(relations), len(labels.entities), len(labels.upos), recipe["dropout"])
    encoding = [p for n, p in network.named_parameters() if n.startswith(("places", "segment", "norm.", "layers"))]
    ids = {id(p) for p in encoding}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in ids]
    optimiser = torch.optim.AdamW(
        [{"params": encoding, "lr": recipe["encoder_rate"]}, {"params": heads, "lr": recipe["head_rate"]}],
        weight_decay=recipe["weight_decay"], betas=(0.9, 0.98),
    )  # fmt: skip
    steps = recipe["epochs"] * len(list(batches(lengths, recipe["batch_subwords"], random.Random(recipe["seed"]))))
    rise = recipe["warm_up"] * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda t: min((t + 1) / rise, max(0.0, (steps - t) / (steps - rise))))
    print(f"{len(paragraphs)} paragraphs, {sum(len(p.words) for p in paragraphs)} words, about {steps} steps", flush=True)

    first = 0
    if (out / "last.pt").exists():
        saved = torch.load(out / "last.pt")
        network.load_state_dict(saved["network"])
        optimiser.load_state_dict(saved["optimiser"])
        schedule.load_state_dict(saved["schedule"])
        first = saved["epoch"] + 1
    for epoch in range(first, recipe["epochs"]):
        chance = random.Random(recipe["seed"] * 1000 + epoch)
        began, smooth = time.time(), {}
        network.train()
        for step, batch in enumerate(batches(lengths, recipe["batch_subwords"], chance), 1):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                outputs, gold = run_batch(
                    network, encoder, [noisy(paragraphs[i], recipe["noise"], chance) for i in batch], labels
                )
            found = losses(network, outputs, gold)
            loss = torch.stack([value * recipe["loss"][name] for name, value in found.items()]).sum()
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_([*encoding, *heads], recipe["clip"])
            optimiser.step()
            schedule.step()
            smooth.update({n: 0.98 * smooth.get(n, v.item()) + 0.02 * v.item() for n, v in found.items()})
            if step % 100 == 0:
                print(epoch, step, f"{time.time() - began:.0f}s", {n: round(v, 3) for n, v in smooth.items()}, flush=True)
        row = {"epoch": epoch, "seconds": round(time.time() - began), **attachment(network, encoder, dev, labels)}
        print(row, flush=True)
        with (out / "log.jsonl").open("a") as log:
            log.write(json.dumps(row) + "\n")
        state = {
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "schedule": schedule.state_dict(),
            "epoch": epoch,
        }
        torch.save(state, out / "last.pt.part")
        (out / "last.pt.part").replace(out / "last.pt")
    torch.save(network.state_dict(), out / "model.pt")


if __name__ == "__main__":
    main()
