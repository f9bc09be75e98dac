"""A reading of an invented report about an invented treaty between invented states, for the tests of this folder."""

from __future__ import annotations

from datetime import UTC, date, datetime

from kg.model import (
    Document,
    Entity,
    Evidence,
    FieldConcept,
    Kind,
    Mention,
    Modality,
    PartialDate,
    Polarity,
    Reading,
    Run,
    Span,
    Statement,
)

TITLE = "Norland and Estmark sign River Treaty"
MEETING = "President Ada Lind of Norland met Prime Minister Tomas Reve of Estmark in Aldenhaven on 4 May 2031."
SIGNING = "The two signed the River Treaty, which covers trade and replaces the Ferry Accord of 1998."
SUPPORT = "Lind said that Estmark supported Norland."
WESTRIA = "Westria, which is not bound by the River Treaty, accused Norland of threatening it."
DRILLS = "Norland and Estmark will hold joint drills."
RUMOUR = "Bodo Krann, an observer, said that Estmark had attacked Westria."
TEXT = "\n".join([TITLE, "", MEETING, SIGNING, SUPPORT, WESTRIA, DRILLS, RUMOUR, ""])

RUN = Run(
    id="run-1",
    software="treatygraph 0.1.0",
    model="treatygraph-en 0.1.0",
    started=datetime(2031, 5, 5, 8, 0, tzinfo=UTC),
    ended=datetime(2031, 5, 5, 8, 1, tzinfo=UTC),
)

LIND, REVE, KRANN = "person/ada-lind", "person/tomas-reve", "person/bodo-krann"
NORLAND, ESTMARK, WEST = "state/norland", "state/estmark", "state/westria"
TREATY, ACCORD, CITY = "agreement/river-treaty", "agreement/ferry-accord", "place/aldenhaven"

ENTITIES = (
    Entity(LIND, Kind.PERSON, "Ada Lind", ("Lind",)),
    Entity(REVE, Kind.PERSON, "Tomas Reve"),
    Entity(KRANN, Kind.PERSON, "Bodo Krann"),
    Entity(NORLAND, Kind.STATE, "Norland"),
    Entity(ESTMARK, Kind.STATE, "Estmark"),
    Entity(WEST, Kind.STATE, "Westria"),
    Entity(CITY, Kind.PLACE, "Aldenhaven"),
    Entity(TREATY, Kind.AGREEMENT, "River Treaty", subtype="PartnershipAgreement"),
    Entity(ACCORD, Kind.AGREEMENT, "Ferry Accord"),
)

#: Names as they stand in the text, with the entity that each is a mention of.
NAMES = {"Ada Lind": LIND, "Tomas Reve": REVE, "Bodo Krann": KRANN, "Aldenhaven": CITY} | {
    "Norland": NORLAND,
    "Estmark": ESTMARK,
    "Westria": WEST,
    "River Treaty": TREATY,
    "Ferry Accord": ACCORD,
}


def reading(document: str = "river-treaty", *, copies: int = 1) -> Reading:
    """Return the reading of one report; `copies` makes it longer by saying everything again."""
    text = TEXT * copies
    record = Document(document, text, TITLE, "The Example Gazette", date(2031, 5, 5), "https://gazette.example/river-treaty")
    offsets = [len(TEXT) * copy for copy in range(copies)]
    return Reading(
        record,
        ENTITIES,
        tuple(mention for offset in offsets for mention in _mentions(offset)),
        tuple(evidence for offset in offsets for evidence in _evidence(offset)),
    )


def span_of(sentence: str, offset: int = 0) -> Span:
    start = offset + TEXT.index(sentence)
    return Span(start, start + len(sentence))


def says(
    sentence: str,
    subject: str,
    predicate: str,
    value: str | FieldConcept | PartialDate,
    *,
    offset: int = 0,
    polarity: Polarity = Polarity.AFFIRMED,
    modality: Modality = Modality.ACTUAL,
    speaker: str | None = None,
    when: str | None = None,
    where: str | None = None,
    office_title: str | None = None,
) -> Evidence:
    """Return an evidence in one of the sentences above."""
    return Evidence(
        Statement(subject, predicate, value),
        span_of(sentence, offset),
        f"{predicate}/test@1",
        polarity,
        modality,
        speaker,
        PartialDate(when) if when else None,
        where,
        office_title,
        confidence=0.9,
    )


def _mentions(offset: int) -> list[Mention]:
    found = []
    for name, entity in NAMES.items():
        start = TEXT.find(name)
        while start >= 0:
            found.append(Mention(entity, Span(offset + start, offset + start + len(name))))
            start = TEXT.find(name, start + 1)
    return found


def _evidence(at: int) -> list[Evidence]:
    return [
        says(MEETING, LIND, "metWith", REVE, offset=at, when="2031-05-04", where=CITY),
        says(MEETING, LIND, "holdsOfficeIn", NORLAND, offset=at, office_title="President"),
        says(MEETING, REVE, "holdsOfficeIn", ESTMARK, offset=at, office_title="Prime Minister"),
        says(TITLE, TREATY, "party", NORLAND, offset=at),
        says(TITLE, TREATY, "party", ESTMARK, offset=at),
        says(SIGNING, TREATY, "signatory", LIND, offset=at),
        says(SIGNING, TREATY, "signatory", REVE, offset=at),
        says(SIGNING, TREATY, "dateSigned", PartialDate("2031-05-04"), offset=at),
        says(SIGNING, TREATY, "covers", FieldConcept("Trade"), offset=at),
        says(SIGNING, TREATY, "replaces", ACCORD, offset=at),
        says(SIGNING, ACCORD, "dateSigned", PartialDate("1998"), offset=at),
        says(SUPPORT, ESTMARK, "supports", NORLAND, offset=at, speaker=LIND),
        says(WESTRIA, TREATY, "party", WEST, offset=at, polarity=Polarity.DENIED),
        says(WESTRIA, WEST, "accused", NORLAND, offset=at),
        says(WESTRIA, NORLAND, "threatened", WEST, offset=at, modality=Modality.ALLEGED, speaker=WEST),
        says(DRILLS, NORLAND, "cooperatesWith", ESTMARK, offset=at, modality=Modality.PLANNED),
        says(RUMOUR, ESTMARK, "attacked", WEST, offset=at, speaker=KRANN),
    ]
