"""Who does what to whom, whatever the construction."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from kg.extraction.lists import conjuncts
from kg.extraction.syntax import roles
from kg.extraction.trees import clause, is_passive, preposition
from kg.model import Document
from kg.reading import reader


def word(text: str, wanted: str) -> Token:
    doc, _ = reader().read(Document("text", text))
    return next(token for token in doc if token.lower_ == wanted.lower())


@pytest.mark.parametrize(
    ("text", "trigger", "expected"),
    [
        # active
        ("Kenya signed the treaty in Nairobi.", "signed", {"agent": "Kenya", "patient": "treaty"}),
        ("Kenya met Uganda and Tanzania.", "met", {"agent": "Kenya", "patient": "Uganda Tanzania"}),
        ("Kenya supplied Uganda with missiles.", "supplied", {"agent": "Kenya", "patient": "Uganda", "with": "missiles"}),
        ("Kenya blamed Uganda for the attack.", "blamed", {"agent": "Kenya", "patient": "Uganda", "for": "attack"}),
        # passive
        ("The treaty was signed in Nairobi.", "signed", {"patient": "treaty", "in": "Nairobi"}),
        ("The attack was condemned by Kenya on Monday.", "condemned", {"agent": "Kenya", "patient": "attack"}),
        # relative clause
        ("The treaty that Kenya signed lapsed.", "signed", {"agent": "Kenya", "patient": "treaty"}),
        ("The minister who signed the treaty left.", "signed", {"agent": "minister", "patient": "treaty"}),
        ("The treaty which was signed by Kenya lapsed.", "signed", {"agent": "Kenya", "patient": "treaty"}),
        ("The man whom the minister met left.", "met", {"agent": "minister", "patient": "man"}),
        ("The president, who visited Kenya last year, resigned.", "visited", {"agent": "president", "patient": "Kenya"}),
        ("Nairobi, where the treaty was signed, is big.", "signed", {"patient": "treaty", "in": "Nairobi"}),
        # participle
        ("The treaty signed by Kenya lapsed.", "signed", {"agent": "Kenya", "patient": "treaty"}),
        ("Signed by Kenya, the treaty lapsed.", "signed", {"agent": "Kenya", "patient": "treaty"}),
        ("After signing the treaty, Kenya left.", "signing", {"agent": "Kenya", "patient": "treaty"}),
        ("By joining the pact, Kenya angered Uganda.", "joining", {"agent": "Kenya", "patient": "pact"}),
        ("The missiles delivered to Uganda failed.", "delivered", {"patient": "missiles", "to": "Uganda"}),
        # control
        ("Kenya agreed to sign the treaty.", "sign", {"agent": "Kenya", "patient": "treaty"}),
        ("Kenya and Uganda plan to sign the treaty.", "sign", {"agent": "Kenya Uganda", "patient": "treaty"}),
        ("The ministers are to sign the treaty on Monday.", "sign", {"agent": "ministers", "patient": "treaty"}),
        ("Kenya accused Uganda of shelling a town.", "shelling", {"agent": "Uganda", "patient": "town"}),
        ("Kenya urged Uganda to withdraw from the treaty.", "withdraw", {"agent": "Uganda", "from": "treaty"}),
        ("Kenya helped Uganda to ratify the treaty.", "ratify", {"agent": "Uganda", "patient": "treaty"}),
        ("Kenya was forced to leave the treaty.", "leave", {"agent": "Kenya", "patient": "treaty"}),
        ("Kenya denied supplying missiles to Uganda.", "supplying", {"agent": "Kenya", "patient": "missiles", "to": "Uganda"}),
        ("Kenya blamed Uganda for the attack.", "attack", {"agent": "Uganda"}),
        # coordination
        ("Kenya signed the treaty and ratified it.", "ratified", {"agent": "Kenya", "patient": "it"}),
        ("Kenya met Uganda and left the room.", "left", {"agent": "Kenya", "patient": "room"}),
        # light verb
        ("The minister paid a visit to Kenya.", "visit", {"agent": "minister", "to": "Kenya"}),
        ("Kenya held talks with Uganda in Nairobi.", "talks", {"agent": "Kenya", "with": "Uganda", "in": "Nairobi"}),
        ("Kenya imposed sanctions on Uganda.", "sanctions", {"agent": "Kenya", "on": "Uganda"}),
        ("Kenya launched an attack on Uganda.", "attack", {"agent": "Kenya", "on": "Uganda"}),
        ("Kenya issued an ultimatum to Uganda.", "ultimatum", {"agent": "Kenya", "to": "Uganda"}),
        # nominalisation
        ("The minister's visit to Kenya ended.", "visit", {"owner": "minister", "to": "Kenya"}),
        ("Kenya's withdrawal from the treaty surprised Uganda.", "withdrawal", {"owner": "Kenya", "from": "treaty"}),
        ("The ratification of the treaty by Kenya took years.", "ratification", {"of": "treaty", "by": "Kenya"}),
        ("Talks between Kenya and Uganda failed.", "talks", {"between": "Kenya Uganda"}),
        # nouns that say what something is
        ("Kenya is a member of the union.", "member", {"subject": "Kenya", "of": "union"}),
        ("Kenya, a member of the union, protested.", "member", {"appos": "Kenya", "of": "union"}),
        ("The Qatar-brokered truce held.", "brokered", {"modifier": "Qatar", "head": "truce"}),
    ],
)
def test_a_construction_is_undone_to_its_roles(text: str, trigger: str, expected: dict[str, str]) -> None:
    found = roles(word(text, trigger))
    assert {role: " ".join(token.text for token in found.get(role, [])) for role in expected} == expected


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("The treaty was signed.", "signed", True),
        ("The treaty signed by Kenya lapsed.", "signed", True),
        ("The treaty was signed and ratified.", "ratified", True),
        ("Kenya signed the treaty.", "signed", False),
        ("Kenya has signed the treaty.", "signed", False),
        ("A treaty banning missiles lapsed.", "banning", False),
    ],
)
def test_a_verb_is_passive_or_not(text: str, verb: str, passive: bool) -> None:
    assert is_passive(word(text, verb)) is passive


@pytest.mark.parametrize(
    ("text", "noun", "found"),
    [
        ("Kenya spoke with Uganda.", "Uganda", "with"),
        ("Kenya, together with Uganda, spoke.", "Uganda", "with"),
        ("According to Uganda, Kenya spoke.", "Uganda", "according"),
        ("Kenya met Uganda.", "Uganda", ""),
    ],
)
def test_a_noun_phrase_has_one_preposition(text: str, noun: str, found: str) -> None:
    assert preposition(word(text, noun)) == found


def test_what_is_coordinated_belongs_together() -> None:
    assert [token.text for token in conjuncts(word("Kenya, Uganda and Tanzania signed it.", "Kenya"))] == [
        "Kenya",
        "Uganda",
        "Tanzania",
    ]


def test_a_clause_ends_where_another_begins() -> None:
    words = {token.text for token in clause(word("Kenya said on Monday that Uganda had signed.", "said"))}
    assert {"Kenya", "Monday"} <= words
    assert "Uganda" not in words
