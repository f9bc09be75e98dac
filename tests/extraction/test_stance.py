"""How a statement is made: by whom, affirmed or denied, as fact, allegation, plan or supposition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., Any]


def stances(facts: Facts, text: str, triple: str) -> list[tuple[str, str, str | None]]:
    """Return polarity, modality and speaker of each evidence for "subject property object"."""
    return [(f.polarity, f.modality, f.speaker) for f in facts(text) if " ".join(f.triple) == triple]


@pytest.mark.parametrize(
    ("text", "triple", "speaker"),
    [
        ("Kenya attacked Chad.", "Kenya attacked Chad", None),
        ("Kenya said that it had attacked Chad.", "Kenya attacked Chad", "Kenya"),
        ("Uganda said that Kenya had attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("Uganda said on Monday Kenya had attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("According to Uganda, Kenya attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("In Uganda's words, Kenya attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("Mali, which Kenya attacked in May, is expected to sign the treaty.", "Kenya attacked Mali", None),
        ("Kenya attacked Chad; Uganda said that it would wait.", "Kenya attacked Chad", None),
        ("Kenya attacked Chad, according to Uganda.", "Kenya attacked Chad", "Uganda"),
        ("Kenya attacked Chad, Uganda said.", "Kenya attacked Chad", "Uganda"),
        ("Uganda claimed that Kenya had attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("Uganda told reporters that Kenya had attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("Uganda confirmed that Kenya had attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("Kenya did not deny that it had attacked Chad.", "Kenya attacked Chad", "Kenya"),
        ("Kenya never denied that it had attacked Chad.", "Kenya attacked Chad", "Kenya"),
        ('"We attacked Chad," Kenya said.', "Kenya attacked Chad", "Kenya"),
        ('"Kenya attacked Chad. Kenya invaded Mali," Uganda said.', "Kenya attacked Mali", "Uganda"),
        ('"Kenya attacked Chad. Kenya invaded Mali," Uganda said.', "Kenya attacked Chad", "Uganda"),
        (
            "Foreign Minister Erik Sand of Norway spoke on Monday. He said that Kenya had attacked Chad.",
            "Kenya attacked Chad",
            "Erik Sand",
        ),
        ("Kenya's attack on Chad was condemned.", "Kenya attacked Chad", None),
        ("Uganda estimates that Kenya supplied 40 missiles to Chad.", "Kenya suppliedArmsTo Chad", "Uganda"),
        ("Kenya's foreign ministry said that Chad had violated the truce.", "truce violatedBy Chad", "foreign ministry of Kenya"),
        ("Kenyan officials said that Chad had violated the truce.", "truce violatedBy Chad", "Kenya"),
        ("Chad's foreign minister, Lina Oumar, said that Kenya had violated the truce.", "truce violatedBy Kenya", "Lina Oumar"),
    ],
)
def test_what_is_said_to_be_so_is_a_fact_of_whoever_says_it(facts: Facts, text: str, triple: str, speaker: str | None) -> None:
    assert stances(facts, text, triple) == [("Affirmed", "Actual", speaker)]


@pytest.mark.parametrize(
    ("text", "triple", "speaker"),
    [
        ("Kenya did not attack Chad.", "Kenya attacked Chad", None),
        ("Kenya never attacked Chad.", "Kenya attacked Chad", None),
        ("Kenya denied that it had attacked Chad.", "Kenya attacked Chad", "Kenya"),
        ("Kenya denied attacking Chad.", "Kenya attacked Chad", "Kenya"),
        ("Kenya has denied having attacked Chad.", "Kenya attacked Chad", "Kenya"),
        ("Uganda denied that Kenya had attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("Kenya refused to attack Chad.", "Kenya attacked Chad", None),
        ("Kenya failed to attack Chad.", "Kenya attacked Chad", None),
        ("Kenya refrained from attacking Chad.", "Kenya attacked Chad", None),
        ("Uganda said that Kenya had not attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("Uganda said that Kenya had denied attacking Chad.", "Kenya attacked Chad", "Kenya"),
        ("Kenya rejected the claim that it had attacked Chad.", "Kenya attacked Chad", "Kenya"),
        ("Kenya dismissed reports that it had attacked Chad.", "Kenya attacked Chad", "Kenya"),
        ("Kenya was unable to sign the treaty.", "treaty party Kenya", None),
        ("Kenya has yet to sign the treaty.", "treaty party Kenya", None),
        ("Kenya will never sign the treaty.", "treaty party Kenya", None),
        ("Kenya refused to sign the treaty.", "treaty party Kenya", None),
        ("Kenya neither supplied missiles to Chad nor attacked Mali.", "Kenya suppliedArmsTo Chad", None),
        ("Kenya neither supplied missiles to Chad nor attacked Mali.", "Kenya attacked Mali", None),
    ],
)
def test_what_is_said_not_to_be_so_is_denied(facts: Facts, text: str, triple: str, speaker: str | None) -> None:
    assert stances(facts, text, triple) == [("Denied", "Actual", speaker)]


@pytest.mark.parametrize(
    ("text", "triple", "speaker"),
    [
        ("Uganda accused Kenya of attacking Chad.", "Kenya attacked Chad", "Uganda"),
        ("Uganda has accused Kenya of having attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("Kenya was accused of attacking Chad.", "Kenya attacked Chad", None),
        ("Kenya has reportedly attacked Chad.", "Kenya attacked Chad", None),
        ("Kenya allegedly attacked Chad.", "Kenya attacked Chad", None),
        ("Uganda alleged that Kenya had attacked Chad.", "Kenya attacked Chad", "Uganda"),
        ("Kenya is suspected of attacking Chad.", "Kenya attacked Chad", None),
        ("Kenya is thought to have attacked Chad.", "Kenya attacked Chad", None),
        ("Experts say that Kenya attacked Chad.", "Kenya attacked Chad", None),
        ("There were reports that Kenya had attacked Chad.", "Kenya attacked Chad", None),
        ("Kenya reportedly went further and attacked Chad.", "Kenya attacked Chad", None),
        ("Tanzania reported that Uganda had accused Kenya of attacking Chad.", "Kenya attacked Chad", "Uganda"),
        ("Kenya's alleged attack on Chad was condemned.", "Kenya attacked Chad", None),
        ("Uganda blamed Kenya for the attack on Chad.", "Kenya attacked Chad", "Uganda"),
    ],
)
def test_a_charge_or_hearsay_is_alleged(facts: Facts, text: str, triple: str, speaker: str | None) -> None:
    assert stances(facts, text, triple) == [("Affirmed", "Alleged", speaker)]


@pytest.mark.parametrize(
    ("text", "triple", "speaker"),
    [
        ("Kenya will attack Chad.", "Kenya attacked Chad", None),
        ("Kenya is expected to attack Chad.", "Kenya attacked Chad", None),
        ("Kenya plans to attack Chad.", "Kenya attacked Chad", None),
        ("Kenya decided to attack Chad.", "Kenya attacked Chad", None),
        ("Kenya is preparing to attack Chad.", "Kenya attacked Chad", None),
        ("Kenya vowed to attack Chad.", "Kenya attacked Chad", None),
        ("Uganda said that Kenya would attack Chad.", "Kenya attacked Chad", "Uganda"),
        ("Kenya's planned attack on Chad was condemned.", "Kenya attacked Chad", None),
        ("Kenya is ready to sign the treaty.", "treaty party Kenya", None),
        ("Kenya agreed to supply missiles to Chad.", "Kenya suppliedArmsTo Chad", None),
        ("Kenya would supply missiles to Chad, Uganda said.", "Kenya suppliedArmsTo Chad", "Uganda"),
    ],
)
def test_what_is_to_come_is_planned(facts: Facts, text: str, triple: str, speaker: str | None) -> None:
    assert stances(facts, text, triple) == [("Affirmed", "Planned", speaker)]


@pytest.mark.parametrize(
    ("text", "triple", "speaker"),
    [
        ("Kenya will not attack Chad.", "Kenya attacked Chad", None),
        ("Kenya promised not to attack Chad.", "Kenya attacked Chad", None),
        ("President Idriss Baro of Chad will not visit Kenya.", "Idriss Baro visited Kenya", None),
    ],
)
def test_what_is_not_to_come_is_denied_as_planned(facts: Facts, text: str, triple: str, speaker: str | None) -> None:
    assert stances(facts, text, triple) == [("Denied", "Planned", speaker)]


@pytest.mark.parametrize(
    ("text", "triple", "speaker"),
    [
        ("Kenya could attack Chad.", "Kenya attacked Chad", None),
        ("Kenya may attack Chad.", "Kenya attacked Chad", None),
        ("Kenya might attack Chad.", "Kenya attacked Chad", None),
        ("If Kenya attacks Chad, Uganda will protest.", "Kenya attacked Chad", None),
        ("Uganda will protest if Kenya attacks Chad.", "Kenya attacked Chad", None),
        ("Unless Kenya attacks Chad, Uganda will wait.", "Kenya attacked Chad", None),
        ("It is unclear whether Kenya attacked Chad.", "Kenya attacked Chad", None),
        ("Kenya did not rule out attacking Chad.", "Kenya attacked Chad", None),
        ("Kenya considered attacking Chad.", "Kenya attacked Chad", None),
        ("Kenya threatened to attack Chad.", "Kenya attacked Chad", None),
        ("Uganda urged Kenya to attack Chad.", "Kenya attacked Chad", None),
        ("Uganda fears that Kenya will attack Chad.", "Kenya attacked Chad", None),
        ("Uganda said that Kenya might attack Chad.", "Kenya attacked Chad", "Uganda"),
        ("A possible attack by Kenya on Chad was feared.", "Kenya attacked Chad", None),
        ("Kenya hopes to sign a treaty with Uganda.", "treaty party Kenya", None),
        ("Kenya proposed to sign a treaty with Uganda.", "treaty party Kenya", None),
        ("Kenya offered to supply missiles to Chad.", "Kenya suppliedArmsTo Chad", None),
        ("Kenya has not said whether it supplied missiles to Chad.", "Kenya suppliedArmsTo Chad", "Kenya"),
        ("Uganda warned that Kenya could supply missiles to Chad.", "Kenya suppliedArmsTo Chad", "Uganda"),
        ("Kenya has invited President Idriss Baro of Chad to visit Kenya.", "Idriss Baro visited Kenya", None),
    ],
)
def test_what_may_be_is_hypothetical(facts: Facts, text: str, triple: str, speaker: str | None) -> None:
    assert stances(facts, text, triple) == [("Affirmed", "Hypothetical", speaker)]


@pytest.mark.parametrize(
    ("text", "triple", "speaker"),
    [
        ("Uganda urged Kenya not to supply missiles to Chad.", "Kenya suppliedArmsTo Chad", None),
    ],
)
def test_what_should_not_be_is_denied_as_hypothetical(facts: Facts, text: str, triple: str, speaker: str | None) -> None:
    assert stances(facts, text, triple) == [("Denied", "Hypothetical", speaker)]
