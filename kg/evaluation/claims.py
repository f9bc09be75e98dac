"""What a graph says of the articles that there is gold for, as values to be judged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from kg.evaluation.gold import Gold
from kg.model import Modality, Polarity, Span
from kg.store import Store
from kg.store.base import Term, rows
from kg.terms import PREFIXES, TG, TGF
from kg.vocabulary import vocabulary

_PREFIXES: Final = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("tg", "rdf", "owl", "skos", "oa", "prov"))
_DOCUMENTS: Final = "SELECT DISTINCT ?document ?sha {{ VALUES ?sha {{ {shas} }} GRAPH ?g {{ ?document tg:sha256 ?sha }} }}"
_MENTIONS: Final = """SELECT ?document ?entity ?start ?end ?exact {{ VALUES ?document {{ {documents} }} GRAPH ?g {{
  ?mention a tg:Mention ; tg:refersTo ?entity ; oa:hasSource ?document ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact }} }}"""
_EVIDENCE: Final = """SELECT ?document ?evidence ?subject ?predicate ?object ?start ?end ?exact ?polarity ?modality
  ?speaker ?confidence ?frame {{ VALUES ?document {{ {documents} }} GRAPH ?g {{
  ?evidence a tg:Evidence ; tg:evidenceFor ?assertion ; oa:hasSource ?document ; oa:hasSelector ?selector ;
    tg:polarity ?polarity ; tg:modality ?modality .
  ?assertion rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
  ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact .
  OPTIONAL {{ ?evidence prov:wasAttributedTo ?speaker }}
  OPTIONAL {{ ?evidence tg:confidence ?confidence }} OPTIONAL {{ ?evidence tg:frame ?frame }} }} }}"""
_PLAIN: Final = """SELECT ?document ?subject ?predicate ?object {{
  VALUES ?document {{ {documents} }} VALUES ?predicate {{ {properties} }}
  GRAPH ?g {{ ?document a tg:Document . ?subject ?predicate ?object }} }}"""
_LABELS: Final = """SELECT ?document ?entity ?label {{ VALUES ?document {{ {documents} }}
  GRAPH ?g {{ ?document a tg:Document . ?entity skos:prefLabel ?label }} }}"""
_LINKS: Final = """SELECT DISTINCT ?entity ?item {{ VALUES ?entity {{ {entities} }} GRAPH ?g {{ ?entity owl:sameAs ?item }} }}"""
_WIKIDATA: Final = "http://www.wikidata.org/entity/"

#: A statement as the graph makes it: subject, property by its local name, object.
Triple = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Claim:
    """One evidence of the graph; ends and speaker are IRIs, or a date in the object's place."""

    evidence: str
    subject: str
    predicate: str
    object: str
    span: Span
    exact: str
    polarity: Polarity
    modality: Modality
    speaker: str | None
    confidence: float | None
    frame: str | None

    @property
    def triple(self) -> Triple:
        return self.subject, self.predicate, self.object


@dataclass(frozen=True, slots=True)
class Naming:
    """A mention of the graph: the entity and the words that are said to name it."""

    entity: str
    span: Span
    exact: str


@dataclass(frozen=True, slots=True)
class DocumentGraph:
    """All that the graph says of one document; `plain` holds its plain triples, `labels` what it calls entities."""

    document: str
    mentions: tuple[Naming, ...]
    claims: tuple[Claim, ...]
    plain: frozenset[Triple]
    labels: Mapping[str, str]


def read_graphs(store: Store, golds: Iterable[Gold]) -> dict[str, list[DocumentGraph]]:
    """Return what the graph says of each gold's article, by the digest of its text; of some it may say nothing."""
    shas = " ".join(sorted(f'"{gold.sha256}"' for gold in golds))
    known = {row["document"].value: row["sha"].value for row in rows(store, _PREFIXES + _DOCUMENTS.format(shas=shas))}
    if not known:
        return {}
    properties = " ".join(f"tg:{name}" for name in vocabulary().properties)
    mentions, claims, plain, labels = (
        _by_document(store, query.format(documents=" ".join(f"<{iri}>" for iri in sorted(known)), properties=properties))
        for query in (_MENTIONS, _EVIDENCE, _PLAIN, _LABELS)
    )
    graphs: dict[str, list[DocumentGraph]] = defaultdict(list)
    for document, sha in sorted(known.items()):
        graph = DocumentGraph(
            document,
            tuple(Naming(row["entity"].value, _span(row), row["exact"].value) for row in mentions[document]),
            tuple(_claim(row) for row in claims[document] if local(row["predicate"].value) in vocabulary().properties),
            frozenset((row["subject"].value, local(row["predicate"].value), row["object"].value) for row in plain[document]),
            {row["entity"].value: row["label"].value for row in labels[document]},
        )
        graphs[sha].append(graph)
    return graphs


def read_links(store: Store, entities: Iterable[str]) -> dict[str, set[str]]:
    """Return the Wikidata items that the graph holds each entity to be."""
    found: dict[str, set[str]] = defaultdict(set)
    asked = " ".join(f"<{entity}>" for entity in sorted(set(entities)))
    for row in rows(store, _PREFIXES + _LINKS.format(entities=asked)):
        if row["item"].value.startswith(_WIKIDATA):
            found[row["entity"].value].add(row["item"].value.removeprefix(_WIKIDATA))
    return found


def local(iri: str) -> str:
    """Return the local name of one of the ontology's own terms; all else stays as it is.

    >>> local("https://w3id.org/treatygraph/field#Trade")
    'Trade'
    """
    return iri.removeprefix(TG).removeprefix(TGF)


def _by_document(store: Store, query: str) -> dict[str, list[dict[str, Term]]]:
    found: dict[str, list[dict[str, Term]]] = defaultdict(list)
    for row in rows(store, _PREFIXES + query):
        found[row["document"].value].append(row)
    return found


def _span(row: Mapping[str, Term]) -> Span:
    return Span(int(row["start"].value), int(row["end"].value))


def _claim(row: Mapping[str, Term]) -> Claim:
    text = {name: term.value for name, term in row.items()}
    return Claim(
        text["evidence"],
        text["subject"],
        local(text["predicate"]),
        text["object"],
        _span(row),
        text["exact"],
        Polarity(local(text["polarity"])),
        Modality(local(text["modality"])),
        text.get("speaker"),
        float(text["confidence"]) if "confidence" in text else None,
        text.get("frame"),
    )
