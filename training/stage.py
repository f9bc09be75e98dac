"""One stage of training: stacked members over the corpora, with or without teachers. Seeded and resumable by epochs."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from training.labels import NOT_ANNOTATED, plan
from training.losses import TASKS, gold_losses, soft_losses, teaching
from training.members import Members
from training.store import Batch, Store

#: What is measured after each epoch: scores of each member, by name of a development set.
Trial = Callable[[Members], list[dict[str, float]]]


class Stage:
    """Trains members by one table of the recipe (`teachers` or `students`)."""

    def __init__(self, name: str, recipe: dict[str, Any], out: Path, members: Members, teachers: Members | None = None) -> None:
        self.name, self.members, self.teachers = name, members, teachers
        self._out = out
        self._recipe, self._own = recipe, recipe[name]
        self._noise = {**recipe["noise"], "hidden_words": self._own["hidden_words"]}
        factors = torch.tensor(self._own["entity"], device=members.device)
        self._factor = {
            task: recipe["loss"][task] * (factors if task == "entity" else torch.ones_like(factors)) for task in TASKS
        }
        self._groups = members.groups()
        self._optimiser = torch.optim.AdamW(
            [{"params": g, "lr": recipe[rate]} for g, rate in zip(self._groups, ("encoder_rate", "head_rate"), strict=True)],
            weight_decay=recipe["weight_decay"], betas=(0.9, 0.98), fused=members.device.type == "cuda",
        )  # fmt: skip

    def run(self, store: Store, trial: Trial, save_every: int) -> None:
        """Train all epochs, or those that are left after an interruption."""
        recipe, own = self._recipe, self._own
        batches = [self._plan(store, epoch) for epoch in range(own["epochs"])]
        steps = sum(map(len, batches))
        rise = recipe["warm_up"] * steps
        schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimiser, lambda t: min((t + 1) / rise, max(0.0, (steps - t) / (steps - rise)))
        )
        first = self._resume(schedule)
        done = sum(map(len, batches[:first]))
        print(f"{self.name}: {self.members.count} members, {steps} steps, from epoch {first}", flush=True)
        for epoch in range(first, own["epochs"]):
            began = time.time()
            seed = (recipe["seed"] * 1000 + epoch) * 2 + (self.teachers is not None)
            torch.manual_seed(seed)
            chance = torch.Generator(self.members.device).manual_seed(seed)
            smooth: dict[str, Tensor] = {}
            for chosen in batches[epoch]:
                self.members.shape.train()
                rounding = done >= own.get("round_from", 2.0) * steps
                found = self._step(store.batch(chosen, self._noise, chance), rounding)
                schedule.step()
                done += 1
                self.members.follow(max(own["follow"], 1 / (done + 1)))
                smooth = {n: smooth.get(n, v).lerp(v, 0.02) for n, v in found.items()}
            row = {
                "stage": self.name, "epoch": epoch, "losses": {n: round(float(v.mean()), 3) for n, v in smooth.items()},
                "seconds": round(time.time() - began, 1),
            }  # fmt: skip
            if epoch + 1 == own["epochs"] or (epoch + 1) % save_every == 0:
                row["scores"] = trial(self.members)
                self._save(schedule, epoch)
            print(json.dumps(row), flush=True)
            with (self._out / "log.jsonl").open("a") as log:
                log.write(json.dumps(row) + "\n")

    def _plan(self, store: Store, epoch: int) -> list[np.ndarray[Any, np.dtype[np.int64]]]:
        seed = random.Random(f"{self.name} {self._recipe['seed']} {epoch}").getrandbits(32)
        return plan(store.subwords, self._recipe["batch_subwords"], self.members.count, np.random.default_rng(seed))

    def _step(self, batch: Batch, rounding: bool) -> dict[str, Tensor]:
        taught = self._taught(batch) if self.teachers else None
        shape = self.members.shape
        shape.set_rounding(rounding)
        outputs = self.members(batch.inputs)
        shape.set_rounding(False)
        weights = self.members.weights["label"]
        found = {name: self._own["gold"] * loss for name, loss in gold_losses(outputs, batch.gold, weights).items()}
        if taught is not None:
            known = {"tree": batch.gold["head"] != NOT_ANNOTATED, "entity": ~batch.gold["allowed"].all(-1)}
            own = self._own
            soft = soft_losses(outputs, taught, batch.gold["real"], weights, known, own["soft_known"] / own["soft"])
            found |= {f"soft {name}": own["soft"] * loss for name, loss in soft.items()}
        total = torch.stack([(loss * self._factor[name.removeprefix("soft ")]).sum() for name, loss in found.items()]).sum()
        self._optimiser.zero_grad(set_to_none=True)
        total.backward()
        self._clip()
        self._optimiser.step()
        return {name: loss.detach() for name, loss in found.items()}

    def _taught(self, batch: Batch) -> dict[str, Tensor]:
        """Ask the teachers about the batches of all students, unspoilt by noise."""
        assert self.teachers is not None
        shape = batch.gold["real"].shape[:2]
        self.teachers.shape.eval()
        with torch.no_grad():
            flat = {name: t.flatten(0, 1) for name, t in batch.clean.items()}
            outputs = self.teachers(flat, averaged=True, shared=True)
            gold = {name: t.flatten(0, 1) for name, t in batch.gold.items()}
            taught = teaching(outputs, gold, self.teachers.mean["label"])
        return {name: t.unflatten(0, shape) for name, t in taught.items()}

    def _clip(self) -> None:
        """Clip the gradient of each member by itself."""
        gradients = [p.grad for group in self._groups for p in group if p.grad is not None]
        norms = torch.stack([g.flatten(1).square().sum(1) for g in gradients]).sum(0).sqrt()
        factor = (self._recipe["clip"] / (norms + 1e-6)).clamp_max(1.0)
        torch._foreach_mul_(gradients, [factor.view(-1, *[1] * (g.dim() - 1)) for g in gradients])

    def _resume(self, schedule: torch.optim.lr_scheduler.LambdaLR) -> int:
        file = self._out / f"{self.name}.pt"
        if not file.exists():
            return 0
        saved = torch.load(file, map_location=self.members.device)
        self.members.restore(saved["members"])
        if "optimiser" in saved:
            self._optimiser.load_state_dict(saved["optimiser"])
            schedule.load_state_dict(saved["schedule"])
        return int(saved["epoch"]) + 1

    def _save(self, schedule: torch.optim.lr_scheduler.LambdaLR, epoch: int) -> None:
        state = {"members": self.members.state(), "epoch": epoch}
        if epoch + 1 < self._own["epochs"]:
            state |= {"optimiser": self._optimiser.state_dict(), "schedule": schedule.state_dict()}
        part = self._out / f"{self.name}.pt.part"
        torch.save(state, part)
        part.replace(self._out / f"{self.name}.pt")
