"""Whose turn it is: a bucket of tokens for each address, filled at a steady rate, so that one client leaves room for others."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from typing import Final

#: How many addresses are remembered; the one that has been silent longest is forgotten first.
_REMEMBERED: Final = 10_000


class Turns:
    """Gives each address `burst` requests at once, and `rate` per second on average; a rate of 0 gives any number.

    >>> turns = Turns(rate=1, burst=2, clock=lambda: 0.0)
    >>> [turns.take("192.0.2.1") for _ in range(3)], turns.take("192.0.2.2")
    ([0, 0, 1], 0)
    """

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._clock = rate, burst, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> int:
        """Take a turn: 0 if there is one, else how many seconds until there is."""
        if not self._rate:
            return 0
        key, now = _client(address), self._clock()
        left, then = self._buckets.pop(key, (float(self._burst), now))
        left = min(left + (now - then) * self._rate, self._burst)
        taken = left >= 1
        self._buckets[key] = (left - 1 if taken else left, now)
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        return 0 if taken else math.ceil((1 - left) / self._rate)


def _client(address: str) -> str:
    """One subscriber has 2^64 addresses of IPv6, so they count as one."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return parsed.exploded[:19] if isinstance(parsed, IPv6Address) else address
