"""Marks: what its own words show a line to be, before its place on the page is looked at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.documents.cues import Cues, Group, Hit, Phrase, Where, hits
from kg.documents.dates import MONTH, written_dates
from kg.documents.lines import Line
from kg.model import Span, Zone, ZoneKind

_SENTENCE_BREAK = re.compile(r"(?:(?<=[a-z0-9)%\"'][.!?])[\"')]*|(?<=[.!?][\"']))\s+(?=[\"'( ]{0,3}[A-Z©🌀-🫿])")
#: Words by which a sentence reports or looks ahead, which descriptions of pictures do not.
_TOLD = re.compile(
    r"\b(?:said|told|added|says|stated|announced|reported|according to|will|would|shall|could|should|might|must)\b|\""
)
_SEEN_DAY = re.compile(
    rf"\b(?:{MONTH} [0-9]{{1,2}}|[0-9]{{1,2}} {MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:19|20)[0-9]{{2}})\b"
)
_NOT_SEEN = re.compile(r"\b(?:to|will|would|can|may|must|could|should|not|did|does|the|an?|their|his|her|\w+'ll) $")
_STARTS_WITH_DAY = re.compile(rf"(?:{MONTH}|[0-9])[\w ,.]{{0,20}}[:-]")
_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[apAP]\.?[mM]\b\.?)?|\bT\d{2}:\d{2}\S*|\d\s?[apAP]\.?[mM]\b\.?|[+-]\d{2}:?\d{2}\b"
    r"|\b(?:[A-Z]{2,4}T|GMT|UTC|MSK|Z)\b|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|nes|rs|ur)?(?:day)?\b\.?,?"
)
_APART = re.compile(r"(?i)^\W*\x00[\s\d+\x00]*(?:[|•·,(/]|(?:by|in|at|updated|published|modified)\b)|[|•·,;:(/-]\W*\x00")
_NO_WORDS = re.compile(r"[\W_]+|(?:https?://|www\.)\S+")
_SHORT = 12  # words from which a line that ends with a full stop is a sentence, not a button
Phrases = list[tuple[Group, Phrase]]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line is, if its words show it.

    `opens`: it is a heading to which what follows belongs. `pieces` are parts of a line that is otherwise an article's.
    """

    kind: ZoneKind | None = None
    opens: bool = False
    pieces: tuple[Zone, ...] = ()


_NOTHING = Mark()


def mark(lines: list[Line], cues: Cues) -> list[Mark]:
    """Return the mark of every line."""
    credits, spoken, scenes = (cues.phrases(lines, where) for where in (Where.END, Where.INSIDE, Where.SCENE))
    known: dict[str, Mark] = {}  # buttons come again and again
    marks = []
    for line in lines:
        found = known.get(line.plain) or _mark(line, cues, credits, spoken)
        if not found.pieces:
            known[line.plain] = found
        marks.append(found)
    for i, line in enumerate(lines):
        credited = i + 1 < len(lines) and marks[i + 1].kind is ZoneKind.CAPTION and lines[i + 1].words <= 7
        if marks[i] == _NOTHING and _is_scene(line, scenes, credited=credited):
            marks[i] = Mark(ZoneKind.CAPTION)
    return marks


def _mark(line: Line, cues: Cues, credits: Phrases, spoken: Phrases) -> Mark:
    if _NO_WORDS.fullmatch(line.plain):
        return Mark(ZoneKind.BOILERPLATE)
    if group := cues.whole(line) or cues.start(line):
        if group.zone is ZoneKind.CAPTION and group.where is Where.START:
            return _caption(line, len(line.plain))
        return Mark(group.zone, group.opens)
    if is_date_line(line):
        return Mark(ZoneKind.FRONT)
    return _credited(line, list(hits(line, credits))) or _spoken(line, list(hits(line, spoken)))


def is_date_line(line: Line) -> bool:
    """Does the line show a date and little else, such as a publisher or a place set apart from it?

    "Example wire | 3 May 2021" is one; "Joint statement of 3 May 2021" is a title, "3 May 2021: Treaty signed" an entry.
    """
    if line.words > 16 or line.stopped:
        return False
    dates = written_dates(line.plain)
    if not dates:
        return False
    rest = line.plain
    for found in reversed(dates):
        rest = rest[: found.span.start] + "\x00" + rest[found.span.end :]
    rest = _CLOCK.sub("", rest)
    words = re.findall(r"[^\W\d_]+", rest)
    return not words or (len(words) <= 8 and _APART.search(rest) is not None)


def _credited(line: Line, credits: list[Hit]) -> Mark | None:
    """Make a caption of a line that ends with a credit; one in brackets within ends a caption that runs into the text."""
    if not credits:
        return None
    last = max(hit.end for hit in credits)
    if not line.plain[last:].strip(" .)]\"'*|"):
        return _caption(line, min(hit.start for hit in credits if hit.end == last))
    for hit in credits:
        if line.plain[hit.end - 1] in ")]" and not _SENTENCE_BREAK.search(line.plain, 0, hit.start):
            return Mark(pieces=(_piece(line, 0, hit.end, ZoneKind.CAPTION),))
    return None


def _caption(line: Line, credit: int) -> Mark:
    """Mark the whole line; of several sentences, or where somebody speaks, only the credit at the end."""
    told = line.plain[:credit]
    if credit == len(line.plain) or not (
        _SENTENCE_BREAK.search(told) and (_TOLD.search(told) or len(_SENTENCE_BREAK.findall(told)) > 1)
    ):
        return Mark(ZoneKind.CAPTION)
    return Mark(pieces=(_piece(line, credit, len(line.plain), ZoneKind.CAPTION),))


def _spoken(line: Line, said: list[Hit]) -> Mark:
    """Weigh phrases found inside: a short or mostly marked line goes whole, a long one loses its first or last sentences."""
    if not _decides(said, sentence=line.stopped and line.words >= _SHORT):
        return _NOTHING
    strongest = next((hit.group for hit in said if hit.group.sure), said[0].group)
    sentences = list(_sentences(line))
    marked = [_decides([h for h in said if s.start <= h.start < s.end], sentence=True) for s in sentences]
    lengths = [s.end - s.start for s in sentences]
    share = sum(length for length, is_marked in zip(lengths, marked, strict=True) if is_marked) / sum(lengths)
    if len(sentences) < 2 or share >= (0.4 if marked[0] else 0.6):
        return Mark(strongest.zone)
    return Mark(pieces=tuple(_edges(line, sentences, marked, strongest)))


def _decides(hits: list[Hit], *, sentence: bool) -> bool:
    return any(hit.group.sure for hit in hits) or len({(hit.start, hit.end) for hit in hits}) >= (2 if sentence else 1)


def _edges(line: Line, sentences: list[Span], marked: list[bool], group: Group) -> Iterator[Zone]:
    """Yield the runs of marked sentences at the paragraph's beginning and end."""
    if marked[0]:
        yield _piece(line, 0, sentences[marked.index(False) - 1].end, group.zone)
    if marked[-1]:
        yield _piece(line, sentences[len(marked) - marked[::-1].index(False)].start, len(line.plain), group.zone)


def _sentences(line: Line) -> Iterator[Span]:
    start = 0
    for found in _SENTENCE_BREAK.finditer(line.plain):
        yield Span(start, found.start())
        start = found.end()
    yield Span(start, len(line.plain))


def _is_scene(line: Line, scenes: Phrases, *, credited: bool) -> bool:
    """Does the line describe a picture: one sentence of what is seen, a date, and nobody's words?"""
    if not 6 <= line.words <= 60 or line.bulleted or _STARTS_WITH_DAY.match(line.plain) or _TOLD.search(line.plain):
        return False
    if len(_SENTENCE_BREAK.findall(line.plain)) > (1 if credited else 0):
        return False
    seen = (hit.group for hit in hits(line, scenes) if not _NOT_SEEN.search(line.folded[: hit.start]))
    signs = sum({group.name: 2 if group.sure else 1 for group in seen}.values())
    return signs > 0 and signs + (_SEEN_DAY.search(line.plain) is not None) + credited >= 3


def _piece(line: Line, start: int, end: int, kind: ZoneKind) -> Zone:
    return Zone(Span(line.start + start, line.start + end), kind)
