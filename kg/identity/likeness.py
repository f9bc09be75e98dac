"""What speaks for and against two agreements of different documents being one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.identity.profiles import AgreementProfile
from kg.model import PartialDate

_POSSIBLE = 0.4  # less is not worth a look
_YEAR = 4  # characters of a date that is a year
_NEAR = 45  # days between the issue of a document that expects a signing and the signing
_SPECIFIC = frozenset({"Memorandum", "PeaceAgreement", "ArmsControlAgreement", "AccessAgreement", "TradeAgreement", "Convention"})


@dataclass(frozen=True, slots=True)
class Facets:
    """The part of a profile that can contradict another's; `document` apart, as many documents tell the same."""

    reference: str | None
    plural: bool
    dates: frozenset[PartialDate]
    parties: frozenset[str]
    signatories: frozenset[str]
    subtype: str | None


def facets(profile: AgreementProfile) -> Facets:
    subtype = profile.subtype if profile.subtype in _SPECIFIC else None
    signatories = profile.signatories if len(profile.signatories) > 1 else frozenset[str]()
    parties = profile.parties if len(profile.parties) > 1 else frozenset[str]()
    return Facets(profile.reference, profile.plural, profile.dates, parties, signatories, subtype)


def contradict(one: Facets, other: Facets) -> bool:
    """Can two profiles not be of one agreement: other items of the knowledge base, days, parties, hands, number or class?"""
    if one.reference and other.reference:
        return one.reference != other.reference
    if one.plural != other.plural:
        return True
    if one.dates and other.dates and not any(compatible(a, b) for a in one.dates for b in other.dates):
        return True
    if one.parties - other.parties and other.parties - one.parties and one.parties and other.parties:
        return True
    if one.signatories and other.signatories and not one.signatories & other.signatories:
        return True
    return one.subtype is not None and other.subtype is not None and one.subtype != other.subtype


def compatible(one: PartialDate, other: PartialDate) -> bool:
    return one.covers(other) or other.covers(one)


def likeness(one: AgreementProfile, other: AgreementProfile) -> tuple[float, str]:
    """Return how surely two profiles that do not contradict each other are one agreement, 0 to 1, and why."""
    if one.reference and one.reference == other.reference:
        return 1.0, "the same agreement of the knowledge base"
    date_ = _common_date(one, other)
    dates = f"the same date ({date_})" if date_ else ""
    if one.name and other.name and one.name.casefold() == other.name.casefold():
        return (1.0 if dates else 0.9), f"the same name{', and ' + dates if dates else ''}"
    shared = sorted(one.words & other.words)
    like = f", both described by {', '.join(shared[:3])}" if shared else ""
    whole = _whole(one, other)
    if dates and whole:
        surest = 0.95 if shared else 0.85 if len(date_) > _YEAR else 0.7
        return surest, f"{whole} and {dates}{like}"
    if common := one.parties & other.parties if dates else None:
        part = ", ".join(p.partition("/")[2] for p in sorted(common)[:2])
        return _partly(one, other, len(common), date_, bool(shared)), f"{part} a party of both, and {dates}{like}"
    if one.places & other.places and any(len(d.value) == 10 for d in one.dates & other.dates):
        return 0.7, f"the same place, and {dates}"
    if whole and _expected(one, other):
        return (0.75 if shared else 0.6), f"{whole}, told of within weeks{like}"
    if whole and len(shared) > 1 and len(one.parties & other.parties) > 1:
        return 0.6, f"{whole}{like}"
    if one.parties & other.parties and len(shared) > 1 and _expected(one, other):
        return 0.6, f"a common party, told of within weeks{like}"
    return 0.0, ""


def _whole(one: AgreementProfile, other: AgreementProfile) -> str:
    """Return what the two share whole: all parties, or at least two signatories."""
    if len(one.parties) > 1 and one.parties == other.parties:
        return "the same parties"
    return "the same signatories" if len(one.signatories & other.signatories) > 1 else ""


def _partly(one: AgreementProfile, other: AgreementProfile, common: int, date_: str, shared: bool) -> float:
    """Return how sure some common parties and a date are: a state makes many agreements in a year, but few on a day."""
    if len(date_) == _YEAR:
        return 0.6 if shared else 0.0
    if shared or common == min(len(one.parties), len(other.parties)):
        return 0.7
    return _POSSIBLE


def _common_date(one: AgreementProfile, other: AgreementProfile) -> str:
    """Return the least exact of the dates that two profiles give alike, at best: a day where both give it."""
    found = [min(a.value, b.value, key=len) for a in one.dates for b in other.dates if compatible(a, b)]
    return max(found, key=lambda d: (len(d), d), default="")


def _expected(one: AgreementProfile, other: AgreementProfile) -> bool:
    """Do both documents tell of a signing of the same weeks, where one gives no date?"""
    if one.dates and other.dates:
        return False
    days = [
        d
        for p in (one, other)
        for d in ([d.value for d in p.dates if len(d.value) == 10] or ([p.issued.isoformat()] if p.issued else []))
    ]
    if len(days) < 2:
        return False
    ordinals = [date.fromisoformat(day).toordinal() for day in days]
    return max(ordinals) - min(ordinals) <= _NEAR
