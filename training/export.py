"""Export a trained network to ONNX, int8 per channel, and measure how far both differ on development paragraphs.

python -m training.export WEIGHTS OUT --meta META --encoder DIR --data DIR
writes OUT/model.int8.onnx, rel.npz, meta.json, tokenizer.json; WEIGHTS is a student-N.safetensors
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.torch import load_file

from kg.language.features import Batch, Encoder, Ints, collate
from training.corpora import corpus_file, read
from training.encoder import by_rows, config_of, weights
from training.network import Network, WordTable

INPUTS = ("ids", "case", "mask", "first", "last")
OUTPUTS = ("pos", "ss", "ner", "arc", "root", "rd", "rh")
_SAMPLES = ("Vladimir Putin met Kim Jong Un in Pyongyang on Wednesday .", "He signed the treaty .")
#: The least share of words on which fp32 and int8 must choose the same label.
_LEAST = 0.97
#: Paragraphs of each development set that are compared.
_EACH = 150


def load(file: Path, meta: Path, encoder: Path) -> Network:
    """Return the trained network in a file of weights, its subword vectors from the encoder, in evaluation mode."""
    labels = json.loads(meta.read_text())
    network = Network(config_of(encoder), len(labels["rels"]), len(labels["ner"]), len(labels["upos"]), 0.0)
    words = {name: t for name, t in weights(encoder).items() if name.startswith("words.")}
    network.load_state_dict({**words, **{name: t.float() for name, t in load_file(file).items()}})
    places = WordTable(*network.places.weight.shape)
    places.rows, places.scale = by_rows(network.places.weight.detach())
    network.places = places  # type: ignore[assignment]
    return network.eval()


def export(network: Network, out: Path, meta: Path, encoder: Path) -> Path:
    """Write the four files of a language model; return the fp32 network's file beside them."""
    out.mkdir(parents=True, exist_ok=True)
    subwords = Encoder(encoder / "tokenizer.json")
    batch = collate([subwords.encode(sample.split()) for sample in _SAMPLES])
    arrays = tuple(torch.from_numpy(a) for a in batch.inputs().values())
    axes = {name: {0: "b", 1: "t"} for name in INPUTS[:3]} | {name: {0: "b", 1: "w"} for name in (*INPUTS[3:], *OUTPUTS)}
    axes["arc"] = {0: "b", 1: "w", 2: "h"}
    full = out / "model.onnx"
    torch.onnx.export(
        network,
        arrays,
        str(full),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(
        full, out / "model.int8.onnx", weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
    np.savez_compressed(out / "rel.npz", R=network.label.detach().numpy().astype(np.float16))
    shutil.copy(meta, out / "meta.json")
    shutil.copy(encoder / "tokenizer.json", out / "tokenizer.json")
    return full


def parity(full: Path, small: Path, batches: list[tuple[Batch, Ints]]) -> dict[str, float]:
    """Return the share of words on which both files choose the same label, or the same head in their sentence."""
    same: dict[str, list[np.ndarray]] = {}  # type: ignore[type-arg]
    sessions = [ort.InferenceSession(str(file), providers=["CPUExecutionProvider"]) for file in (full, small)]
    for batch, sentence in batches:
        one, other = (_choices(session, batch, sentence) for session in sessions)
        for name in one:
            same.setdefault(name, []).append((one[name] == other[name])[0])
    return {name: round(float(np.concatenate(parts).mean()), 4) for name, parts in same.items()}


def _choices(session: ort.InferenceSession, batch: Batch, sentence: Ints) -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    outputs = dict(zip(OUTPUTS, session.run(None, batch.inputs()), strict=True))
    arc = np.where(np.eye(len(sentence), dtype=bool), outputs["root"][:, :, None], outputs["arc"])
    arc = np.where(sentence[:, None] == sentence[None, :], arc, -np.inf)
    return {**{name: outputs[name].argmax(-1) for name in ("pos", "ss", "ner")}, "arc": arc.argmax(-1)}


def samples(data: Path, encoder: Path) -> Iterator[tuple[Batch, Ints]]:
    """Yield development paragraphs, one a batch, and the sentence of each of their words."""
    subwords = Encoder(encoder / "tokenizer.json")
    for name in ("ewt_dev", "gum_dev"):
        for paragraph in list(read(corpus_file(data, name)))[:_EACH]:
            encoded = subwords.encode(paragraph.words)
            if paragraph.sent_starts is not None and len(encoded.ids) <= 380:
                yield collate([encoded]), np.cumsum(paragraph.sent_starts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--meta", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--keep-full", action="store_true", help="leave model.onnx, the fp32 network, in OUT")
    options = parser.parse_args()
    full = export(load(options.weights, options.meta, options.encoder), options.out, options.meta, options.encoder)
    small = options.out / "model.int8.onnx"
    same = parity(full, small, list(samples(options.data, options.encoder)))
    print(f"{full.stat().st_size / 1e6:.1f} MB fp32, {small.stat().st_size / 1e6:.1f} MB int8, the same choice on {same}")
    if not options.keep_full:
        full.unlink()
    if min(same.values()) < _LEAST:
        raise SystemExit("the int8 network strays too far from the full one")


if __name__ == "__main__":
    main()
