"""Frames: each says what it looks for, in words that find it; a malformed file is named with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ResourceError
from kg.extraction.finders import get_finder
from kg.extraction.frames import Frame, frames
from kg.model import Modality, Polarity
from kg.vocabulary import vocabulary

Facts = Callable[..., Any]
GOOD = """property = "threatened"
version = 3
finders = ["kg.roles.v1"]
summary = "threatens"

[[pattern]]
verbs = ["menace"]
subject = ["agent"]
object = ["patient"]
"""
EXAMPLES = [(frame.predicate, pattern.example) for frame in frames() for pattern in frame.patterns]


@pytest.fixture
def loaded(tmp_path: Path) -> Callable[..., Frame]:
    def load(text: str, name: str = "threatened.toml") -> Frame:
        (tmp_path / name).write_text(text, encoding="utf-8")
        [frame] = frames(tmp_path)
        return frame

    return load


def test_every_property_of_the_ontology_has_a_frame() -> None:
    assert {frame.predicate for frame in frames()} == set(vocabulary().properties)


@pytest.mark.parametrize("frame", frames(), ids=lambda frame: frame.predicate)
def test_a_frame_says_what_it_is_and_who_runs_it(frame: Frame) -> None:
    assert frame.name == f"kg.{frame.predicate}.v{frame.version}"
    assert frame.version >= 1
    assert frame.summary
    assert all(callable(get_finder(name)) for name in frame.finders)
    assert all(0 < pattern.confidence <= 1 for pattern in frame.patterns)


@pytest.mark.parametrize(("predicate", "example"), EXAMPLES, ids=[f"{predicate}: {example}" for predicate, example in EXAMPLES])
def test_a_patterns_example_is_found(facts: Facts, predicate: str, example: str) -> None:
    assert predicate in {fact.predicate for fact in facts(example)}


def test_a_frame_is_read_from_its_file(loaded: Callable[..., Frame]) -> None:
    frame = loaded(GOOD + 'polarity = "Denied"\nmodality = "Planned"\nconfidence = 0.6\n')
    assert (frame.name, frame.finders, frame.summary) == ("kg.threatened.v3", ("kg.roles.v1",), "threatens")
    [pattern] = frame.patterns
    assert (pattern.verbs, pattern.subject, pattern.object) == ({"menace"}, ("agent",), ("patient",))
    assert (pattern.polarity, pattern.modality, pattern.confidence) == (Polarity.DENIED, Modality.PLANNED, 0.6)


def test_a_shared_set_stands_for_its_words(loaded: Callable[..., Frame]) -> None:
    [pattern] = loaded(GOOD.replace('"menace"', '"menace", "@violate"')).patterns
    assert {"menace", "violate", "breach"} <= pattern.verbs


def test_a_part_of_a_shared_set_is_named_after_a_dot(loaded: Callable[..., Frame]) -> None:
    [pattern] = loaded(GOOD.replace('"menace"', '"@sign.firm"')).patterns
    assert "ink" in pattern.verbs
    assert not any(word.startswith("@") for word in pattern.verbs)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (GOOD.replace("version = 3\n", ""), None, "version: Field required"),
        (GOOD.replace('summary = "threatens"\n', ""), None, "summary: Field required"),
        (GOOD.replace('"threatened"', '"frightened"'), 1, "'frightened' is no property of the ontology"),
        (GOOD.replace('"threatened"', '"accused"'), 1, r"must be named accused\.toml"),
        (GOOD.replace("version = 3", 'version = "one"'), 2, "version: .*'one'"),
        (GOOD.replace('["kg.roles.v1"]', '"kg.roles.v1"'), 3, "finders: .*tuple"),
        (GOOD.replace("[[pattern]]", "[pattern]"), None, "pattern: .*tuple"),
        ('colour = "red"\n' + GOOD, 1, "colour: is unknown here"),
        (GOOD + "colour = 1\n", 10, r"pattern\.colour: is unknown here"),
        (GOOD + 'polarity = "Perhaps"\n', 10, "Perhaps"),
        (GOOD + 'modality = "Sure"\n', 10, "Sure"),
        (GOOD + 'types = ["Ship"]\n', 10, "Ship"),
        (GOOD + 'confidence = "high"\n', 10, "confidence: .*'high'"),
        (GOOD + "confidence = 3\n", 10, "confidence: .* 1, not 3"),
        (GOOD + 'need = [{ roles = ["patient"] }]\n', 10, "words"),
        (GOOD + 'need = [{ roles = ["moon"], words = ["full"] }]\n', 10, "no role is called 'moon'"),
        (GOOD.replace('["menace"]', '"menace"'), 7, r"pattern\.verbs: .*frozenset"),
        (GOOD.replace('["menace"]', '["@songs"]'), 7, "no shared set is called '@songs'"),
        (GOOD.replace('["agent"]', '["agents"]'), 8, "no role is called 'agents'"),
        (GOOD.replace('verbs = ["menace"]\n', ""), 6, "needs verbs, nouns, adjectives or a rule"),
        (GOOD.replace('subject = ["agent"]\n', ""), 6, "needs subject and object, or pairs"),
        (GOOD + '[[pattern]]\nverbs = ["menace"]\nsubject = ["agent"]\nobject = [3]\n', 13, "object"),
        (GOOD.replace('["agent"]', '["agent'), 8, "at line 8"),
    ],
)
def test_a_malformed_frame_is_named_with_file_and_line(
    loaded: Callable[..., Frame], text: str, line: int | None, reason: str
) -> None:
    with pytest.raises(ResourceError, match=reason) as caught:
        loaded(text)
    assert caught.value.file.endswith("threatened.toml")
    assert caught.value.line == line


def test_an_empty_folder_holds_no_frames(tmp_path: Path) -> None:
    assert frames(tmp_path) == ()
