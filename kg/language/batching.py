"""Which stretches go through the network together: none is padded much, and few runs are made."""

from __future__ import annotations

from collections.abc import Sequence

#: Padded subwords in one batch, unless a single stretch has more: beyond that the processor's caches overflow.
ROOM = 400
#: What a run costs besides its subwords, and what each subword costs more in a long row, in subwords. Fitted to runs of
#: 1 to 16 rows of 8 to 380 subwords: 1.4 ms a run, 0.086 ms a subword, 0.00016 ms a pair of subwords in one row.
_PER_RUN, _PER_PAIR = 16.0, 0.0018


def batches(lengths: Sequence[int], room: int = ROOM) -> list[list[int]]:
    """Cut stretches, shortest first, into the batches that take least time; the answer depends on the lengths alone.

    >>> batches([9, 40, 10, 41])
    [[0, 2], [1, 3]]
    """
    order = sorted(range(len(lengths)), key=lambda i: (lengths[i], i))
    best, cut = [0.0], [0]
    for end in range(1, len(order) + 1):
        length = lengths[order[end - 1]]
        per_row = length * (1 + _PER_PAIR * length)
        first = max(0, end - max(1, room // max(1, length)))
        cost, start = min((best[start] + _PER_RUN + (end - start) * per_row, start) for start in range(first, end))
        best.append(cost)
        cut.append(start)
    found: list[list[int]] = []
    end = len(order)
    while end:
        found.append(order[cut[end] : end])
        end = cut[end]
    return found[::-1]
