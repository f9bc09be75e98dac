"""The figures of an evaluation: over all facts, by property, by frame, and of what surrounds facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluation.gold import Fact
from kg.evaluation.judging import Evaluation, Judgement, unlicensed, unstated
from kg.evaluation.likeness import entities_found, identity, links
from kg.evaluation.measures import Share, Tally
from kg.evaluation.reliability import Reliability, reliability
from kg.model import Kind
from kg.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Figures:
    """All that an evaluation measures.

    `strict` counts a fact with its polarity and modality; `grounded` is the share of right facts with an evidence whose
    words meet the gold's; polarity, modality and speaker are shares of gold statements whose fact the graph has, each
    counted only where those before it are right. `broken` counts promises that the graph does not keep.
    """

    documents: int
    missing: tuple[str, ...]
    facts: Tally
    agreements: Tally
    others: Tally
    strict: Tally
    properties: Mapping[str, Tally]
    frames: Mapping[str, Tally]
    grounded: Share
    polarity: Share
    modality: Share
    speaker: Share
    entities: Mapping[Kind, Share]
    identity: Mapping[Kind, float]
    links: Mapping[Kind, Mapping[str, int]]
    broken: Mapping[str, int]
    reliability: Reliability


def figures(evaluation: Evaluation) -> Figures:
    """Return all figures of an evaluation; an article that the graph lacks is missed whole."""
    judgements = evaluation.judgements
    properties = _properties(evaluation)
    agreements = sum((t for name, t in properties.items() if _is_of_agreements(name)), Tally())
    others = sum((t for name, t in properties.items() if not _is_of_agreements(name)), Tally())
    qualified = [one for judgement in judgements for one in judgement.qualified]
    return Figures(
        documents=len(judgements),
        missing=tuple(gold.document for gold in evaluation.missing),
        facts=agreements + others,
        agreements=agreements,
        others=others,
        strict=sum(map(_strict, judgements), Tally()),
        properties=properties,
        frames=_frames(judgements, properties),
        grounded=Share.of([_is_grounded(fact, judgement) for judgement in judgements for fact in judgement.right]),
        polarity=Share.of([bool(one.polarity) for one in qualified]),
        modality=Share.of([bool(one.modality) for one in qualified]),
        speaker=Share.of([bool(one.speaker) for one in qualified]),
        entities=entities_found(judgements),
        identity={kind: identity(judgements, kind) for kind in (Kind.AGREEMENT, Kind.PERSON, Kind.STATE)},
        links=links(evaluation),
        broken={promise: count for promise, count in _broken(judgements).items() if count},
        reliability=reliability(verdict for judgement in judgements for verdict in judgement.verdicts),
    )


def _is_of_agreements(name: str) -> bool:
    return vocabulary().properties[name].domain == {Kind.AGREEMENT}


def _properties(evaluation: Evaluation) -> dict[str, Tally]:
    """The tally of each property that gold or graph has, in the ontology's order."""
    right, said, gold = Counter[str](), Counter[str](), Counter[str]()
    for judgement in evaluation.judgements:
        gold.update(fact.predicate for fact in judgement.gold.facts)
        right.update(fact.predicate for fact in judgement.right)
        said.update(predicate for _, predicate, _ in judgement.wrong)
    for missing in evaluation.missing:
        gold.update(fact.predicate for fact in missing.facts)
    said.update(right)
    return {name: Tally(right[name], said[name], gold[name]) for name in vocabulary().properties if gold[name] or said[name]}


def _frames(judgements: Iterable[Judgement], properties: Mapping[str, Tally]) -> dict[str, Tally]:
    """The tally of each frame: what it found, of all gold facts of the properties that it finds."""
    right, said = Counter[str](), Counter[str]()
    finds: dict[str, set[str]] = defaultdict(set)
    for judgement in judgements:
        for fact, claims in judgement.right.items():
            names = {claim.frame for claim in claims if claim.frame}
            right.update(names)
            said.update(names)
            for name in names:
                finds[name].add(fact.predicate)
        for (_, predicate, _), claims in judgement.wrong.items():
            names = {claim.frame for claim in claims if claim.frame}
            said.update(names)
            for name in names:
                finds[name].add(predicate)
    return {name: Tally(right[name], said[name], sum(properties[p].gold for p in finds[name])) for name in sorted(finds)}


def _strict(judgement: Judgement) -> Tally:
    gold = {(one.fact, one.polarity, one.modality) for one in judgement.gold.statements}
    said = {(fact, claim.polarity, claim.modality) for fact, claims in judgement.right.items() for claim in claims}
    return Tally(len(gold & said), len(said) + len(judgement.wrong), len(gold))


def _is_grounded(fact: Fact, judgement: Judgement) -> bool:
    spans = judgement.gold.facts[fact]
    return any(claim.span.overlaps(span) for claim in judgement.right[fact] for span in spans)


def _broken(judgements: Iterable[Judgement]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for judgement in judgements:
        text, graph = judgement.gold.text, judgement.graph
        counts["mention offsets"] += sum(one.span.of(text) != one.exact for one in graph.mentions)
        counts["evidence offsets"] += sum(one.span.of(text) != one.exact for one in graph.claims)
        counts["plain triple without an affirmed, actual evidence"] += len(unlicensed(judgement))
        counts["affirmed, actual evidence without its plain triple"] += len(unstated(judgement))
    return counts
