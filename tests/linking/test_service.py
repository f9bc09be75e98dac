"""A service is asked at a gentle pace, and again after a while where it cannot answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from kg.errors import LinkError
from kg.linking.protocol import Asked
from kg.linking.service import Patience, Service

THREE = [Asked(name) for name in ("Ada Lind", "Reve Treaty", "Norland")]


class Clock:
    """A clock that only sleeping moves on; what was slept is kept."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def read(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@contextmanager
def asked(address: str, clock: Clock, **more: Any) -> Iterator[Service]:
    patience = Patience(**{"rate": 1000.0, "tries": 3, "sleep": clock.sleep, "clock": clock.read, **more})
    with closing(Service(address, patience)) as service:
        clock.slept.clear()
        yield service


def test_a_batch_is_as_large_as_the_service_wants_it(rude: Any, clock: Clock) -> None:
    with asked(rude.address, clock) as service:
        found = service.ask(THREE)
    assert [each[0].name for each in found] == [one.name for one in THREE]
    assert [len(batch) for batch in rude.asked] == [2, 1]


def test_the_pace_is_kept(rude: Any, clock: Clock) -> None:
    with asked(rude.address, clock, rate=2.0) as service:
        service.ask(THREE)
    assert clock.slept == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize("failure", [(500, {}), (503, {}), "broken", "cut"])
def test_a_passing_failure_is_waited_out_longer_each_time(rude: Any, clock: Clock, failure: object) -> None:
    with asked(rude.address, clock) as service:
        rude.behaviour = [failure, failure]
        assert service.ask(THREE[:1])[0][0].name == "Ada Lind"
    assert [seconds for seconds in clock.slept if seconds >= 1] == [1.0, 2.0]


def test_a_slow_service_is_given_up_and_asked_again(rude: Any, clock: Clock) -> None:
    with asked(rude.address, clock, timeout=0.2) as service:
        rude.behaviour = ["slow"]
        assert service.ask(THREE[:1])[0][0].name == "Ada Lind"


def test_it_waits_as_long_as_the_service_asks(rude: Any, clock: Clock) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with asked(rude.address, clock) as service:
        rude.behaviour = [(429, {"Retry-After": "7"}), (429, {"Retry-After": soon})]
        service.ask(THREE[:1])
    asked_for = [seconds for seconds in clock.slept if seconds >= 1]
    assert asked_for[0] == 7
    assert 20 < asked_for[1] <= 30


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ([(429, {"Retry-After": "9000"})], "asks to be left alone for 9000 seconds; what was answered so far is kept"),
        ([(500, {})] * 3, "answers 500, after 3 tries; what was answered so far is kept"),
        (["broken"] * 3, "broken JSON, after 3 tries"),
        ([(404, {})], "answers 404: no"),
        ([(413, {})] * 2, "finds a single query too large"),
        ([{"status": "error", "message": "no such type"}], "says: no such type"),
        ([{"q0": {}}], "no result of the protocol"),
    ],
)
def test_what_will_not_do_is_explained(rude: Any, clock: Clock, behaviour: list[Any], reason: str) -> None:
    with asked(rude.address, clock) as service:
        rude.behaviour = behaviour
        with pytest.raises(LinkError, match=reason):
            service.ask(THREE[:2])


def test_a_batch_that_is_too_large_is_halved(rude: Any, clock: Clock) -> None:
    with asked(rude.address, clock) as service:
        rude.behaviour = [(413, {})]
        assert len(service.ask(THREE)) == 3
    assert [len(batch) for batch in rude.asked] == [2, 1, 1, 1]


def test_what_is_no_service_is_told(rude: Any, clock: Clock) -> None:
    rude.behaviour = ["page", {"name": "X", "versions": ["9.9"]}, {"hello": 1}]
    for reason in ("shows a page for people", "speaks versions 9.9", "has no name"):
        with pytest.raises(LinkError, match=reason), asked(rude.address, clock):
            pass
    with pytest.raises(LinkError, match="is the address right"), asked("http://127.0.0.1:9", clock):
        pass
    with pytest.raises(LinkError, match="begins with http"), asked("wikidata", clock):
        pass
