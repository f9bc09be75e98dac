"""Titles: which line of a text is its headline."""

from __future__ import annotations

from collections.abc import Sequence

from kg.documents.lines import Line
from kg.model import ZoneKind

_SEARCHED = 20  # lines from the top
_LONGEST = 35  # words
_HEADLINE = 4  # words from which a line is more than a menu's item
_STANDFIRST = 5


def find_title(lines: Sequence[Line], kinds: Sequence[ZoneKind | None], given: str | None = None) -> int | None:
    """Return the place of the title among the lines, or None; `kinds` are what the lines' own words show.

    A given title is looked for. Else it is the first line above the text that is short, does not end like a sentence, is
    nothing else by its words, and stands above something that a title stands above.
    """
    if given is not None:
        wanted = _letters(given)
        return next((i for i, line in enumerate(lines[:_SEARCHED]) if _is_same(_letters(line.plain), wanted)), None)
    spare = None
    for i, line in enumerate(lines[:_SEARCHED]):
        if kinds[i] is not None:
            continue
        if (line.stopped and not line.plain.endswith(("?", "!"))) or line.words > _LONGEST:
            break
        if line.bulleted or not _stands_above_text(i, lines, kinds):
            continue
        if line.words >= _HEADLINE or (line.words == _HEADLINE - 1 and _is_set_off(i, lines, kinds)):
            return i
        if i == 0 and _is_set_off(i, lines, kinds):
            spare = i
    return spare


def _stands_above_text(i: int, lines: Sequence[Line], kinds: Sequence[ZoneKind | None]) -> bool:
    below = lines[i + 1 : i + 6]
    longer = any(line.stopped and line.words > lines[i].words for line in below)
    return bool(below) and (below[0].after_gap or kinds[i + 1] is not None or longer)


def _is_set_off(i: int, lines: Sequence[Line], kinds: Sequence[ZoneKind | None]) -> bool:
    """Is a line that might be a menu's item a title by what follows: a gap, a byline, or a longer line?"""
    return lines[i + 1].after_gap or kinds[i + 1] is ZoneKind.FRONT or lines[i + 1].words > _STANDFIRST


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _is_same(line: str, given: str) -> bool:
    """Are they the same, or one the other with a site's name before or behind?"""
    shorter, longer = sorted((line, given), key=len)
    return bool(shorter) and shorter in longer and len(shorter) * 10 >= len(longer) * 6
