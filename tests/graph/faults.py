"""A good graph, and every way in which one thing in it can be wrong, with the shape that must say so."""

from __future__ import annotations

from dataclasses import dataclass

import river_treaty
from pyoxigraph import Literal, NamedNode, Quad
from river_treaty import CITY, LIND, NORLAND, REVE, RUN, TREATY, WEST

from kg.graph import Names, document_quads
from kg.model import Statement
from kg.terms import term

NAMES = Names()
GRAPH = NAMES.graph("river-treaty")
DOCUMENT = NAMES.document("river-treaty")
GOOD = document_quads(river_treaty.reading(), NAMES, RUN)


def quad(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(subject, term(predicate), value, GRAPH)


def literal(value: str, datatype: str) -> Literal:
    return Literal(value, datatype=term(datatype))


def first(predicate: str, value: NamedNode | Literal | None = None) -> Quad:
    """The first quad of the good graph with this predicate."""
    return next(q for q in GOOD if q.predicate == term(predicate) and value in (None, q.object))


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an otherwise good graph, and the shape that must say so."""

    shape: str
    without: tuple[Quad, ...] = ()
    plus: tuple[Quad, ...] = ()

    def graph(self) -> list[Quad]:
        return [*(q for q in GOOD if q not in self.without), *self.plus]


def replaced(shape: str, old: Quad, value: NamedNode | Literal) -> Fault:
    return Fault(shape, (old,), (Quad(old.subject, old.predicate, value, GRAPH),))


def doubled(shape: str, old: Quad, value: NamedNode | Literal) -> Fault:
    return Fault(shape, (), (Quad(old.subject, old.predicate, value, GRAPH),))


def missing(shape: str, predicate: str) -> Fault:
    return Fault(shape, (first(predicate),))


ACCUSATION = NAMES.assertion(Statement(WEST, "accused", NORLAND))
MEETING = NAMES.assertion(Statement(LIND, "metWith", REVE))
SIGNED_ON = first("tg:dateSigned")
A_SPEAKER, A_TIME, A_PLACE = first("prov:wasAttributedTo"), first("tg:when"), first("tg:where")
OTHER = NamedNode("urn:other")

FAULTS = {
    "a document without a digest": missing("DocumentDigest", "tg:sha256"),
    "a digest in capitals": replaced("DocumentDigest", first("tg:sha256"), Literal("A" * 64)),
    "a document with two titles": doubled("DocumentTitle", first("dcterms:title"), Literal("Another title")),
    "an issue date that is a string": replaced("DocumentIssued", first("dcterms:issued"), Literal("5 May 2031")),
    "a source address that is a string": replaced("DocumentAddress", first("dcterms:source"), Literal("gazette.example")),
    "two documents in one graph": Fault("OneDocument", (), (quad(OTHER, "rdf:type", term("tg:Document")),)),
    "a mention of nothing": missing("MentionOfEntity", "tg:refersTo"),
    "a mention of two things": doubled("MentionOfEntity", first("tg:refersTo"), NAMES.entity(CITY)),
    "a mention without a selector": Fault("WordsSelected", (first("oa:hasSelector"),)),
    "a mention from another document": replaced("WordsFromDocument", first("oa:hasSource"), NAMES.document("elsewhere")),
    "a selector without a start": missing("SelectorStart", "oa:start"),
    "a start below zero": replaced("SelectorStart", first("oa:start"), Literal(-1)),
    "a start that is a decimal": replaced("SelectorStart", first("oa:start"), literal("1.5", "xsd:decimal")),
    "a selector that ends before it starts": replaced("SelectorOrder", first("oa:end"), Literal(0)),
    "a selector without its words": missing("SelectorExact", "oa:exact"),
    "a selector with too many words": replaced("SelectorLength", first("oa:exact"), Literal("Ada Lind and others")),
    "a selector without the words before it": missing("SelectorPrefix", "oa:prefix"),
    "an entity without a label": missing("EntityLabel", "skos:prefLabel"),
    "a label without a language": replaced("EntityLabel", first("skos:prefLabel"), Literal("Ada Lind")),
    "an entity of two kinds": Fault("EntityKind", (), (quad(NAMES.entity(LIND), "rdf:type", term("tg:State")),)),
    "an entity of no kind": Fault("EntityKind", (quad(NAMES.entity(CITY), "rdf:type", term("tg:Place")),)),
    "a pact that is no agreement": Fault("AgreementClass", (quad(NAMES.entity(TREATY), "rdf:type", term("tg:Agreement")),)),
    "an assertion without a subject": missing("AssertionSubject", "rdf:subject"),
    "an assertion with an unknown predicate": replaced("AssertionPredicate", first("rdf:predicate"), term("tg:admired")),
    "an assertion with two objects": doubled("AssertionObject", first("rdf:object"), NAMES.entity(WEST)),
    "an assertion that nobody makes": Fault("AssertionHasEvidence", (first("tg:evidenceFor", ACCUSATION),)),
    "one statement as two assertions": Fault(
        "OneAssertion", (), tuple(Quad(OTHER, q.predicate, q.object, GRAPH) for q in GOOD if q.subject == ACCUSATION)
    ),
    "both directions of a meeting as two assertions": Fault(
        "OneAssertion",
        (),
        (
            quad(OTHER, "rdf:type", term("tg:Assertion")),
            quad(OTHER, "rdf:subject", NAMES.entity(REVE)),
            quad(OTHER, "rdf:predicate", term("tg:metWith")),
            quad(OTHER, "rdf:object", NAMES.entity(LIND)),
        ),
    ),
    "an evidence for nothing": missing("EvidenceForAssertion", "tg:evidenceFor"),
    "an evidence without polarity": missing("EvidencePolarity", "tg:polarity"),
    "an unknown polarity": replaced("EvidencePolarity", first("tg:polarity"), term("tg:Actual")),
    "two modalities": doubled("EvidenceModality", first("tg:modality"), term("tg:Planned")),
    "a confidence above one": replaced("EvidenceConfidence", first("tg:confidence"), literal("1.1", "xsd:decimal")),
    "a confidence that is a double": replaced("EvidenceConfidence", first("tg:confidence"), literal("9.0E-1", "xsd:double")),
    "an evidence that no frame found": missing("EvidenceFrame", "tg:frame"),
    "two speakers": doubled("EvidenceSpeaker", A_SPEAKER, NAMES.entity(NORLAND)),
    "a place that speaks": replaced("EvidenceQualifiers", A_SPEAKER, NAMES.entity(CITY)),
    "a time that is a string": replaced("EvidenceQualifiers", A_TIME, Literal("in May")),
    "something that happened in a person": replaced("EvidenceQualifiers", A_PLACE, NAMES.entity(LIND)),
    "an office title that is no string": replaced("EvidenceOfficeTitle", first("tg:officeTitle"), term("tg:Person")),
    "two runs": doubled("EvidenceRun", first("prov:wasGeneratedBy"), NAMES.run("another")),
    "a date signed that is no date": Fault(
        "ObjectInRange",
        tuple(q for q in GOOD if q.object == SIGNED_ON.object and q.predicate == term("rdf:object")),
        tuple(
            Quad(q.subject, q.predicate, Literal("May"), GRAPH)
            for q in GOOD
            if q.object == SIGNED_ON.object and q.predicate == term("rdf:object")
        ),
    ),
    "a plain triple of what is denied": Fault(
        "PlainTripleLicensed", (), (quad(NAMES.entity(TREATY), "tg:party", NAMES.entity(WEST)),)
    ),
    "a plain triple of what is alleged": Fault(
        "PlainTripleLicensed", (), (quad(NAMES.entity(NORLAND), "tg:threatened", NAMES.entity(WEST)),)
    ),
    "a plain triple that only a stranger says": Fault(
        "PlainTripleLicensed", (), (quad(NAMES.entity("state/estmark"), "tg:attacked", NAMES.entity(WEST)),)
    ),
    "a plain triple the wrong way round": Fault(
        "PlainTripleLicensed", (), (quad(NAMES.entity(NORLAND), "tg:accused", NAMES.entity(WEST)),)
    ),
    "a plain triple about what is never asserted": Fault(
        "PlainTripleAsserted", (), (quad(NAMES.entity(CITY), "tg:attacked", NAMES.entity(CITY)),)
    ),
    "a fact without its plain triple": missing("PlainTripleStands", "tg:accused"),
    "a leader's word without its plain triple": missing("PlainTripleStands", "tg:supports"),
}
