"""What evidence from many documents comes to, taken together: how well it bears a statement out, and when it was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode

from kg.model import Modality, PartialDate, Polarity


class Standing(StrEnum):
    """How well documents bear out a register entry; the value is the individual's local name. The first that fits counts."""

    STATED = "Stated"
    DISPUTED = "Disputed"
    CLAIMED = "Claimed"
    ANNOUNCED = "Announced"
    REJECTED = "Rejected"
    POSSIBLE = "Possible"


@dataclass(frozen=True, slots=True)
class Told:
    """What is kept of one evidence; `stands` if the statement is a plain triple in the evidence's document."""

    evidence: NamedNode
    polarity: Polarity
    modality: Modality
    stands: bool
    when: PartialDate | None


def standing(told: Iterable[Told]) -> Standing:
    """Return how well all evidence for one statement together bears it out.

    >>> here = NamedNode("urn:e")
    >>> promised = Told(here, Polarity.AFFIRMED, Modality.PLANNED, False, None)
    >>> denied = Told(here, Polarity.DENIED, Modality.ACTUAL, False, None)
    >>> str(standing([promised])), str(standing([promised, denied])), str(standing([denied]))
    ('Announced', 'Announced', 'Rejected')
    """
    evidence = list(told)
    affirmed = {one.modality for one in evidence if one.polarity is Polarity.AFFIRMED}
    denied = any(one.polarity is Polarity.DENIED for one in evidence)
    if affirmed & {Modality.ACTUAL, Modality.ALLEGED}:
        if denied:
            return Standing.DISPUTED
        return Standing.STATED if any(one.stands for one in evidence) else Standing.CLAIMED
    if Modality.PLANNED in affirmed:
        return Standing.ANNOUNCED
    return Standing.REJECTED if denied else Standing.POSSIBLE


def dates(told: Iterable[Told]) -> list[PartialDate]:
    """Return when it was, or is to be, as the evidence has it that counts for the standing: the exact ones, in order.

    Where a plain triple stands, only those who state it date it. What is denied or only possible has no date.
    """
    affirmed = [one for one in told if one.polarity is Polarity.AFFIRMED]
    for counting in (
        [one for one in affirmed if one.stands and one.modality is Modality.ACTUAL],
        [one for one in affirmed if one.modality in {Modality.ACTUAL, Modality.ALLEGED}],
        [one for one in affirmed if one.modality is Modality.PLANNED],
    ):
        if counting:
            return exact([one.when for one in counting if one.when is not None])
    return []


def exact(found: Sequence[PartialDate]) -> list[PartialDate]:
    """Leave out each date that covers a more exact one.

    >>> exact([PartialDate("2024"), PartialDate("2024-06-19"), PartialDate("2023")])
    [PartialDate(value='2023'), PartialDate(value='2024-06-19')]
    """
    different = sorted(set(found))
    return [one for one in different if not any(one != other and one.covers(other) for other in different)]
