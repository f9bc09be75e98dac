"""Measures on development paragraphs while training: labelled attachment and entities on gold words, per member."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from training.corpora import Paragraph, entities
from training.labels import NOT_ANNOTATED, Labels
from training.losses import at_heads, head_scores, label_scores
from training.members import Members
from training.store import Store

_ROOM = 4000


@torch.no_grad()
def trial(members: Members, store: Store, paragraphs: Sequence[Paragraph], labels: Labels) -> list[dict[str, float]]:
    """Return `uas`, `las` and `entities` (micro F1) of each member's averaged weights, as far as annotated."""
    members.shape.eval()
    hits = np.zeros((members.count, 3))
    entity_counts = np.zeros((members.count, 3))
    for chosen in _chunks(store.subwords):
        batch = store.batch(chosen[None], {}, torch.Generator(store.device))
        inputs = {name: t[0] for name, t in batch.clean.items()}
        outputs = members(inputs, averaged=True, shared=True)
        hits += _attachment(outputs, batch.gold, members.mean["label"]).cpu().numpy()
        found = outputs[2].argmax(-1).cpu().numpy()
        for row, i in enumerate(chosen):
            if paragraphs[i].ents is not None:
                for member in range(members.count):
                    entity_counts[member] += _matches(found[member, row], paragraphs[i], labels)
    scores = []
    for tree, name in zip(hits, entity_counts, strict=True):
        row = {"uas": tree[1] / tree[0], "las": tree[2] / tree[0]} if tree[0] else {}
        if name[1] + name[2]:
            row["entities"] = 2 * name[0] / (name[1] + name[2])
        scores.append({key: round(100 * value, 2) for key, value in row.items()})
    return scores


def _chunks(lengths: np.ndarray) -> list[np.ndarray]:  # type: ignore[type-arg]
    found: list[list[int]] = [[]]
    for i in np.argsort(lengths, kind="stable"):
        if found[-1] and lengths[i] * (len(found[-1]) + 1) > _ROOM:
            found.append([])
        found[-1].append(int(i))
    return [np.array(chunk) for chunk in found]


def _attachment(outputs: tuple[Tensor, ...], gold: dict[str, Tensor], weights: Tensor) -> Tensor:
    """Return words, right heads, and right heads and labels, [members, 3]."""
    _, _, _, arc, root, dependent, head = (t.float() for t in outputs)
    keep = gold["head"] != NOT_ANNOTATED
    best = head_scores(arc, root, gold["sentence"].expand(root.shape)).argmax(-1)
    label = label_scores(dependent, at_heads(head, best), weights).argmax(-1)
    right = keep & (best == gold["head"])
    counts = (keep.expand(right.shape), right, right & (label == gold["label"]))
    return torch.stack([c.flatten(1).sum(1) for c in counts], 1)


def _matches(found: np.ndarray, paragraph: Paragraph, labels: Labels) -> list[int]:  # type: ignore[type-arg]
    known = paragraph.annotated or {t[2:] for t in labels.entities}
    ours = {e for e in entities(labels.entities[k] for k in found[: len(paragraph.words)]) if e[2] in known}
    theirs = {e for e in entities(paragraph.ents or ()) if e[2] in known}
    return [len(ours & theirs), len(ours), len(theirs)]
