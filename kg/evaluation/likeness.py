"""How well the graph knows entities: found in the text, one across articles, and linked to the right Wikidata item."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping

from kg.evaluation.judging import Evaluation, Judgement
from kg.evaluation.measures import Share, ratio
from kg.model import Kind

#: An entity in an article.
_Place = tuple[str, str]


def entities_found(judgements: Iterable[Judgement]) -> dict[Kind, Share]:
    """Return, by kind, how many of the gold's entities the graph mentions."""
    found: dict[Kind, list[bool]] = defaultdict(list)
    for judgement in judgements:
        known = set(judgement.alignment.values())
        for entity in judgement.gold.entities.values():
            found[entity.kind].append(entity.id in known)
    return {kind: Share.of(found[kind]) for kind in sorted(found)}


def links(evaluation: Evaluation) -> dict[Kind, dict[str, int]]:
    """Count, by kind, found entities whose item the gold names: linked right, linked wrong, or not linked (missing)."""
    found: dict[Kind, Counter[str]] = defaultdict(Counter)
    for judgement in evaluation.judgements:
        for entity, gold in judgement.alignment.items():
            known = judgement.gold.entities[gold]
            if known.wikidata:
                items = evaluation.links.get(entity)
                found[known.kind]["missing" if not items else "right" if items == {known.wikidata} else "wrong"] += 1
    return {kind: dict(found[kind]) for kind in sorted(found)}


def identity(judgements: Iterable[Judgement], kind: Kind) -> float:
    """Return the B³ F1 of identity across articles: do the places of one thing share one IRI, and it alone?

    An entity that the graph does not have is one of its own in each place.
    """
    gold_of: dict[_Place, Hashable] = {}
    graph_of: dict[_Place, Hashable] = {}
    for judgement in judgements:
        iris = {gold: iri for iri, gold in judgement.alignment.items()}
        for entity in judgement.gold.entities.values():
            if entity.kind is kind and entity.everywhere:
                place = judgement.graph.document, entity.id
                gold_of[place] = entity.everywhere
                graph_of[place] = iris.get(entity.id, place)
    precision, recall = _agreement(graph_of, gold_of), _agreement(gold_of, graph_of)
    return ratio(2 * precision * recall, precision + recall)


def _agreement(one: Mapping[_Place, Hashable], other: Mapping[_Place, Hashable]) -> float:
    """For the mean place: what share of the places in its group in one grouping also stand in its group in the other?"""
    groups: dict[Hashable, list[_Place]] = defaultdict(list)
    for place, group in one.items():
        groups[group].append(place)
    shares = (ratio(sum(other[p] == other[place] for p in groups[group]), len(groups[group])) for place, group in one.items())
    return ratio(sum(shares), len(one))
