"""Training from end to end on tiny corpora: seeded, resumable, and exported to what the pipeline reads."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from kg.language.network import Network
from training.export import export, load, parity, samples
from training.labels import plan
from training.train import Run, train

COUNTRIES = Path(__file__).parents[2] / "kg/reference/states.csv"
CPU = torch.device("cpu")


def trained(recipe: dict[str, Any], encoder: Path, data: Path, out: Path) -> dict[str, torch.Tensor]:
    train(Run(recipe, encoder, data, COUNTRIES, CPU), out, keep=2, save_every=1)
    return load_file(out / "student-0.safetensors")


@pytest.fixture
def whole(recipe: dict[str, Any], encoder: Path, data: Path, tmp_path: Path) -> Path:
    trained(recipe, encoder, data, tmp_path / "whole")
    return tmp_path / "whole"


def test_a_run_that_was_interrupted_ends_as_one_that_was_not(
    recipe: dict[str, Any], encoder: Path, data: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from training import stage

    calls = 0
    original = stage.Stage._save

    def stop_in_the_middle(self: stage.Stage, schedule: Any, epoch: int) -> None:
        nonlocal calls
        original(self, schedule, epoch)
        calls += 1
        if calls in (1, 3):  # after the first epoch of each stage
            raise KeyboardInterrupt

    monkeypatch.setattr(stage.Stage, "_save", stop_in_the_middle)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            trained(recipe, encoder, data, tmp_path / "parts")
    parts = trained(recipe, encoder, data, tmp_path / "parts")
    for name, value in load_file(whole / "student-0.safetensors").items():
        assert torch.equal(value, parts[name]), name


def test_the_log_has_every_epoch_and_scores(whole: Path) -> None:
    rows = [json.loads(line) for line in (whole / "log.jsonl").read_text().splitlines()]
    assert [(row["stage"], row["epoch"]) for row in rows] == [(s, e) for s in ("teachers", "students") for e in (0, 1)]
    assert "soft arc" in rows[2]["losses"]
    assert all(set(scores) >= {"ewt_dev las", "cner_train entities"} for scores in rows[-1]["scores"])


def test_batches_carry_noise_for_the_members_only(recipe: dict[str, Any], encoder: Path, data: Path) -> None:
    store = Run(recipe, encoder, data, COUNTRIES, CPU).store
    noise = {"drop_final_stop": 1.0, "title_case": 0.0, "upper_case": 1.0, "hidden_words": [0.0, 1.0]}
    [chosen, *_] = plan(store.subwords, 40, 2, np.random.default_rng(0))
    batch = store.batch(chosen, noise, torch.Generator().manual_seed(0))
    assert torch.equal(batch.inputs["ids"][0], batch.clean["ids"][0])
    assert (batch.inputs["ids"][1] == 103).any()
    assert not torch.equal(batch.inputs["case"], batch.clean["case"])
    real = batch.gold["real"]
    assert (batch.gold["head"][~real] == -100).all()
    assert batch.gold["allowed"][~real].all()
    bare = store.batch(chosen, {}, torch.Generator().manual_seed(0))
    assert bare.gold["real"].sum() > real.sum()


def test_the_export_is_what_the_pipeline_reads(encoder: Path, data: Path, whole: Path) -> None:
    meta = whole / "meta.json"
    network = load(whole / "student-0.safetensors", meta, encoder)
    full = export(network, whole / "model", meta, encoder)
    same = parity(full, whole / "model/model.int8.onnx", list(samples(data, encoder)))
    assert set(same) == {"pos", "ss", "ner", "arc"}
    assert min(same.values()) > 0.5
    [scores] = Network.load(whole / "model").scores([("Kenya", "signed", "the", "treaty", ".")])
    assert scores.entity.shape == (5, 13)
    assert scores.arc.shape == (5, 5)
