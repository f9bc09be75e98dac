"""The multi-task network at run time: ONNX, one thread, batches that never mix documents."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from kg.errors import LanguageError
from kg.language.batching import batches
from kg.language.calibration import CALIBRATION, Calibration
from kg.language.features import Encoder, collate

Floats = NDArray[np.float32]

#: The files of a model; a model without temperatures has confidences that are not calibrated.
FILES = ("model.int8.onnx", "rel.npz", "tokenizer.json", "meta.json")


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


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the content of a model's files.

    Raises LanguageError if one is missing.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise LanguageError(f"{folder}: no language model here, {', '.join(missing)} missing; reinstall treatygraph")
    return {name: (folder / name).read_bytes() for name in (*FILES, CALIBRATION) if (folder / name).is_file()}


class Network:
    """The network that a model's files make up."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.version = hashlib.sha256(b"".join(files[name] for name in FILES)).hexdigest()[:12]
        self.calibration = Calibration.read(files.get(CALIBRATION), self.version)
        options = ort.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = ort.InferenceSession(files["model.int8.onnx"], options, providers=["CPUExecutionProvider"])
        meta = json.loads(files["meta.json"])
        self.upos: list[str] = meta["upos"]
        self.relations: list[str] = meta["rels"]
        self.entity_labels: list[str] = meta["ner"]
        self.encoder = Encoder(files["tokenizer.json"])
        self._threads = ThreadpoolController()
        label = _array(files["rel.npz"])
        self._label_shape = label.shape
        self._label_flat = np.ascontiguousarray(label.transpose(1, 0, 2)).reshape(label.shape[1], -1)

    @classmethod
    def load(cls, folder: Path) -> Network:
        """Return the network in a folder.

        Raises LanguageError if a file is missing.
        """
        return cls(read_files(folder))

    def runs(self, stretches: Sequence[Sequence[str]]) -> Iterator[tuple[list[int], list[Scores]]]:
        """Yield batch by batch which stretches of words were read, and their scores.

        The int8 network's rounding depends on what shares a batch, so batches hold one document's stretches only
        and are cut in a way that depends on nothing else.
        """
        encoded = [self.encoder.encode(words) for words in stretches]
        for batch in batches([len(e.ids) for e in encoded]):
            arrays = collate([encoded[i] for i in batch])
            outputs: list[Floats] = self._session.run(None, arrays.inputs())
            found = []
            for row, i in enumerate(batch):
                n = len(encoded[i].first)
                pos, start, entity, arc, root, dependent, head = (output[row] for output in outputs)
                found.append(Scores(pos[:n], start[:n], entity[:n], arc[:n, :n], root[:n], dependent[:n], head[:n]))
            yield batch, found

    def scores(self, stretches: Sequence[Sequence[str]]) -> list[Scores]:
        """Return the scores of each stretch of words."""
        found = {i: scores for batch, read in self.runs(stretches) for i, scores in zip(batch, read, strict=True)}
        return [found[i] for i in range(len(stretches))]

    def label_scores(self, dependent: Floats, head: Floats) -> Floats:
        """Return relation scores [n, relations] for n pairs of dependent and head vectors."""
        one = np.ones((len(dependent), 1), np.float32)
        with self._threads.limit(limits=1, user_api="blas"):  # more threads only wait for each other here
            left = np.concatenate([dependent, one], 1) @ self._label_flat
        left = left.reshape(len(dependent), self._label_shape[0], -1)
        scores: Floats = np.matmul(left, np.concatenate([head, one], 1)[:, :, None])[:, :, 0]
        return scores


def _array(npz: bytes) -> Floats:
    weights: Floats = np.load(io.BytesIO(npz))["R"].astype(np.float32)
    return weights
