"""Slugs are ASCII, stable, and their own slugs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents import slug


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Treaty of Strelsau (1972)", "treaty-of-strelsau-1972"),
        ("  --Anna   Holm-- ", "anna-holm"),
        ("Łukasz Żółć", "lukasz-zolc"),
        ("Straße", "strasse"),
        ("Ærøskøbing", "aeroskobing"),
        ("İstanbul", "istanbul"),
        ("the People’s Pact", "the-peoples-pact"),
        ("Strelsau–Klow", "strelsau-klow"),
        ("soft\u00adhyphen", "softhyphen"),
        ("ﬁne²", "fine2"),
        ("Договор 1961", "1961"),
    ],
)
def test_a_name_is_spelt_in_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected


@pytest.mark.parametrize("text", ["Москва", "東京", "!!!", ""])
def test_what_has_no_ascii_form_is_named_by_its_hash(text: str) -> None:
    assert re.fullmatch(r"x-[0-9a-f]{8}", slug(text))


def test_different_names_without_ascii_form_get_different_slugs() -> None:
    assert slug("Москва") != slug("Киев")


@given(st.text())
def test_a_slug_is_never_empty_has_only_slug_characters_and_is_its_own_slug(text: str) -> None:
    made = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert slug(made) == made
    assert slug(text) == made
