"""Decisions as CSV: the sheet that a person fills in, and the file beside a store that keeps what was decided."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeVar

from kg.errors import ResourceError
from kg.files import whole_or_not
from kg.model import FieldConcept, Modality, Node, PartialDate, Polarity, Statement
from kg.rulings import Correction, Decision, Verdict
from kg.vocabulary import canonical, vocabulary

#: Where a store keeps its decisions, below its folder.
FILE: Final = Path("decisions") / "review.csv"

_WHAT: Final = ("subject", "property", "object", "document", "words", "polarity", "modality", "speaker")
_INSTEAD: Final = ("new_subject", "new_property", "new_object", "new_polarity", "new_modality")
#: The columns of a decision; `scope` is "statement" where it is about the statement whoever makes it, else "evidence".
COLUMNS: Final = ("verdict", "scope", "reason", "author", "decided", *_INSTEAD, *_WHAT)
_SCOPES: Final = ("evidence", "statement")
_FIELD: Final = "tgf:"
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")

Word = TypeVar("Word", bound=StrEnum)


def load(store: Path) -> list[Decision]:
    """Return the decisions that a store keeps; none if it keeps none. Raises ResourceError if one is malformed."""
    file = store / FILE
    return [decision for _, decision in read_decisions(file)] if file.exists() else []


def save(store: Path, decisions: Iterable[Decision]) -> int:
    """Add decisions to those that a store keeps and return how many it keeps now.

    A later decision on the same statement or evidence takes the earlier one's place. The file is whole at any time.
    """
    kept = {_about(decision): decision for decision in load(store)}
    for decision in decisions:
        kept.pop(_about(decision), None)
        kept[_about(decision)] = decision
    (store / FILE).parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(written(decision) for decision in kept.values())
    with whole_or_not(store / FILE) as out:
        out.write(text.getvalue().encode())
    return len(kept)


def read_decisions(file: Path, author: str | None = None, now: datetime | None = None) -> Iterator[tuple[int, Decision]]:
    """Yield each decision of a CSV file with its line; rows without a verdict decide nothing.

    `author` and `now` stand in for cells that are left empty. Columns that say nothing about a decision are passed over.
    Raises ResourceError, with file and line, for what is unknown, missing or malformed.
    """
    try:
        text = file.read_bytes().decode("utf-8-sig")  # read_text would turn every CR into LF
    except (OSError, UnicodeDecodeError) as error:
        raise ResourceError(file, f"cannot be read: {error}") from error
    table = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        if missing := {"verdict", "subject", "property", "object", "reason"} - set(table.fieldnames or ()):
            raise ResourceError(file, f"lacks the column {', '.join(sorted(missing))}", line=1)
        line = table.line_num + 1
        for row in table:
            cells = {name: value or "" for name, value in row.items() if isinstance(name, str)}
            cells = {name: value if name == "words" else value.strip() for name, value in cells.items()}
            if cells["verdict"]:
                yield line, _Row(file, line, cells).decision(author, now)
            line = table.line_num + 1  # a quotation may go over several lines
    except csv.Error as error:
        raise ResourceError(file, f"is no CSV: {error}", line=table.line_num) from error


def written(decision: Decision) -> dict[str, str]:
    """Return a decision's cells by column."""
    right = decision.correction or Correction()
    cells = {
        "verdict": decision.verdict,
        "scope": _SCOPES[decision.document is None],
        "reason": decision.reason,
        "author": decision.author,
        "decided": decision.decided.isoformat(),
        "subject": decision.statement.subject,
        "property": decision.statement.predicate,
        "object": show_node(decision.statement.object),
        "document": decision.document,
        "words": decision.words,
        "polarity": decision.polarity,
        "modality": decision.modality,
        "speaker": decision.speaker,
        "new_subject": right.subject,
        "new_property": right.predicate,
        "new_object": show_node(right.object) if right.object else None,
        "new_polarity": right.polarity,
        "new_modality": right.modality,
    }
    return {name: str(cells[name] or "") for name in COLUMNS}


def show_node(node: Node) -> str:
    """Write a statement's object in one cell; `parse_node` reads it.

    >>> show_node(FieldConcept("Trade")), show_node(PartialDate("2024-06"))
    ('tgf:Trade', '2024-06')
    """
    match node:
        case FieldConcept(name):
            return _FIELD + name
        case PartialDate(value):
            return value
        case entity:
            return entity


def parse_node(text: str) -> Node:
    """Read an entity's id, a field or a date from a cell; raises ValueError for what is none of them.

    >>> parse_node("tgf:Trade"), parse_node("state/norway")
    (FieldConcept(name='Trade'), 'state/norway')
    """
    if _DATE.fullmatch(text):
        return PartialDate(text)
    if (name := text.removeprefix(_FIELD)) != text:
        if name not in vocabulary().fields:
            raise ValueError(f"there is no field {name!r}")
        return FieldConcept(name)
    if not re.fullmatch(r"[a-z]+/\S+", text):
        raise ValueError(f"{text!r} is no id such as state/norway, field such as tgf:Trade, or date")
    return text


class _Row:
    """One row of a file of decisions, cell by cell."""

    def __init__(self, file: Path, line: int, cells: Mapping[str, str]) -> None:
        self._file, self._line, self._cells = file, line, cells

    def decision(self, author: str | None, now: datetime | None) -> Decision:
        verdict = self._word("verdict", Verdict)
        reason, who = self._cells["reason"], self._cells.get("author") or author
        if verdict is None or not reason or not who:
            raise self._wrong("a decision needs a reason and an author")
        wide = self._cells.get("scope") == "statement" or not self._cells.get("document")
        if self._cells.get("scope", "") not in ("", *_SCOPES):
            raise self._wrong(f"the scope must be one of {', '.join(_SCOPES)}, not {self._cells['scope']!r}")
        statement = canonical(Statement(self._entity("subject"), self._property("property"), self._node("object")))
        about = Decision(verdict, statement, reason, who, self._instant(now), correction=self._correction(verdict))
        return about if wide else self._narrowed(about)

    def _narrowed(self, decision: Decision) -> Decision:
        return replace(
            decision,
            document=self._cells["document"],
            words=self._cells.get("words") or None,
            polarity=self._word("polarity", Polarity),
            modality=self._word("modality", Modality),
            speaker=self._entity("speaker") if self._cells.get("speaker") else None,
        )

    def _correction(self, verdict: Verdict) -> Correction | None:
        given = [name for name in _INSTEAD if self._cells.get(name)]
        if (verdict is Verdict.CORRECT) != bool(given):
            raise self._wrong(f"a correction, and only that, needs at least one of {', '.join(_INSTEAD)}")
        if not given:
            return None
        return Correction(
            self._entity("new_subject") if "new_subject" in given else None,
            self._property("new_property") if "new_property" in given else None,
            self._node("new_object") if "new_object" in given else None,
            self._word("new_polarity", Polarity),
            self._word("new_modality", Modality),
        )

    def _entity(self, column: str) -> str:
        node = self._node(column)
        if not isinstance(node, str):
            raise self._wrong(f"the {column} must be an entity's id, such as state/norway, not {self._cells[column]!r}")
        return node

    def _node(self, column: str) -> Node:
        try:
            return parse_node(self._cells[column])
        except ValueError as error:
            raise self._wrong(f"{column}: {error}") from error

    def _property(self, column: str) -> str:
        name = self._cells[column].removeprefix("tg:")
        if name not in vocabulary().properties:
            raise self._wrong(f"the ontology has no statement property {name!r}")
        return name

    def _word(self, column: str, words: type[Word]) -> Word | None:
        cell = self._cells.get(column, "")
        found = next((word for word in words if word.value.casefold() == cell.casefold()), None)
        if cell and found is None:
            raise self._wrong(f"the {column} must be one of {', '.join(words)}, not {cell!r}")
        return found

    def _instant(self, now: datetime | None) -> datetime:
        cell = self._cells.get("decided")
        if not cell:
            if now is None:
                raise self._wrong("it must say when it was decided, as 2024-06-19 or 2024-06-19T08:00:00Z")
            return now
        try:
            instant = datetime.fromisoformat(cell)
        except ValueError as error:
            raise self._wrong(f"{cell!r} is no date or time, such as 2024-06-19 or 2024-06-19T08:00:00Z") from error
        return instant if instant.tzinfo else instant.replace(tzinfo=UTC)

    def _wrong(self, reason: str) -> ResourceError:
        return ResourceError(self._file, reason, line=self._line)


def _about(decision: Decision) -> tuple[object, ...]:
    """What a decision is about: two about the same are one opinion and its revision."""
    return (
        decision.statement,
        decision.document,
        decision.words,
        decision.polarity,
        decision.modality,
        decision.speaker,
    )
