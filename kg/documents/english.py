"""Is a text English? Other languages are refused, because nothing downstream could read them."""

from __future__ import annotations

import math
import re

_WORD = re.compile(r"[^\W\d_]+")
#: Function words that no other language written in Latin letters shares in number.
_ENGLISH = frozenset(
    {"the", "and", "that", "with", "from", "which", "this", "their", "they", "have", "has", "been", "were", "was", "said"}
    | {"for", "by", "his", "its", "it", "not", "who", "would", "will", "could", "after"}
)
_SAMPLE = 3000
_SURE = 0.8
_NEARBY = {"en", "pcm", "sco", "zxx", "und"}


def other_language(text: str) -> str | None:
    """Return the code of the language of a text that is surely not English, or None.

    Where a tenth of the words are English function words, that decides. Else py3langid is asked, and believed only when it
    is sure, so that short news and lists of names pass.

    >>> other_language("The ministers met in Geneva and said that they would sign it.") is None
    True
    """
    sample = text[:_SAMPLE]
    words = _WORD.findall(sample.lower())
    if not words or sum(word in _ENGLISH for word in words) * 10 >= len(words):
        return None
    language, confidence = _guess(sample)
    return language if language not in _NEARBY and confidence >= _SURE else None


def _guess(text: str) -> tuple[str, float]:
    """Ask py3langid, whose model takes a second to load and is rarely needed; the confidence is from 0 to 1."""
    import py3langid

    ranking = py3langid.rank(text)
    best, score = ranking[0]
    scale = math.sqrt(len(text.encode()))  # as py3langid itself calibrates its scores
    return best, 1 / sum(math.exp((other - score) / scale) for _, other in ranking)
