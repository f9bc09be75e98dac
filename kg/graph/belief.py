"""How far support and denial together bear an assertion out: Dempster's rule, as pure arithmetic.

Every source that affirms an assertion lends it some weight, every source that denies it lends weight to its contrary,
and what neither lends stays uncommitted. Shafer, A Mathematical Theory of Evidence (1976), chapter 4, "simple support
functions": independent weights for the same side add up by noisy-or, and the weight that would be given to both sides
at once is struck out before the rest is made whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

from kg.model import Modality

#: What a word for or against is worth, by how real it presents its matter. An allegation is passed on without anybody
#: vouching for it, so it counts half; a plan or a possibility says nothing about what is the case.
WORTH: Final = {Modality.ACTUAL: 1.0, Modality.ALLEGED: 0.5, Modality.PLANNED: 0.0, Modality.HYPOTHETICAL: 0.0}


def pooled(weights: Iterable[float]) -> float:
    """Return the weight of independent sources together: that not all of them fail (noisy-or).

    >>> round(pooled([0.8, 0.5]), 3), pooled([])
    (0.9, 0.0)
    """
    return 1 - math.prod((1 - weight for weight in weights), start=1.0)


def belief(support: float, denial: float) -> float:
    """Return the belief, from 0 to 1, that support and denial leave by Dempster's rule.

    Without denial it is the support; certain support against certain denial is one half, the limit of equals.

    >>> belief(0.9, 0.0), round(belief(0.9, 0.9), 3), belief(1.0, 1.0)
    (0.9, 0.474, 0.5)
    """
    struck = support * denial
    return 0.5 if struck >= 1 else support * (1 - denial) / (1 - struck)


def disagreement(support: float, denial: float) -> float:
    """Return the weight of conflict, from 0 to 1: what Dempster's rule strikes out.

    >>> disagreement(0.9, 0.0), round(disagreement(0.9, 0.8), 3)
    (0.0, 0.72)
    """
    return support * denial
