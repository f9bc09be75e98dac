"""A tiny encoder and tiny corpora for the tests that need torch: python -m pytest training/tests"""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import save_file

from kg.language.analyser import MODEL

ROOT = Path(__file__).parents[2]
CONFIG = {
    "hidden_size": 24, "vocab_size": 30522, "max_position_embeddings": 64, "intermediate_size": 32, "num_attention_heads": 2,
    "num_hidden_layers": 1,
}  # fmt: skip
TREE = {
    "doc": "d", "words": ["Kenya", "signed", "the", "treaty", "."], "spaces": [1, 1, 1, 0, 1], "sent_starts": [1, 0, 0, 0, 0],
    "upos": ["PROPN", "VERB", "DET", "NOUN", "PUNCT"], "heads": [1, 1, 3, 1, 1],
    "deps": ["nsubj", "root", "det", "obj", "punct"], "ents": None,
}  # fmt: skip
NAMES = {**TREE, "sent_starts": None, "upos": None, "heads": None, "deps": None, "ents": ["B-LOC", "O", "O", "O", "O"]}


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    (folder / "config.json").write_text(json.dumps(CONFIG))
    shutil.copy(MODEL / "tokenizer.json", folder / "tokenizer.json")
    torch.manual_seed(0)
    size, inner = CONFIG["hidden_size"], CONFIG["intermediate_size"]
    weights = {
        "embeddings.word_embeddings.weight": torch.randn(CONFIG["vocab_size"], size) * 0.1,
        "embeddings.position_embeddings.weight": torch.randn(CONFIG["max_position_embeddings"], size) * 0.1,
        "embeddings.token_type_embeddings.weight": torch.zeros(2, size),
        "pooler.dense.weight": torch.zeros(size, size),
    }
    linear = {
        "attention.self.query": (size, size), "attention.self.key": (size, size), "attention.self.value": (size, size),
        "attention.output.dense": (size, size), "intermediate.dense": (inner, size), "output.dense": (size, inner),
    }  # fmt: skip
    for name, shape in linear.items():
        weights[f"encoder.layer.0.{name}.weight"] = torch.randn(*shape) * 0.1
        weights[f"encoder.layer.0.{name}.bias"] = torch.zeros(shape[0])
    for norm in ("embeddings.LayerNorm", "encoder.layer.0.attention.output.LayerNorm", "encoder.layer.0.output.LayerNorm"):
        weights[f"{norm}.weight"], weights[f"{norm}.bias"] = torch.ones(size), torch.zeros(size)
    save_file(weights, folder / "model.safetensors")
    return folder


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name in ("ewt_train", "ewt_dev", "gum_dev"):
        (folder / f"{name}.jsonl").write_text("".join(json.dumps({**TREE, "doc": f"{i}"}) + "\n" for i in range(12)))
    (folder / "cner_train.jsonl").write_text("".join(json.dumps({**NAMES, "doc": f"{i}"}) + "\n" for i in range(12)))
    return folder


@pytest.fixture
def recipe() -> dict[str, Any]:
    """The shipped recipe, on tiny corpora, with two teachers and two students of two epochs."""
    found = tomllib.loads((ROOT / "training/recipe.toml").read_text())
    found |= {"batch_subwords": 40, "synthetic": 4, "choose_by": ["ewt_dev las", "cner_train entities"]}
    for name in ("teachers", "students"):
        found[name] |= {"members": 2, "epochs": 2, "hidden_words": [0.0, 0.2], "entity": [1.0, 1.5]}
    found["students"]["begin"] = [1, -1]
    found["corpus"] = [
        {"file": "ewt_train", "annotated": []},
        {"file": "cner_train", "annotated": ["PERSON", "ORG", "LOC", "EVENT", "MISC"], "hold_out": 6},
    ]
    found["dev"] = [{"file": "ewt_dev", "entities": False}]
    return found
