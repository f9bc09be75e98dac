"""Statements for Wikidata, as QuickStatements in the syntax V1: what stands in the graph about things with accepted links.

One line per statement and reference; adding a statement that the item has already adds the reference to it. A line has
tabs between its columns, and a text stands between quotation marks, verbatim: the syntax knows no escapes.
Source: https://www.wikidata.org/wiki/Help:QuickStatements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import IO, Final

from pyoxigraph import Literal, NamedNode

from kg import terms
from kg.exchange.calling import WIKIDATA, Directory
from kg.exchange.cases import PREAMBLE, Case, Testimony, cases
from kg.exchange.counterparts import Counterpart, counterparts
from kg.exchange.exporters import CHOICE, Progress, Tally, Wishes, exporter
from kg.store import Store
from kg.store.base import Term, rows

#: How sure evidence must be where nothing else is wished.
SURE: Final = 0.9
#: References for one statement, each of another publisher.
_MOST: Final = 3
#: Characters beyond which a quotation is left out, as Wikidata takes no longer ones everywhere.
_LONGEST: Final = 400
_AT_A_TIME: Final = 200

_URL, _TITLE, _ISSUED, _PUBLISHER, _RETRIEVED, _QUOTATION = "S854", "S1476", "S577", "S123", "S813", "S1683"
_PRECISION: Final = {4: ("-00-00", 9), 7: ("-00", 10), 10: ("", 11)}
_ORGANISATION: Final = """SELECT DISTINCT ?item {{
  GRAPH ?g {{ ?one skos:prefLabel {name} ; a tg:Organization }} GRAPH ?h {{ ?one owl:sameAs ?item }}
}}"""


@exporter("kg.wikidata.v1", "QuickStatements with references, of what stands about things with Wikidata items", CHOICE)
def write(store: Store, wishes: Wishes, out: IO[bytes], progress: Progress) -> Tally:
    """Write the statements that have counterparts on Wikidata; count what is left out by reason."""
    tally, sheet = Tally("statements"), _Sheet(store)
    told = cases(store, replace(wishes, confidence=SURE if wishes.confidence is None else wishes.confidence), progress)
    while some := list(islice(told, _AT_A_TIME)):
        sheet.directory.learn(thing for case in some for thing in (case.subject, case.object))
        for case in some:
            if (reason := sheet.reason_against(case)) is not None:
                tally.left_out[reason] += 1
                continue
            for counterpart in sheet.counterparts(case):
                out.write("".join(line + "\n" for line in sheet.lines(case, counterpart)).encode())
                tally.written += 1
    return tally


class _Sheet:
    """Turns cases into lines, and knows the items of things and publishers."""

    def __init__(self, store: Store) -> None:
        self.directory = Directory(store, None)
        self._store = store
        self._publishers: dict[str, str | None] = {}

    def counterparts(self, case: Case) -> tuple[Counterpart, ...]:
        return counterparts().mapped[_name(case)]

    def reason_against(self, case: Case) -> str | None:
        """Why a case is left out, or None."""
        if (name := _name(case)) not in counterparts().mapped:
            return f"{name}: {counterparts().left_out[name]}"
        if not case.stands or not _supporting(case):
            return "denied, hedged, or said only by others"
        for thing in (case.subject, case.object):
            if isinstance(thing, NamedNode) and len(items := self.directory[thing].items) != 1:
                return "a thing has more than one Wikidata item" if items else "a thing has no accepted Wikidata item"
        return None

    def lines(self, case: Case, counterpart: Counterpart) -> Iterator[str]:
        """One line for each of the surest references."""
        ends = [self._value(case.subject), self._value(case.object)]
        if counterpart.inverse:
            ends.reverse()
        statement = [ends[0], counterpart.property, ends[1], *_qualifier(case, counterpart)]
        for told in _references(case):
            yield "\t".join([*statement, *self._source(told)])

    def _value(self, term: Term) -> str:
        return _time(term.value) if isinstance(term, Literal) else self.directory[term].items[0]

    def _source(self, told: Testimony) -> Iterator[str]:
        document = told.document
        url, issued = document.text(terms.SOURCE), document.text(terms.ISSUED)
        if url:
            yield from (_URL, f'"{url}"')
        if title := _line(document.text(terms.TITLE)):
            yield from (_TITLE, f'en:"{title}"')
        if issued:
            yield from (_ISSUED, _time(issued))
        if item := self._publisher(document.text(terms.PUBLISHER)):
            yield from (_PUBLISHER, item)
        if url and told.run and (read := told.run.text(terms.STARTED)):
            yield from (_RETRIEVED, _time(read[:10]))
        if (words := _line(told.selector.text(terms.EXACT))) and len(words) <= _LONGEST:
            yield from (_QUOTATION, f'en:"{words}"')

    def _publisher(self, name: str | None) -> str | None:
        """The item of the one organisation in the graph that is called like the publisher."""
        if name is None:
            return None
        if name not in self._publishers:
            query = PREAMBLE + _ORGANISATION.format(name=Literal(name, language="en"))
            found = {row["item"].value for row in rows(self._store, query) if row["item"].value.startswith(WIKIDATA)}
            self._publishers[name] = found.pop().removeprefix(WIKIDATA) if len(found) == 1 else None
        return self._publishers[name]


def _name(case: Case) -> str:
    return case.predicate.value.removeprefix(terms.TG)


def _supporting(case: Case) -> list[Testimony]:
    """What lets the case stand; if only a person's acceptance does, what affirms it."""
    standing = [told for told in case.testimony if case.stands_by(told)]
    return standing or [told for told in case.testimony if told.affirmed and not told.rejected]


def _references(case: Case) -> list[Testimony]:
    """The surest testimony of each publisher: first what has an address, then what is said in the article's own voice."""

    def rank(told: Testimony) -> tuple[bool, bool, float]:
        return terms.SOURCE not in told.document.facts, terms.ATTRIBUTED_TO in told.evidence.facts, -told.confidence

    best: dict[str, Testimony] = {}
    for told in sorted(_supporting(case), key=rank):
        best.setdefault(told.document.text(terms.PUBLISHER) or told.document.node.value, told)
    return list(best.values())[:_MOST]


def _qualifier(case: Case, counterpart: Counterpart) -> list[str]:
    """When it happened, as the surest testimony that knows it has it."""
    if counterpart.when is None:
        return []
    knowing = [told for told in _supporting(case) if told.evidence.text(terms.WHEN)]
    surest = max(knowing, key=lambda told: told.confidence, default=None)
    return [counterpart.when, _time(surest.evidence.text(terms.WHEN) or "")] if surest else []


def _time(date: str) -> str:
    """Write a day, month or year with its precision.

    >>> _time("2024-06-19"), _time("2024-06"), _time("2024")
    ('+2024-06-19T00:00:00Z/11', '+2024-06-00T00:00:00Z/10', '+2024-00-00T00:00:00Z/9')
    """
    rest, precision = _PRECISION[len(date)]
    return f"+{date}{rest}T00:00:00Z/{precision}"


def _line(text: str | None) -> str:
    """A text on one line, as a column can hold it."""
    return " ".join((text or "").split())
