"""Runs stand in a graph of their own, with all that they read by and all that they read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pyoxigraph import Quad
from river_treaty import RUN

from kg.graph import Names, run_quads, validate
from kg.model import FrameVersion
from kg.terms import term

NAMES = Names()
PARTY = FrameVersion("kg.party.v1", "party", 1, "0" * 64, ("kg.roles.v1", "kg.derived.v1"))
FULL = replace(RUN, inputs="f" * 64, frames=(PARTY,))


def told(quads: list[Quad], subject: object) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in quads:
        if quad.subject == subject:
            value = quad.object.value if hasattr(quad.object, "value") else str(quad.object)
            found.setdefault(quad.predicate.value.replace("#", "/").rpartition("/")[2], set()).add(value)
    return found


def test_a_run_is_an_activity_with_software_model_start_and_end() -> None:
    quads = run_quads([RUN], {}, NAMES)
    assert {quad.graph_name for quad in quads} == {NAMES.shared_graph("runs")}
    assert told(quads, NAMES.run("run-1")) == {
        "type": {term("prov:Activity").value, term("tg:Run").value},
        "software": {"treatygraph 0.1.0"},
        "model": {"treatygraph-en 0.1.0"},
        "startedAtTime": {"2031-05-05T08:00:00Z"},
        "endedAtTime": {"2031-05-05T08:01:00Z"},
        "wasAssociatedWith": {NAMES.software("treatygraph 0.1.0").value},
    }


def test_it_was_the_work_of_a_software_agent() -> None:
    agent = told(run_quads([RUN], {}, NAMES), NAMES.software("treatygraph 0.1.0"))
    assert agent == {"type": {term("prov:SoftwareAgent").value}, "label": {"treatygraph 0.1.0"}}


def test_it_used_the_documents_that_it_read() -> None:
    quads = run_quads([FULL], {"run-1": ["a", "b"], "another": ["c"]}, NAMES)
    run = told(quads, NAMES.run("run-1"))
    assert run["used"] == {NAMES.document("a").value, NAMES.document("b").value}
    assert run["inputDigest"] == {"f" * 64}


def test_it_used_frames_each_with_its_version_and_the_digest_of_its_file() -> None:
    quads = run_quads([FULL], {}, NAMES)
    assert told(quads, NAMES.run("run-1"))["usedFrame"] == {NAMES.frame(PARTY).value}
    assert told(quads, NAMES.frame(PARTY)) == {
        "type": {term("tg:FrameVersion").value},
        "frame": {"kg.party.v1"},
        "finds": {term("tg:party").value},
        "version": {"1"},
        "sha256": {"0" * 64},
        "finder": {"kg.roles.v1", "kg.derived.v1"},
    }


def test_a_frame_that_was_changed_without_a_new_version_is_another() -> None:
    assert NAMES.frame(PARTY) != NAMES.frame(replace(PARTY, digest="1" * 64))


def test_a_full_run_keeps_the_shapes() -> None:
    report = validate(run_quads([FULL], {"run-1": ["a"]}, NAMES))
    assert report.conforms, str(report)


@pytest.mark.parametrize(
    ("predicate", "shape"),
    [
        ("tg:frame", "FrameVersionName"),
        ("tg:version", "FrameVersionNumber"),
        ("tg:finds", "FrameVersionFinds"),
        ("tg:sha256", "FrameVersionDigest"),
        ("prov:wasAssociatedWith", "RunAgent"),
    ],
)
def test_what_a_run_or_frame_lacks_is_found(predicate: str, shape: str) -> None:
    quads = [quad for quad in run_quads([FULL], {}, NAMES) if quad.predicate != term(predicate)]
    assert {finding.shape for finding in validate(quads).findings} == {shape}


def test_a_digest_that_is_none_and_a_frame_that_is_none_are_found() -> None:
    node, graph = NAMES.run("run-1"), NAMES.shared_graph("runs")
    quads = run_quads([replace(FULL, inputs="none")], {}, NAMES)
    quads.append(Quad(node, term("tg:usedFrame"), NAMES.document("a"), graph))
    assert {finding.shape for finding in validate(quads).findings} == {"RunInputDigest", "RunFrames"}
