"""What is known of each agreement of each document when documents are compared."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from kg.identity.sightings import LocalId, today
from kg.language.lexicon import table, words
from kg.model import Entity, EntityId, Kind, Modality, PartialDate, Polarity, Reading
from kg.reference import Agreement

#: What stands in the place of a document's id in profiles of the knowledge base.
KNOWLEDGE_BASE = "kg.reference.v1"

_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class AgreementProfile:
    """One agreement as one document tells of it; parties, persons and places by their ids in the document, or by global ones.

    `replaced_by` holds the local ids of agreements that replace it; `words` are those that describe it, without its
    head noun and without what any agreement may be called ("new", "landmark").
    """

    id: LocalId
    label: str
    issued: date | None
    parties: frozenset[str]
    signatories: frozenset[str]
    places: frozenset[str]
    dates: frozenset[PartialDate]
    name: str | None
    words: frozenset[str]
    plural: bool
    subtype: str | None
    replaced_by: frozenset[LocalId]
    reference: str | None


def profiles(reading: Reading) -> Iterator[AgreementProfile]:
    """Yield a profile of each agreement in a reading, others than agreements by their ids in the document."""
    for entity in reading.entities:
        if entity.kind is Kind.AGREEMENT:
            yield _profile(reading, entity, reading.document.id)


def globalised(
    profile: AgreementProfile, ids: Mapping[LocalId, str], successors: Mapping[str, str], vague: Collection[str]
) -> AgreementProfile:
    """Return a profile with global ids; `successors` leads from historic states to those after them.

    Signatories who may be anybody, `vague`, are left out: they neither speak for two agreements being one nor against it.
    """
    document = profile.id[0]

    def known(found: frozenset[EntityId]) -> frozenset[str]:
        return frozenset(ids[document, one] for one in found if (document, one) in ids)

    return replace(
        profile,
        parties=frozenset(today(party, successors) for party in known(profile.parties)),
        signatories=known(profile.signatories).difference(vague),
        places=known(profile.places),
    )


def _profile(reading: Reading, entity: Entity, document: str) -> AgreementProfile:
    found: dict[str, set[EntityId]] = {"party": set(), "signatory": set(), "placeSigned": set(), "replaces": set()}
    actual: set[PartialDate] = set()
    for item in reading.evidence:
        statement = item.statement
        if item.polarity is Polarity.DENIED:
            continue
        if statement.predicate == "replaces" and statement.object == entity.id:
            found["replaces"].add(statement.subject)
        if statement.subject != entity.id:
            continue
        if statement.predicate in found and isinstance(statement.object, str):
            found[statement.predicate].add(statement.object)
        elif (
            statement.predicate == "dateSigned" and isinstance(statement.object, PartialDate) and item.modality is Modality.ACTUAL
        ):
            actual.add(statement.object)
    names = [form for form in (entity.label, *entity.aliases) if _is_name(form)]
    return AgreementProfile(
        (document, entity.id),
        entity.label,
        reading.document.issued,
        frozenset(found["party"]),
        frozenset(found["signatory"]),
        frozenset(found["placeSigned"]),
        frozenset(actual),
        max(names, key=lambda n: (len(n), n), default=None),
        frozenset(w for form in (entity.label, *entity.aliases) for w in _describing(form)),
        _is_plural(entity.label),
        entity.subtype,
        frozenset((document, other) for other in found["replaces"]),
        entity.reference,
    )


def known(agreement: Agreement, successors: Mapping[str, str]) -> AgreementProfile:
    """Return what the knowledge base says of an agreement, as if it were a document of its own."""
    return AgreementProfile(
        (KNOWLEDGE_BASE, agreement.id),
        agreement.name,
        None,
        frozenset(today(p, successors) for p in agreement.parties),
        frozenset(),
        frozenset({agreement.place} if agreement.place else ()),
        frozenset({agreement.signed} if agreement.signed else ()),
        agreement.name,
        frozenset(w for form in (agreement.name, *agreement.names) for w in _describing(form)),
        False,
        agreement.kind.value,
        frozenset(),
        agreement.id,
    )


def _is_name(form: str) -> bool:
    """Is it a proper name ("Lisbon Protocol", "JCPOA") rather than a description?"""
    parts = [w for w in _WORD.findall(form) if len(w) > 3 or w.isupper()]
    return bool(parts) and all(w[0].isupper() for w in parts) and (len(parts) > 1 or parts[0].isupper())


def _describing(form: str) -> set[str]:
    dull = words("agreements", "other", "plain") | words("agreements", "other", "earlier") | set(table("agreements", "heads"))
    return {
        w for w in (p.lower() for p in _WORD.findall(form)) if w not in dull and w.rstrip("s") not in dull and not w.isdigit()
    }


def _is_plural(label: str) -> bool:
    last = label.split()[-1].lower() if label.split() else ""
    return (last.endswith("s") and last[:-1] in table("agreements", "heads")) or last == "treaties"
