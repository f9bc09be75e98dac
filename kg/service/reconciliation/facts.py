"""Values of properties, asked of the graph when they are needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results

from kg.engine import Engine
from kg.engine.base import closing_answer
from kg.errors import QueryError
from kg.service.answers import Sparql
from kg.service.reconciliation.catalogue import Catalogue
from kg.service.reconciliation.properties import Property
from kg.store.base import Term
from kg.terms import PREFIXES, TGF
from kg.vocabulary import vocabulary

_HEAD: Final = "".join(
    f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("tg", "rdf", "rdfs", "owl", "skos", "oa", "prov", "dcterms")
)
_ACCEPT: Final = "application/sparql-results+json"
_EVIDENCE: Final = """SELECT ?entity ?value ?polarity ?modality ?words ?document ?title ?publisher ?issued {{
  VALUES ?entity {{ {entities} }}
  GRAPH ?graph {{
    ?assertion rdf:{near} ?entity ; rdf:predicate tg:{property} ; rdf:{far} ?value .
    ?evidence tg:evidenceFor ?assertion ; tg:polarity ?polarity ; tg:modality ?modality ; oa:hasSource ?document ;
      oa:hasSelector/oa:exact ?words .
    OPTIONAL {{ ?document dcterms:title ?title }}
    OPTIONAL {{ ?document dcterms:publisher ?publisher }}
    OPTIONAL {{ ?document dcterms:issued ?issued }}
  }}
}} ORDER BY ?entity ?issued ?publisher ?words"""


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A property's value: what it is called, and its id if it is an entity of the graph; `date` if it is a whole day."""

    text: str
    id: str | None = None
    date: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """One place where a document says, denies, or hedges something of an entity."""

    value: Value
    words: str
    source: str
    stance: str


async def select(engine: Engine, text: str) -> list[dict[str, Term]]:
    """Ask the engine for rows; a variable that a row leaves open is not in its dictionary."""
    with closing_answer(await engine.ask(Sparql(text, _ACCEPT))) as answer:
        result = parse_query_results(b"".join(answer.chunks()), QueryResultsFormat.JSON)
    if not isinstance(result, QuerySolutions):
        raise QueryError("only a SELECT query gives rows")
    names = [variable.value for variable in result.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in result]


@dataclass(frozen=True)
class Facts:
    """What the graph says of entities, property by property."""

    engine: Engine
    known: Catalogue

    async def values(self, one: Property, entities: Iterable[str]) -> Mapping[str, list[Value]]:
        """Return the values of a property by entity, sorted; an entity without any is not there."""
        spelt = self._spelt(entities)
        found: defaultdict[str, set[Value]] = defaultdict(set)
        if spelt:
            text = f"{_HEAD}SELECT DISTINCT ?entity ?value {{ VALUES ?entity {{ {spelt} }} {one.pattern} }}"
            for row in await select(self.engine, text):
                found[self.known.short(row["entity"].value)].add(self._value(row["value"]))
        return {entity: sorted(values) for entity, values in found.items()}

    async def having(self, one: Property, values: Iterable[Term]) -> set[str]:
        """Return the entities that have one of these values."""
        spelt = " ".join(map(str, values))
        if not spelt:
            return set()
        text = f"{_HEAD}SELECT DISTINCT ?entity {{ VALUES ?value {{ {spelt} }} {one.pattern} }}"
        return {self.known.short(row["entity"].value) for row in await select(self.engine, text)}

    async def sayings(self, one: Property, entities: Iterable[str]) -> Mapping[str, list[Saying]]:
        """Return by entity every place where a document speaks of the property, denials and plans too, oldest first."""
        spelt = self._spelt(entities)
        found: defaultdict[str, list[Saying]] = defaultdict(list)
        if spelt and one.statement:
            near, far = ("object", "subject") if one.inverse else ("subject", "object")
            text = _EVIDENCE.format(entities=spelt, near=near, far=far, property=one.statement)
            for row in await select(self.engine, _HEAD + text):
                told = {name: term.value for name, term in row.items()}
                source = [told[part] for part in ("title", "publisher", "issued") if part in told]
                stance = ", ".join(told[part].rpartition("#")[2].lower() for part in ("polarity", "modality"))
                saying = Saying(self._value(row["value"]), told["words"], ", ".join(source) or told["document"], stance)
                found[self.known.short(told["entity"])].append(saying)
        return found

    def _spelt(self, entities: Iterable[str]) -> str:
        known = sorted(entity for entity in set(entities) if entity in self.known.items)
        return " ".join(str(NamedNode(self.known.iri(entity))) for entity in known)

    def _value(self, term: Term) -> Value:
        if isinstance(term, Literal):
            return Value(term.value, date=term.datatype.value.endswith("#date"))
        entity = self.known.short(term.value)
        if entity in self.known.items:
            return Value(self.known.items[entity].name, entity)
        return Value(vocabulary().fields.get(term.value.removeprefix(TGF), term.value))
