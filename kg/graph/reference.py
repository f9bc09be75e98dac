"""What the bundled knowledge base knows, as the quads of the reference graph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.errors import GraphError
from kg.graph import literals
from kg.graph.iris import REFERENCE, Names
from kg.graph.writer import GraphWriter
from kg.model import Entity, EntityId, Kind, PartialDate
from kg.reference import Entry, Reference, State
from kg.reference.registrations import registrations

WIKIDATA: Final = "http://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True)
class Known:
    """An entity as the knowledge base has it, with its Wikidata item ("Q408").

    A state may have a capital and ISO codes, an agreement registration numbers ("UNTS I-1021").
    """

    entity: Entity
    wikidata: str | None = None
    capital: EntityId | None = None
    iso2: str | None = None
    iso3: str | None = None
    registrations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person's time in an office of a state or organisation."""

    holder: EntityId
    office_in: EntityId
    title: str
    since: PartialDate | None = None
    until: PartialDate | None = None


def known_facts(ids: Collection[EntityId], reference: Reference) -> Iterator[Known | Tenure]:
    """Yield what the knowledge base knows of those entities that it has, and of their offices in each other."""
    for identifier in sorted(ids):
        entry = reference.by_id.get(identifier)
        if entry is None:
            continue
        told = Known(Entity(entry.id, _kind(entry), entry.name, entry.names), entry.qid)
        if isinstance(entry, State):
            capital = entry.capital if entry.capital in ids else None
            told = replace(told, capital=capital, iso2=entry.iso2, iso3=entry.iso3)
        told = replace(told, registrations=registrations().get(entry.id, ()))
        yield told
        for office in reference.offices_of(entry.id):
            if office.of in ids:
                yield Tenure(entry.id, office.of, office.title, office.began, office.ended)


def _kind(entry: Entry) -> Kind:
    """Return the kind of an entry, which its id begins with."""
    return next(kind for kind in Kind if entry.id.startswith(f"{kind.lower()}/"))


def reference_quads(facts: Iterable[Known | Tenure], names: Names) -> list[Quad]:
    """Write facts of the knowledge base into the reference graph.

    None of them uses a statement property, so they are never mixed with what documents say; the Wikidata item is a
    skos:exactMatch, as owl:sameAs is for links that were decided on evidence.
    """
    graph = GraphWriter(names.shared_graph(REFERENCE), names)
    for fact in facts:
        match fact:
            case Known():
                _write_known(graph, fact)
            case Tenure():
                _write_tenure(graph, fact)
    return graph.quads


def _write_known(graph: GraphWriter, known: Known) -> None:
    node = graph.add_entity(known.entity)
    if known.wikidata is not None:
        if not re.fullmatch(r"Q[1-9]\d*", known.wikidata):
            raise GraphError(f"{known.entity.id!r}: {known.wikidata!r} is no Wikidata item; it must look like Q408")
        graph.add(node, terms.EXACT_MATCH, NamedNode(WIKIDATA + known.wikidata))
    if known.capital is not None:
        graph.add(node, terms.CAPITAL, graph.names.entity(known.capital))
    for term, code in ((terms.ISO_ALPHA_2, known.iso2), (terms.ISO_ALPHA_3, known.iso3)):
        if code is not None:
            graph.add(node, term, Literal(code))
    for number in known.registrations:
        graph.add(node, terms.REGISTRATION_NUMBER, Literal(number))


def _write_tenure(graph: GraphWriter, tenure: Tenure) -> None:
    node = graph.names.tenure(tenure.holder, tenure.office_in, tenure.title, tenure.since)
    graph.add(node, terms.RDF_TYPE, terms.TENURE)
    graph.add(node, terms.OFFICE_HOLDER, graph.names.entity(tenure.holder))
    graph.add(node, terms.OFFICE_IN, graph.names.entity(tenure.office_in))
    graph.add(node, terms.OFFICE_TITLE, Literal(tenure.title))
    if tenure.since is not None:
        graph.add(node, terms.SINCE, literals.partial_date(tenure.since))
    if tenure.until is not None:
        graph.add(node, terms.UNTIL, literals.partial_date(tenure.until))
