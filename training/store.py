"""All training paragraphs as flat tensors on one device, and batches cut from them with noise drawn there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.labels import NOT_ANNOTATED, Example

_SEP, _MASK = 102, 103
_TARGETS = ("pos", "start", "head", "label", "sentence")


@dataclass(frozen=True, slots=True)
class Batch:
    """What members read [members, batch, ...], the same without noise, and what is right."""

    inputs: dict[str, Tensor]
    clean: dict[str, Tensor]
    gold: dict[str, Tensor]


class Store:
    """Paragraphs in numbers, flat, with offsets. Batches are made without waiting for the device."""

    def __init__(self, examples: Sequence[Example], device: torch.device) -> None:
        def flat(name: str, axis: int = 0) -> Tensor:
            return torch.from_numpy(np.concatenate([getattr(e, name) for e in examples], axis)).to(device)

        self.device = device
        self.subwords = np.array([len(e.ids) for e in examples])
        self.words = np.array([len(e.first) for e in examples])
        self._ids, self._case = flat("ids"), flat("case", 1)
        self._word = {name: flat(name) for name in ("first", "last", *_TARGETS, "allowed")}
        self._at = [torch.from_numpy(np.cumsum(n) - n).to(device) for n in (self.subwords, self.words)]
        self._size = [torch.from_numpy(n).to(device) for n in (self.subwords, self.words)]
        self._stop = torch.tensor([e.stop for e in examples], device=device)

    def batch(self, chosen: np.ndarray[Any, np.dtype[np.int64]], noise: dict[str, Any], chance: torch.Generator) -> Batch:
        """Return the batch of paragraphs chosen[members, batch]."""
        shape = chosen.shape
        rows = torch.from_numpy(chosen.reshape(-1)).to(self.device, non_blocking=True)
        wide, narrow = int(self.subwords[chosen].max()), int(self.words[chosen].max())

        def draw(*size: int) -> Tensor:
            return torch.rand(size, generator=chance, device=self.device)

        cut = (self._stop[rows] & (draw(len(rows)) < noise.get("drop_final_stop", 0))).long()
        size, count = self._size[0][rows] - cut, self._size[1][rows] - cut
        place, word = (torch.arange(n, device=self.device).unsqueeze(0) for n in (wide, narrow))
        here, there = place < size.unsqueeze(1), word < count.unsqueeze(1)
        at = (self._at[0][rows].unsqueeze(1) + place).clamp_max(len(self._ids) - 1)
        edge = place == (size - 1).unsqueeze(1)
        ids = (self._ids[at].masked_fill(edge, _SEP)) * here
        kind = draw(len(rows))
        title, upper = noise.get("title_case", 0), noise.get("upper_case", 0)
        spelling = (kind < title).long() + 2 * ((kind >= title) & (kind < title + upper)).long()
        case = self._case[spelling.unsqueeze(1), at].masked_fill(edge, 0) * here
        plain = self._case[0][at].masked_fill(edge, 0) * here
        per_member = torch.tensor(noise.get("hidden_words", [0.0] * shape[0]), device=self.device)
        hidden = draw(len(rows), wide) < per_member.repeat_interleave(shape[1]).unsqueeze(1)
        blank = ids.masked_fill(hidden & here & ~edge & (place > 0), _MASK)

        at = (self._at[1][rows].unsqueeze(1) + word).clamp_max(len(self._word["first"]) - 1)
        first, last = (self._word[name][at] * there for name in ("first", "last"))
        gold = {name: self._word[name][at].masked_fill(~there, NOT_ANNOTATED) for name in _TARGETS}
        gold["sentence"] = gold["sentence"].masked_fill(~there, -1)
        gold["allowed"] = self._word["allowed"][at] | ~there.unsqueeze(-1)
        gold["real"] = there

        def folded(fields: dict[str, Tensor]) -> dict[str, Tensor]:
            return {name: t.unflatten(0, shape) for name, t in fields.items()}

        common = {"mask": here.long(), "first": first, "last": last}
        return Batch(folded({"ids": blank, "case": case, **common}), folded({"ids": ids, "case": plain, **common}), folded(gold))
