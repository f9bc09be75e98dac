"""Zones: which stretches of a text are title, article, caption, another article's start, or the page's furniture.

Each line is first marked by its own words (`kg.documents.marks`), then by its place. Where neither decides, it is BODY:
to leave a footer in does less harm than to lose a paragraph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kg.documents.cues import bundled
from kg.documents.datelines import dateline
from kg.documents.lines import Line, lines
from kg.documents.marks import Mark, mark
from kg.documents.titles import find_title
from kg.model import Span, Zone, ZoneKind

_BYTE_ORDER_MARK = "\ufeff"
_PARAGRAPH = 12  # words of a line that, ending like a sentence, is surely an article's
_STANDFIRST = 5  # words from which a line without full stop under the title is more than a name or a section
_HEADLINE = 18  # words up to which a line may be a headline or a link


def zones(text: str, title: str | None = None) -> tuple[Zone, ...]:
    """Divide a text into zones: sorted, not overlapping, and covering every character that is not white space.

    `title` is the title where the input gives one; it is then looked for in the text instead of being guessed.

    >>> text = "Two states sign pact\\n3 May 2021\\nRuritania and its neighbour signed a trade pact in Strelsau on Monday."
    >>> [(str(zone.kind), zone.span.of(text)[:12]) for zone in zones(text)]
    [('title', 'Two states s'), ('front', '3 May 2021'), ('body', 'Ruritania an')]
    """
    offset = 1 if text.startswith(_BYTE_ORDER_MARK) else 0
    found = lines(text[offset:]) if offset else lines(text)
    page = _Page(found, mark(found, bundled()))
    page.find_title(title)
    page.find_body()
    page.open_headings()
    page.mask_broken_off()
    page.mask_repeated()
    page.divide_head()
    page.divide_tail()
    result = [Zone(Span(0, 1), ZoneKind.BOILERPLATE)] if offset else []
    return (*result, *(Zone(Span(z.span.start + offset, z.span.end + offset), z.kind) for z in page.zones()))


class _Page:
    """The lines of one text with the kinds found so far; None is not yet decided."""

    def __init__(self, found: list[Line], marks: list[Mark]) -> None:
        self.lines = found
        self.marks = marks
        self.kinds: list[ZoneKind | None] = [m.kind for m in marks]
        self.title: int | None = None
        self.paragraphs: list[int] = []

    def find_title(self, given: str | None) -> None:
        self.title = find_title(self.lines, self.kinds, given)
        if self.title is not None:
            self.kinds[self.title] = ZoneKind.TITLE

    def find_body(self) -> None:
        """Note the paragraphs that are surely the article's: long enough, ending like a sentence, and without any mark."""
        for shortest in (_PARAGRAPH, _STANDFIRST, 1):
            self.paragraphs = [
                i for i, line in enumerate(self.lines) if self.kinds[i] is None and line.words >= shortest and line.stopped
            ]
            if self.paragraphs:
                return

    def open_headings(self) -> None:
        """Give headings of feeds and comments what follows them.

        At the end of a page that is all the rest; in the middle, only what stands before the article goes on.
        """
        end = self._end_of_article()
        within: ZoneKind | None = None
        sure = set(self.paragraphs)
        for i, m in enumerate(self.marks):
            if m.opens and m.kind is self.kinds[i]:
                within = within if i > end else m.kind
            elif i in sure and i <= end:
                within = None
            elif within is not None and self.kinds[i] in (None, ZoneKind.FRONT):
                self.kinds[i] = within
        self.paragraphs = [p for p in self.paragraphs if self.kinds[p] is None]

    def _end_of_article(self) -> int:
        """Return the first heading below which the article does not go on, or the last line.

        There the paragraphs above outnumber those below by far; those with a headline of their own count half.
        """
        sure = set(self.paragraphs)
        above, below = 0, sum(1 if self._has_headline(p, sure) else 2 for p in self.paragraphs)
        for i, m in enumerate(self.marks):
            if i in sure:
                above += 1
                below -= 1 if self._has_headline(i, sure) else 2
            elif m.opens and m.kind is self.kinds[i] and above >= max(below, 1 if below < 2 else 3):
                return i
        return len(self.lines)

    def _has_headline(self, paragraph: int, sure: set[int]) -> bool:
        i = paragraph - 1
        return (
            i >= 0
            and self.kinds[i] is None
            and i not in sure
            and self.lines[i].words >= 3
            and not self.lines[i].plain.endswith(":")
        )

    def mask_broken_off(self) -> None:
        """Find starts of other articles: a headline, and a paragraph that stops in mid-sentence.

        A text that often omits full stops is left alone.
        """
        broken = [i for i, line in enumerate(self.lines) if self.kinds[i] is None and _breaks_off(line)]
        if len(broken) > max(2, len(self.paragraphs) // 5):
            return
        for i in broken:
            above = self.lines[i - 1] if i else None
            if above and self.kinds[i - 1] is None and above.cut and 3 <= above.words <= _HEADLINE and not above.bulleted:
                self.kinds[i - 1] = self.kinds[i] = ZoneKind.TEASER

    def mask_repeated(self) -> None:
        """Mask short lines that come three times or more, and the title's second coming."""
        counts = Counter(n.folded for n in self.lines if n.words <= 8 and not n.stopped and not n.plain.endswith(":"))
        title = self.lines[self.title].folded if self.title is not None else None
        for i, line in enumerate(self.lines):
            if self.kinds[i] is None and (counts[line.folded] >= 3 or line.folded == title):
                self.kinds[i] = ZoneKind.BOILERPLATE

    def divide_head(self) -> None:
        """Above the first paragraph, what is no sentence and too short for a standfirst belongs to the front matter."""
        first = self.paragraphs[0] if self.paragraphs else 0
        start = self.title if self.title is not None else -1
        for i in range(first):
            if (
                self.kinds[i] is None
                and not self.lines[i].stopped
                and self.lines[i].words < (_HEADLINE if i < start else _STANDFIRST)
            ):
                self.kinds[i] = ZoneKind.FRONT

    def divide_tail(self) -> None:
        """Below the last paragraph, mask lists of links and what stands between furniture; a last short sentence stays."""
        furniture = {ZoneKind.BOILERPLATE, ZoneKind.TEASER}
        if not self.paragraphs:
            return
        self._mask_strays(furniture)
        last = self.paragraphs[-1]
        rest = range(last + 1, len(self.lines))
        masked = [i for i in rest if self.kinds[i] in furniture]
        run: list[int] = []
        for i in rest:
            if self.kinds[i] is not None or self.lines[i].words > _HEADLINE:
                run = []
                continue
            line = self.lines[i]
            after = bool(masked) and masked[0] < i
            among = masked and masked[-1] > i and all(self.kinds[j] in furniture for j in range(i - 3, i))
            listed = line.bulleted or self.lines[i - 1].plain.endswith(":")
            if after and (among or not line.stopped):
                self.kinds[i] = ZoneKind.BOILERPLATE
            elif not line.stopped and not listed:
                run.append(i)
                if len(run) >= 3:
                    for j in run:
                        self.kinds[j] = ZoneKind.BOILERPLATE

    def _mask_strays(self, furniture: set[ZoneKind]) -> None:
        """Take last single paragraphs for furniture where they stand in the midst of it, below the article."""
        while len(self.paragraphs) > 3:
            last = self.paragraphs[-1]
            above = range(self.paragraphs[-2] + 1, last)
            below = self.kinds[last + 1 : last + 2]
            if sum(self.kinds[i] in furniture for i in above) < 3 or not below or below[0] not in furniture:
                return
            self.kinds[last] = ZoneKind.BOILERPLATE
            self.paragraphs.pop()

    def zones(self) -> Iterator[Zone]:
        """Yield the zones in order, with pieces of lines cut out as their own."""
        first_body = True
        for line, m, kind in zip(self.lines, self.marks, self.kinds, strict=True):
            pieces = list(m.pieces) if kind is None else []
            if kind is None and not pieces and (head := dateline(line.plain)) and (first_body or head.agency or head.month):
                end = line.start + len(line.plain[: head.length].rstrip())
                pieces = [Zone(Span(line.start, end), ZoneKind.FRONT)]
            first_body = first_body and (kind is not None or line.words < _STANDFIRST)
            yield from _cut(line, kind or ZoneKind.BODY, pieces)


def _cut(line: Line, kind: ZoneKind, pieces: list[Zone]) -> Iterator[Zone]:
    """Yield the pieces and, as the line's own kind, what lies between them."""
    reached = line.start
    for piece in [*pieces, Zone(Span(line.end, line.end), kind)]:
        between = line.plain[reached - line.start : piece.span.start - line.start]
        if between.strip():
            start = reached + len(between) - len(between.lstrip())
            yield Zone(Span(start, start + len(between.strip())), kind)
        if piece.span.start < piece.span.end:
            yield piece
        reached = piece.span.end


def _breaks_off(line: Line) -> bool:
    """Is it as long as a paragraph, yet ends neither like a sentence nor like something that leads on?"""
    return line.cut and line.words > _HEADLINE and not line.bulleted
