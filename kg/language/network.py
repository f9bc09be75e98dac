"""The multi-task network at run time: ONNX, one thread, batches that never mix documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from kg.errors import LanguageError
from kg.language.features import Encoded, Encoder, collate

Floats = NDArray[np.float32]

_FILES = ("model.int8.onnx", "rel.npz", "tokenizer.json", "meta.json")


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of one stretch of n words.

    pos [n, tags], start [n, 2], entity [n, labels], arc [n, n] (row: dependent, column: head), root [n],
    dependent and head [n, d]: the vectors from which relation labels are scored.
    """

    pos: Floats
    start: Floats
    entity: Floats
    arc: Floats
    root: Floats
    dependent: Floats
    head: Floats


class Network:
    """The network in a folder with model.int8.onnx, rel.npz, tokenizer.json and meta.json.

    Raises LanguageError if a file is missing.
    """

    def __init__(self, folder: Path) -> None:
        missing = [name for name in _FILES if not (folder / name).is_file()]
        if missing:
            raise LanguageError(f"{folder}: no language model here, {', '.join(missing)} missing; reinstall treatygraph")
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        model = (folder / "model.int8.onnx").read_bytes()
        self.version = hashlib.sha256(model).hexdigest()[:12]
        self._session = ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        self.upos: list[str] = meta["upos"]
        self.relations: list[str] = meta["rels"]
        self.entity_labels: list[str] = meta["ner"]
        self.encoder = Encoder(folder / "tokenizer.json")
        self._threads = ThreadpoolController()
        self._label = np.load(folder / "rel.npz")["R"].astype(np.float32)
        self._label_flat = np.ascontiguousarray(self._label.transpose(1, 0, 2)).reshape(self._label.shape[1], -1)

    def scores(self, stretches: Sequence[Sequence[str]], room: int = 400) -> list[Scores]:
        """Return the scores of each stretch of words.

        The int8 network's rounding depends on what shares a batch, so batches hold one document's stretches only
        and are cut in an order that depends on nothing else. `room` is the number of padded subwords in a batch.
        """
        encoded = [self.encoder.encode(words) for words in stretches]
        found: list[Scores | None] = [None] * len(encoded)
        for batch in _batches(encoded, room):
            arrays = collate([encoded[i] for i in batch])
            outputs: list[Floats] = self._session.run(None, arrays.inputs())
            for row, i in enumerate(batch):
                n = len(encoded[i].first)
                pos, start, entity, arc, root, dependent, head = (output[row] for output in outputs)
                found[i] = Scores(pos[:n], start[:n], entity[:n], arc[:n, :n], root[:n], dependent[:n], head[:n])
        return [s for s in found if s is not None]

    def label_scores(self, dependent: Floats, head: Floats) -> Floats:
        """Return relation scores [n, relations] for n pairs of dependent and head vectors."""
        one = np.ones((len(dependent), 1), np.float32)
        with self._threads.limit(limits=1, user_api="blas"):  # more threads only wait for each other here
            left = np.concatenate([dependent, one], 1) @ self._label_flat
        left = left.reshape(len(dependent), self._label.shape[0], -1)
        scores: Floats = np.einsum("nre,ne->nr", left, np.concatenate([head, one], 1))
        return scores


def _batches(encoded: Sequence[Encoded], room: int) -> list[list[int]]:
    """Cut stretches, shortest first, into batches of at most `room` padded subwords."""
    found: list[list[int]] = []
    for i in sorted(range(len(encoded)), key=lambda i: (len(encoded[i].ids), i)):
        if found and len(encoded[i].ids) * (len(found[-1]) + 1) <= room:
            found[-1].append(i)
        else:
            found.append([i])
    return found
