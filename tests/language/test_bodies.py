"""Bodies of a state are named by what they are; later the same words name the same body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from kg.model import Kind

Parse = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "body", "state"),
    [
        ("The Norwegian foreign ministry protested.", "foreign ministry", "Norway"),
        ("Norway's foreign ministry protested.", "foreign ministry", "Norway"),
        ("The navy of Peru fired.", "navy", "Peru"),
        ("Greece's parliament approved the budget.", "parliament", "Greece"),
        ("The Estonian security council met.", "security council", "Estonia"),
        ("The Kenyan space agency launched a rocket.", "space agency", "Kenya"),
        ("Seoul's spy agency briefed lawmakers.", "spy agency", "South Korea"),
    ],
)
def test_a_body_belongs_to_the_state_beside_it(parse: Parse, text: str, body: str, state: str) -> None:
    parsed = parse(text)
    member = parsed.member(body)
    assert member.kind is Kind.ORGANIZATION
    assert parsed.cast.members[member.state].label == state


def test_the_same_words_name_the_same_body_again(parse: Parse) -> None:
    parsed = parse("The Norwegian foreign ministry protested. The foreign ministry waited.")
    assert parsed.member("foreign ministry", 1) is parsed.member("foreign ministry", 2)


def test_two_states_have_two_bodies_of_the_same_name(parse: Parse) -> None:
    parsed = parse("Peru's navy and Chile's navy met. The navy left.")
    first, second, again = (parsed.member("navy", nth) for nth in (1, 2, 3))
    assert first is not second
    assert again is second


def test_a_body_that_is_known_by_name_belongs_to_its_state_where_the_text_names_it(parse: Parse) -> None:
    parsed = parse("Germany waited until the Bundestag had voted.")
    assert parsed.cast.members[parsed.member("Bundestag").state].label == "Germany"


@pytest.mark.parametrize("text", ["The council met.", "The court ruled.", "The office is closed.", "A committee of experts met."])
def test_a_body_of_nobody_is_none(parse: Parse, text: str) -> None:
    assert parse(text).cast.mentions == []
