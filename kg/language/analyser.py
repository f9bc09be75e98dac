"""The component that reads a document with the network: sentences, tags, trees and raw entities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import srsly
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.annotation import annotate
from kg.language.decoding import Decoder, Parsed
from kg.language.models import MODEL
from kg.language.network import Network, read_files
from kg.language.stretches import Unit, stretches, windows

_LONGEST = 380


@Language.factory("kg_analyser", default_config={"model": None})
class Analyser:
    """Sets sentence starts, `pos_`, `head`, `dep_` (UD) and `ents` of a Doc, with the confidence of arcs and entities.

    `model` is a folder with the network's files, the bundled one if it is None. Saved, the component takes the files
    along. The analysis of a document depends on nothing but its own text.
    """

    def __init__(self, nlp: Language, name: str, model: str | None) -> None:  # noqa: ARG002 (spaCy passes both)
        self._source: Path | Mapping[str, bytes] = Path(model) if model else MODEL
        self._network: Network | None = None
        self._decoder: Decoder | None = None

    @property
    def network(self) -> Network:
        """The network, loaded when it is first needed, as a pipeline from disk brings its own.

        Raises LanguageError if a file is missing.
        """
        if self._network is None:
            self._network = Network(self._files())
        return self._network

    def __call__(self, doc: Doc) -> Doc:
        read = [window for stretch in stretches(doc) for window in self._windows(stretch)]
        annotate(doc, read, self._parse([[unit.word for unit in window] for window in read]))
        return doc

    def _parse(self, stretches: Sequence[Sequence[str]]) -> list[Parsed]:
        decoder = self._decoder = self._decoder or Decoder(self.network)
        parsed: dict[int, Parsed] = {}
        for batch, scores in self.network.runs(stretches):
            parsed.update(zip(batch, decoder.decode([stretches[i] for i in batch], scores), strict=True))
        return [parsed[i] for i in range(len(stretches))]

    def _windows(self, stretch: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
        return windows(stretch, [len(self.network.encoder.subwords(unit.word)) for unit in stretch], _LONGEST)

    def _files(self) -> Mapping[str, bytes]:
        return read_files(self._source) if isinstance(self._source, Path) else self._source

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:  # noqa: ARG002 (spaCy passes it)
        packed: bytes = srsly.msgpack_dumps(dict(self._files()))
        return packed

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Analyser:  # noqa: ARG002
        return self._read_from(srsly.msgpack_loads(data))

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002
        path.mkdir(parents=True, exist_ok=True)
        for name, content in self._files().items():
            (path / name).write_bytes(content)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Analyser:  # noqa: ARG002
        return self._read_from(path)

    def _read_from(self, source: Path | Mapping[str, bytes]) -> Analyser:
        self._source, self._network, self._decoder = source, None, None
        return self

    def __getstate__(self) -> dict[str, object]:
        """Return what another process needs to build the same network: a session cannot be pickled."""
        return {"_source": self._source, "_network": None, "_decoder": None}
