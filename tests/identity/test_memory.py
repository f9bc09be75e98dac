"""What an id was once used for keeps it, whatever comes later, and ids that are given up lead to what replaced them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.identity import Memory, Resolution, resolve
from kg.identity.memory import Claim, settle
from kg.reference import load

Reports = Callable[..., Any]


def claim(name: str, *documents: str, fixed: bool = False) -> Claim:
    return Claim(tuple((document, name, "person#1") for document in documents), (f"person/{name}",), fixed)


def after(*claims: Claim, memory: Memory | None = None) -> tuple[list[str], Memory]:
    return settle(claims, memory or Memory())


def test_without_memory_everything_has_the_id_that_it_would_like() -> None:
    ids, memory = after(claim("ada", "a", "b"), claim("ruth", "a"))
    assert ids == ["person/ada", "person/ruth"]
    assert memory.heirs == {}


def test_no_two_have_one_id() -> None:
    assert after(claim("ada", "a"), claim("ada", "b"), claim("ada", "c"))[0] == ["person/ada", "person/ada-2", "person/ada-3"]


def test_an_id_stays_though_a_later_document_gives_a_better_name() -> None:
    _, memory = after(claim("wekesa-a", "a"))
    grown = Claim((("a", "wekesa-a", "person#1"), ("b", "Ada Wekesa", "person#4")), ("person/ada-wekesa",))
    assert after(grown, memory=memory)[0] == ["person/wekesa-a"]


def test_of_things_that_become_one_the_oldest_id_stays_and_is_the_heir_of_the_others() -> None:
    _, first = after(claim("ada", "a"))
    _, second = after(claim("ada", "a"), claim("wekesa", "b"), memory=first)
    both = Claim((("a", "ada", "person#1"), ("b", "wekesa", "person#1")), ("person/wekesa",))
    ids, third = after(both, memory=second)
    assert ids == ["person/ada"]
    assert third.heirs == {"person/wekesa": "person/ada"}


def test_of_a_thing_that_becomes_several_the_largest_part_keeps_the_id() -> None:
    _, memory = after(claim("ada", "a", "b", "c"))
    ids, after_that = after(claim("ada", "a"), claim("ada", "b", "c"), memory=memory)
    assert ids == ["person/ada-2", "person/ada"]
    assert after_that.heirs == {}


def test_what_turns_out_to_be_known_takes_the_known_id_and_inherits() -> None:
    _, memory = after(claim("ada", "a"))
    known = Claim((("a", "ada", "person#1"),), ("person/ada-wekesa",), fixed=True)
    ids, later = after(known, memory=memory)
    assert ids == ["person/ada-wekesa"]
    assert later.heirs == {"person/ada": "person/ada-wekesa"}


def test_an_id_given_up_twice_leads_to_the_last_heir() -> None:
    _, memory = after(claim("ada", "a"), claim("ruth", "b"))
    _, memory = after(Claim((("a", "ada", "person#1"), ("b", "ruth", "person#1")), ("person/ada",)), memory=memory)
    known = Claim((("a", "ada", "person#1"), ("b", "ruth", "person#1")), ("person/known",), fixed=True)
    _, memory = after(known, memory=memory)
    assert memory.heirs == {"person/ada": "person/known", "person/ruth": "person/known"}


def test_an_id_given_up_is_nobody_elses() -> None:
    _, memory = after(claim("ada", "a"), claim("ruth", "b"))
    _, memory = after(Claim((("a", "ada", "person#1"), ("b", "ruth", "person#1")), ("person/ada",)), memory=memory)
    merged = Claim((("a", "ada", "person#1"), ("b", "ruth", "person#1")), ("person/ada",))
    assert after(merged, claim("ruth", "c"), memory=memory)[0] == ["person/ada", "person/ruth-2"]


def test_a_document_read_anew_keeps_its_ids_by_their_names() -> None:
    _, memory = after(Claim((("a", "border pact", "agreement#1"),), ("agreement/kenya-uganda-2031",)))
    again = Claim((("a", "border pact", "agreement#7"),), ("agreement/border-pact",))
    assert after(again, memory=memory)[0] == ["agreement/kenya-uganda-2031"]
    other_kind = Claim((("a", "border pact", "place#1"),), ("place/border-pact",))
    assert after(other_kind, memory=memory)[0] == ["place/border-pact"]


@given(st.lists(st.lists(st.sets(st.sampled_from("abcdefgh"), min_size=1), min_size=1, max_size=5), min_size=1, max_size=6))
def test_every_id_once_used_stays_one_or_leads_to_one(history: list[list[set[str]]]) -> None:
    memory, used = Memory(), set[str]()
    for number, partition in enumerate(history):
        seen: set[str] = set()
        claims = []
        for part in partition:
            if fresh := sorted(part - seen):
                seen |= part
                uses = tuple((document, "ada", "person#1") for document in fresh)
                claims.append(Claim(uses, (f"person/{fresh[0]}-{number}",)))
        present = {use for one in claims for use in one.uses}
        ids, later = settle(claims, memory)
        assert len(set(ids)) == len(ids)
        assert settle(claims, memory) == (ids, later)
        still = {identifier for use, identifier in memory.uses.items() if use in present}
        assert all(old in ids or later.heirs[old] in ids for old in still)
        used |= set(ids)
        memory = later
    assert used <= set(memory.ages)


def grow(reports: list[Any]) -> tuple[list[Resolution], set[str]]:
    """Resolve the reports one by one, each time with all before; return each resolution, and all ids ever used."""
    memory, found, used = Memory(), [], set[str]()
    for size in range(1, len(reports) + 1):
        resolution = resolve([r.reading() for r in reports[:size]], load(), memory)
        memory = resolution.memory
        found.append(resolution)
        used |= set(resolution.ids.values())
    return found, used


@pytest.mark.slow
def test_in_whatever_order_reports_come_nothing_is_renamed_and_every_iri_resolves(report: Reports) -> None:
    def reports() -> list[Any]:
        early, late, vague, named = (report(name, date(2031, 5, day)) for name, day in (("a", 7), ("b", 9), ("c", 8), ("d", 6)))
        early.agreement("border pact", "Kenya", "Uganda", signed="2031-05-06", by=("Ada Wekesa", "Moses Okot"))
        late.agreement("Treaty of Kisumu", "Kenya", "Uganda", signed="2031-05-06")
        vague.agreement("border deal", "Kenya", "Uganda")
        named.agreement("Treaty of Kisumu", signed="2031-05")
        for each, person in ((early, "Ada Wekesa"), (late, "Wekesa"), (vague, "A. Wekesa"), (named, "Wekesa")):
            each.holds(each.person(person), "president", "Kenya")
        return [early, late, vague, named]

    at_once = resolve([r.reading() for r in reports()], load())
    for order in permutations(reports()):
        steps, used = grow(list(order))
        last = steps[-1]
        now = set(last.ids.values())
        leads = {link.target for link in last.links if link.accepted and link.entity in now}
        assert used <= now | leads
        together = {frozenset(k for k, v in last.ids.items() if v == identifier) for identifier in now}
        assert together == {frozenset(k for k, v in at_once.ids.items() if v == i) for i in set(at_once.ids.values())}
        for before, later in pairwise(steps):
            kept = {before.ids[k] for k in before.ids} - {later.ids[k] for k in before.ids}
            assert all(later.memory.heirs[old] in set(later.ids.values()) for old in kept)


def test_the_same_history_gives_the_same_names(report: Reports) -> None:
    def history() -> list[Any]:
        r, s = report("a"), report("b", date(2031, 5, 9))
        r.agreement("border pact", "Kenya", "Uganda")
        s.agreement("Treaty of Kisumu", "Kenya", "Uganda", signed="2031-05-06")
        return [r, s]

    (_, one), (_, other) = grow(history())[0], grow(history())[0]
    assert (dict(one.ids), one.links, one.memory) == (dict(other.ids), other.links, other.memory)
