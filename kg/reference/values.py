"""What the bundled knowledge base says of a state, organisation, place, agreement, person and office: frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from kg.model import PartialDate


class Status(StrEnum):
    """What kind of state it is; dependencies and autonomous regions are territories."""

    SOVEREIGN = "sovereign"
    TERRITORY = "territory"
    DE_FACTO = "de-facto"
    HISTORIC = "historic"


class OrganizationKind(StrEnum):
    UNION = "union"
    ALLIANCE = "alliance"
    FORUM = "forum"
    COURT = "court"
    AGENCY = "agency"
    MINISTRY = "ministry"
    PARLIAMENT = "parliament"
    GOVERNMENT = "government"
    MILITARY = "military"
    ARMED_GROUP = "armed-group"
    PARTY = "party"
    NEWS_AGENCY = "news-agency"
    MEDIA = "media"
    FIRM = "firm"
    NGO = "ngo"
    COLLECTIVE = "collective"


class PlaceKind(StrEnum):
    CITY = "city"
    REGION = "region"
    WATER = "water"
    BUILDING = "building"
    LANDFORM = "landform"
    BASE = "base"


class AgreementKind(StrEnum):
    """What kind of agreement it is; the value is the local name of the class in the ontology."""

    DEFENCE_PACT = "DefencePact"
    PARTNERSHIP = "PartnershipAgreement"
    PEACE = "PeaceAgreement"
    ARMS_CONTROL = "ArmsControlAgreement"
    TRADE = "TradeAgreement"
    COOPERATION = "CooperationAgreement"
    ACCESS = "AccessAgreement"
    MEMORANDUM = "Memorandum"
    CONVENTION = "Convention"
    DECLARATION = "Declaration"


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory, with the words that news uses for it.

    `seats` are metonyms that act for the state ("Kremlin"); `shortenings` name it in some contexts only ("North").
    `names` lacks the main name. `parent` is the state that a territory belongs to.
    """

    id: str
    qid: str | None
    iso2: str | None
    iso3: str | None
    status: Status
    parent: str | None
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    nouns: tuple[str, ...]
    capital: str | None
    seats: tuple[str, ...]
    shortenings: tuple[str, ...]
    began: PartialDate | None
    ended: PartialDate | None
    successors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """A body, alliance, firm, armed group or medium. `members` are states; a state that is missing may still be one."""

    id: str
    qid: str | None
    name: str
    names: tuple[str, ...]
    adjectives: tuple[str, ...]
    shortenings: tuple[str, ...]
    kind: OrganizationKind
    state: str | None
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A city, region, water, building, landform or base. `state` is blank where it is shared or not clear-cut."""

    id: str
    qid: str | None
    name: str
    names: tuple[str, ...]
    shortenings: tuple[str, ...]
    kind: PlaceKind
    state: str | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """A well-known agreement. `names` are unmistakable; `shortenings` ("Moscow Treaty") can mean other agreements too.

    `parties` are the states and bodies that are bound by an agreement of few; blank where many are, or where it is not
    certain. `signed` is the day, month or year by which the agreement is known: its signing, or its adoption.
    """

    id: str
    qid: str | None
    name: str
    names: tuple[str, ...]
    kind: AgreementKind
    parties: tuple[str, ...]
    signed: PartialDate | None
    place: str | None
    shortenings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A person; `families` are the spellings of the part of the name that news uses alone ("Kim" for Kim Jong-un)."""

    id: str
    qid: str | None
    name: str
    names: tuple[str, ...]
    families: tuple[str, ...]

    @property
    def family(self) -> str:
        return self.families[0]


@dataclass(frozen=True, slots=True)
class Office:
    """An office that a person held in a state or organisation.

    The first of `titles` is the usual one. `began` and `ended` are as exact as is certain; `ended` None means still in
    office at the date of the sources, `began` None that the date is not certain.
    """

    person: str
    titles: tuple[str, ...]
    of: str
    began: PartialDate | None
    ended: PartialDate | None

    @property
    def title(self) -> str:
        return self.titles[0]

    def held_on(self, day: date) -> bool:
        """Was the person surely in office on that day?

        A term that began in "2004" is sure from the last day of that year; on the day of a handover the office is
        the successor's.
        """
        if self.began is None or day.isoformat() < _padded(self.began, "-12-31"):
            return False
        return self.ended is None or day.isoformat() < _padded(self.ended, "-01-01")


#: Whatever has an id, a name and other names.
Entry = State | Organization | Place | Agreement | Person


def _padded(partial: PartialDate, rest: str) -> str:
    return partial.value + rest[len(partial.value) - 4 :]
