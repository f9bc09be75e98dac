"""Files of knowledge: where they lie, and reading them with errors that name file and line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from kg.errors import ResourceError

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder "ontology", "queries" or "seeds": inside the installed package, or beside it in a checkout.

    Raises ResourceError if the installation lacks it.
    """
    for candidate in (_PACKAGE / "data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise ResourceError(name, "this installation lacks the folder; reinstall treatygraph")


def read_toml(file: Path, *path: str) -> Any:
    """Return a TOML file's content, or what stands at a path of keys in it.

    Raises ResourceError with the line if the file is malformed, or if it lacks the path.
    """
    try:
        found: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ResourceError(file, str(error), line=int(line[1]) if line else None) from error
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(file, f"cannot be read: {error}") from error
    for key in path:
        if not isinstance(found, dict) or key not in found:
            raise ResourceError(file, f"lacks {'.'.join(path)}")
        found = found[key]
    return found


def line_of(file: Path, text: str) -> int | None:
    """Return the first line of a file that contains the text, to point at in an error."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if text in line:
            return number
    return None
