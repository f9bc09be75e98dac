"""Denials that point back are attached to the charge they point to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Facts = Callable[..., Any]
CHARGE = "Uganda accused Kenya of supplying missiles to Chad"


def deniers(facts: Facts, text: str) -> set[str | None]:
    found = facts(text, "suppliedArmsTo")
    assert {f.triple for f in found} == {("Kenya", "suppliedArmsTo", "Chad")}
    return {f.speaker for f in found if f.polarity == "Denied"}


@pytest.mark.parametrize(
    ("denial", "who"),
    [
        (". Kenya denied the allegation.", {"Kenya"}),
        (". Kenya denies this.", {"Kenya"}),
        (". Kenya rejected the accusations.", {"Kenya"}),
        (". Both Kenya and Chad have denied the charges.", {"Kenya", "Chad"}),
        (", which Kenya denies.", {"Kenya"}),
        (". Kenya called that a fabrication.", {"Kenya"}),
        ("; Kenya describes the report as baseless.", {"Kenya"}),
        (". The two talked for days. Kenya dismissed the accusation.", {"Kenya"}),
        (". Kenya's foreign minister, Ada Moi, rejected the allegations.", {"Ada Moi"}),
    ],
)
def test_whoever_is_charged_may_deny_it(facts: Facts, denial: str, who: set[str]) -> None:
    assert deniers(facts, CHARGE + denial) == who


def test_a_claim_can_be_denied_as_a_charge_can(facts: Facts) -> None:
    assert deniers(facts, "Uganda said that Kenya had supplied missiles to Chad. Kenya rejected the claim.") == {"Kenya"}


def test_the_charge_itself_stays(facts: Facts) -> None:
    found = facts(f"{CHARGE}. Kenya denied the allegation.", "suppliedArmsTo")
    assert {(f.polarity, f.modality, f.speaker) for f in found} == {
        ("Affirmed", "Alleged", "Uganda"),
        ("Denied", "Actual", "Kenya"),
    }


@pytest.mark.parametrize(
    "text",
    [
        f"{CHARGE}.",
        f"{CHARGE}. Peru denied the report.",
        f"{CHARGE}. Kenya did not deny the charge.",
        f"{CHARGE}. Kenya denied that it had attacked Mali.",
        f"Kenya denied the visa requests. {CHARGE}.",
    ],
)
def test_other_denials_leave_the_charge_alone(facts: Facts, text: str) -> None:
    assert deniers(facts, text) == set()
