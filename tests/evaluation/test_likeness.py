"""Identity across articles, and links, where the graph is not right about them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.evaluation.judging import Evaluation
from kg.evaluation.likeness import identity, links
from kg.model import Kind

STATE = "https://w3id.org/treatygraph/id/state/"


def test_one_thing_under_two_names_costs_recall(evaluation: Evaluation) -> None:
    first, second = evaluation.judgements
    alignment = {(f"{STATE}suomi" if gold == "norway" else iri): gold for iri, gold in first.alignment.items()}
    split = replace(first, alignment=alignment)
    # Four places: Portugal's two are right; of Norway's two, each finds one of two.
    assert identity([split, second], Kind.STATE) == pytest.approx(2 * 1 * 0.75 / 1.75)


def test_two_things_under_one_name_cost_precision(evaluation: Evaluation) -> None:
    first, second = evaluation.judgements
    swapped = {"norway": "portugal", "portugal": "norway"}
    alignment = {iri: swapped.get(gold, gold) for iri, gold in first.alignment.items()}
    assert identity([replace(first, alignment=alignment), second], Kind.STATE) == pytest.approx(0.5)


def test_an_entity_that_is_not_found_is_one_of_its_own(evaluation: Evaluation) -> None:
    first, second = evaluation.judgements
    assert identity([replace(first, alignment={}), second], Kind.PERSON) == pytest.approx(2 * 1 * 0.5 / 1.5)


def test_nothing_to_identify_gives_zero(evaluation: Evaluation) -> None:
    assert identity(evaluation.judgements, Kind.PLACE) == 0


def test_a_link_to_another_item_is_wrong(evaluation: Evaluation) -> None:
    wrong = replace(evaluation, links={**evaluation.links, f"{STATE}norway": frozenset({"Q33"})})
    assert links(wrong)[Kind.STATE] == {"right": 2, "wrong": 2, "missing": 1}
