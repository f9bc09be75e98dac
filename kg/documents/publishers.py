"""The publisher, where the input does not name it: what the page says of itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kg.documents.datelines import dateline
from kg.documents.dates import written_dates
from kg.model import Zone, ZoneKind

_NAME = r"(?:[Tt]he )?[A-Z][\w.&'’-]*(?: (?:of |and |& |the )?[A-Z][\w.&'’-]*){0,4}"
_NEWS_WORDS = (
    r"News|Press|Times|Post|Herald|Journal|Tribune|Gazette|Agency|Service|Wire|Radio|Television|TV|Broadcasting|Network|Media"
    r"|Magazine|Weekly|Daily|Observer|Chronicle|Courier|Telegraph|Mail|Standard|Review|Ministry|Office"
)
_BYLINE = re.compile(rf"(?i:^by|written by|reported by)\b.*?,\s*({_NAME})\W*$")
_OWN_NAME = re.compile(
    rf"(?i:subscribe to|welcome to|newsletters? from|advertise with|written for) ({_NAME})"
    rf"|(?i:reads?|support|follow|join|about) (?i:the) ({_NAME})"
    rf"|({_NAME})['’]s (?:[A-Z][\w-]+ [A-Z][\w-]+ (?:lays|reports|explains|writes|looks)"
    r"|(?i:newsletters?|reporting|journalism|newsroom|website))"
)
_PRODUCT = re.compile(r"(?:['’]s)?(?: (?:Daily |Weekly |Morning )?(?:Newsletters?|Podcasts?|Channel|App|YouTube))*$")
_COPYRIGHT = re.compile(
    r"(?:©|\([cC]\)|[Cc]opyright)[\s©]*(?:\([cC]\)\s*)?"
    r"(?:(?P<before>[^\W\d][^|•·\n©]{1,60}?)[\s,]*(?:19|20)\d\d\b"
    r"|(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?[\s,.:|–-]*(?:[Bb]y )?(?P<after>[^\W\d][^|•·\n©]{1,60}))"
)
_RIGHTS = re.compile(r"(?i)[\s,.;:–-]*(?:all rights? reserved|terms|privacy|(?:powered|designed) by|the \w+ is not).*$")
_THEME = re.compile(r"(?i)\b(?:theme|powered|designed|template|wordpress)\b")
_SOURCE = re.compile(rf"(?i:source|publisher|provided by|published by) ?: ?({_NAME})")
_NO_PUBLISHER = re.compile(
    r"(?i)\W|\d|[\w ]*\bmin(?:ute)?s? read"
    r"|(?:by|from|our|your|us|my|me|more|now|this|these|free|all|last|updated|published|posted|editor|author|photo|source|share)\b"
    r"|(?:press release|news|world|politics|business|opinion|analysis|home|europe|asia|africa|americas|middle east|\w+day)$"
)


def publisher(text: str, zones: Iterable[Zone]) -> str | None:
    """Return the name of the publisher, as the page shows it, or None.

    In order: "Name | date" above the text; a source line; the agency of the dateline; "By Someone, Name"; the copyright
    line; the name that the page's appeals to its readers give most often.

    >>> from kg.documents.zoning import zones
    >>> page = "Pact signed in Strelsau\\nExample Courier | 3 May 2021\\n\\nThe two states signed the pact on Monday, they said."
    >>> publisher(page, zones(page))
    'Example Courier'
    """
    zones = tuple(zones)
    front = [zone.span.of(text) for zone in zones if zone.kind is ZoneKind.FRONT]
    furniture = [zone.span.of(text) for zone in zones if zone.kind in (ZoneKind.BOILERPLATE, ZoneKind.TEASER)]
    for names in (_beside_dates(front), _sources(front), _agencies(text, zones), _in_bylines(front), _owners(furniture)):
        for name in names:
            return name
    own = Counter(_own_names(furniture))
    return own.most_common(1)[0][0] if own else None


def _beside_dates(front: list[str]) -> Iterator[str]:
    """Yield what is set apart from a date by a bar, as in "Name | 3 May 2021"."""
    for line in front:
        parts = [part.strip() for part in re.split(r"\s[|•·]\s", line)]
        if len(parts) > 1 and any(written_dates(part) for part in parts):
            for part in parts:
                if not written_dates(part) and not _NO_PUBLISHER.match(part) and 1 <= len(part.split()) <= 8:
                    yield part


def _sources(front: list[str]) -> Iterator[str]:
    for line in front:
        if found := _SOURCE.match(line):
            yield found[1]


def _agencies(text: str, zones: tuple[Zone, ...]) -> Iterator[str]:
    for zone, following in pairwise(zones):
        if zone.kind is ZoneKind.FRONT and following.kind is ZoneKind.BODY:
            head = dateline(text[zone.span.start : following.span.start + 2])
            if head and head.agency:
                yield head.agency


def _in_bylines(front: list[str]) -> Iterator[str]:
    """Yield the end of a byline if it is a news house's name by its words, or an abbreviation."""
    for line in front:
        found = _BYLINE.search(line)
        if found and re.search(rf"\b(?:{_NEWS_WORDS})\b|^[A-Z]{{2,5}}$", found[1]):
            yield found[1]


def _owners(furniture: list[str]) -> Iterator[str]:
    for line in reversed(furniture):
        for found in _COPYRIGHT.finditer(line):
            name = _RIGHTS.sub("", found["before"] or found["after"]).strip(" .,;:-–'\"")
            if name and name[0].isupper() and not _THEME.search(name) and len(name.split()) <= 8:
                yield name


def _own_names(furniture: list[str]) -> Iterator[str]:
    """Yield names by which the page speaks of itself; "the" and a possessive are left out."""
    for line in furniture:
        for found in _OWN_NAME.finditer(line):
            name = _PRODUCT.sub("", re.sub(r"^[Tt]he ", "", found[1] or found[2] or found[3]))
            if len(name) > 2 and not _NO_PUBLISHER.match(name):
                yield name
