"""One reading as the quads of its document's graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.errors import document_context
from kg.graph import literals
from kg.graph.iris import Names
from kg.graph.plain import plain_statements
from kg.graph.promises import check
from kg.graph.writer import GraphWriter
from kg.model import Document, Evidence, FieldConcept, Mention, Node, PartialDate, Reading, Run, Span, Statement
from kg.review import Reviewed
from kg.vocabulary import canonical, vocabulary

#: Characters of the text that a selector quotes on either side of its own words.
CONTEXT: Final = 32


def document_quads(reading: Reading, names: Names, run: Run | None = None, review: Reviewed | None = None) -> list[Quad]:
    """Write a resolved reading into the named graph of its document, each quad once.

    With a `review` of the reading, what people set aside is marked so and makes no plain triple, and what they corrected
    leads to the review that did.

    The same reading gives the same quads; only those that lead to the run differ from run to run. A statement of a
    symmetric property stands as a plain triple in both directions, so that a query finds it from either end, and as
    one assertion. Raises GraphError if the reading breaks a promise.
    """
    reviewed = review or Reviewed(reading)
    with document_context(reading.document):
        check(reading)
        graph = _DocumentGraph(reading.document, names)
        graph.write_document()
        for entity in reading.entities:
            graph.add_entity(entity)
        for mention in reading.mentions:
            graph.write_mention(mention)
        for evidence in reading.evidence:
            graph.write_assertion(evidence.statement)
        for evidence in distinct(reading.evidence, reading.document, names):
            graph.write_evidence(evidence, None if evidence in reviewed.corrected else run)
            graph.write_review(evidence, reviewed)
        standing = plain_statements(reviewed.standing)
        for evidence in reading.evidence:
            if canonical(evidence.statement) in standing:
                add_plain(graph, canonical(evidence.statement))
        return graph.quads


def distinct(evidence: Iterable[Evidence], document: Document, names: Names) -> list[Evidence]:
    """Return each evidence once, as sure as its surest finding: two may become one when their entities turn out to be one."""
    surest: dict[NamedNode, Evidence] = {}
    for item in evidence:
        name = names.evidence(document.id, item)
        if name not in surest or surest[name].confidence < item.confidence:
            surest[name] = item
    return list(surest.values())


class _DocumentGraph(GraphWriter):
    """Writes what stands in a reading into the graph of its document."""

    def __init__(self, document: Document, names: Names) -> None:
        super().__init__(names.graph(document.id), names)
        self._document, self._source = document, names.document(document.id)

    def write_document(self) -> None:
        document, node = self._document, self._source
        self.add(node, terms.RDF_TYPE, terms.DOCUMENT)
        self.add(node, terms.SHA256, Literal(document.sha256))
        if document.title is not None:
            self.add(node, terms.TITLE, Literal(document.title))
        if document.publisher is not None:
            self.add(node, terms.PUBLISHER, Literal(document.publisher))
        if document.issued is not None:
            self.add(node, terms.ISSUED, literals.day(document.issued))
        if document.url is not None:
            self.add(node, terms.SOURCE, NamedNode(document.url))

    def write_mention(self, mention: Mention) -> None:
        node = self.names.mention(self._document.id, mention)
        self.add(node, terms.RDF_TYPE, terms.MENTION)
        self.add(node, terms.REFERS_TO, self.names.entity(mention.entity))
        self._write_selector(node, mention.span)

    def write_assertion(self, statement: Statement) -> None:
        one = canonical(statement)
        node = self.names.assertion(one)
        self.add(node, terms.RDF_TYPE, terms.ASSERTION)
        self.add(node, terms.RDF_SUBJECT, self.names.entity(one.subject))
        self.add(node, terms.RDF_PREDICATE, NamedNode(terms.TG + one.predicate))
        self.add(node, terms.RDF_OBJECT, node_of(one.object, self.names))

    def write_evidence(self, evidence: Evidence, run: Run | None) -> None:
        node = self.names.evidence(self._document.id, evidence)
        self.add(node, terms.RDF_TYPE, terms.EVIDENCE)
        self.add(node, terms.EVIDENCE_FOR, self.names.assertion(evidence.statement))
        self._write_selector(node, evidence.span)
        self.add(node, terms.POLARITY, NamedNode(terms.TG + evidence.polarity.value))
        self.add(node, terms.MODALITY, NamedNode(terms.TG + evidence.modality.value))
        self.add(node, terms.CONFIDENCE, literals.confidence(evidence.confidence))
        self.add(node, terms.FRAME, Literal(evidence.frame))
        if evidence.speaker is not None:
            self.add(node, terms.ATTRIBUTED_TO, self.names.entity(evidence.speaker))
        if evidence.when is not None:
            self.add(node, terms.WHEN, literals.partial_date(evidence.when))
        if evidence.where is not None:
            self.add(node, terms.WHERE, self.names.entity(evidence.where))
        if evidence.office_title is not None:
            self.add(node, terms.OFFICE_TITLE, Literal(evidence.office_title))
        if run is not None:
            self.add(node, terms.GENERATED_BY, self.names.run(run.id))

    def write_review(self, evidence: Evidence, reviewed: Reviewed) -> None:
        node = self.names.evidence(self._document.id, evidence)
        if not reviewed.stands(evidence):
            self.add(node, terms.REJECTED_BY, self.names.review(reviewed.ruled[evidence]))
        if evidence in reviewed.corrected:
            was = reviewed.corrected[evidence]
            self.add(node, terms.DERIVED_FROM, self.names.evidence(self._document.id, was))
            self.add(node, terms.GENERATED_BY, self.names.review(reviewed.ruled[was]))

    def _write_selector(self, owner: NamedNode, span: Span) -> None:
        text, node = self._document.text, self.names.selector(self._document.id, span)
        self.add(owner, terms.HAS_SOURCE, self._source)
        self.add(owner, terms.HAS_SELECTOR, node)
        self.add(node, terms.RDF_TYPE, terms.POSITION_SELECTOR)
        self.add(node, terms.RDF_TYPE, terms.QUOTE_SELECTOR)
        self.add(node, terms.START, Literal(span.start))
        self.add(node, terms.END, Literal(span.end))
        self.add(node, terms.EXACT, Literal(span.of(text)))
        self.add(node, terms.PREFIX, Literal(text[max(0, span.start - CONTEXT) : span.start]))
        self.add(node, terms.SUFFIX, Literal(text[span.end : span.end + CONTEXT]))


def add_plain(graph: GraphWriter, statement: Statement) -> None:
    """Write a statement as a plain triple; one of a symmetric property in both directions."""
    names, predicate = graph.names, NamedNode(terms.TG + statement.predicate)
    graph.add(names.entity(statement.subject), predicate, node_of(statement.object, names))
    if vocabulary().properties[statement.predicate].symmetric and isinstance(statement.object, str):
        graph.add(names.entity(statement.object), predicate, names.entity(statement.subject))


def node_of(node: Node, names: Names) -> NamedNode | Literal:
    """Return the term for what stands in a statement's object place."""
    match node:
        case FieldConcept(name):
            return NamedNode(terms.TGF + name)
        case PartialDate():
            return literals.partial_date(node)
        case entity:
            return names.entity(entity)
