"""Holding what a graph says of an article against its gold: what is right, wrong, missed, and rightly qualified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.evaluation.alignment import align
from kg.evaluation.claims import Claim, DocumentGraph, Triple, local, read_graphs, read_links
from kg.evaluation.gold import Fact, Gold, GoldStatement
from kg.model import Modality, Polarity
from kg.store import Store
from kg.vocabulary import Value, vocabulary


@dataclass(frozen=True, slots=True)
class Qualified:
    """A gold statement whose fact the graph has, and the evidence that also has its polarity, then modality, then speaker."""

    statement: GoldStatement
    claims: tuple[Claim, ...]
    polarity: tuple[Claim, ...]
    modality: tuple[Claim, ...]
    speaker: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One article judged.

    `alignment` leads from the graph's entities to gold ids; `right` and `wrong` hold each fact with its evidence.
    """

    gold: Gold
    graph: DocumentGraph
    alignment: Mapping[str, str]
    right: Mapping[Fact, tuple[Claim, ...]]
    wrong: Mapping[Triple, tuple[Claim, ...]]
    qualified: tuple[Qualified, ...]

    @property
    def missed(self) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.gold.facts if fact not in self.right)

    @property
    def verdicts(self) -> Iterator[tuple[Claim, bool]]:
        """Every evidence, and whether its fact is in the gold."""
        for facts, is_right in ((self.right, True), (self.wrong, False)):
            yield from ((claim, is_right) for claims in facts.values() for claim in claims)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All articles judged; `missing` is the gold of those that the graph lacks, `links` the Wikidata items it names."""

    judgements: tuple[Judgement, ...]
    missing: tuple[Gold, ...] = ()
    links: Mapping[str, frozenset[str]] = field(default_factory=dict)


def evaluate(store: Store, golds: Iterable[Gold]) -> Evaluation:
    """Judge a graph by gold; its documents are known by their texts."""
    by_sha = {gold.sha256: gold for gold in golds}
    graphs = read_graphs(store, by_sha.values())
    judgements = tuple(judge(by_sha[sha], graph) for sha, found in sorted(graphs.items()) for graph in found)
    links = read_links(store, (entity for judgement in judgements for entity in judgement.alignment))
    missing = tuple(gold for sha, gold in by_sha.items() if sha not in graphs)
    return Evaluation(
        tuple(sorted(judgements, key=lambda one: (one.gold.document, one.graph.document))),
        missing,
        {entity: frozenset(items) for entity, items in links.items()},
    )


def judge(gold: Gold, graph: DocumentGraph) -> Judgement:
    """Judge what the graph says of one article."""
    alignment = align(gold.entities.values(), graph.mentions)
    right: dict[Fact, list[Claim]] = defaultdict(list)
    wrong: dict[Triple, list[Claim]] = defaultdict(list)
    for claim in graph.claims:
        if fact := _fact(claim, gold, alignment):
            right[fact].append(claim)
        else:
            wrong[_undirected(claim)].append(claim)
    qualified = (
        _qualified(statement, right[statement.fact], alignment) for statement in gold.statements if statement.fact in right
    )
    return Judgement(
        gold,
        graph,
        alignment,
        {fact: tuple(claims) for fact, claims in right.items()},
        {triple: tuple(claims) for triple, claims in wrong.items()},
        tuple(qualified),
    )


def _fact(claim: Claim, gold: Gold, alignment: Mapping[str, str]) -> Fact | None:
    """The gold fact that a claim states, if any; of a symmetric property it may be stated from either end."""
    known = vocabulary().properties[claim.predicate]
    subject, target = alignment.get(claim.subject), alignment.get(claim.object)
    if target is None and known.range & {Value.FIELD, Value.DATE}:
        target = local(claim.object)
    for one, other in ((subject, target), (target, subject)) if known.symmetric else ((subject, target),):
        for fact in gold.facts:
            if fact.predicate == claim.predicate and fact.subject == one and other in fact.objects:
                return fact
    return None


def _undirected(claim: Claim) -> Triple:
    subject, predicate, target = claim.triple
    if vocabulary().properties[predicate].symmetric and target < subject:
        return target, predicate, subject
    return claim.triple


def _qualified(statement: GoldStatement, claims: Iterable[Claim], alignment: Mapping[str, str]) -> Qualified:
    polarity = tuple(claim for claim in claims if claim.polarity is statement.polarity)
    modality = tuple(claim for claim in polarity if claim.modality is statement.modality)
    speaker = tuple(claim for claim in modality if speaker_of(claim, alignment) in statement.speakers)
    return Qualified(statement, tuple(claims), polarity, modality, speaker)


def speaker_of(claim: Claim, alignment: Mapping[str, str]) -> str | None:
    """Return who says it, by the gold's id; None for the article's own voice, and for whoever the gold does not know."""
    return alignment.get(claim.speaker) if claim.speaker is not None else None


def unlicensed(judgement: Judgement) -> frozenset[Triple]:
    """Return the plain triples that no affirmed, actual evidence of the document bears."""
    licensed = {claim.triple for claim in judgement.graph.claims if is_affirmed_actual(claim)}
    mirrored = {(o, p, s) for s, p, o in licensed if vocabulary().properties[p].symmetric}
    return judgement.graph.plain - licensed - mirrored


def unstated(judgement: Judgement) -> frozenset[Triple]:
    """Return what the article affirms as actual in its own voice but no plain triple states."""
    own = frozenset(claim.triple for claim in judgement.graph.claims if is_affirmed_actual(claim) and claim.speaker is None)
    return own - judgement.graph.plain


def is_affirmed_actual(claim: Claim) -> bool:
    return (claim.polarity, claim.modality) == (Polarity.AFFIRMED, Modality.ACTUAL)
