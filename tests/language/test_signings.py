"""Idioms for signing are read as the verb that they stand for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        ("Anna Lind and Jan Roos put their names to a ceasefire in Oslo.", "ceasefire"),
        ("The presidents put their names on Monday to a ceasefire arrangement.", "arrangement"),
        ("The two leaders put their signatures under a joint declaration.", "declaration"),
        ("The ministers set their signatures to a police arrangement.", "arrangement"),
        ("The ministers put pen to paper on a loan.", "loan"),
        ("Anna Lind affixed her signature to the treaty.", "treaty"),
    ],
)
def test_what_a_signature_is_put_to_is_the_object_of_signing(parse: Callable[..., Any], text: str, signed: str) -> None:
    doc = parse(text).doc
    [verb] = [t for t in doc if t.lemma_ == "sign"]
    assert [t.text for t in verb.children if t.dep_ == "obj"] == [signed]


@pytest.mark.parametrize("text", ["They added a name to the list.", "Chad gave Peru a pen.", "Chad set a date for the vote."])
def test_other_names_and_pens_sign_nothing(parse: Callable[..., Any], text: str) -> None:
    assert "sign" not in {t.lemma_ for t in parse(text).doc}


def test_a_clause_of_signing_hangs_on_the_agreement_and_not_on_a_word_of_its_phrase(parse: Callable[..., Any]) -> None:
    doc = parse("A declaration of principles, which Chad and Peru adopted in Oslo in 2011, has lapsed.").doc
    assert [t.head.text for t in doc if t.text == "adopted"] == ["declaration"]
