"""Losses of stacked members, each averaged per member: against the corpora, and against the teachers' distributions.

Tensors are [members, batch, words, ...]. Nothing here waits for the device.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from training.labels import NOT_ANNOTATED

TASKS = ("pos", "start", "entity", "arc", "label")
_NEVER = -1e9


def head_scores(arc: Tensor, root: Tensor, sentence: Tensor) -> Tensor:
    """Return head scores with the root on the diagonal and heads outside the sentence ruled out."""
    same = (sentence.unsqueeze(-1) == sentence.unsqueeze(-2)) & (sentence.unsqueeze(-2) > 0)
    own = torch.eye(arc.shape[-1], dtype=torch.bool, device=arc.device)
    scores = torch.where(own, root.unsqueeze(-1), arc)
    return scores.masked_fill(~(same | own), _NEVER)


def at_heads(vectors: Tensor, heads: Tensor) -> Tensor:
    """Return the vector of each word's head; of the first word where there is none."""
    return vectors.gather(-2, heads.clamp_min(0).unsqueeze(-1).expand(*heads.shape, vectors.shape[-1]))


def label_scores(dependent: Tensor, head: Tensor, weights: Tensor) -> Tensor:
    """Return scores [members, batch, words, relations] of pairs of vectors; weights [members, relations, d+1, d+1]."""
    members, relations, size, _ = weights.shape
    left, right = (functional.pad(t, (0, 1), value=1.0).flatten(1, -2) for t in (dependent, head))
    turned = left @ weights.transpose(1, 2).reshape(members, size, relations * size).to(left.dtype)
    scores = (turned.view(members, -1, relations, size) * right.unsqueeze(2)).sum(-1)
    return scores.view(*dependent.shape[:-1], relations)


def _mean(values: Tensor, keep: Tensor) -> Tensor:
    """Return the mean [members] over the words that are kept."""
    return (values * keep).flatten(1).sum(1) / keep.flatten(1).sum(1).clamp_min(1)


def _cross(scores: Tensor, target: Tensor) -> Tensor:
    """Return the cross entropy of each word, 0 where nothing is annotated."""
    return functional.cross_entropy(scores.flatten(0, -2), target.flatten(), ignore_index=NOT_ANNOTATED, reduction="none").view(
        target.shape
    )


def gold_losses(outputs: tuple[Tensor, ...], gold: dict[str, Tensor], weights: Tensor) -> dict[str, Tensor]:
    """Return the mean loss [members] of each task over what the batch annotates."""
    pos, start, entity, arc, root, dependent, head = (t.float() for t in outputs)
    annotated = gold["head"] != NOT_ANNOTATED
    known = ~gold["allowed"].all(-1)
    right = entity.masked_fill(~gold["allowed"], _NEVER).logsumexp(-1)
    labels = label_scores(dependent, at_heads(head, gold["head"]), weights)
    return {
        "pos": _mean(_cross(pos, gold["pos"]), annotated),
        "start": _mean(_cross(start, gold["start"]), annotated),
        "entity": _mean(entity.logsumexp(-1) - right, known),
        "arc": _mean(_cross(head_scores(arc, root, gold["sentence"]), gold["head"]), annotated),
        "label": _mean(_cross(labels, gold["label"]), annotated),
    }


def sentences(gold: dict[str, Tensor], starts: Tensor) -> Tensor:
    """Return the sentence of each word: the corpus's own, elsewhere as the chance of a start says."""
    begins = (starts > 0.5).long()
    begins[..., 0] = 1
    return torch.where(gold["sentence"] == 0, begins.cumsum(-1), gold["sentence"])


@torch.no_grad()
def teaching(outputs: tuple[Tensor, ...], gold: dict[str, Tensor], weights: Tensor) -> dict[str, Tensor]:
    """Return the teachers' mean distributions for one batch: outputs [teachers, batch, ...], gold [batch, ...].

    Also `sentence` and `head`: the corpus's, and the teachers' where it has none.
    """
    pos, start, entity, arc, root, dependent, head = (t.float() for t in outputs)
    found = {name: t.softmax(-1).mean(0) for name, t in (("pos", pos), ("start", start), ("entity", entity))}
    found["sentence"] = sentences(gold, found["start"][..., 1])
    found["arc"] = head_scores(arc, root, found["sentence"].expand(root.shape)).softmax(-1).mean(0)
    found["head"] = torch.where(gold["head"] == NOT_ANNOTATED, found["arc"].argmax(-1), gold["head"])
    at = at_heads(head, found["head"].expand(root.shape))
    found["label"] = label_scores(dependent, at, weights).softmax(-1).mean(0)
    return found


def soft_losses(
    outputs: tuple[Tensor, ...], taught: dict[str, Tensor], real: Tensor, weights: Tensor, known: dict[str, Tensor], share: float
) -> dict[str, Tensor]:
    """Return the mean cross entropy [members] of each task with what was taught, per real word.

    Words that the corpus annotates (`known`) count by `share`, all others wholly.
    """
    pos, start, entity, arc, root, dependent, head = (t.float() for t in outputs)
    scores = {
        "pos": pos,
        "start": start,
        "entity": entity,
        "arc": head_scores(arc, root, taught["sentence"]),
        "label": label_scores(dependent, at_heads(head, taught["head"]), weights),
    }
    found = {}
    for task in TASKS:
        cross = -(taught[task] * scores[task].log_softmax(-1)).sum(-1)
        weight = torch.where(known["entity" if task == "entity" else "tree"], share, 1.0)
        found[task] = _mean(cross * weight, real)
    return found
