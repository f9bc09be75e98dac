"""The multi-task network: a MiniLM encoder with a case embedding and five small heads."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.language.features import CASE_CLASSES

ARC, RELATION, ENTITY = 256, 96, 192
#: What one network says of a batch: pos, start, entity, arc, root, dependent and head vectors.
Outputs = tuple[Tensor, ...]


def rounded_weights(weight: Tensor, over: int) -> Tensor:
    """Return weights as int8 holds them, one scale for all that is summed over along an axis; gradients pass unchanged."""
    scale = weight.detach().abs().amax(over, keepdim=True).clamp_min(1e-8) / 127
    return weight + (torch.round(weight.detach() / scale) * scale - weight.detach())


def rounded_values(x: Tensor) -> Tensor:
    """Return activations as the exported network holds them: 8 bits between the least and the greatest of the batch."""
    fixed = x.detach().float()
    low, high = fixed.amin().clamp_max(0), fixed.amax().clamp_min(0)
    scale = (high - low).clamp_min(1e-8) / 255
    zero = torch.round(-low / scale)
    return x + ((torch.clamp(torch.round(fixed / scale) + zero, 0, 255) - zero) * scale - fixed).to(x.dtype)


class Linear(nn.Linear):
    """A linear layer that computes as its int8 export would, while `rounding` is set."""

    rounding = False

    def forward(self, x: Tensor) -> Tensor:
        if self.rounding:
            return functional.linear(rounded_values(x), rounded_weights(self.weight, 1), self.bias)
        return super().forward(x)


class WordTable(nn.Module):
    """Frozen subword vectors: int8 with one scale a row, in training as in the exported network."""

    def __init__(self, rows: int, size: int) -> None:
        super().__init__()
        self.register_buffer("rows", torch.zeros(rows, size, dtype=torch.int8))
        self.register_buffer("scale", torch.ones(rows, 1))

    def forward(self, ids: Tensor) -> Tensor:
        return functional.embedding(ids, self.rows).float() * functional.embedding(ids, self.scale)


class Layer(nn.Module):
    """One BERT layer, written out so that it exports to ONNX without masks traced as constants."""

    def __init__(self, size: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.rate = heads, dropout
        self.query, self.key, self.value, self.out = (Linear(size, size) for _ in range(4))
        self.up, self.down = Linear(size, inner), Linear(inner, size)
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
        self.words = WordTable(config["vocab_size"], size)
        self.places = nn.Embedding(config["max_position_embeddings"], size)
        self.segment = nn.Parameter(torch.zeros(size))
        self.case = nn.Embedding(CASE_CLASSES, size)
        self.norm = nn.LayerNorm(size, 1e-12)
        self.layers = nn.ModuleList(
            Layer(size, config["intermediate_size"], config["num_attention_heads"], 0.1)
            for _ in range(config["num_hidden_layers"])
        )
        self.drop = nn.Dropout(dropout)
        self.pos, self.start = Linear(size, upos), Linear(size, 2)
        self.entity_in, self.entity = Linear(size, ENTITY), Linear(ENTITY, entity_labels)
        self.arc_dep, self.arc_head, self.root = Linear(size, ARC), Linear(size, ARC), Linear(size, 1)
        self.arc = nn.Parameter(torch.randn(ARC, ARC) * 0.02)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.label_dep, self.label_head = Linear(size, RELATION), Linear(size, RELATION)
        self.label = nn.Parameter(torch.randn(relations, RELATION + 1, RELATION + 1) * 0.02)
        self.rounding = False
        nn.init.zeros_(self.case.weight)

    def set_rounding(self, on: bool) -> None:
        """Compute as the int8 export would, or exactly."""
        self.rounding = on
        for module in self.modules():
            if isinstance(module, Linear):
                module.rounding = on

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Outputs:
        position = torch.cumsum(torch.ones_like(ids), 1) - 1
        x = self.norm(self.words(ids) + self.case(case) + self.places(position) + self.segment)
        bias = (1.0 - mask.to(x.dtype)).unsqueeze(1).unsqueeze(1) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)

        def gather(index: Tensor) -> Tensor:
            return x.gather(1, index.unsqueeze(-1).expand(-1, -1, x.shape[-1]))

        word = self.drop((gather(first) + gather(last)) * 0.5)
        dependent, head = self.drop(functional.gelu(self.arc_dep(word))), self.drop(functional.gelu(self.arc_head(word)))
        if self.rounding:
            turned = rounded_values(dependent) @ rounded_weights(self.arc, 0) + self.arc_bias
        else:
            turned = dependent @ self.arc + self.arc_bias
        return (
            self.pos(word),
            self.start(word),
            self.entity(self.drop(functional.gelu(self.entity_in(word)))),
            turned @ head.transpose(1, 2) / math.sqrt(ARC),
            self.root(word).squeeze(-1),
            self.drop(functional.gelu(self.label_dep(word))),
            self.drop(functional.gelu(self.label_head(word))),
        )
