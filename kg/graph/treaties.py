"""The register of treaties: what all documents together say of agreements, as the quads of the treaties graph.

It is laid out as the datasets of treaties are: participants with their roles and dated actions, provisions, changes of
phase, and how many parties there are. Nothing in it is new: each entry is derived from the evidence for one assertion, leads back
to both, and has a standing, so that what is denied, disputed or only planned can be told from what is stated. It uses no
statement property, so its triples are never taken for what a document says. Which property makes which kind of entry
is written in the ontology (tg:tellsOf), and so are the words that tell narrower kinds apart (tg:cue).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg import terms
from kg.graph import literals
from kg.graph.iris import TREATIES, Names
from kg.graph.plain import plain_statements
from kg.graph.standing import Standing, Told, dates, standing
from kg.graph.writer import GraphWriter
from kg.model import Entity, EntityId, Evidence, FieldConcept, PartialDate, Reading, Statement
from kg.vocabulary import EntryKind, vocabulary

#: Standings of a party that counts as one.
_BOUND: Final = frozenset({Standing.STATED, Standing.DISPUTED})


class Treaties:
    """Takes in one resolved reading after another, and keeps of each only what it says of agreements.

    `heirs` leads from states that are no more to those after them: the two are one party and not two.
    """

    def __init__(self, names: Names, heirs: Mapping[EntityId, frozenset[EntityId]] = MappingProxyType({})) -> None:
        self._names, self._heirs = names, heirs
        self._told: dict[tuple[EntryKind, Statement], dict[NamedNode, Told]] = defaultdict(dict)
        self._signed_for: dict[Statement, dict[EntityId, set[Statement]]] = defaultdict(lambda: defaultdict(set))
        self._entities: dict[EntityId, Entity] = {}

    def add(self, reading: Reading) -> None:
        """Take in what a document says of agreements."""
        kinds = vocabulary().entries
        evidence = [one for one in reading.evidence if one.statement.predicate in kinds]
        if not evidence:
            return
        standing_here = plain_statements(reading.evidence)
        for one in evidence:
            kind = _kind(kinds[one.statement.predicate], one.span.of(reading.document.text))
            node = self._names.evidence(reading.document.id, one)
            told = Told(node, one.polarity, one.modality, one.statement in standing_here, one.when)
            self._told[kind, one.statement][node] = told
        self._note_offices(standing_here)
        self._note_entities(reading, evidence)

    def quads(self) -> list[Quad]:
        """Write the register of all that was taken in."""
        graph = _TreatiesGraph(self._names)
        for (kind, statement), told in self._told.items():
            graph.write_entry(kind, statement, list(told.values()))
            for party, grounds in self._signed_for.get(statement, {}).items():
                graph.write_on_behalf_of(kind, statement, party, grounds)
        for agreement, parties in self._parties().items():
            bound = {one.object for one in parties if isinstance(one.object, str)}
            count = sum(not self._heirs.get(one, frozenset()) & bound for one in bound)
            if count > 1:
                convention = self._entities[agreement].subtype == "Convention"
                graph.write_composition(agreement, parties, count, multilateral=convention or count > 2)
        for entity in self._entities.values():
            graph.add_entity(entity)
        return graph.quads

    def _note_offices(self, standing_here: frozenset[Statement]) -> None:
        """Note for whom persons sign, as this document alone shows it."""
        offices = [one for one in standing_here if one.predicate == "holdsOfficeIn"]
        for signature in (one for one in standing_here if one.predicate == "signatory"):
            for office in offices:
                bound = Statement(signature.subject, "party", office.object)
                if office.subject == signature.object and bound in standing_here and isinstance(office.object, str):
                    self._signed_for[signature][office.object] |= {office, bound}

    def _note_entities(self, reading: Reading, evidence: Iterable[Evidence]) -> None:
        needed = {end for one in evidence for end in (one.statement.subject, one.statement.object) if isinstance(end, str)}
        for entity in reading.entities:
            if entity.id in needed and entity.id not in self._entities:
                self._entities[entity.id] = Entity(entity.id, entity.kind, entity.label, subtype=entity.subtype)

    def _parties(self) -> dict[EntityId, dict[Statement, Standing]]:
        """The statements that name each agreement's parties, with how well they are borne out."""
        found: dict[EntityId, dict[Statement, Standing]] = defaultdict(dict)
        for (_, statement), told in self._told.items():
            if statement.predicate == "party" and (how := standing(told.values())) in _BOUND:
                found[statement.subject][statement] = how
        return found


class _TreatiesGraph(GraphWriter):
    def __init__(self, names: Names) -> None:
        super().__init__(names.shared_graph(TREATIES), names)

    def write_entry(self, kind: EntryKind, statement: Statement, told: list[Told]) -> None:
        node = self.names.entry(kind.name, statement)
        for name in (kind.name, *kind.above):
            self.add(node, terms.RDF_TYPE, NamedNode(terms.TG + name))
        self.add(node, terms.CONCERNS, self.names.entity(statement.subject))
        self.add(node, terms.STANDING, NamedNode(terms.TG + standing(told)))
        self.add(node, terms.DERIVED_FROM, self.names.assertion(statement))
        for one in told:
            self.add(node, terms.DERIVED_FROM, one.evidence)
        for when in dates(told):
            self.add(node, terms.ON, literals.partial_date(when))
        match statement.object:
            case PartialDate():
                self.add(node, terms.ON, literals.partial_date(statement.object))
            case FieldConcept(name):
                self.add(node, terms.PROVIDES, NamedNode(terms.TGF + name))
            case entity:
                self.add(node, _role(kind), self.names.entity(entity))

    def write_on_behalf_of(self, kind: EntryKind, signature: Statement, party: EntityId, grounds: set[Statement]) -> None:
        node = self.names.entry(kind.name, signature)
        self.add(node, terms.ON_BEHALF_OF, self.names.entity(party))
        for ground in grounds:
            self.add(node, terms.DERIVED_FROM, self.names.assertion(ground))

    def write_composition(
        self, agreement: EntityId, parties: dict[Statement, Standing], count: int, *, multilateral: bool
    ) -> None:
        how = Standing.DISPUTED if Standing.DISPUTED in parties.values() else Standing.STATED
        node = self.names.composition(agreement)
        self.add(node, terms.RDF_TYPE, terms.COMPOSITION)
        self.add(node, terms.RDF_TYPE, terms.REGISTER_ENTRY)
        self.add(node, terms.CONCERNS, self.names.entity(agreement))
        self.add(node, terms.STANDING, NamedNode(terms.TG + how))
        self.add(node, terms.PARTY_COUNT, Literal(count))
        self.add(node, terms.LATERALITY, terms.MULTILATERAL if multilateral else terms.BILATERAL)
        for party in parties:
            self.add(node, terms.DERIVED_FROM, self.names.assertion(party))


def _kind(wide: EntryKind, words: str) -> EntryKind:
    """The narrower kind that the words of an evidence tell of, if they tell of just one."""
    if not wide.narrower or _has(words, wide.cues):
        return wide
    fitting = [one for one in wide.narrower if _has(words, one.cues)]
    return fitting[0] if len(fitting) == 1 else wide


def _has(words: str, cues: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(cue)}", words, re.IGNORECASE) for cue in cues)


def _role(kind: EntryKind) -> NamedNode:
    """The property that leads from an entry of this kind to the other entity in its statement."""
    match kind.name:
        case "Replacement":
            return terms.PREDECESSOR
        case "Conclusion":
            return terms.WHERE
        case _:
            return terms.PARTICIPANT
