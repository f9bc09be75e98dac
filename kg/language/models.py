"""Which model reads: the bundled one, one in a folder, or an installed spaCy pipeline in its stead."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from spacy.util import get_package_path, is_package

from kg.errors import LanguageError
from kg.language.network import FILES

MODEL = Path(__file__).with_name("model")


def is_stand_in(model: str) -> bool:
    """Is this a spaCy pipeline, by folder or name of package, rather than a folder with a network of ours?

    Raises LanguageError if it is neither.
    """
    folder = Path(model)
    if folder.is_dir():
        return (folder / "config.cfg").is_file()
    if is_package(model):
        return True
    raise LanguageError(f"{model}: neither a folder with a language model nor an installed spaCy pipeline")


@cache
def identity(model: str | None = None) -> str:
    """Return a model's name and a digest of all its files, for provenance; the same wherever the files lie.

    Raises LanguageError if there is no such model.
    """
    if model is not None and is_stand_in(model):
        folder = Path(model) if Path(model).is_dir() else get_package_path(model)
        files = sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix != ".pyc")
        return f"spaCy {folder.name} {_digest(folder, files)}"
    folder = Path(model) if model else MODEL
    return f"treatygraph-language {_digest(folder, [folder / name for name in FILES if (folder / name).is_file()])}"


def _digest(folder: Path, files: list[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        digest.update(f"{file.relative_to(folder).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]
