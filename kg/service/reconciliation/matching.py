"""Which entities a client may mean, and how sure that is, each judgement with the features that it was made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fastapi.concurrency import run_in_threadpool
from pyoxigraph import Literal, NamedNode

from kg.graph.literals import partial_date
from kg.model import PartialDate
from kg.service.reconciliation.catalogue import Catalogue, Item
from kg.service.reconciliation.facts import Facts, Value
from kg.service.reconciliation.names import Likeness, fold
from kg.service.reconciliation.properties import Property
from kg.service.reconciliation.queries import Condition, Given, Query
from kg.store.base import Term

#: What a property counts for where the name counts for one: two that agree make up for a name of another spelling.
_PROPERTY: Final = 0.4
#: How many entities with like names are looked at for one query, and how many where their properties are looked up too.
_POOL, _WEIGHED = 200, 30
#: From which score on, and by which lead over the next, the best candidate is called a match.
_MATCH, _LEAD = 90.0, 5.0
#: What the score is multiplied by where types are only wished for and do not agree.
_OTHER_TYPE: Final = 0.5
_DATE: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_CERTAIN: Final = Likeness(1.0, "", same=True)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity that may be meant; `features` say what its score, 0 to 100, is made of."""

    item: Item
    score: float
    match: bool
    features: Mapping[str, float | bool]


@dataclass(frozen=True)
class Matcher:
    """Answers queries from the catalogue and, where they give properties, from the graph."""

    facts: Facts

    async def match(self, queries: Sequence[Query]) -> list[list[Candidate]]:
        """Return the candidates of each query, the best first."""
        pools = await run_in_threadpool(lambda: [self._pool(query) for query in queries])
        for query, pool in zip(queries, pools, strict=True):
            if not (query.names or query.ids):
                pool |= await self._having(query)
        needed: defaultdict[Property, set[str]] = defaultdict(set)
        for query, pool in zip(queries, pools, strict=True):
            for condition in query.conditions:
                needed[condition.property] |= pool.keys()
        values = {one: await self.facts.values(one, entities) for one, entities in needed.items()}
        return [_ranked(self._judged(query, pool, values), query) for query, pool in zip(queries, pools, strict=True)]

    def _pool(self, query: Query) -> dict[str, Likeness]:
        known = self.facts.known
        pool: dict[str, Likeness] = {}
        for name in query.names:
            for entity, likeness in known.index.find(name, _POOL).items():
                if entity not in pool or likeness.value > pool[entity].value:
                    pool[entity] = likeness
        pool |= dict.fromkeys(filter(None, map(known.identified, query.ids)), _CERTAIN)
        wanted = [entity for entity in pool if self._wanted(entity, query)]
        if query.conditions:
            wanted = sorted(wanted, key=lambda entity: (-pool[entity].value, entity))[: max(_WEIGHED, query.limit)]
        return {entity: pool[entity] for entity in wanted}

    async def _having(self, query: Query) -> dict[str, Likeness]:
        """Return what has a property that is given, where no name and no id is."""
        known, found = self.facts.known, set[str]()
        for condition in query.conditions:
            terms = [term for value in condition.values for term in _terms(value, known)]
            found |= await self.facts.having(condition.property, terms)
        return {entity: _CERTAIN for entity in sorted(found & known.items.keys()) if self._wanted(entity, query)}

    def _wanted(self, entity: str, query: Query) -> bool:
        return not (query.types and query.strict) or _of_type(self.facts.known.items[entity], query.types)

    def _judged(
        self, query: Query, pool: Mapping[str, Likeness], values: Mapping[Property, Mapping[str, list[Value]]]
    ) -> Iterable[tuple[Item, float, dict[str, float | bool]]]:
        for entity, likeness in pool.items():
            item = self.facts.known.items[entity]
            features: dict[str, float | bool] = {"documents": item.documents}
            weighed: list[tuple[float, float]] = []
            if query.names or query.ids:
                features |= {"name": round(100 * likeness.value, 1), "same_name": likeness.same}
                weighed.append((1.0, likeness.value))
            for condition in query.conditions:
                agreement = _agreement(condition, values[condition.property].get(entity, []), self.facts.known)
                if condition.required and agreement < 1:
                    break
                features[f"property:{condition.property.id}"] = round(100 * agreement, 1)
                weighed.append((_PROPERTY, agreement))
            else:
                score = 100 * sum(weight * value for weight, value in weighed) / sum(weight for weight, _ in weighed)
                if query.types:
                    features["type"] = _of_type(item, query.types)
                    score *= 1 if features["type"] else _OTHER_TYPE
                yield item, score, features


def _ranked(judged: Iterable[tuple[Item, float, dict[str, float | bool]]], query: Query) -> list[Candidate]:
    ordered = sorted(judged, key=lambda one: (-one[1], -one[0].documents, one[0].id))
    lead = ordered[0][1] - (ordered[1][1] if len(ordered) > 1 else 0.0) if ordered else 0.0
    return [
        Candidate(item, round(score, 1), rank == 0 and score >= _MATCH and lead >= _LEAD, features)
        for rank, (item, score, features) in enumerate(ordered[: query.limit])
        if score > 0
    ]


def _of_type(item: Item, types: Iterable[str]) -> bool:
    return bool(set(item.types) & set(types))


def _agreement(condition: Condition, found: Sequence[Value], known: Catalogue) -> float:
    """How far the values that were found agree with those that a client gives, 0 to 1."""
    each = [max((_likeness(given, value, known) for value in found), default=0.0) for given in condition.values]
    match condition.quantifier:
        case "all":
            return min(each, default=0.0)
        case "none":
            return 1 - max(each, default=0.0)
        case _:
            return max(each, default=0.0)


def _likeness(given: Given, value: Value, known: Catalogue) -> float:
    meant = known.identified(given.id or given.text)
    if meant is not None:
        return float(meant == value.id)
    if value.id is not None:
        return float(value.id in known.called(given.text))
    if _DATE.fullmatch(given.text) and _DATE.fullmatch(value.text):
        if value.text.startswith(given.text) or given.text.startswith(value.text):
            return 1.0
        return 0.5 if value.text[:4] == given.text[:4] else 0.0
    mine, theirs = set(fold(given.text).split()), set(fold(value.text).split())
    return 2 * len(mine & theirs) / (len(mine) + len(theirs)) if mine and theirs else float(given.text == value.text)


def _terms(given: Given, known: Catalogue) -> list[Term]:
    """Return what in the graph a value may stand for."""
    meant = known.identified(given.id or given.text)
    entities = {meant} if meant else known.called(given.text)
    terms: list[Term] = [NamedNode(known.iri(entity)) for entity in sorted(entities)]
    terms += [Literal(given.text), Literal(given.text, language="en")]
    try:
        terms.append(partial_date(PartialDate(given.text)))
    except ValueError:
        return terms
    return terms
