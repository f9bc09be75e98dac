"""Lines keep their place, and hard-wrapped paragraphs are put together."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.documents.lines import lines, plain

WRAPPED = """\
JOINT COMMUNIQUE OF THE TWO MINISTERS
3 May 2021

The ministers of the two countries met in the capital on Monday and
agreed to reopen the bridge over the river, which has been closed for
nearly nine years.

They also agreed that experts should meet again before the end of the
summer.

- fishing
- forestry
"""


@given(st.text(st.characters(codec="utf-8")))
def test_every_character_that_is_not_white_space_is_in_just_one_line(text: str) -> None:
    found = lines(text)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    covered = {i for line in found for i in range(line.start, line.end)}
    assert all(i in covered for i, c in enumerate(text) if not c.isspace())


@given(st.text(st.characters(codec="utf-8")))
def test_the_simple_forms_of_a_line_are_as_long_as_the_line(text: str) -> None:
    for line in lines(text):
        assert len(line.plain) == len(line.folded) == line.end - line.start
    assert len(plain(text)) == len(text)


def test_a_hard_wrapped_paragraph_is_one_line() -> None:
    assert [line.plain[-12:] for line in lines(WRAPPED)] == [
        "TWO MINISTERS"[-12:],
        "3 May 2021",
        " nine years.",
        " the summer.",
        "- fishing",
        "- forestry",
    ]


def test_ordinary_paragraphs_on_single_lines_are_not_put_together() -> None:
    text = "The ministers met.\nThey agreed on fishing.\nThey parted as friends, and will meet again soon.\n"
    assert len(lines(text)) == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_all_line_ends_end_lines(end: str) -> None:
    assert [(line.plain, line.after_gap) for line in lines(f"one{end}two{end}{end} three ")] == [
        ("one", True),
        ("two", False),
        ("three", True),
    ]


@pytest.mark.parametrize(
    ("text", "stopped", "cut"),
    [
        ("They signed it.", True, False),
        ("“They signed it.”", True, False),
        ("They signed it.[12]", True, False),
        ("(Who signed it?)", True, False),
        ("They signed the", False, True),
        ("They signed the...", False, True),
        ("They signed the…", False, True),
        ("They signed:", False, False),
        ("They signed -", False, False),
    ],
)
def test_how_a_line_ends(text: str, stopped: bool, cut: bool) -> None:
    [line] = lines(text)
    assert (line.stopped, line.cut) == (stopped, cut)
