"""Required literals never keep a pattern from matching what it would match."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents.cues import bundled
from kg.documents.literals import required


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"all rights reserved", {"all rights reserved"}),
        (r"cookies?", {"cookie"}),
        (r"\bsign up\b|unsubscribe", {"sign up", "unsubscribe"}),
        (r"(?:view|see) (?:pages|items)", {"pages", "items"}),
        (r"(?:new )?members(?: only)?", {"members"}),
        (r"ab+cde", {"cde"}),
        (r"x{0,3}years{2}", {"years"}),
        (r"(?=later)read (?!now)this", {"read "}),
        (r"\w+ via (?:AP|EPA)", {" via "}),
        (r"read\.more", {"read.more"}),
        (r"[a-z]+ theme", {" theme"}),
    ],
)
def test_the_most_telling_fixed_words_are_found(pattern: str, words: set[str]) -> None:
    assert required(pattern) == words


@pytest.mark.parametrize("pattern", [r"\d+", r"a|treaty", r"(?:pact)?", r"[abc]{3}", r"x*y?"])
def test_patterns_without_fixed_words_have_none(pattern: str) -> None:
    assert required(pattern) is None


_PHRASES = [phrase for group in bundled().groups for phrase in group.phrases]


@settings(deadline=None)
@given(st.data())
def test_whatever_a_bundled_pattern_matches_holds_one_of_its_required_words(data: st.DataObject) -> None:
    phrase = data.draw(st.sampled_from(_PHRASES))
    text = data.draw(st.from_regex(phrase.pattern))
    assert phrase.may_match(text)
