"""The project's scorer, where it is at hand, reads the graph and finds all that was put into it."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest
import river_treaty
from river_treaty import NAMES, RUN

from kg.graph import Names, document_quads, sorted_nquads
from kg.model import Evidence, FieldConcept, PartialDate

SCORER = Path(__file__).parents[3] / "shared" / "score" / "score.py"
pytestmark = pytest.mark.skipif(not SCORER.exists(), reason="the scorer is not part of the project")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold() -> dict[str, object]:
    """The test reading, as a gold file says it."""
    reading = river_treaty.reading()
    names = {entity: name for name, entity in NAMES.items()}
    return {
        "document": "river-treaty",
        "entities": [
            {"id": entity.id, "type": entity.kind, "mentions": [names[entity.id]], "global": entity.id}
            for entity in reading.entities
        ],
        "assertions": [fact(evidence) for evidence in reading.evidence],
    }


def fact(evidence: Evidence) -> dict[str, object]:
    match evidence.statement.object:
        case FieldConcept(name) | PartialDate(name):
            value = name
        case entity:
            value = entity
    return {
        "s": evidence.statement.subject,
        "p": evidence.statement.predicate,
        "o": value,
        "polarity": evidence.polarity,
        "modality": evidence.modality,
        "speaker": evidence.speaker,
        "evidence": [evidence.span.of(river_treaty.TEXT)],
    }


def test_the_scorer_finds_every_fact_its_words_and_its_qualifiers(scorer: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "river-treaty.json").write_text(json.dumps(gold()))
    (tmp_path / "river-treaty.txt").write_text(river_treaty.TEXT, newline="")
    graph = tmp_path / "graph.nq"
    graph.write_bytes(sorted_nquads(document_quads(river_treaty.reading(), Names(), RUN)))
    result = scorer.score(str(graph), tmp_path, tmp_path)
    assert result["documents"] == 1
    assert result["facts"]["f1"] == 1
    assert result["strict (polarity, modality)"]["f1"] == 1
    assert result["grounded"] == result["speaker"] == 1
    assert result["broken"] == {}
