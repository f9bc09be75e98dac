"""Finders stand under versioned names, built-in ones like any plug-in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest

from kg.errors import ExtractionError
from kg.extraction.finders import Finding, finder, get_finder
from kg.extraction.frames import Frame, frames
from kg.extraction.reading import read
from kg.extraction.scene import Scene
from kg.extraction.stance import Stance
from kg.model import Document, Kind
from kg.reading import reader


def test_built_in_finders_have_versioned_names() -> None:
    names = {name for frame in frames() for name in frame.finders}
    assert names
    assert all(re.fullmatch(r"kg\.\w+\.v\d+", name) for name in names)
    assert all(callable(get_finder(name)) for name in names)


def test_an_unknown_finder_is_named_with_those_that_are_known() -> None:
    with pytest.raises(ExtractionError, match=r"'kg\.magic\.v1'.*kg\.roles\.v1"):
        get_finder("kg.magic.v1")


def test_a_finder_of_ones_own_is_used_by_a_frame_that_names_it() -> None:
    @finder("tests.neighbours.v1")
    def neighbours(frame: Frame, scene: Scene, found: list[Finding]) -> Iterator[Finding]:  # noqa: ARG001 (the protocol's)
        states = [m for m in scene.cast.mentions if scene.kind(m.member) is Kind.STATE]
        yield Finding(frame.name, states[0].member, frame.predicate, states[1].member, scene.doc[states[0].start], Stance())

    text = "Kenya, Uganda."
    doc, cast = reader().read(Document("text", text, issued=date(2024, 5, 8)))
    frame = Frame("alliedWith", 9, ("tests.neighbours.v1",), "stand side by side", ())
    reading = read(doc, cast, reader().reference, [frame])
    [evidence] = reading.evidence
    assert (evidence.frame, evidence.statement.predicate) == ("kg.alliedWith.v9", "alliedWith")
    assert evidence.span.of(text) == text


def test_a_frame_that_names_an_unknown_finder_is_not_passed_over() -> None:
    doc, cast = reader().read(Document("text", "Kenya waits."))
    with pytest.raises(ExtractionError, match=r"no finder is called 'tests\.nobody\.v1'"):
        read(doc, cast, reader().reference, [Frame("alliedWith", 9, ("tests.nobody.v1",), "stand side by side", ())])
