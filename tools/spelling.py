"""Slugs, and the other spellings that news gives a name."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "–": "-"}
)


def slug(name: str) -> str:
    """Turn a name into the last part of an id.

    >>> slug("Côte d'Ivoire"), slug("Washington, D.C.")
    ('cote-divoire', 'washington-dc')
    """
    return re.sub(r"[^a-z0-9]+", "-", unaccented(name).lower().replace("'", "").replace(".", "")).strip("-")


def unaccented(name: str) -> str:
    """Write a name in plain letters.

    >>> unaccented("Jonas Gahr Støre")
    'Jonas Gahr Store'
    """
    return unicodedata.normalize("NFKD", name.translate(_LETTERS)).encode("ascii", "ignore").decode()


def alone(name: str) -> list[str]:
    """Leave a name without variants but those in plain letters."""
    return [name]


def names(given: Iterable[str], main: str = "", *, vary: Callable[[str], Iterable[str]] = alone) -> str:
    """Join names with bars, each once and with its variants, without the main name; "-name" strikes a name.

    >>> names(["Türkiye"]), names(["Malé", "-Male"]), names([], "Kim Jong-un", vary=of_person)
    ('Türkiye|Turkiye', 'Malé', 'Kim Jong Un|Kim Jong-Un')
    """
    words = list(given)
    struck = {main, "", *(word[1:] for word in words if word.startswith("-"))}
    found: dict[str, None] = {}
    for name in [main, *(word for word in words if not word.startswith("-"))]:
        for variant in vary(name):
            found.setdefault(variant)
            found.setdefault(unaccented(variant))
    return "|".join(name for name in found if name not in struck)


def families(main: str, name: str, others: Iterable[str]) -> str:
    """Join the family name with its other spellings: where another name of as many words ends much alike.

    >>> families("Zelenskyy", "Volodymyr Zelenskyy", ["Volodymyr Zelensky", "Zelenskyy Volodymyr"])
    'Zelenskyy|Zelensky'
    >>> families("Erdoğan", "Recep Tayyip Erdoğan", ["Tayyip Erdoğan"])
    'Erdoğan|Erdogan'
    """
    found = dict.fromkeys([main, unaccented(main)])
    words = len(main.split())
    for other in others:
        last = " ".join(other.split()[-words:])
        alike = SequenceMatcher(None, unaccented(last), unaccented(main)).ratio() > 0.6
        if alike and len(other.split()) == len(name.split()) > words and name.endswith(main):
            found.setdefault(last)
    return "|".join(found)


def family(name: str) -> str:
    """Guess the family name: the first word of a Korean or Taiwanese name, else the last.

    >>> family("Chung Eui-yong"), family("Sergei Lavrov")
    ('Chung', 'Lavrov')
    """
    first, *rest = name.split()
    return first if re.fullmatch(r"\w+-[a-z]\w*", " ".join(rest)) else [first, *rest][-1]


def of_person(name: str) -> list[str]:
    """Vary hyphens before a small letter, as in Korean and Chinese names, and the spaces between initials.

    >>> of_person("George H. W. Bush")
    ['George H. W. Bush', 'George H.W. Bush', 'George HW Bush']
    """
    variants = [name]
    if re.search(r"\w-[a-z]", name) and not re.search(r"\b(?:al|el|an|ad|as|ar)-", name, re.IGNORECASE):
        variants.append(re.sub(r"-([a-z])", lambda match: f" {match[1].upper()}", name))
        variants.append(re.sub(r"-([a-z])", lambda match: f"-{match[1].upper()}", name))
    if re.search(r"\b[A-Z]\. [A-Z]\.", name):
        variants.append(re.sub(r"(?<=\b[A-Z]\.) (?=[A-Z]\.)", "", name))
        variants.append(re.sub(r"(?<=\b[A-Z])\. ?(?=[A-Z]\b)", "", name).replace(". ", " "))
    return variants
