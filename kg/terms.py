"""Namespaces and the single terms that the writers use; what they mean stands in `ontology/`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from pyoxigraph import NamedNode

TG: Final = "https://w3id.org/treatygraph/ontology#"
TGF: Final = "https://w3id.org/treatygraph/field#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"

#: The prefixes that exports, queries and the JSON-LD context share.
PREFIXES: Final = MappingProxyType(
    {
        "tg": TG,
        "tgf": TGF,
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "owl": "http://www.w3.org/2002/07/owl#",
        "xsd": XSD,
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "prov": "http://www.w3.org/ns/prov#",
        "dcterms": "http://purl.org/dc/terms/",
        "schema": "https://schema.org/",
        "oa": "http://www.w3.org/ns/oa#",
        "void": "http://rdfs.org/ns/void#",
        "dcat": "http://www.w3.org/ns/dcat#",
        "sh": "http://www.w3.org/ns/shacl#",
        "vann": "http://purl.org/vocab/vann/",
        "vs": "http://www.w3.org/2003/06/sw-vocab-status/ns#",
    }
)


def term(curie: str) -> NamedNode:
    """Return the term that a prefixed name stands for.

    >>> term("tg:Evidence")
    <NamedNode value=https://w3id.org/treatygraph/ontology#Evidence>
    """
    prefix, _, name = curie.partition(":")
    return NamedNode(PREFIXES[prefix] + name)


RDF_TYPE: Final = term("rdf:type")
RDF_SUBJECT: Final = term("rdf:subject")
RDF_PREDICATE: Final = term("rdf:predicate")
RDF_OBJECT: Final = term("rdf:object")
REIFIES: Final = term("rdf:reifies")
RDF_FIRST: Final = term("rdf:first")
RDF_REST: Final = term("rdf:rest")
RDF_NIL: Final = term("rdf:nil")
LABEL: Final = term("rdfs:label")
SUBCLASS_OF: Final = term("rdfs:subClassOf")
DOMAIN: Final = term("rdfs:domain")
RANGE: Final = term("rdfs:range")
UNION_OF: Final = term("owl:unionOf")
SYMMETRIC: Final = term("owl:SymmetricProperty")
SAME_AS: Final = term("owl:sameAs")

PREF_LABEL: Final = term("skos:prefLabel")
ALT_LABEL: Final = term("skos:altLabel")
CLOSE_MATCH: Final = term("skos:closeMatch")
EXACT_MATCH: Final = term("skos:exactMatch")
IN_SCHEME: Final = term("skos:inScheme")

TITLE: Final = term("dcterms:title")
PUBLISHER: Final = term("dcterms:publisher")
ISSUED: Final = term("dcterms:issued")
CREATED: Final = term("dcterms:created")
CREATOR: Final = term("dcterms:creator")
LICENSE: Final = term("dcterms:license")
SOURCE: Final = term("dcterms:source")
DATE: Final = term("dcterms:date")

HAS_SOURCE: Final = term("oa:hasSource")
HAS_SELECTOR: Final = term("oa:hasSelector")
POSITION_SELECTOR: Final = term("oa:TextPositionSelector")
QUOTE_SELECTOR: Final = term("oa:TextQuoteSelector")
START: Final = term("oa:start")
END: Final = term("oa:end")
EXACT: Final = term("oa:exact")
PREFIX: Final = term("oa:prefix")
SUFFIX: Final = term("oa:suffix")

ACTIVITY: Final = term("prov:Activity")
STARTED: Final = term("prov:startedAtTime")
ENDED: Final = term("prov:endedAtTime")
ATTRIBUTED_TO: Final = term("prov:wasAttributedTo")
ASSOCIATED_WITH: Final = term("prov:wasAssociatedWith")
USED: Final = term("prov:used")
SOFTWARE_AGENT: Final = term("prov:SoftwareAgent")
AGENT: Final = term("prov:Agent")
GENERATED: Final = term("prov:generated")
GENERATED_BY: Final = term("prov:wasGeneratedBy")
INFLUENCED_BY: Final = term("prov:wasInfluencedBy")
DERIVED_FROM: Final = term("prov:wasDerivedFrom")

STATEMENT_PROPERTY: Final = term("tg:StatementProperty")
PARTIAL_DATE: Final = term("tg:PartialDate")
FIELD: Final = term("tg:Field")
DOCUMENT: Final = term("tg:Document")
SHA256: Final = term("tg:sha256")
MENTION: Final = term("tg:Mention")
REFERS_TO: Final = term("tg:refersTo")
ASSERTION: Final = term("tg:Assertion")
EVIDENCE: Final = term("tg:Evidence")
EVIDENCE_FOR: Final = term("tg:evidenceFor")
POLARITY: Final = term("tg:polarity")
MODALITY: Final = term("tg:modality")
WHEN: Final = term("tg:when")
WHERE: Final = term("tg:where")
CONFIDENCE: Final = term("tg:confidence")
OFFICE_TITLE: Final = term("tg:officeTitle")
FRAME: Final = term("tg:frame")
SUPPORTING: Final = term("tg:supporting")
DENYING: Final = term("tg:denying")
HEDGING: Final = term("tg:hedging")
PUBLISHERS: Final = term("tg:publishers")
INDEPENDENT_SOURCES: Final = term("tg:independentSources")
FIRST_REPORTED: Final = term("tg:firstReported")
LAST_REPORTED: Final = term("tg:lastReported")
COMBINED_CONFIDENCE: Final = term("tg:combinedConfidence")
DISAGREEMENT: Final = term("tg:disagreement")
REVIEW: Final = term("tg:Review")
VERDICT: Final = term("tg:verdict")
ACCEPT: Final = term("tg:Accept")
REJECT: Final = term("tg:Reject")
CORRECT: Final = term("tg:Correct")
REVIEWED: Final = term("tg:reviewed")
REJECTED_BY: Final = term("tg:rejectedBy")
RUN: Final = term("tg:Run")
INPUT_DIGEST: Final = term("tg:inputDigest")
USED_FRAME: Final = term("tg:usedFrame")
FRAME_VERSION: Final = term("tg:FrameVersion")
FINDS: Final = term("tg:finds")
FINDER: Final = term("tg:finder")
VERSION: Final = term("tg:version")
SOFTWARE: Final = term("tg:software")
MODEL: Final = term("tg:model")
SOFTWARE_VERSION: Final = term("schema:softwareVersion")
LINK: Final = term("tg:Link")
IDENTIFICATION: Final = term("tg:Identification")
IDENTIFIES: Final = term("tg:identifies")
WRITTEN: Final = term("tg:writtenAs")
TIER: Final = term("tg:tier")
REASON: Final = term("tg:reason")
CAPITAL: Final = term("tg:capital")
ISO_ALPHA_2: Final = term("tg:isoAlpha2")
ISO_ALPHA_3: Final = term("tg:isoAlpha3")
TENURE: Final = term("tg:Tenure")
OFFICE_HOLDER: Final = term("tg:officeHolder")
OFFICE_IN: Final = term("tg:officeIn")
SINCE: Final = term("tg:since")
UNTIL: Final = term("tg:until")
REGISTRATION_NUMBER: Final = term("tg:registrationNumber")
TELLS_OF: Final = term("tg:tellsOf")
CUE: Final = term("tg:cue")
REGISTER_ENTRY: Final = term("tg:RegisterEntry")
COMPOSITION: Final = term("tg:Composition")
CONCERNS: Final = term("tg:concerns")
PARTICIPANT: Final = term("tg:participant")
ON_BEHALF_OF: Final = term("tg:onBehalfOf")
ON: Final = term("tg:on")
PROVIDES: Final = term("tg:provides")
PREDECESSOR: Final = term("tg:predecessor")
PARTY_COUNT: Final = term("tg:partyCount")
LATERALITY: Final = term("tg:laterality")
BILATERAL: Final = term("tg:Bilateral")
MULTILATERAL: Final = term("tg:Multilateral")
STANDING: Final = term("tg:standing")
