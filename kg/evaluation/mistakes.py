"""What went wrong, one mistake at a time, with the sentence to look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kg.evaluation.claims import Claim, local
from kg.evaluation.gold import Fact
from kg.evaluation.judging import Evaluation, Judgement, Qualified, speaker_of
from kg.model import Span
from kg.vocabulary import vocabulary

#: A stop after a short word may be an abbreviation's: a sentence too long is better than half of one.
_SENTENCE_END: Final = re.compile(r"(?:[^\W\d_A-Z]{4}|[\d%)”\"’'])[.!?][\"”’')\]]*\s+(?=[\"“‘(]?[A-Z\d])|\n")


class MistakeKind(StrEnum):
    """The value is what a report calls it."""

    MISSED = "missed"
    WRONG = "wrong"
    POLARITY = "polarity"
    MODALITY = "modality"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: the statement in names, the sentence that makes it, and a note such as both values of a qualifier."""

    kind: MistakeKind
    predicate: str
    document: str
    subject: str
    object: str
    sentence: str
    note: str = ""


def mistakes(evaluation: Evaluation) -> list[Mistake]:
    """Return every mistake of an evaluation, by property in the ontology's order, then by kind, article and place."""
    found = [mistake for judgement in evaluation.judgements for mistake in _mistakes(judgement)]
    properties, kinds = list(vocabulary().properties), list(MistakeKind)
    return sorted(found, key=lambda one: (properties.index(one.predicate), kinds.index(one.kind), one.document))


def _mistakes(judgement: Judgement) -> Iterator[Mistake]:
    for fact in judgement.missed:
        yield _missed(fact, judgement)
    for claims in judgement.wrong.values():
        yield _wrong(claims, judgement)
    for one in judgement.qualified:
        if mistake := _misjudged(one, judgement):
            yield mistake


def _missed(fact: Fact, judgement: Judgement) -> Mistake:
    gold, known = judgement.gold, set(judgement.alignment.values())
    ends = [fact.subject] if fact.subject not in known else []
    entities = fact.objects & gold.entities.keys()
    if entities and not entities & known:
        ends += sorted(entities)
    note = f"the graph lacks {' and '.join(gold.name(end) for end in ends)}" if ends else ""
    return Mistake(
        MistakeKind.MISSED,
        fact.predicate,
        gold.document,
        gold.name(fact.subject),
        _objects(fact, judgement),
        _sentence(gold.text, gold.facts[fact]),
        note,
    )


def _wrong(claims: tuple[Claim, ...], judgement: Judgement) -> Mistake:
    surest = max(claims, key=lambda claim: (claim.confidence or 0, claim.evidence))
    parts = [f"found by {surest.frame}" if surest.frame else ""]
    parts += [f"confidence {surest.confidence:.2f}" if surest.confidence is not None else ""]
    parts += [f"{len(claims)} times" if len(claims) > 1 else ""]
    return Mistake(
        MistakeKind.WRONG,
        surest.predicate,
        judgement.gold.document,
        _called(surest.subject, judgement),
        _called(surest.object, judgement),
        _one_line(surest.exact),
        ", ".join(part for part in parts if part),
    )


def _misjudged(one: Qualified, judgement: Judgement) -> Mistake | None:
    """The first qualifier that no evidence has right."""
    statement = one.statement
    if not one.polarity:
        kind, wanted, had = MistakeKind.POLARITY, statement.polarity.value, {claim.polarity.value for claim in one.claims}
    elif not one.modality:
        kind, wanted, had = MistakeKind.MODALITY, statement.modality.value, {claim.modality.value for claim in one.polarity}
    elif not one.speaker:
        wanted = " or ".join(sorted(judgement.gold.name(s) if s else "the article" for s in statement.speakers))
        kind, had = MistakeKind.SPEAKER, {_speaker(claim, judgement) for claim in one.modality}
    else:
        return None
    return Mistake(
        kind,
        statement.fact.predicate,
        judgement.gold.document,
        judgement.gold.name(statement.fact.subject),
        _objects(statement.fact, judgement),
        _sentence(judgement.gold.text, statement.spans),
        f"gold {wanted}, graph {' and '.join(sorted(had))}",
    )


def _speaker(claim: Claim, judgement: Judgement) -> str:
    known = speaker_of(claim, judgement.alignment)
    if known is not None:
        return judgement.gold.name(known)
    return _called(claim.speaker, judgement) if claim.speaker else "the article"


def _objects(fact: Fact, judgement: Judgement) -> str:
    return " or ".join(sorted(judgement.gold.name(one) for one in fact.objects))


def _called(node: str, judgement: Judgement) -> str:
    """What the graph calls an end: an entity's label, a field's name, a date."""
    return judgement.graph.labels.get(node) or local(node)


def _sentence(text: str, spans: Iterable[Span]) -> str:
    """The sentence around the first of the gold's places."""
    place = min(spans)
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= place.start), default=0)
    return _one_line(text[start : min((end for end in ends if end >= place.end), default=len(text))])


def _one_line(text: str) -> str:
    return " ".join(text.split())
