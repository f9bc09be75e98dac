"""What was fetched so far, page by page in a folder, so that an interrupted refresh goes on where it was."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from kg.errors import StoreError
from kg.reference.refresh.endpoint import Endpoint, Solution

QUERIES = Path(__file__).with_name("queries")
#: Solutions asked for at a time.
PAGE = 5000


def queries() -> dict[str, str]:
    """Return the text of each question by its name."""
    return {file.stem: file.read_text(encoding="utf-8") for file in sorted(QUERIES.glob("*.rq"))}


class Spool:
    """Pages of answers in a folder. Those of another endpoint or of other questions are thrown away at the start."""

    def __init__(self, folder: Path, endpoint: Endpoint, page: int = PAGE) -> None:
        self._folder, self._endpoint, self._page = folder, endpoint, page
        asked = json.dumps([endpoint.address, page, queries()], sort_keys=True)
        key = hashlib.sha256(asked.encode()).hexdigest()
        mark = folder / "key"
        try:
            if not mark.is_file() or mark.read_text(encoding="utf-8") != key:
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                mark.write_text(key, encoding="utf-8")
        except OSError as error:
            raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error

    def fetch(self, watch: Callable[[str, int], None]) -> dict[str, list[Solution]]:
        """Return the solutions of every question; `watch` hears of each page, by question and number of solutions so far.

        Raises StoreError if the endpoint fails; what was fetched stays in the folder.
        """
        return {name: list(self._solutions(name, text, watch)) for name, text in queries().items()}

    def _solutions(self, name: str, text: str, watch: Callable[[str, int], None]) -> Iterator[Solution]:
        number, count = 0, 0
        while True:
            found = self._kept(name, number, text)
            count += len(found)
            watch(name, count)
            yield from found
            if len(found) < self._page:
                return
            number += 1

    def _kept(self, name: str, number: int, text: str) -> list[Solution]:
        file = self._folder / f"{name}.{number}.json"
        if file.is_file():
            kept: list[Solution] = json.loads(file.read_text(encoding="utf-8"))
            return kept
        found = self._endpoint.page(text, self._page, number * self._page)
        part = file.with_suffix(".part")
        part.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        part.replace(file)
        return found

    def remove(self) -> None:
        """Remove what was fetched."""
        shutil.rmtree(self._folder, ignore_errors=True)
