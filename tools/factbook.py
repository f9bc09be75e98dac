"""Read the wording of the CIA World Factbook: names with notes, demonyms with endings, leaders with capitals."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

_NOTE = re.compile(r"\s*(?:;\s*note\b.*|\((?!s\)|men\)|women\))[^)]*\)|\[[^\]]*\]|;.*)", re.DOTALL)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SINCE = re.compile(r"\((?:[a-z -]*since )?((?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4})\b[^)]*\)")
_TITLE = re.compile(
    r"^(?:(?:Interim|Acting|Transitional|Transition|Caretaker|CNSP|GNU Interim)\s+)*"
    r"(State Affairs Commission President|Chairperson of the Council of Ministers|Chairman of the Cabinet of Ministers"
    r"|President of the Swiss Confederation|President of the Government of Spain \(prime minister-equivalent\)"
    r"|President of Council of Ministers|Prime Minister and Foreign Minister|Prime Minister and Co-Vice President"
    r"|Crown Prince and Prime Minister|Prime Minister Crown Prince|Sultan and Prime Minister|Taoiseach \(Prime Minister\)"
    r"|Presidential Leadership Council Chairperson|President, Presidential Council,|Supreme Leader|Prime Minister|Vice President"
    r"|Chief Minister|Chief Executive|Grand Duke|President|Premier|Chancellor|King|Emperor|Sultan|Amir|Pope|Prince|Governor)"
    r"(?=\s(?!of\b))\s*"
)
#: The titles that news uses for what the source says.
TITLES = {
    "amir": "emir",
    "chairman of the cabinet of ministers": "chairman of the cabinet of ministers|prime minister",
    "chairperson of the council of ministers": "chairperson of the council of ministers|prime minister",
    "crown prince and prime minister": "crown prince|prime minister",
    "premier": "premier|prime minister",
    "president of council of ministers": "president of the council of ministers",
    "president of the government of spain": "prime minister",
    "president of the swiss confederation": "president",
    "president presidential council": "chairman of the presidential council",
    "presidential leadership council chairperson": "chairman of the presidential leadership council|president",
    "prime minister and co-vice president": "prime minister",
    "prime minister and foreign minister": "prime minister|foreign minister",
    "prime minister crown prince": "crown prince|prime minister",
    "state affairs commission president": "president of the state affairs commission|leader",
    "sultan and prime minister": "sultan|prime minister|leader",
    "taoiseach": "taoiseach|prime minister",
}
_STYLE = re.compile(r"^(?:Sir|Dr\.|Gen\.|Sr\. Gen\.|Col\.|Capt\.|General|Ratu|Archbishop)\s+")
_PARTICLES = frozenset({"al", "bin", "de", "del", "van", "der", "ibn", "da", "dos", "of"})


def plain(text: str) -> str:
    """Drop character references, notes and brackets.

    >>> plain("Tirana (Tirane)"), plain("Bras&iacute;lia"), plain("Santiago; note - Valparaiso is the seat")
    ('Tirana', 'Brasília', 'Santiago')
    """
    return re.sub(r"\s+", " ", _NOTE.sub("", html.unescape(text).replace("\u2019", "'"))).strip(" ,")


def nouns(text: str) -> list[str]:
    """Write out the singular and plural of a demonym noun.

    >>> nouns("Antiguan(s), Barbudan(s)"), nouns("Lao(s) or Laotian(s)"), nouns("Swiss (singular and plural)")
    (['Antiguan', 'Antiguans', 'Barbudan', 'Barbudans'], ['Lao', 'Laos', 'Laotian', 'Laotians'], ['Swiss'])
    """
    found: list[str] = []
    for part in re.split(r",| or ", plain(text)):
        word = part.strip()
        if word.endswith("(s)"):
            found += [word[:-3], f"{word[:-3]}s"]
        elif word and word not in ("none", "NA"):
            found.append(word)
    return found


def adjectives(text: str) -> list[str]:
    """Split a demonym adjective into its words.

    >>> adjectives("Saudi or Saudi Arabian")
    ['Saudi', 'Saudi Arabian']
    """
    return [word.strip() for word in re.split(r",| or ", plain(text)) if word.strip() not in ("", "none", "NA")]


def iso_date(text: str) -> str:
    """Turn the source's day, month or year into ISO form.

    >>> iso_date("5 Sep 2025"), iso_date("April 2018"), iso_date("1997")
    ('2025-09-05', '2018-04', '1997')
    """
    *day_month, year = text.split()
    month = [f"{_MONTHS.index(word[:3]) + 1:02}" for word in day_month if word[:3] in _MONTHS]
    day = [f"{int(word):02}" for word in day_month if word.isdigit()]
    return "-".join([year, *month, *day])


@dataclass(frozen=True, slots=True)
class Leader:
    """A chief of state or head of government: title in small letters, name, family name and since when."""

    title: str
    name: str
    family: str
    since: str


def leader(text: str) -> Leader | None:
    """Read the first leader that an entry names; None if its wording is of no known form.

    >>> leader("President Recep Tayyip ERDOGAN (since 28 August 2014)")
    Leader(title='president', name='Recep Tayyip Erdogan', family='Erdogan', since='2014-08-28')
    >>> leader("President (vacant)")
    """
    words = html.unescape(text).replace("\u2019", "'")
    title, since = _TITLE.match(words), _SINCE.search(words)
    if not title or not since:
        return None
    name = words[title.end() : since.start()]
    while style := _STYLE.match(name):
        name = name[style.end() :]
    name = re.sub(r'\([^)]*\)|"[^"]*"|\s+', " ", name.split(";")[0]).strip(" ,")
    name = re.sub(r"\s+", " ", name).replace(", Jr.", "")
    parts = [_lower(word, number) for number, word in enumerate(name.split())]
    family = " ".join(word for word, raw in zip(parts, name.split(), strict=True) if word != raw) or parts[-1]
    kind = re.sub(r" \([^)]*\)|,", "", title.group(1)).lower()
    return Leader(TITLES.get(kind, kind), " ".join(parts), family, iso_date(since.group(1)))


def _lower(word: str, number: int) -> str:
    """Put a word, or the parts of it, that stand in capitals into normal case; initials and regnal numbers stay."""
    if number and re.fullmatch(r"[IVX]+", word):
        return word
    if word.isupper() and word.lower() in _PARTICLES:
        return word.lower()
    return re.sub(r"[^\W\d_]{2,}", lambda part: part[0].capitalize() if part[0].isupper() else part[0], word)
