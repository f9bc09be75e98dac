"""One row per evidence, as CSV (RFC 4180, UTF-8), for spreadsheets and data frames.

A cell that a spreadsheet would take for a formula is given an apostrophe in front, and so that this can be undone, one
that begins with an apostrophe is too: `text` takes it away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, Final

from pyoxigraph import NamedNode

from kg import terms
from kg.exchange.calling import Directory
from kg.exchange.cases import Case, Part, Testimony, cases
from kg.exchange.exporters import CHOICE, Progress, Tally, Wishes, exporter
from kg.store import Store
from kg.store.base import Term
from kg.store.resolve import base_of

COLUMNS: Final = (
    *("assertion", "evidence", "subject", "subject_label", "subject_wikidata", "property"),
    *("object", "object_label", "object_wikidata", "value", "polarity", "modality"),
    *("speaker", "speaker_label", "when", "where", "where_label", "office_title", "confidence", "stands"),
    *("document", "title", "publisher", "issued", "url", "start", "end", "words", "frame", "run", "rejected_by"),
)
_ALIVE: Final = ("=", "+", "-", "@", "'", "\t", "\r")
_AT_A_TIME: Final = 200


@exporter("kg.csv.v1", "a table with one row per evidence, for spreadsheets and data frames", CHOICE)
def write(store: Store, wishes: Wishes, out: IO[bytes], progress: Progress) -> Tally:
    """Write one row per evidence, under a row of column names."""
    tally, directory = Tally("evidence"), Directory(store, base_of(store))
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer, lineterminator="\r\n")
    table.writerow(COLUMNS)
    told = cases(store, wishes, progress)
    while some := list(islice(told, _AT_A_TIME)):
        directory.learn(chain.from_iterable(_named(case) for case in some))
        for row in chain.from_iterable(_rows(case, directory) for case in some):
            table.writerow(map(cell, row))
            tally.written += 1
        out.write(buffer.getvalue().encode())
        buffer.seek(0)
        buffer.truncate()
    out.write(buffer.getvalue().encode())
    return tally


def cell(value: str) -> str:
    """Make a value harmless to a spreadsheet.

    >>> cell("=1+1"), cell("'quoted'"), cell("Oslo")
    ("'=1+1", "''quoted'", 'Oslo')
    """
    return "'" + value if value.startswith(_ALIVE) else value


def text(cell: str) -> str:
    """Return the value that a cell stands for.

    >>> text(cell("=1+1")), text("Oslo")
    ('=1+1', 'Oslo')
    """
    return cell[1:] if cell.startswith("'") else cell


def _named(case: Case) -> Iterator[Term | None]:
    yield from (case.subject, case.object)
    for told in case.testimony:
        yield from (told.evidence.get(terms.ATTRIBUTED_TO), told.evidence.get(terms.WHERE))


def _rows(case: Case, directory: Directory) -> Iterator[Iterable[str]]:
    subject = directory[case.subject]
    entity = directory[case.object] if isinstance(case.object, NamedNode) else None
    value = "" if entity else case.object.value
    for told in case.testimony:
        yield (
            directory.id(case.assertion.value),
            directory.id(told.evidence.node.value),
            *(subject.id, subject.label, " ".join(subject.items)),
            case.predicate.value.removeprefix(terms.TG),
            *((entity.id, entity.label, " ".join(entity.items)) if entity else ("", "", "")),
            value,
            *_circumstances(told.evidence, directory),
            "yes" if case.stands_by(told) else "no",
            *_source(told, directory),
        )


def _circumstances(evidence: Part, directory: Directory) -> Iterator[str]:
    for aspect in (terms.POLARITY, terms.MODALITY):
        yield (evidence.text(aspect) or "").removeprefix(terms.TG)
    for place in (terms.ATTRIBUTED_TO, terms.WHEN, terms.WHERE):
        thing = evidence.get(place)
        yield directory.id(thing.value) if isinstance(thing, NamedNode) else thing.value if thing else ""
        if place != terms.WHEN:
            yield directory[thing].label if isinstance(thing, NamedNode) else ""
    yield evidence.text(terms.OFFICE_TITLE) or ""
    yield evidence.text(terms.CONFIDENCE) or ""


def _source(told: Testimony, directory: Directory) -> Iterator[str]:
    yield directory.id(told.document.node.value)
    for about in (terms.TITLE, terms.PUBLISHER, terms.ISSUED, terms.SOURCE):
        yield told.document.text(about) or ""
    for about in (terms.START, terms.END, terms.EXACT):
        yield told.selector.text(about) or ""
    yield told.evidence.text(terms.FRAME) or ""
    yield directory.id(told.run.node.value) if told.run else ""
    rejected = told.evidence.text(terms.REJECTED_BY)
    yield directory.id(rejected) if rejected else ""
