"""Which entity of the graph is which entity of the gold: those whose mentions overlap most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from kg.evaluation.claims import Naming
from kg.evaluation.gold import GoldEntity


def align(entities: Iterable[GoldEntity], mentions: Iterable[Naming]) -> dict[str, str]:
    """Return the gold id of each entity of the graph that has one, one to one.

    Pairs are made greedily by the number of the graph's mentions that overlap one of the gold's; a mention with exactly
    the same words counts double.
    """
    weights: Counter[tuple[str, str]] = Counter()
    spans = {entity.id: entity.spans for entity in entities}
    for mention in mentions:
        for gold, places in spans.items():
            if any(mention.span.overlaps(place) for place in places):
                weights[mention.entity, gold] += 2 if mention.span in places else 1
    return _one_to_one(weights)


def _one_to_one(weights: Mapping[tuple[str, str], int]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for (entity, gold), _ in sorted(weights.items(), key=lambda item: (-item[1], item[0])):
        if entity not in pairs and gold not in taken:
            pairs[entity] = gold
            taken.add(gold)
    return pairs
