"""What people decided, as the quads of the review graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph import literals
from kg.graph.iris import REVIEW, Names
from kg.graph.quads import add_plain, node_of
from kg.graph.writer import GraphWriter
from kg.review import Reviewed
from kg.rulings import Decision, Verdict
from kg.vocabulary import canonical

_VERDICTS: Final = {Verdict.ACCEPT: terms.ACCEPT, Verdict.REJECT: terms.REJECT, Verdict.CORRECT: terms.CORRECT}


class Minutes:
    """Notes which evidence each decision was about, one reviewed reading after the other."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._used: defaultdict[Decision, set[NamedNode]] = defaultdict(set)
        self._generated: defaultdict[Decision, set[NamedNode]] = defaultdict(set)

    def add(self, reviewed: Reviewed) -> None:
        """Take up a reviewed reading."""
        document = reviewed.reading.document.id
        for item, decision in reviewed.ruled.items():
            self._used[decision].add(self._names.evidence(document, item))
        for item, was in reviewed.corrected.items():
            self._generated[reviewed.ruled[was]].add(self._names.evidence(document, item))

    def quads(self, decisions: Iterable[Decision]) -> list[Quad]:
        """Write decisions into the review graph, each as a prov:Activity of the person who took it.

        What is accepted stands there as a plain triple, if there is evidence for it that the acceptance counts for. The
        prov:used evidence of a decision is what it counts for: without any, it is about nothing in the graph any more.
        """
        graph = GraphWriter(self._names.shared_graph(REVIEW), self._names)
        for decision in decisions:
            self._write(graph, decision)
            if decision.verdict is Verdict.ACCEPT and self._used[decision]:
                add_plain(graph, canonical(decision.statement))
        return graph.quads

    def _write(self, graph: GraphWriter, decision: Decision) -> None:
        names, statement = self._names, canonical(decision.statement)
        node, person, assertion = names.review(decision), names.agent(decision.author), names.assertion(statement)
        graph.add(node, terms.RDF_TYPE, terms.ACTIVITY)
        graph.add(node, terms.RDF_TYPE, terms.REVIEW)
        graph.add(node, terms.VERDICT, _VERDICTS[decision.verdict])
        graph.add(node, terms.REASON, Literal(decision.reason))
        graph.add(node, terms.ENDED, literals.instant(decision.decided))
        graph.add(node, terms.ASSOCIATED_WITH, person)
        graph.add(person, terms.RDF_TYPE, terms.AGENT)
        graph.add(person, terms.LABEL, Literal(decision.author))
        graph.add(node, terms.REVIEWED, assertion)
        graph.add(assertion, terms.RDF_SUBJECT, names.entity(statement.subject))
        graph.add(assertion, terms.RDF_PREDICATE, NamedNode(terms.TG + statement.predicate))
        graph.add(assertion, terms.RDF_OBJECT, node_of(statement.object, names))
        for evidence in self._used[decision]:
            graph.add(node, terms.USED, evidence)
        for evidence in self._generated[decision]:
            graph.add(node, terms.GENERATED, evidence)
