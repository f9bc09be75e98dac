"""The promises that a reading must keep before it is written down."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import NamedNode

from kg.errors import GraphError
from kg.model import Document, Entity, EntityId, Evidence, FieldConcept, Kind, Node, PartialDate, Reading, Span
from kg.vocabulary import End, Value, vocabulary

SPEAKERS: Final = frozenset({Kind.PERSON, Kind.STATE, Kind.ORGANIZATION})
LOCATIONS: Final = frozenset({Kind.PLACE, Kind.STATE})


def check(reading: Reading) -> None:
    """Raise GraphError, naming document and span, at the first promise that the reading breaks.

    Promised are: every span holds words of the text, every entity that is named is known and its id begins with its
    kind, every statement's ends are of kinds that its property allows, every confidence lies between 0 and 1.
    """
    _check_document(reading.document)
    kinds = _check_entities(reading)
    for mention in reading.mentions:
        _check_span(reading.document, mention.span)
        if mention.entity not in kinds:
            raise _broken(reading, f"a mention refers to {mention.entity!r}, which the reading does not know", mention.span)
    for evidence in reading.evidence:
        _check_span(reading.document, evidence.span)
        _check_statement(reading, evidence, kinds)
        _check_qualifiers(reading, evidence, kinds)


def _check_document(document: Document) -> None:
    if document.url is not None:
        try:
            NamedNode(document.url)
        except ValueError as error:
            raise GraphError(f"the address {document.url!r} is no absolute IRI: {error}", document=document.id) from error


def _check_entities(reading: Reading) -> dict[EntityId, Kind]:
    classes = vocabulary().classes
    kinds: dict[EntityId, Kind] = {}
    for entity in reading.entities:
        if entity.id in kinds:
            raise _broken(reading, f"the entity {entity.id!r} stands in the reading twice")
        kinds[entity.id] = entity.kind
        _check_id(reading, entity)
        if entity.subtype is not None and classes.get(entity.subtype) is not entity.kind:
            raise _broken(reading, f"{entity.id!r} is a {entity.kind}, so it cannot be a {entity.subtype!r}")
    return kinds


def _check_id(reading: Reading, entity: Entity) -> None:
    prefix = f"{entity.kind.lower()}/"
    if not entity.id.startswith(prefix) or entity.id == prefix:
        raise _broken(reading, f"the id of the {entity.kind} {entity.id!r} must be {prefix!r} and a slug; resolve identity first")


def _check_span(document: Document, span: Span) -> None:
    if span.start == span.end or span.end > len(document.text):
        length = len(document.text)
        raise GraphError(f"a span must hold words of the text, which has {length} characters", document=document.id, span=span)


def _check_statement(reading: Reading, evidence: Evidence, kinds: dict[EntityId, Kind]) -> None:
    statement = evidence.statement
    known = vocabulary().properties.get(statement.predicate)
    if known is None:
        raise _broken(reading, f"the ontology has no statement property {statement.predicate!r}", evidence.span)
    for role, node, allowed in (("subject", statement.subject, known.domain), ("object", statement.object, known.range)):
        end = _end(reading, node, kinds, evidence.span)
        if end not in allowed:
            raise _broken(
                reading,
                f"the {role} of tg:{known.name} must be one of {_names(allowed)}, not {node!r}, a {end}",
                evidence.span,
            )


def _end(reading: Reading, node: Node, kinds: dict[EntityId, Kind], span: Span) -> End:
    match node:
        case PartialDate():
            return Value.DATE
        case FieldConcept(name):
            if name not in vocabulary().fields:
                raise _broken(reading, f"there is no field {name!r} in fields.ttl", span)
            return Value.FIELD
        case entity:
            if entity not in kinds:
                raise _broken(reading, f"a statement is about {entity!r}, which the reading does not know", span)
            return kinds[entity]


def _check_qualifiers(reading: Reading, evidence: Evidence, kinds: dict[EntityId, Kind]) -> None:
    for role, entity, allowed in (("speaker", evidence.speaker, SPEAKERS), ("place", evidence.where, LOCATIONS)):
        if entity is not None and kinds.get(entity) not in allowed:
            raise _broken(reading, f"the {role} {entity!r} must be a known {_names(allowed)}", evidence.span)
    if not 0 <= evidence.confidence <= 1:
        raise _broken(reading, f"the confidence must lie between 0 and 1, not {evidence.confidence}", evidence.span)
    if not evidence.frame:
        raise _broken(reading, "an evidence must name the frame that found it", evidence.span)


def _names(ends: Iterable[End]) -> str:
    return " or ".join(sorted(ends))


def _broken(reading: Reading, message: str, span: Span | None = None) -> GraphError:
    return GraphError(message, document=reading.document.id, span=span)
