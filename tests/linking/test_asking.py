"""A store's entities, asked about at the project's own service, in both versions of the protocol, and at a rude one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kg.errors import LinkError, StoreError
from kg.linking.asking import Asking, Tally
from kg.linking.findings import FILE, Finding, Findings, findings
from kg.linking.profiles import profiles
from kg.linking.service import Patience, Service
from kg.model import Kind
from kg.store import EmbeddedStore, MemoryStore

DAY = date(2031, 5, 6)
KB = "https://kb.example/id/"
TYPES = 'name = "Rude"\n[types]\nPerson = ["T"]\n'


class Log:
    """Counts what it sees, and may stop the asking."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.entities = self.answered = 0
        self._stop_after = stop_after

    def begin(self, entities: int) -> None:
        self.entities = entities

    def done(self, entities: int) -> None:
        self.answered += entities
        if self._stop_after is not None and self.answered >= self._stop_after:
            raise KeyboardInterrupt


@contextmanager
def asking(store: Path, address: str, **more: Any) -> Iterator[Asking]:
    patience = Patience(rate=10_000, tries=2, sleep=lambda _: None)
    with closing(EmbeddedStore(store)) as opened, Service(address, patience) as service, Findings(store) as kept:
        yield Asking(service, kept, profiles(opened), more.pop("on", DAY), **more)


def ask(store: Path, address: str, kind: Kind = Kind.PERSON, log: Log | None = None, **more: Any) -> Tally:
    with asking(store, address, **more) as about:
        return about.ask(about.known.unlinked([kind]), log or Log())


def found(store: Path) -> dict[str, Finding]:
    return {one.entity: one for one in findings(store)}


@pytest.mark.parametrize("path", ["/reconcile", "/reconcile/1.0-draft"])
def test_what_the_service_knows_is_found_with_types_and_evidence(store: Path, knowledge_base: str, path: str) -> None:
    log = Log()
    tally = ask(store, knowledge_base + path, log=log)
    assert tally.entities == tally.found == log.entities == log.answered > 10
    assert (tally.nothing, tally.cached, tally.unmapped) == (0, 0, set())
    assert {(one.service, one.on, one.types) for one in findings(store)} == {(knowledge_base + path, DAY, ("Person",))}
    sure = [one for one in findings(store) if one.offers[0].match]
    assert len(sure) > 10
    for one in sure:
        best = one.offers[0]
        assert (best.target, best.types) == (KB + one.entity, ("Person",))
        assert best.share is not None
        assert best.share > 0.9


def test_nothing_is_asked_twice_unless_wished(store: Path, knowledge_base: str) -> None:
    first = ask(store, f"{knowledge_base}/reconcile")
    again = ask(store, f"{knowledge_base}/reconcile", on=date(2032, 1, 1))
    assert (again.requested, again.cached) == (0, first.requested)
    assert {one.on for one in findings(store)} == {DAY}
    assert ask(store, f"{knowledge_base}/reconcile", again=True, on=date(2032, 1, 1)).requested == first.requested
    assert {one.on for one in findings(store)} == {date(2032, 1, 1)}


def test_an_interrupted_asking_goes_on_where_it_was(store: Path, rude: Any) -> None:
    with pytest.raises(KeyboardInterrupt):
        ask(store, rude.address, log=Log(stop_after=4))
    tally = ask(store, rude.address)
    assert tally.cached >= 4
    asked = [str(query) for batch in rude.asked for query in batch]
    assert len(asked) == len(set(asked))
    assert tally.cached + tally.requested == tally.entities


def test_a_service_that_takes_less_than_it_says_still_answers_for_everybody(store: Path, rude: Any) -> None:
    with asking(store, rude.address) as about:
        rude.behaviour = [(413, {})]
        people = about.known.unlinked([Kind.PERSON])
        tally = about.ask(people, Log())
    assert tally.found == tally.entities == len(people)
    assert found(store).keys() == {one.entity for one in people}


def test_what_was_answered_before_a_failure_is_kept(store: Path, rude: Any) -> None:
    with asking(store, rude.address) as about:
        rude.behaviour = [{"q0": {"result": []}, "q1": {"result": []}}, (500, {}), (500, {})]
        with pytest.raises(LinkError, match="the same command goes on"):
            about.ask(about.known.unlinked([Kind.PERSON]), Log())
    assert ask(store, rude.address).cached >= 2


def test_where_nothing_comes_of_a_name_others_are_tried(store: Path, rude: Any) -> None:
    with asking(store, rude.address) as about:
        person = next(one for one in about.known.by_id.values() if one.kind is Kind.PERSON and len(one.names) > 1)
        rude.behaviour = [{"q0": {"result": []}}]
        tally = about.ask([person], Log())
    assert [query["query"] for batch in rude.asked for query in batch] == list(person.names[:2])
    assert (tally.found, found(store)[person.entity].called) == (1, person.names[1])


def test_a_service_that_is_not_known_is_asked_without_types_and_one_with_a_mapping_with_them(
    store: Path, rude: Any, tmp_path: Path
) -> None:
    assert ask(store, rude.address).unmapped == {Kind.PERSON}
    assert "type" not in rude.asked[0][0]
    (tmp_path / "rude.toml").write_text(TYPES)
    assert ask(store, rude.address, mapping=tmp_path / "rude.toml").unmapped == set()
    assert rude.asked[-1][0]["type"] == "T"


def test_values_that_are_linked_already_are_given_by_their_id_there(store: Path, rude: Any, tmp_path: Path) -> None:
    """Persons are not linked, but their states are: the bundled knowledge base knows their items."""
    mapping = tmp_path / "wiki.toml"
    pairs = "".join(
        f'[[properties]]\nof = "Person"\ngraph = "{name}"\nservice = "{there}"\n'
        for name, there in (("holdsOfficeIn", "P27"), ("officeTitle", "P39"))
    )
    mapping.write_text(f'name = "W"\niri = "http://www.wikidata.org/entity/{{id}}"\n{pairs}')
    ask(store, rude.address, mapping=mapping)
    asked = [pair for batch in rude.asked for query in batch for pair in query.get("properties", [])]
    assert {"id": "Q423", "name": "North Korea"} in [pair["v"] for pair in asked if pair["pid"] == "P27"]
    assert any(isinstance(pair["v"], str) for pair in asked if pair["pid"] == "P39")


def test_what_has_no_name_of_its_own_is_not_asked_about(store: Path, rude: Any) -> None:
    tally = ask(store, rude.address, Kind.AGREEMENT)
    assert tally.nameless > 0
    assert all(any(map(str.isupper, query["query"])) for batch in rude.asked for query in batch)


def test_a_store_without_documents_has_nothing_to_link() -> None:
    with pytest.raises(StoreError, match="holds no document"):
        profiles(MemoryStore())


def test_a_damaged_file_says_what_to_do(store: Path) -> None:
    assert findings(store) == []
    (store / FILE).write_text("no database, and longer than the header of one would be, so that it is looked at" * 3)
    with pytest.raises(StoreError, match="remove it to ask all services again"):
        findings(store)
