"""What people decided about links: kept as a table beside the store, and read from tables such as OpenRefine writes.

A judgment is `matched` (the item is the same), `rejected` (it is not), `new` (nothing outside is the same; no item is
named), or `none`, which takes back whatever was decided before. A row without a judgment decides nothing.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Final, NoReturn

from pyoxigraph import NamedNode

from kg.errors import ResourceError
from kg.files import whole_or_not
from kg.model import EntityId

#: Where the decisions of a store stand, below its folder.
FILE: Final = Path("decisions", "links.csv")
COLUMNS: Final = ("entity", "label", "candidate", "name", "judgment", "author", "decided", "reason")
_NEEDED: Final = ("entity", "candidate", "judgment")
_QID: Final = re.compile(r"Q[1-9]\d*")
_WIKIDATA: Final = "http://www.wikidata.org/entity/"


class Judgment(StrEnum):
    MATCHED = "matched"
    REJECTED = "rejected"
    NEW = "new"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody decided about an entity and something outside; `candidate` is empty where nothing is the same."""

    entity: EntityId
    candidate: str
    judgment: Judgment
    author: str
    decided: date
    reason: str
    label: str = ""
    name: str = ""
    line: int = 0

    @property
    def place(self) -> tuple[EntityId, str]:
        """What it is about: no two decisions are about the same."""
        return self.entity, self.candidate


def space(iri: str) -> str:
    """Return what the items of one knowledge base begin with.

    >>> space("http://www.wikidata.org/entity/Q159")
    'http://www.wikidata.org/entity/'
    """
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]


def kept_decisions(store: Path) -> list[Decision]:
    """Return the decisions of a store; raises ResourceError, with file and line, if somebody broke the table."""
    file = store / FILE
    return read_decisions(file) if file.exists() else []


def read_decisions(
    file: Path, entities: Collection[EntityId] | None = None, base: str = "", author: str = "", today: date | None = None
) -> list[Decision]:
    """Read a table of decisions, comma- or tab-separated; rows without a judgment are passed over.

    Entities are ids or IRIs below `base`, and among `entities` if these are given; candidates are IRIs, or Wikidata's items.
    `author` and `today` stand in where a row names none. Raises ResourceError, with file and line, at the first mistake.
    """
    found: dict[tuple[EntityId, str], Decision] = {}
    for row in _rows(file):
        if not row.cells["judgment"].strip():
            continue
        decision = row.decision(entities, base, author, today)
        other = found.setdefault(decision.place, decision)
        if other.judgment is not decision.judgment:
            row.fail(f"line {other.line} decides otherwise about the same")
    _check(file, found.values())
    return list(found.values())


def merge(kept: Iterable[Decision], fresh: Iterable[Decision]) -> list[Decision]:
    """Return what holds when fresh decisions are made: each takes the place of what it contradicts.

    A match takes the place of another match in the same knowledge base, of one for the same item, and of "new"; "new"
    takes the place of matches; `none` takes back what was decided about the same.
    """
    made = list(fresh)
    matched = [one for one in made if one.judgment is Judgment.MATCHED]
    places, items = {one.place for one in made}, {one.candidate for one in matched}
    spaces, entities = {(one.entity, space(one.candidate)) for one in matched}, {one.entity for one in matched}
    new = {one.entity for one in made if one.judgment is Judgment.NEW}

    def holds(one: Decision) -> bool:
        if one.place in places:
            return False
        if one.judgment is Judgment.MATCHED:
            return not (one.candidate in items or (one.entity, space(one.candidate)) in spaces or one.entity in new)
        return not (one.judgment is Judgment.NEW and one.entity in entities)

    held = [*filter(holds, kept), *(one for one in made if one.judgment is not Judgment.NONE)]
    return sorted(held, key=lambda one: one.place)


def write_decisions(store: Path, decisions: Iterable[Decision]) -> None:
    """Write the store's decisions, whole or not at all; raises StoreError if that fails."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for one in decisions:
        table.writerow(
            (one.entity, one.label, one.candidate, one.name, one.judgment, one.author, one.decided.isoformat(), one.reason)
        )
    (store / FILE).parent.mkdir(exist_ok=True)
    with whole_or_not(store / FILE) as out:
        out.write(text.getvalue().encode())


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of a table."""

    file: Path
    line: int
    cells: Mapping[str, str]

    def decision(self, entities: Collection[EntityId] | None, base: str, author: str, today: date | None) -> Decision:
        entity = self.cells["entity"].strip().removeprefix(base)
        if entities is not None and entity not in entities:
            self.fail(f"{entity!r} is no entity of this graph; ids look like person/ada-lind")
        judgment = self._judgment()
        candidate = self._candidate()
        if judgment in {Judgment.MATCHED, Judgment.REJECTED} and not candidate:
            self.fail(f"{judgment} needs a candidate, by its IRI")
        if judgment is Judgment.NEW:
            candidate = ""
        author = self.cells.get("author", "").strip() or author
        if not author and judgment is not Judgment.NONE:
            self.fail("nobody is named as the author; fill in the column author, or name one with --author")
        return Decision(
            entity,
            candidate,
            judgment,
            author,
            self._decided(today),
            " ".join(self.cells.get("reason", "").split()),
            self.cells.get("label", "").strip(),
            "" if judgment is Judgment.NEW else self.cells.get("name", "").strip(),
            self.line,
        )

    def fail(self, reason: str) -> NoReturn:
        raise ResourceError(self.file, reason, line=self.line)

    def _judgment(self) -> Judgment:
        try:
            return Judgment(self.cells["judgment"].strip().lower())
        except ValueError:
            self.fail(f"{self.cells['judgment']!r} is none of the judgments {', '.join(Judgment)}")

    def _candidate(self) -> str:
        text = self.cells["candidate"].strip()
        if _QID.fullmatch(text):
            return _WIKIDATA + text
        if text and not text.startswith(("http://", "https://")):
            self.fail(f"the candidate {text!r} is neither an address (http://…) nor an item of Wikidata (Q159)")
        try:
            return NamedNode(text).value if text else ""
        except ValueError as error:
            self.fail(f"the candidate {text!r} is no IRI: {error}")

    def _decided(self, today: date | None) -> date:
        text = self.cells.get("decided", "").strip()
        if not text and today is not None:
            return today
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(f"{text!r} in the column decided is no day; write 2024-06-19")


def _rows(file: Path) -> Iterator[_Row]:
    try:
        text = file.read_bytes().decode("utf-8-sig")  # read_text would turn every CR into LF
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(file, f"cannot be read: {error}") from error
    lines = list(StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter="\t" if lines and "\t" in lines[0] else ",")
    header = [name.strip().lower() for name in next(reader, [])]
    if missing := [name for name in _NEEDED if name not in header]:
        raise ResourceError(file, f"the header row lacks {', '.join(missing)}", line=1)
    for cells in reader:
        if not any(cells):
            continue
        if len(cells) != len(header):
            raise ResourceError(file, f"has {len(cells)} cells instead of {len(header)}", line=reader.line_num)
        yield _Row(file, reader.line_num, dict(zip(header, cells, strict=True)))


def _check(file: Path, decisions: Iterable[Decision]) -> None:
    """No entity is two items of one knowledge base, or an item and none, and no item is two entities."""
    items: dict[str, Decision] = {}
    entities: dict[tuple[EntityId, str], Decision] = {}
    matched: dict[EntityId, Decision] = {}
    for one in decisions:
        other = None
        if one.judgment is Judgment.MATCHED:
            other = items.get(one.candidate) or entities.get((one.entity, space(one.candidate))) or entities.get((one.entity, ""))
            items[one.candidate] = entities[one.entity, space(one.candidate)] = matched[one.entity] = one
        elif one.judgment is Judgment.NEW:
            other = matched.get(one.entity)
            entities[one.entity, ""] = one
        if other is not None:
            raise ResourceError(
                file, f"{one.entity} cannot be {one.candidate or 'new'} as line {other.line} stands", line=one.line
            )
