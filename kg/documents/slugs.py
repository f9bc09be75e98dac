"""Slugs: names in the lower-case ASCII form that IRIs and ids are made of."""

from __future__ import annotations

import hashlib
import re
import unicodedata

#: Latin letters without a decomposition in Unicode, as they are usually spelt in ASCII; apostrophes join a word.
_SPELLINGS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŋ": "n", "ı": "i", "ŧ": "t"}
    | dict.fromkeys("'’‘ʼʻ`", "")
)


def slug(text: str) -> str:
    """Spell a text in lower-case ASCII letters and digits with single hyphens between.

    Letters of other scripts are left out; what then has nothing left is named by its hash. A slug's slug is itself.

    >>> slug("Lech Wałęsa & the Côte d’Ivoire"), slug("Москва")
    ('lech-walesa-the-cote-divoire', 'x-eb63f79a')
    """
    spelt = unicodedata.normalize("NFKD", text).casefold().translate(_SPELLINGS)
    kept = "".join(c for c in spelt if c.isascii() or not _belongs_to_a_word(c))
    words = re.sub(r"[^a-z0-9]+", "-", kept).strip("-")
    return words or "x-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _belongs_to_a_word(character: str) -> bool:
    """Is it a letter, an accent, a digit or an invisible joiner, and so no place for a hyphen?"""
    category = unicodedata.category(character)
    return category[0] in "LMN" or category == "Cf"
