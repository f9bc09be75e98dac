"""Where each term of the ontology is used: python -m tools.ontology_usage lists them; exit code 1 if one is used nowhere.

A term is used where a saved query, the program or a test names it with its prefix, and a statement property also by the frame
that finds evidence for it. Entity classes and statement properties have bare names in the program and its knowledge, which
count too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kg.vocabulary import vocabulary

ROOT: Final = Path(__file__).parent.parent

#: Kinds of use, with the files that tell of them.
_PLACES: Final = {
    "query": ("queries/*.rq",),
    "frame": ("kg/extraction/frames/*.toml",),
    "code": ("kg/**/*.py",),
    "knowledge": ("kg/language/lexicon/*.toml", "kg/extraction/lexicon/*.toml", "kg/reference/*.csv"),
    "test": ("tests/**/*.py", "tests/**/*.trig"),
}
_PREFIXED: Final = re.compile(r"(?<![\w/])tg:([A-Za-z]\w*)")
_BARE: Final = re.compile(r'"([A-Za-z]\w*)"|(?<=,)([A-Z]\w*)(?=,)')


def usage(root: Path = ROOT) -> Mapping[str, Mapping[str, list[str]]]:
    """Return for each term, by its local name, the files of each kind of place that use it.

    >>> usage()["ratifiedBy"]["frame"]
    ['kg/extraction/frames/ratifiedBy.toml']
    """
    known = vocabulary()
    bare = known.classes.keys() | known.properties.keys()
    found: dict[str, dict[str, list[str]]] = {name: defaultdict(list) for name in sorted(known.terms)}
    for place, globs in _PLACES.items():
        for file in _files(root, globs):
            text = file.read_text(encoding="utf-8")
            named = set(_PREFIXED.findall(text)) | {a or b for a, b in _BARE.findall(text)} & bare
            for name in named & found.keys():
                found[name][place].append(file.relative_to(root).as_posix())
    return found


def unused(found: Mapping[str, Mapping[str, list[str]]]) -> list[str]:
    """Return the terms that nothing uses."""
    return [name for name, places in found.items() if not places]


def _files(root: Path, globs: tuple[str, ...]) -> Iterator[Path]:
    yield from sorted(file for glob in globs for file in root.glob(glob))


def main() -> int:
    found = usage()
    for name, places in found.items():
        print(f"tg:{name}", *(f"{place} {len(files)}" for place, files in places.items()), sep="\t")
    if missing := unused(found):
        print(f"used nowhere: {', '.join(missing)}")
    return bool(missing)


if __name__ == "__main__":
    raise SystemExit(main())
