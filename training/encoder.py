"""The published encoder: reading its weights into a network, and shrinking its file for the way to another machine.

python -m training.encoder ENCODER SMALL    writes SMALL with the same files, subword vectors in int8, the rest in fp16
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor

from training.network import Network

_WORDS, _SCALE = "embeddings.word_embeddings.weight", "embeddings.word_embeddings.scale"
_LAYER = {
    "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
    "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
    "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
}  # fmt: skip


def by_rows(table: Tensor) -> tuple[Tensor, Tensor]:
    """Return a table as int8 and the scale of each row."""
    scale = table.abs().amax(1, keepdim=True).clamp_min(1e-8) / 127
    return torch.round(table / scale).to(torch.int8), scale


def config_of(folder: Path) -> dict[str, int]:
    """Return the encoder's measures."""
    config: dict[str, int] = json.loads((folder / "config.json").read_text())
    return config


def weights(folder: Path) -> dict[str, Tensor]:
    """Return the encoder's weights under the network's names, from a full or a shrunk file."""
    theirs = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    rows, scale = (theirs[_WORDS], theirs[_SCALE]) if _SCALE in theirs else by_rows(theirs[_WORDS].float())
    ours = {
        "words.rows": rows,
        "words.scale": scale,
        "places.weight": theirs["embeddings.position_embeddings.weight"],
        "segment": theirs["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": theirs["embeddings.LayerNorm.weight"],
        "norm.bias": theirs["embeddings.LayerNorm.bias"],
    }
    for i in range(config_of(folder)["num_hidden_layers"]):
        for mine, its in _LAYER.items():
            for part in ("weight", "bias"):
                ours[f"layers.{i}.{mine}.{part}"] = theirs[f"encoder.layer.{i}.{its}.{part}"]
    return {name: t if t.dtype == torch.int8 else t.float() for name, t in ours.items()}


def from_encoder(folder: Path, relations: int, entity_labels: int, upos: int, dropout: float) -> Network:
    """Return a network whose encoder has the weights of a published BERT-shaped model in `folder`."""
    network = Network(config_of(folder), relations, entity_labels, upos, dropout)
    left_out = network.load_state_dict(weights(folder), strict=False)
    unknown = [k for k in left_out.missing_keys if k.startswith(("words", "places", "segment", "norm.", "layers"))]
    if unknown or left_out.unexpected_keys:
        raise ValueError(f"{folder}: the encoder lacks {unknown} or has more: {left_out.unexpected_keys}")
    return network


def shrink(folder: Path, small: Path) -> None:
    """Write the encoder with int8 subword vectors and fp16 weights, without what the network does not read."""
    small.mkdir(parents=True, exist_ok=True)
    theirs = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    rows, scale = by_rows(theirs.pop(_WORDS).float())
    kept = {k: v.half().contiguous() for k, v in theirs.items() if v.is_floating_point() and not k.startswith("pooler")}
    save_file({**kept, _WORDS: rows, _SCALE: scale}, small / "model.safetensors")
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(folder / name, small / name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("small", type=Path)
    options = parser.parse_args()
    shrink(options.encoder, options.small)


if __name__ == "__main__":
    main()
