"""Export a trained network to ONNX, int8 per channel, and check that both say the same.

python -m training.export RUN OUT --encoder DIR    writes OUT/model.int8.onnx, rel.npz, meta.json, tokenizer.json
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from kg.language.features import Encoder, collate
from training.network import Network

INPUTS = ("ids", "case", "mask", "first", "last")
OUTPUTS = ("pos", "ss", "ner", "arc", "root", "rd", "rh")
_SAMPLES = ("Vladimir Putin met Kim Jong Un in Pyongyang on Wednesday .", "He signed the treaty .")


def load(run: Path, encoder: Path) -> Network:
    """Return the trained network of a run, in evaluation mode."""
    meta = json.loads((run / "meta.json").read_text())
    network = Network(
        json.loads((encoder / "config.json").read_text()), len(meta["rels"]), len(meta["ner"]), len(meta["upos"]), 0.0
    )
    network.load_state_dict(torch.load(run / "model.pt"))
    return network.eval()


def export(run: Path, out: Path, encoder: Path) -> None:
    """Write the four files of a language model, and fail if int8 strays from fp32 on the samples."""
    network = load(run, encoder)
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
    small = out / "model.int8.onnx"
    quantize_dynamic(
        full, small, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gather"],
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip
    np.savez_compressed(out / "rel.npz", R=network.label.detach().numpy().astype(np.float16))
    shutil.copy(run / "meta.json", out / "meta.json")
    shutil.copy(encoder / "tokenizer.json", out / "tokenizer.json")
    wanted = _labels(network, arrays)
    for file, share in ((full, 1.0), (small, 0.9)):
        found = _labels_of_file(file, arrays)
        same = {name: float((found[name] == wanted[name]).mean()) for name in wanted}
        print(f"{file.name}: {file.stat().st_size / 1e6:.1f} MB, the same label on {same} of the sample's words")
        if min(same.values()) < share:
            raise SystemExit(f"{file.name} says something else than the network that it was made from")
    full.unlink()


def _labels(network: Network, arrays: tuple[torch.Tensor, ...]) -> dict[str, np.ndarray]:
    with torch.no_grad():
        outputs = dict(zip(OUTPUTS, (o.numpy() for o in network(*arrays)), strict=True))
    return {name: outputs[name].argmax(-1) for name in ("pos", "ss", "ner", "arc")}


def _labels_of_file(file: Path, arrays: tuple[torch.Tensor, ...]) -> dict[str, np.ndarray]:
    session = ort.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    found = session.run(None, dict(zip(INPUTS, (a.numpy() for a in arrays), strict=True)))
    outputs = dict(zip(OUTPUTS, found, strict=True))
    return {name: outputs[name].argmax(-1) for name in ("pos", "ss", "ner", "arc")}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    options = parser.parse_args()
    export(options.run, options.out, options.encoder)


if __name__ == "__main__":
    main()
