"""Fixtures for reading single sources."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.documents import Limits, Refusal, read_documents
from kg.model import Document

Read = Callable[..., Document | Refusal]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write content to a file of the given name and read that."""

    def read_file(content: str | bytes, name: str = "article.txt", limits: Limits | None = None) -> Document | Refusal:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        [found] = read_documents([str(path)], limits=limits or Limits())
        return found

    return read_file


@pytest.fixture
def piped() -> Read:
    """Read content from standard input; it has to give exactly one result."""

    def read_stdin(content: str | bytes) -> Document | Refusal:
        stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
        [found] = read_documents(["-"], stdin=stream)
        return found

    return read_stdin
