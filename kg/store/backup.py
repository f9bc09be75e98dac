"""Backups: everything that a store's folder keeps as one file that proves itself, and back.

A backup is a tar file: `manifest.json` first, with a SHA-256 digest of every other member and how many quads there are,
then the current generation, and what builds keep beside it: readings, and what people decided.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, cast

from pyoxigraph import Store as Engine

from kg.errors import StoreError
from kg.files import whole_or_not
from kg.store.generations import Generations
from kg.store.writer import lock

_FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
_GENERATION: Final = "generation"
_READINGS: Final = "readings.sqlite"
_DECISIONS: Final = "decisions"
_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: of which generation, how many quads, and the digest of each file by its name."""

    generation: int
    quads: int
    files: dict[str, str]

    def dump(self) -> bytes:
        content = {"format": _FORMAT, "generation": self.generation, "quads": self.quads, "files": self.files}
        return json.dumps(content, indent=1, sort_keys=True).encode()

    @classmethod
    def load(cls, data: bytes) -> Manifest:
        """Read a manifest; raises ValueError if it is none."""
        content = json.loads(data)
        if not isinstance(content, dict) or content.get("format") != _FORMAT:
            raise ValueError("made by another version, or no backup")
        return cls(int(content["generation"]), int(content["quads"]), {str(k): str(v) for k, v in content["files"].items()})


def back_up(store: Path, file: Path) -> Manifest:
    """Write a store's current generation, readings and decisions to a file, while it is read and written.

    The file is whole at any time. Raises StoreError if the store or the file cannot be read or written.
    """
    try:
        with _checkpoint(store) as (folder, generation):
            members = _members(folder)
            quads = len(Engine.read_only(str(folder / _GENERATION)))
            manifest = Manifest(generation, quads, {name: _digest(path) for name, path in members.items()})
            with whole_or_not(file) as out, tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
                _add(archive, _MANIFEST, manifest.dump())
                for name, path in members.items():
                    archive.add(path, name, recursive=False)
    except (OSError, sqlite3.Error) as error:
        raise StoreError(f"{store} cannot be backed up to {file}: {error}") from error
    verify(file)
    return manifest


def verify(file: Path) -> Manifest:
    """Check a backup against its own manifest: every file there, whole, and none besides. Raises StoreError if not."""
    try:
        with tarfile.open(file) as archive:
            manifest = _manifest(archive)
            found: dict[str, str] = {}
            for member in archive.getmembers()[1:]:
                if not member.isfile() or member.name in found:
                    raise ValueError(f"holds {member.name}, which is no file of a backup")
                content = archive.extractfile(member)
                assert content is not None
                found[member.name] = hashlib.file_digest(cast(io.BufferedReader, content), "sha256").hexdigest()
    except (OSError, tarfile.TarError, ValueError, KeyError) as error:
        raise StoreError(f"{file} is no whole backup: {error}") from error
    if wrong := sorted(set(found.items()) ^ set(manifest.files.items())):
        raise StoreError(f"{file} is damaged: {wrong[0][0]} is not what was backed up")
    return manifest


def restore(file: Path, store: Path, *, replace: bool = False) -> Manifest:
    """Make a store of a backup, all of it or nothing; another takes its place only if `replace` says so.

    A store that is served is served on as restored. Raises StoreError if the backup is not whole, if there is something
    already, or if it cannot be written, and Busy if somebody writes to what is there.
    """
    manifest = verify(file)
    if store.exists() and any(store.iterdir()) and not replace:
        raise StoreError(f"{store} is there already; restore to another place, or say that it may be replaced")
    try:
        store.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{store.name}-", dir=store.parent) as temporary:
            made = Path(temporary) / "store"
            _unpack(file, made, manifest)
            with lock(store) if store.exists() else nullcontext():
                _put(made, store, Path(temporary))
    except (OSError, tarfile.TarError) as error:
        raise StoreError(f"{file} cannot be restored to {store}: {error}") from error
    return manifest


@contextmanager
def _checkpoint(store: Path) -> Iterator[tuple[Path, int]]:
    """Take everything as it is at one moment into a folder of its own; generations by links, so in no time."""
    generations = Generations(store)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=store) as temporary:
        folder = Path(temporary)
        while True:
            number = generations.current()
            if number is None:
                raise StoreError(f"{store}: no graph has been published here, so there is nothing to back up")
            try:
                Engine.read_only(str(generations.path(number))).backup(str(folder / _GENERATION))
                break
            except OSError:
                if generations.current() == number:
                    raise  # Else it was published over and removed since it was read.
        if (store / _READINGS).exists():
            with closing(sqlite3.connect(store / _READINGS)) as source, closing(sqlite3.connect(folder / _READINGS)) as copy:
                source.backup(copy)
        with suppress(FileNotFoundError):
            shutil.copytree(store / _DECISIONS, folder / _DECISIONS)
        yield folder, number


def _members(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _add(archive: tarfile.TarFile, name: str, data: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mtime = len(data), int(time.time())
    archive.addfile(member, io.BytesIO(data))


def _manifest(archive: tarfile.TarFile) -> Manifest:
    first = archive.next()
    content: IO[bytes] | None = archive.extractfile(first) if first and first.name == _MANIFEST and first.isfile() else None
    if content is None:
        raise ValueError("it does not begin with a manifest")
    return Manifest.load(content.read(_CHUNK * 64))


def _unpack(file: Path, folder: Path, manifest: Manifest) -> None:
    """Lay a store's folder out of a backup that has been verified, and count what it holds."""
    with tarfile.open(file) as archive:
        for member in archive:
            if member.name == _MANIFEST:
                continue
            place = folder / _place(member.name, manifest)
            place.parent.mkdir(parents=True, exist_ok=True)
            content = archive.extractfile(member)
            assert content is not None
            with place.open("wb") as out:
                shutil.copyfileobj(content, out, _CHUNK)
                out.flush()
                os.fsync(out.fileno())
    found = len(Engine.read_only(str(Generations(folder).path(manifest.generation))))
    if found != manifest.quads:
        raise StoreError(f"{file} holds {found} quads, not the {manifest.quads} that were backed up")
    (folder / "current").write_text(str(manifest.generation), encoding="ascii")


def _place(name: str, manifest: Manifest) -> Path:
    parts: Any = Path(name).parts
    if ".." in parts or Path(name).is_absolute() or parts[0] not in {_GENERATION, _READINGS, _DECISIONS}:
        raise StoreError(f"the backup holds {name}, which is no part of a store")
    return Path("generations", str(manifest.generation), *parts[1:]) if parts[0] == _GENERATION else Path(*parts)


def _put(made: Path, store: Path, aside: Path) -> None:
    """Put a folder in the place of a store; if that fails half-way the old store is put back."""
    if not store.exists():
        made.rename(store)
        return
    store.rename(aside / "old")
    try:
        made.rename(store)
    except OSError:
        (aside / "old").rename(store)
        raise
