"""Where the files of knowledge lie: inside the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from kg.errors import ResourceError

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder "ontology", "queries" or "seeds".

    Raises ResourceError if the installation lacks it.
    """
    for candidate in (_PACKAGE / "data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise ResourceError(name, "this installation lacks the folder; reinstall treatygraph")
