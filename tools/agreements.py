"""Ids of agreements, and the other ways in which news writes their names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import spelling
from sheet import Row, split

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORDS = ("Accord", "Agreement", "Armistice", "Communiqué", "Deal", "Declaration", "Memorandum", "Pact", "Protocol", "Statement")
_LAST = re.compile(rf" (?:(?:Border|Ceasefire|Friendship|Peace) )*(?:(?:{'|'.join(_WORDS)})s?|Treat(?:y|ies))$")
_PAIR = re.compile(r"(\d{4} )?((?:North |South )?[\w.]+)–((?:North |South )?[\w.]+)( .*)?")
_SMALL = frozenset(("a", "an", "and", "against", "between", "for", "from", "in", "of", "on", "the", "to", "with"))


def id_of(name: str, signed: str) -> str:
    """Make the id: the name's slug and the year.

    >>> id_of("INF Treaty", "1987-12-08"), id_of("1783 Treaty of Paris", "1783-09-03"), id_of("Minsk agreements", "")
    ('agreement/inf-treaty-1987', 'agreement/treaty-of-paris-1783', 'agreement/minsk-agreements')
    """
    year = signed[:4]
    words = [word for word in spelling.slug(name).split("-") if word != year]
    return "agreement/" + "-".join([*words, year] if year else words)


def dated(rows: Iterable[Row]) -> dict[str, str]:
    """Return whose name a shortening is when its year goes with it: "1972 Moscow Treaty"; not where two share both.

    >>> dated([{"name": "SORT", "shortenings": "Moscow Treaty|SO", "signed": "2002-05-24"}])
    {'2002 Moscow Treaty': 'SORT', 'Moscow Treaty of 2002': 'SORT'}
    """
    owners: dict[str, list[str]] = {}
    for row in rows:
        for word in split(row["shortenings"]):
            if " " in word and row["signed"]:
                for name in (f"{row['signed'][:4]} {word}", f"{word} of {row['signed'][:4]}"):
                    owners.setdefault(name, []).append(row["name"])
    return {name: who[0] for name, who in owners.items() if len(who) == 1}


def variants(name: str) -> list[str]:
    """Vary the order of two parties, the dash between them, American and British writing, and capitals.

    >>> variants("UN Charter"), variants("Paris climate accord")
    (['UN Charter', 'U.N. Charter'], ['Paris climate accord', 'Paris Climate Accord'])
    >>> variants("US–Japan Defense Pact")[1:5]
    ['US-Japan Defense Pact', 'U.S.-Japan Defense Pact', 'US-Japan Defence Pact', 'Japan-US Defense Pact']
    """
    orders = dict.fromkeys(order.replace("–", "-") for order in (name, _turned(name)))
    written = [style for order in orders for style in (order, _american(order), _british(order))]
    return list(dict.fromkeys([name, *written, *map(_small, written), *map(_capitals, written)]))


def _turned(name: str) -> str:
    """Name the second of two parties first."""
    pair = _PAIR.fullmatch(name)
    return f"{pair[1] or ''}{pair[3]}–{pair[2]}{pair[4] or ''}" if pair else name


def _american(name: str) -> str:
    return re.sub(r"\bU([SKN])\b", r"U.\1.", re.sub(r"\b([Dd])efence\b", r"\1efense", name))


def _british(name: str) -> str:
    return re.sub(r"\b([Dd])efense\b", r"\1efence", name)


def _small(name: str) -> str:
    """Write the last words small where they say what the thing is: "INF treaty", "Dayton peace accords"."""
    return _LAST.sub(lambda last: last[0].lower(), name)


def _capitals(name: str) -> str:
    """Write every word that carries meaning with a capital, as headlines do."""
    return " ".join(word if word in _SMALL else word[0].upper() + word[1:] for word in name.split())
