"""Why the graph says something: an assertion with all its evidence, as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from pyoxigraph import NamedNode

from kg.model import Modality, Polarity, Span
from kg.store.base import Store, Term, rows
from kg.store.testimony import Account, Named, Quote, Ruling, Source, Testimony
from kg.terms import PREFIXES

__all__ = ["Account", "Named", "Quote", "Ruling", "Source", "Testimony", "accounts"]

_PREFIXES: Final = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("tg", "rdf", "rdfs", "owl", "skos", "oa", "prov", "dcterms")
)
_ABOUT: Final = """SELECT DISTINCT ?assertion {{
  {{ GRAPH ?graph {{ ?assertion rdf:subject {thing} }} }} UNION {{ GRAPH ?graph {{ ?assertion rdf:object {thing} }} }}
  UNION {{ GRAPH ?graph {{ ?evidence tg:evidenceFor {thing} BIND({thing} AS ?assertion) }} }}
  {bound}
}}"""
_PROPERTY: Final = "GRAPH ?graph {{ ?assertion rdf:predicate {property} }}"
_EXACTLY: Final = """SELECT DISTINCT ?assertion {{
  {{ GRAPH ?graph {{ ?assertion rdf:subject {thing} ; rdf:predicate {property} ; rdf:object {other} }} }}
  UNION {{
    GRAPH ?graph {{ ?assertion rdf:subject {other} ; rdf:predicate {property} ; rdf:object {thing} }}
    GRAPH ?ontology {{ {property} a owl:SymmetricProperty }}
  }}
}}"""
#: VALUES stands within GRAPH, as the OPTIONALs would else be joined for the whole graph before it narrows them down.
_EVIDENCE: Final = """SELECT * {{
  GRAPH ?graph {{
    VALUES ?assertion {{ {assertions} }}
    ?evidence tg:evidenceFor ?assertion ; tg:polarity ?polarity ; tg:modality ?modality ; tg:confidence ?confidence ;
      oa:hasSource ?document ; oa:hasSelector ?selector .
    ?selector oa:start ?start ; oa:end ?end ; oa:exact ?exact .
    ?assertion rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object .
    OPTIONAL {{ ?selector oa:prefix ?prefix }}
    OPTIONAL {{ ?selector oa:suffix ?suffix }}
    OPTIONAL {{ ?evidence prov:wasAttributedTo ?speaker }}
    OPTIONAL {{ ?evidence tg:when ?when }}
    OPTIONAL {{ ?evidence tg:where ?where }}
    OPTIONAL {{ ?evidence tg:officeTitle ?office }}
    OPTIONAL {{ ?evidence tg:frame ?frame }}
    OPTIONAL {{ ?document dcterms:title ?title }}
    OPTIONAL {{ ?document dcterms:publisher ?publisher }}
    OPTIONAL {{ ?document dcterms:issued ?issued }}
    OPTIONAL {{ ?document tg:sha256 ?digest }}
    OPTIONAL {{ ?document dcterms:source ?url }}
    OPTIONAL {{ ?evidence tg:rejectedBy ?rejected }}
  }}
}}"""
_MENTIONS: Final = """SELECT DISTINCT ?evidence ?from ?to {{
  VALUES ?evidence {{ {evidence} }}
  GRAPH ?graph {{
    ?evidence tg:evidenceFor ?assertion ; oa:hasSource ?document ; oa:hasSelector ?selector .
    ?selector oa:start ?start ; oa:end ?end .
    ?assertion rdf:subject|rdf:object ?entity .
    ?mention tg:refersTo ?entity ; oa:hasSource ?document ; oa:hasSelector ?place .
    ?place oa:start ?from ; oa:end ?to .
    FILTER(?from >= ?start && ?to <= ?end)
  }}
}}"""
_PRINCIPALS: Final = """SELECT DISTINCT ?evidence ?body {{
  VALUES ?evidence {{ {evidence} }}
  GRAPH ?graph {{ ?evidence prov:wasAttributedTo ?speaker . ?speaker tg:holdsOfficeIn ?body }}
}}"""
_RULINGS: Final = """SELECT DISTINCT ?assertion ?review ?verdict ?reason ?author ?decided {{
  VALUES ?assertion {{ {assertions} }}
  GRAPH ?graph {{
    ?review tg:reviewed ?assertion ; tg:verdict ?verdict ; tg:reason ?reason ; prov:endedAtTime ?decided ;
      prov:wasAssociatedWith/rdfs:label ?author .
  }}
}} ORDER BY ?decided ?review"""
_LABELS: Final = """SELECT ?thing (MIN(STR(?name)) AS ?label) {{
  VALUES ?thing {{ {things} }}
  GRAPH ?graph {{ ?thing skos:prefLabel|rdfs:label ?name }}
}} GROUP BY ?thing"""


def accounts(store: Store, thing: NamedNode, predicate: NamedNode | None = None, other: Term | None = None) -> list[Account]:
    """Give an account of each assertion about a thing, or of the assertion that the thing is.

    With a property, only assertions with it; with another end too, only the one from the thing to it, or, where the
    property is symmetric, between the two.
    """
    if predicate and other:
        query = _EXACTLY.format(thing=thing, property=predicate, other=other)
    else:
        query = _ABOUT.format(thing=thing, bound=_PROPERTY.format(property=predicate) if predicate else "")
    found = [row["assertion"] for row in rows(store, _PREFIXES + query)]
    if not found:
        return []
    evidence = rows(store, _PREFIXES + _EVIDENCE.format(assertions=_spaced(found)))
    principals = rows(store, _PREFIXES + _PRINCIPALS.format(evidence=_spaced(row["evidence"] for row in evidence)))
    context = _Context(_labels(store, [*evidence, *principals]), _named(store, evidence), principals)
    by_assertion: defaultdict[str, list[Mapping[str, Term]]] = defaultdict(list)
    for row in evidence:
        by_assertion[row["assertion"].value].append(row)
    rulings: defaultdict[str, list[Ruling]] = defaultdict(list)
    for row in rows(store, _PREFIXES + _RULINGS.format(assertions=_spaced(found))):
        rulings[row["assertion"].value].append(_ruling(row))
    told = [_account(assertion, its, context, rulings[assertion]) for assertion, its in by_assertion.items()]
    return sorted(told, key=lambda one: (one.subject.label, one.predicate.label, one.object.label, one.assertion))


class _Context:
    """What is asked once for all evidence: what things are called, where quotes name them, and for whom speakers speak."""

    def __init__(
        self, labels: Mapping[Term, str], named: Mapping[str, list[Span]], principals: Iterable[Mapping[str, Term]]
    ) -> None:
        self._labels, self.named = labels, named
        self.principals: defaultdict[str, set[Term]] = defaultdict(set)
        for row in principals:
            self.principals[row["evidence"].value].add(row["body"])

    def call(self, term: Term) -> Named:
        return Named(term.value, self._labels[term])


def _account(assertion: str, evidence: list[Mapping[str, Term]], context: _Context, rulings: list[Ruling]) -> Account:
    subject, predicate, other = (context.call(evidence[0][end]) for end in ("subject", "predicate", "object"))
    testimony = sorted(
        (_testimony(row, context) for row in evidence),
        key=lambda one: (one.source.issued or "", one.source.publisher or "", one.source.document, one.quote.start, one.evidence),
    )
    return Account(assertion, subject, predicate, other, tuple(testimony), tuple(rulings))


def _ruling(row: Mapping[str, Term]) -> Ruling:
    verdict = row["verdict"].value.rpartition("#")[2]
    return Ruling(row["review"].value, verdict, row["reason"].value, row["author"].value, row["decided"].value)


def _testimony(row: Mapping[str, Term], context: _Context) -> Testimony:
    text = {name: term.value for name, term in row.items()}
    start = int(text["start"])
    named = (Span(mention.start - start, mention.end - start) for mention in context.named.get(text["evidence"], ()))
    bodies = (context.call(body) for body in context.principals[text["evidence"]])
    return Testimony(
        text["evidence"],
        Source(
            text["document"], text.get("title"), text.get("publisher"), text.get("issued"), text.get("digest"), text.get("url")
        ),
        Quote(text["exact"], text.get("prefix", ""), text.get("suffix", ""), start, int(text["end"]), tuple(sorted(named))),
        Polarity(text["polarity"].rpartition("#")[2]),
        Modality(text["modality"].rpartition("#")[2]),
        context.call(row["speaker"]) if "speaker" in row else None,
        tuple(sorted(bodies, key=lambda body: (body.label, body.id))),
        text.get("when"),
        context.call(row["where"]) if "where" in row else None,
        text.get("office"),
        float(text["confidence"]),
        text.get("frame"),
        text.get("rejected"),
    )


def _labels(store: Store, evidence: Iterable[Mapping[str, Term]]) -> dict[Term, str]:
    """What to call everything in the rows; what has no name goes by the last part of its IRI."""
    things = {
        row[name] for row in evidence for name in ("subject", "predicate", "object", "speaker", "where", "body") if name in row
    }
    labels: dict[Term, str] = {thing: thing.value for thing in things}
    iris = [thing for thing in things if isinstance(thing, NamedNode)]
    labels |= {iri: iri.value.rstrip("/").replace("#", "/").rpartition("/")[2] for iri in iris}
    return labels | {row["thing"]: row["label"].value for row in rows(store, _PREFIXES + _LABELS.format(things=_spaced(iris)))}


def _named(store: Store, evidence: Iterable[Mapping[str, Term]]) -> dict[str, list[Span]]:
    """Where each evidence names its assertion's subject and object."""
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for row in rows(store, _PREFIXES + _MENTIONS.format(evidence=_spaced(row["evidence"] for row in evidence))):
        found[row["evidence"].value].append(Span(int(row["from"].value), int(row["to"].value)))
    return found


def _spaced(terms: Iterable[Term]) -> str:
    return " ".join(sorted({str(term) for term in terms}))
