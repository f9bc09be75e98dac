"""Trees are mended where the words leave no doubt, and left alone elsewhere."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.language.mending import mend

_VOCAB = spacy.blank("en").vocab


def tree(*rows: str) -> Doc:
    """Make a Doc of rows "word pos dep head", the head by its place from 0."""
    words, pos, deps, heads = zip(*(row.split() for row in rows), strict=True)
    doc = Doc(_VOCAB, words=list(words), pos=list(pos), deps=list(deps), heads=[int(h) for h in heads])
    for token in doc:
        token.lemma_ = token.lower_
    return doc


def arcs(doc: Doc) -> dict[str, tuple[str, str]]:
    return {t.text: (t.dep_, t.head.text) for t in doc}


def test_a_particle_before_a_bare_noun_is_its_preposition() -> None:
    doc = mend(
        tree("treaty NOUN nsubj:pass 1", "signed VERB ROOT 1", "in ADP compound:prt 1", "Oslo PROPN obl 1", ". PUNCT punct 1")
    )
    assert arcs(doc)["in"] == ("case", "Oslo")


def test_a_phrase_after_a_participle_is_not_of_the_verb_that_follows() -> None:
    doc = mend(
        tree(
            "treaty NOUN nsubj 6", ", PUNCT punct 2", "signed VERB acl 0", "by ADP case 4", "Kenya PROPN obl 6",
            ", PUNCT punct 0", "lapsed VERB ROOT 6",
        )
    )  # fmt: skip
    assert arcs(doc)["Kenya"][1] == "signed"


def test_a_relative_clause_without_pronoun_or_subject_is_a_reduced_one() -> None:
    doc = mend(tree("treaty NOUN nsubj 3", ", PUNCT punct 2", "signed VERB acl:relcl 0", "lapsed VERB ROOT 3"))
    assert arcs(doc)["signed"] == ("acl", "treaty")


def test_a_relative_clause_with_its_pronoun_stays_one() -> None:
    doc = mend(
        tree(
            "treaty NOUN nsubj 4",
            "which PRON nsubj:pass 3",
            "was AUX aux:pass 3",
            "signed VERB acl:relcl 0",
            "lapsed VERB ROOT 4",
        )
    )
    assert arcs(doc)["signed"] == ("acl:relcl", "treaty")


def test_a_main_verb_is_no_object_of_the_relative_clause_before_it() -> None:
    doc = mend(
        tree("treaty NOUN ROOT 0", "that PRON obj 3", "Kenya PROPN nsubj 3", "signed VERB acl:relcl 0", "lapsed VERB obj 3")
    )
    assert arcs(doc)["lapsed"] == ("ROOT", "lapsed")
    assert arcs(doc)["treaty"] == ("nsubj", "lapsed")


def test_a_headline_is_headed_by_its_infinitive() -> None:
    doc = mend(tree("Chad PROPN ROOT 0", "to PART mark 2", "join VERB acl 0", "convention NOUN obj 2"))
    assert arcs(doc)["join"] == ("ROOT", "join")
    assert arcs(doc)["Chad"] == ("nsubj", "join")


@pytest.mark.parametrize("relation", ["nsubj", "obj"])
def test_a_tree_that_is_right_is_left_as_it_is(relation: str) -> None:
    rows = (
        "Kenya PROPN nsubj 1",
        "signed VERB ROOT 1",
        "treaties NOUN obj 1",
        "in ADP case 4",
        "Oslo PROPN obl 1",
        ". PUNCT punct 1",
    )
    before = tree(*rows)
    assert arcs(mend(tree(*rows))) == arcs(before)
    assert any(dep == relation for dep, _ in arcs(before).values())
