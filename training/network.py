"""The multi-task network: a MiniLM encoder with a case embedding and five small heads."""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from kg.language.features import CASE_CLASSES

ARC, RELATION, ENTITY = 256, 96, 192


class Layer(nn.Module):
    """One BERT layer, written out so that it exports to ONNX without masks traced as constants."""

    def __init__(self, size: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.rate = heads, dropout
        self.query, self.key, self.value, self.out = (nn.Linear(size, size) for _ in range(4))
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm1, self.norm2 = nn.LayerNorm(size, 1e-12), nn.LayerNorm(size, 1e-12)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        rows, length, size = x.shape

        def split(t: Tensor) -> Tensor:
            return t.view(rows, length, self.heads, size // self.heads).transpose(1, 2)

        scores = split(self.query(x)) @ split(self.key(x)).transpose(2, 3) / math.sqrt(size // self.heads)
        weights = functional.dropout(torch.softmax(scores + bias, -1), self.rate, self.training)
        seen = (weights @ split(self.value(x))).transpose(1, 2).reshape(rows, length, size)
        x = self.norm1(x + functional.dropout(self.out(seen), self.rate, self.training))
        return self.norm2(x + functional.dropout(self.down(functional.gelu(self.up(x))), self.rate, self.training))


class Network(nn.Module):
    """Per word: part of speech, sentence start, entity label, head scores (diagonal: root) and label vectors."""

    def __init__(self, config: dict[str, int], relations: int, entity_labels: int, upos: int, dropout: float) -> None:
        super().__init__()
        size = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.segment = nn.Parameter(torch.zeros(size))
        self.case = nn.Embedding(CASE_CLASSES, size)
        self.norm = nn.LayerNorm(size, 1e-12)
        self.layers = nn.ModuleList(
            Layer(size, config["intermediate_size"], config["num_attention_heads"], 0.1)
            for _ in range(config["num_hidden_layers"])
        )
        self.drop = nn.Dropout(dropout)
        self.pos, self.start = nn.Linear(size, upos), nn.Linear(size, 2)
        self.entity_in, self.entity = nn.Linear(size, ENTITY), nn.Linear(ENTITY, entity_labels)
        self.arc_dep, self.arc_head, self.root = nn.Linear(size, ARC), nn.Linear(size, ARC), nn.Linear(size, 1)
        self.arc = nn.Parameter(torch.randn(ARC, ARC) * 0.02)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.label_dep, self.label_head = nn.Linear(size, RELATION), nn.Linear(size, RELATION)
        self.label = nn.Parameter(torch.randn(relations, RELATION + 1, RELATION + 1) * 0.02)
        nn.init.zeros_(self.case.weight)

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        position = torch.cumsum(torch.ones_like(ids), 1) - 1
        x = self.norm(self.words(ids) + self.case(case) + self.places(position) + self.segment)
        bias = (1.0 - mask.to(x.dtype)).unsqueeze(1).unsqueeze(1) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)

        def gather(index: Tensor) -> Tensor:
            return x.gather(1, index.unsqueeze(-1).expand(-1, -1, x.shape[-1]))

        word = self.drop((gather(first) + gather(last)) * 0.5)
        dependent, head = self.drop(functional.gelu(self.arc_dep(word))), self.drop(functional.gelu(self.arc_head(word)))
        return (
            self.pos(word),
            self.start(word),
            self.entity(self.drop(functional.gelu(self.entity_in(word)))),
            (dependent @ self.arc + self.arc_bias) @ head.transpose(1, 2) / math.sqrt(ARC),
            self.root(word).squeeze(-1),
            self.drop(functional.gelu(self.label_dep(word))),
            self.drop(functional.gelu(self.label_head(word))),
        )

    def label_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        """Return label scores [words, relations] for pairs of label vectors."""
        one = torch.ones(dependent.shape[0], 1, dtype=dependent.dtype)
        left, right = torch.cat([dependent, one], 1), torch.cat([head, one], 1)
        return torch.einsum("nd,rde,ne->nr", left, self.label.to(left.dtype), right)


def from_encoder(folder: Path, relations: int, entity_labels: int, upos: int, dropout: float) -> Network:
    """Return a network whose encoder has the weights of a published BERT-shaped model in `folder`."""
    config = json.loads((folder / "config.json").read_text())
    network = Network(config, relations, entity_labels, upos, dropout)
    theirs = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    ours = {
        "words.weight": theirs["embeddings.word_embeddings.weight"],
        "places.weight": theirs["embeddings.position_embeddings.weight"],
        "segment": theirs["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": theirs["embeddings.LayerNorm.weight"],
        "norm.bias": theirs["embeddings.LayerNorm.bias"],
    }
    names = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    for i in range(config["num_hidden_layers"]):
        for mine, its in names.items():
            for part in ("weight", "bias"):
                ours[f"layers.{i}.{mine}.{part}"] = theirs[f"encoder.layer.{i}.{its}.{part}"]
    left_out = network.load_state_dict(ours, strict=False)
    unknown = [k for k in left_out.missing_keys if k.startswith(("words", "places", "segment", "norm.", "layers"))]
    if unknown or left_out.unexpected_keys:
        raise ValueError(f"{folder}: the encoder lacks {unknown} or has more: {left_out.unexpected_keys}")
    network.words.weight.requires_grad = False
    return network
