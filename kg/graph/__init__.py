"""The graph stage: readings become quads that keep the contract, and graphs are checked against it and exported."""

from kg.graph.corroboration import Corroboration, Ledger, corroborate, corroboration_quads
from kg.graph.iris import DEFAULT_BASE, RESERVED_GRAPHS, Names
from kg.graph.links import link_quads
from kg.graph.ontology import ontology_quads
from kg.graph.plain import plain_statements
from kg.graph.promises import check
from kg.graph.quads import document_quads
from kg.graph.reference import Known, Tenure, known_facts, reference_quads
from kg.graph.review import Minutes
from kg.graph.runs import run_quads
from kg.graph.serialise import export, sorted_nquads
from kg.graph.shapes import Finding
from kg.graph.treaties import Treaties
from kg.graph.validate import Report, read_graph, validate
from kg.terms import PREFIXES, TG, TGF
from kg.vocabulary import Property, Value, Vocabulary, vocabulary

__all__ = [
    "DEFAULT_BASE",
    "PREFIXES",
    "RESERVED_GRAPHS",
    "TG",
    "TGF",
    "Corroboration",
    "Finding",
    "Known",
    "Ledger",
    "Minutes",
    "Names",
    "Property",
    "Report",
    "Tenure",
    "Treaties",
    "Value",
    "Vocabulary",
    "check",
    "corroborate",
    "corroboration_quads",
    "document_quads",
    "export",
    "known_facts",
    "link_quads",
    "ontology_quads",
    "plain_statements",
    "read_graph",
    "reference_quads",
    "run_quads",
    "sorted_nquads",
    "validate",
    "vocabulary",
]
