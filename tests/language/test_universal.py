"""ClearNLP's trees, as en_core_web_* gives them, become universal dependencies; others stay as they are."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.language.lexicon import table
from kg.language.models import MODEL
from kg.language.network import Network
from kg.language.universal import make_universal

VOCAB = spacy.blank("en").vocab


def doc_of(rows: str) -> Doc:
    """Make a Doc from word/pos/relation/head (counted from 1)[/entity] for each word."""
    parts = [row.split("/") for row in rows.split()]
    return Doc(
        VOCAB,
        words=[p[0] for p in parts],
        pos=[p[1] for p in parts],
        deps=[p[2] for p in parts],
        heads=[int(p[3]) - 1 for p in parts],
        ents=[p[4] if len(p) > 4 else "O" for p in parts],
    )


def arcs(doc: Doc) -> dict[str, tuple[str, str]]:
    return {token.text: (token.dep_, token.head.text) for token in doc}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "Treaties/NOUN/nsubjpass/3 were/AUX/auxpass/3 signed/VERB/ROOT/3 by/ADP/agent/3 Chad/PROPN/pobj/4 in/ADP/prep/3 "
            "Oslo/PROPN/pobj/6",
            {
                "Treaties": ("nsubj:pass", "signed"), "were": ("aux:pass", "signed"), "by": ("case", "Chad"),
                "Chad": ("obl:agent", "signed"), "in": ("case", "Oslo"), "Oslo": ("obl", "signed"),
            },
        ),
        (
            "Okot/PROPN/nsubj/2 is/AUX/ROOT/2 the/DET/det/4 president/NOUN/attr/2 of/ADP/prep/4 Chad/PROPN/pobj/5",
            {
                "Okot": ("nsubj", "president"), "is": ("cop", "president"), "president": ("ROOT", "president"),
                "of": ("case", "Chad"), "Chad": ("nmod", "president"),
            },
        ),
        (
            "Okot/PROPN/nsubj/2 was/AUX/ROOT/2 in/ADP/prep/2 Oslo/PROPN/pobj/3",
            {"Okot": ("nsubj", "Oslo"), "was": ("cop", "Oslo"), "in": ("case", "Oslo"), "Oslo": ("ROOT", "Oslo")},
        ),
        (
            "There/PRON/expl/2 is/AUX/ROOT/2 peace/NOUN/attr/2",
            {"There": ("expl", "is"), "is": ("ROOT", "is"), "peace": ("nsubj", "is")},
        ),
        (
            "A/PROPN/nsubj/7 ,/PUNCT/punct/1 B/PROPN/conj/1 x/PUNCT/punct/3 and/CCONJ/cc/3 C/PROPN/conj/3 met/VERB/ROOT/7 "
            "Okot/PROPN/dobj/7",
            {"B": ("conj", "A"), "C": ("conj", "A"), "and": ("cc", "C"), "A": ("nsubj", "met")},
        ),
        (
            "He/PRON/nsubj/2 wants/VERB/ROOT/2 Chad/PROPN/nsubj/5 to/PART/aux/5 sign/VERB/ccomp/2 it/PRON/dobj/5",
            {"Chad": ("obj", "wants"), "to": ("mark", "sign"), "sign": ("xcomp", "wants"), "it": ("obj", "sign")},
        ),
        (
            "gave/VERB/ROOT/1 Kim/PROPN/dative/1 arms/NOUN/dobj/1 because/SCONJ/prep/1 of/ADP/pcomp/4 war/NOUN/pobj/5",
            {"Kim": ("iobj", "gave"), "because": ("case", "war"), "of": ("case", "war"), "war": ("obl", "gave")},
        ),
        (
            "gave/VERB/ROOT/1 arms/NOUN/dobj/1 to/ADP/dative/1 Kim/PROPN/pobj/3",
            {"to": ("case", "Kim"), "Kim": ("obl", "gave"), "arms": ("obj", "gave")},
        ),
        (
            "left/VERB/ROOT/1 after/ADP/prep/1 signing/VERB/pcomp/2 it/PRON/dobj/3 today/NOUN/npadvmod/1",
            {"after": ("mark", "signing"), "signing": ("advcl", "left"), "today": ("obl:unmarked", "left")},
        ),
        (
            "met/VERB/ROOT/1 in/ADP/prep/1 Oslo/PROPN/pobj/2 and/CCONJ/cc/2 at/ADP/conj/2 Bonn/PROPN/pobj/5",
            {"Oslo": ("obl", "met"), "Bonn": ("conj", "Oslo"), "at": ("case", "Bonn"), "and": ("cc", "Bonn")},
        ),
        (
            "Ada/PROPN/compound/2/B-PERSON Njoroge/PROPN/nsubj/3/I-PERSON broke/VERB/ROOT/3 off/ADP/prt/3 her/PRON/poss/6 "
            "talks/NOUN/dobj/3",
            {
                "Ada": ("nsubj", "broke"), "Njoroge": ("flat", "Ada"), "off": ("compound:prt", "broke"),
                "her": ("nmod:poss", "talks"),
            },
        ),
        (
            "states/NOUN/ROOT/1 that/PRON/nsubj/3 seem/VERB/relcl/1 ready/ADJ/acomp/3 even/ADV/prep/3",
            {"seem": ("acl:relcl", "states"), "ready": ("xcomp", "seem"), "even": ("advmod", "seem")},
        ),
    ],
)  # fmt: skip
def test_heads_and_relations(rows: str, expected: dict[str, tuple[str, str]]) -> None:
    found = arcs(make_universal(doc_of(rows)))
    assert {word: found[word] for word in expected} == expected


def test_a_tree_is_turned_where_it_is_known_to_be_clearnlps() -> None:
    rows = "A/PROPN/ROOT/1 and/CCONJ/cc/1 B/PROPN/conj/1"
    assert arcs(make_universal(doc_of(rows), clear=True))["and"] == ("cc", "B")
    assert arcs(make_universal(doc_of(rows)))["and"] == ("cc", "A")


def test_universal_trees_stay_as_they_are() -> None:
    rows = (
        "A/PROPN/nsubj/5 and/CCONJ/cc/3 B/PROPN/conj/1 is/AUX/cop/5 ready/ADJ/ROOT/5 in/ADP/case/7 Oslo/PROPN/obl/5 "
        ",/PUNCT/punct/7 and/CCONJ/cc/10 he/PRON/conj/3"
    )
    assert arcs(make_universal(doc_of(rows))) == arcs(doc_of(rows))


def test_entities_become_ours_or_none() -> None:
    rows = "A/X/ROOT/1/B-GPE B/X/dep/1/B-NORP C/X/dep/1/B-LAW D/X/dep/1/I-LAW E/X/dep/1/B-PER F/X/dep/1/B-ODD G/X/dep/1/B-FAC"
    found = [(entity.text, entity.label_) for entity in make_universal(doc_of(rows)).ents]
    assert found == [("A", "LOC"), ("C D", "MISC"), ("E", "PERSON"), ("G", "LOC")]


def test_every_relation_and_type_of_the_mapping_is_one_of_ours() -> None:
    network = Network.load(MODEL)
    types = {label[2:] for label in network.entity_labels}
    assert set(table("clearnlp", "relations").values()) <= set(network.relations)
    assert set(table("clearnlp", "entities").values()) <= types


def test_a_pipeline_may_have_the_component() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_universal")
    assert nlp("Kenya").text == "Kenya"
