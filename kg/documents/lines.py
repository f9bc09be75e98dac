"""Lines: the paragraphs of a text with their place and shape, before anyone knows what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

#: Spelling variants that no rule should care about; every one is a single character, so that offsets hold.
_PLAIN = str.maketrans(
    dict.fromkeys("’‘ʼ`", "'") | dict.fromkeys("“”„", '"') | dict.fromkeys("–—―‐‑−", "-") | {"İ": "I"}
    | dict.fromkeys("\u00a0\u2009\u202f\u3000\t\n\r\u2028\u2029\u0085\x0b\x0c", " ")
)  # fmt: skip
_STOP = re.compile(r"[.!?][\"')\]*\s]*(?:\[\d{1,3}\]\s*)*$")
_CUT = re.compile(r"(?:[^\W_]|\.\.\.|…)[\"')\]]*$")
_BULLET = re.compile(r"[-*•▪●◦‣·]\s")
_WRAPPED_AT = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the lines of one hard-wrapped paragraph, without white space around it.

    `plain` has straight quotation marks, simple dashes and spaces; `folded` is its lower case. Both are as long as the
    original, so what is found in them is found there.
    """

    start: int
    end: int
    plain: str
    folded: str
    after_gap: bool
    words: int

    @property
    def stopped(self) -> bool:
        """Does it end like a sentence?"""
        return not self.plain.endswith("...") and _STOP.search(self.plain[-20:]) is not None

    @property
    def cut(self) -> bool:
        """Does it break off, ending neither like a sentence nor with a mark that leads on to the next line?"""
        return not self.stopped and _CUT.search(self.plain[-8:]) is not None

    @property
    def bulleted(self) -> bool:
        return _BULLET.match(self.plain) is not None


def lines(text: str) -> list[Line]:
    r"""Split a text into its lines that are not blank, hard-wrapped paragraphs put together.

    >>> [(line.plain, line.stopped) for line in lines("Pact signed\r\n\r\nThey signed it.")]
    [('Pact signed', False), ('They signed it.', True)]
    """
    spans = list(_spans(text))
    if _is_wrapped(spans, text):
        spans = list(_joined(spans, text))
    return [_line(text, start, end, gap) for start, end, gap in spans]


def plain(text: str) -> str:
    """Return the text with straight quotation marks, simple dashes and spaces, as long as it was."""
    return text.translate(_PLAIN)


def _line(text: str, start: int, end: int, gap: bool) -> Line:
    simple = plain(text[start:end])
    folded = simple.lower()
    if "US" in simple and not simple.isupper():  # the state is not the pronoun
        folded = re.sub(r"\bus\b", lambda found: simple[found.start() : found.end()], folded)
    return Line(start, end, simple, folded, gap, len(simple.split()))


def _spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end, and whether a blank line (or the text's start) comes before."""
    offset, gap = 0, True
    for raw in text.splitlines(keepends=True):
        content = raw.strip()
        if content:
            start = offset + len(raw) - len(raw.lstrip())
            yield start, start + len(content), gap
        gap = not content
        offset += len(raw)


def _is_wrapped(spans: list[tuple[int, int, bool]], text: str) -> bool:
    """Are paragraphs broken into lines of bounded width, as in old plain-text releases?"""
    too_wide = sum(end - start > _WRAPPED_AT for start, end, _ in spans)
    pairs = ((end - start, following, gap) for (start, end, _), (following, _, gap) in pairwise(spans))
    running_on = sum(not gap and width >= _WRAPPED_AT // 2 and text[following].islower() for width, following, gap in pairs)
    return too_wide * 20 <= len(spans) and running_on >= 2


def _joined(spans: list[tuple[int, int, bool]], text: str) -> Iterator[tuple[int, int, bool]]:
    """Put a line to the one before it where that one runs on: it is nearly full, and no blank line lies between."""
    full = 0.75 * min(_WRAPPED_AT, max(end - start for start, end, _ in spans))
    first, last, first_gap = spans[0]
    width = last - first
    for start, end, gap in spans[1:]:
        if gap or width < full or _BULLET.match(text, start):
            yield first, last, first_gap
            first, first_gap = start, gap
        last, width = end, end - start
    yield first, last, first_gap
