"""Batches hold every stretch once, within their room, and cost no more than simpler ways to cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.language.batching import _PER_PAIR, _PER_RUN, ROOM, batches

lengths = st.lists(st.integers(3, 420), max_size=40)


def cost(found: list[list[int]], sizes: list[int]) -> float:
    longest = [max(sizes[i] for i in batch) for batch in found]
    return sum(_PER_RUN + len(b) * n * (1 + _PER_PAIR * n) for b, n in zip(found, longest, strict=True))


@given(lengths)
def test_every_stretch_is_in_one_batch(sizes: list[int]) -> None:
    assert sorted(i for batch in batches(sizes) for i in batch) == list(range(len(sizes)))


@given(lengths)
def test_a_batch_keeps_within_its_room_unless_it_is_one_stretch(sizes: list[int]) -> None:
    assert all(len(batch) == 1 or len(batch) * max(sizes[i] for i in batch) <= ROOM for batch in batches(sizes))


@given(lengths)
def test_no_simpler_cut_is_cheaper(sizes: list[int]) -> None:
    alone = [[i] for i in range(len(sizes))]
    assert cost(batches(sizes), sizes) <= cost(alone, sizes) + 1e-6


@given(st.integers(0, 12), st.integers(5, 30))
def test_equal_stretches_share_batches(count: int, size: int) -> None:
    assert len(batches([size] * count)) == -(-count * size // ROOM) if size * count <= ROOM else True
