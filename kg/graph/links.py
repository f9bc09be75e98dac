"""Identity of entities and the reasons for it, as the quads of the links graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.errors import GraphError
from kg.graph import literals
from kg.graph.iris import LINKS, Names
from kg.graph.writer import GraphWriter
from kg.model import Identification, Link


def link_quads(links: Iterable[Link], names: Names, identifications: Iterable[Identification] = ()) -> list[Quad]:
    """Write links into the links graph, each as its triple and as a node with confidence, reason and origin.

    Identifications become nodes that say which name is which entity, by which tier, and why.

    A target is the IRI of something in an outside knowledge base or the id of another entity. Of several links
    between the same two, an accepted one goes before a candidate, and then the surest one; the others are left out.
    """
    graph = GraphWriter(names.shared_graph(LINKS), names)
    for link in _best(links):
        node, entity, target = names.link(link), names.entity(link.entity), _target(link, names)
        predicate = terms.SAME_AS if link.accepted else terms.CLOSE_MATCH
        graph.add(entity, predicate, target)
        graph.add(node, terms.RDF_TYPE, terms.LINK)
        graph.add(node, terms.RDF_SUBJECT, entity)
        graph.add(node, terms.RDF_PREDICATE, predicate)
        graph.add(node, terms.RDF_OBJECT, target)
        graph.add(node, terms.CONFIDENCE, literals.confidence(link.confidence))
        graph.add(node, terms.REASON, Literal(link.reason))
        if link.source is not None:
            graph.add(node, terms.SOURCE, _iri(link, link.source))
        if link.on is not None:
            graph.add(node, terms.DATE, literals.day(link.on))
        if link.author is not None:
            graph.add(node, terms.CREATOR, Literal(link.author))
    for found in _merged(identifications, names):
        _write_identification(graph, found)
    return graph.quads


def _write_identification(graph: GraphWriter, found: Identification) -> None:
    node = graph.names.identification(found)
    graph.add(node, terms.RDF_TYPE, terms.IDENTIFICATION)
    graph.add(node, terms.IDENTIFIES, graph.names.entity(found.entity))
    graph.add(node, terms.WRITTEN, Literal(found.name))
    graph.add(node, terms.TIER, Literal(found.tier))
    graph.add(node, terms.REASON, Literal(found.reason))
    graph.add(node, terms.CONFIDENCE, literals.confidence(found.confidence))
    for document in found.documents:
        graph.add(node, terms.HAS_SOURCE, graph.names.document(document))


def _merged(identifications: Iterable[Identification], names: Names) -> list[Identification]:
    """Identifications for the same reason as one, as sure as the surest, for all their documents.

    One without documents holds wherever the name stands, so it needs none of the others'.
    """
    merged: dict[NamedNode, Identification] = {}
    for found in identifications:
        other = merged.setdefault(names.identification(found), found)
        documents = {*found.documents, *other.documents} if found.documents and other.documents else ()
        confidence = max(found.confidence, other.confidence)
        merged[names.identification(found)] = replace(found, confidence=confidence, documents=tuple(sorted(documents)))
    return list(merged.values())


def _best(links: Iterable[Link]) -> list[Link]:
    ordered = sorted(links, key=lambda link: (not link.accepted, -link.confidence, link.entity, link.target, link.reason))
    best: dict[tuple[str, str], Link] = {}
    for link in ordered:
        if not 0 <= link.confidence <= 1:
            raise GraphError(f"the link of {link.entity!r} to {link.target!r} needs a confidence from 0 to 1")
        best.setdefault((link.entity, link.target), link)
    return list(best.values())


def _target(link: Link, names: Names) -> NamedNode:
    if ":" not in link.target:
        return names.entity(link.target)
    return _iri(link, link.target)


def _iri(link: Link, text: str) -> NamedNode:
    try:
        return NamedNode(text)
    except ValueError as error:
        raise GraphError(f"a link of {link.entity!r} names {text!r}, which is no IRI: {error}") from error
