"""Assertions as a sheet on which a person decides, and decisions held against what a store knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from kg.errors import ResourceError
from kg.graph.iris import Names
from kg.model import FieldConcept, Kind, Node, PartialDate, Statement
from kg.review import COLUMNS
from kg.review.files import show_node
from kg.rulings import Decision
from kg.store.base import Store, rows
from kg.store.corroboration import corroboration
from kg.store.provenance import accounts
from kg.store.testimony import Account, Testimony
from kg.terms import TG, TGF
from kg.vocabulary import End, Value, vocabulary

#: The sheet's columns: those of a decision, then what helps to take it.
SHEET: Final = (
    *COLUMNS,
    *("subject_name", "object_name", "speaker_name", "publisher", "issued", "before", "after", "link"),
    *("confidence", "combined_confidence", "disagreement", "supporting", "denying", "hedging"),
)
_KNOWN: Final = (
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> SELECT ?name {{ GRAPH ?g {{ {thing} skos:prefLabel ?name }} }} LIMIT 1"
)


def sheet(told: Iterable[Account], base: str) -> Iterator[dict[str, str]]:
    """Yield a row for each evidence that counts, with the verdict left open."""
    for account in told:
        found = corroboration(account)
        for one in account.counted:
            cells = {
                "scope": "evidence",
                "subject": _id(account.subject.id, base),
                "property": account.predicate.id.removeprefix(TG),
                "object": _id(account.object.id, base),
                "document": _id(one.source.document, base).removeprefix("document/"),
                "words": one.quote.exact,
                "polarity": one.polarity,
                "modality": one.modality,
                "speaker": _id(one.speaker.id, base) if one.speaker else "",
                "subject_name": account.subject.label,
                "object_name": account.object.label,
                "speaker_name": one.speaker.label if one.speaker else "",
                "publisher": one.source.publisher or "",
                "issued": one.source.issued or "",
                "before": " ".join(one.quote.prefix.split()),
                "after": " ".join(one.quote.suffix.split()),
                "link": one.source.url or one.source.document,
                "confidence": f"{one.confidence:.4g}",
                "combined_confidence": f"{found.confidence:.4g}",
                "disagreement": f"{found.disagreement:.4g}",
                "supporting": str(found.supporting),
                "denying": str(found.denying),
                "hedging": str(found.hedging),
            }
            yield {column: cells.get(column, "") for column in SHEET}


def hold_against(store: Store, names: Names, file: Path, decisions: Iterable[tuple[int, Decision]]) -> None:
    """Raise ResourceError, with the line, at the first decision that is about nothing in the store or cannot be written.

    A correction must speak of what the graph knows, and of kinds that the property allows.
    """
    for line, decision in decisions:
        told = accounts(store, names.assertion(decision.statement))
        if not any(_concerns(decision, one, names.base) for account in told for one in account.testimony):
            what = decision.statement
            raise ResourceError(
                file,
                f"the graph has no such evidence for {what.subject} {what.predicate} {show_node(what.object)}",
                line=line,
            )
        if decision.correction is not None:
            _check_correction(store, names, file, line, decision)


def _check_correction(store: Store, names: Names, file: Path, line: int, decision: Decision) -> None:
    right = decision.correction
    was = decision.statement
    if right is None:
        return
    statement = Statement(right.subject or was.subject, right.predicate or was.predicate, right.object or was.object)
    known = vocabulary().properties[statement.predicate]
    for node, allowed in ((statement.subject, known.domain), (statement.object, known.range)):
        if _end(node) not in allowed:
            kinds = " or ".join(sorted(allowed))
            raise ResourceError(file, f"{show_node(node)!r} cannot stand there: tg:{known.name} wants a {kinds}", line=line)
        if isinstance(node, str) and not rows(store, _KNOWN.format(thing=names.entity(node))):
            raise ResourceError(file, f"nothing in the graph has the id {node!r}", line=line)


def _concerns(decision: Decision, one: Testimony, base: str) -> bool:
    if decision.document is None:
        return True
    return (
        decision.document == _id(one.source.document, base).removeprefix("document/")
        and decision.words in (None, one.quote.exact)
        and decision.polarity in (None, one.polarity)
        and decision.modality in (None, one.modality)
        and decision.speaker in (None, _id(one.speaker.id, base) if one.speaker else None)
    )


def _end(node: Node) -> End | None:
    match node:
        case PartialDate():
            return Value.DATE
        case FieldConcept():
            return Value.FIELD
        case entity:
            return next((kind for kind in Kind if entity.startswith(f"{kind.lower()}/")), None)


def _id(iri: str, base: str) -> str:
    """An IRI of the graph as the id behind it; a field as `parse_node` reads it, and a date as it is."""
    return f"tgf:{iri.removeprefix(TGF)}" if iri.startswith(TGF) else unquote(iri.removeprefix(base))
