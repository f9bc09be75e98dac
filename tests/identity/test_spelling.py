"""Spellings of one name are alike, other names are not; every rule shows by its example what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ResourceError
from kg.identity.person_names import Likeness, likeness, name_words
from kg.identity.spelling import RULES, Rule, frame, plain, rules, spelling, words


@pytest.mark.parametrize("rule", rules("spelling"), ids=lambda rule: "-".join(rule.example))
def test_a_rule_of_spelling_makes_its_example_alike(rule: Rule) -> None:
    one, other = rule.example
    assert one != other
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize("rule", rules("frame"), ids=lambda rule: "-".join(rule.example))
def test_a_rule_of_frames_makes_its_example_alike(rule: Rule) -> None:
    one, other = rule.example
    assert one != other
    assert frame(one) == frame(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Kim Jong Un", "KIM Jong-Un", Likeness.WORDS),
        ("Kim Jong Un", "Jong Un Kim", Likeness.WORDS),
        ("Sheikh Yousef al-Kuwari", "Yousef Al Kuwari", Likeness.WORDS),
        ("Ada Wekesa Jr.", "Ada Wekesa", Likeness.WORDS),
        ("Masoud Pezeshkian", "Masoud Pezeshkyan", Likeness.SPELLING),
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy", Likeness.SPELLING),
        ("Volodymyr Zelenskiy", "Volodymyr Zelenskyi", Likeness.SPELLING),
        ("Ilham Aliyev", "Ilham Aliev", Likeness.SPELLING),
        ("Sergei Quistov", "Sergey Quistoff", Likeness.SPELLING),
        ("Muhammad Quist", "Mohammed Quist", Likeness.NEAR),
        ("Ada N. Wekesa", "Ada Wekesa", Likeness.SHORTER),
        ("A. Wekesa", "Ada Wekesa", Likeness.SHORTER),
        ("Mohammed bin Quist", "Mohammed bin Quist Al Norland", Likeness.SHORTER),
        ("Diomaye Quist", "Bassirou Diomaye Quist", Likeness.SHORTER),
        ("Wekesa", "Ada Wekesa", Likeness.FAMILY),
        ("Kim", "Kim Jong Un", Likeness.FAMILY),
        ("Ada Wekesa", "Ruth Wekesa", Likeness.NONE),
        ("Ada Wekesa", "Ada Njeri", Likeness.NONE),
        ("A. Wekesa", "Ruth Wekesa", Likeness.NONE),
        ("Chen Li", "Cheng Li", Likeness.NONE),
        ("A.", "Ada Wekesa", Likeness.NONE),
    ],
)
def test_names_of_persons_go_together_as_far_as_their_words_do(one: str, other: str, expected: Likeness) -> None:
    assert likeness(name_words(one), name_words(other)) is expected
    assert likeness(name_words(other), name_words(one)) is expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Organisation for Co-operation", "Organization for Cooperation"),
        ("The Lakes Centre", "Lakes Center"),
        ("Ministry of Defence & Trade", "Ministry of Defense and Trade"),
    ],
)
def test_british_and_american_spelling_are_one(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@given(st.text(max_size=40))
def test_any_text_has_words_and_each_a_frame(text: str) -> None:
    found = words(text)
    assert found
    assert all(word.isascii() for word in found)
    assert [frame(word) for word in found] == [frame(word) for word in words(text.upper().lower())] or not text.isascii()
    assert plain(text)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ('[[spelling]]\nwrite = "("\nas = ""\nexample = ["a", "b"]\n', "is no pattern"),
        ('[[spelling]]\nwrite = "a"\nas = ""\n', "needs write, as, and an example"),
        ("[other]\n", "lacks spelling"),
    ],
)
def test_a_broken_rule_is_named(tmp_path: Path, broken: str, reason: str) -> None:
    file = tmp_path / RULES.name
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(ResourceError, match=reason) as caught:
        rules("spelling", file)
    assert caught.value.file == str(file)
